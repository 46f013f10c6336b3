// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <optional>

namespace Synchat {

/// A closed range of offsets in which the true one lies. `lo <= hi` always.
/// An offset is what to ADD to a clock to get the reference.
class Interval
{
public:
    /// Nothing when `lo > hi`.
    static std::optional<Interval> between(Nanos lo, Nanos hi);
    /// `[middle - bound, middle + bound]`; a negative bound counts as 0. Saturates.
    static Interval around(Nanos middle, Nanos bound);

    Nanos lo() const { return m_lo; }
    Nanos hi() const { return m_hi; }
    /// Rounds towards lo.
    Nanos midpoint() const;
    /// Half the width, rounded up: `[midpoint - bound, midpoint + bound]` covers the interval.
    Nanos bound() const;

    bool contains(Nanos value) const { return m_lo <= value && value <= m_hi; }
    std::optional<Interval> intersected(const Interval &other) const;
    /// Both ends moved outward by `by` (negative counts as 0). Saturates.
    Interval widened(Nanos by) const;
    Interval shifted(Nanos by) const;

    friend bool operator==(const Interval &, const Interval &) = default;

private:
    Interval(Nanos lo, Nanos hi)
        : m_lo(lo)
        , m_hi(hi)
    {}
    Nanos m_lo;
    Nanos m_hi;
};

} // namespace Synchat
