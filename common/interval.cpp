// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/interval.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace Synchat {

namespace {

Nanos saturatingSum(Nanos a, Nanos b)
{
    Nanos::rep sum = 0;
    if (!__builtin_add_overflow(a.count(), b.count(), &sum))
        return Nanos(sum);
    return b.count() < 0 ? Nanos::min() : Nanos::max();
}

Nanos saturatingDifference(Nanos a, Nanos b)
{
    Nanos::rep difference = 0;
    if (!__builtin_sub_overflow(a.count(), b.count(), &difference))
        return Nanos(difference);
    return b.count() < 0 ? Nanos::max() : Nanos::min();
}

} // namespace

std::optional<Interval> Interval::between(Nanos lo, Nanos hi)
{
    if (lo > hi)
        return std::nullopt;
    return Interval(lo, hi);
}

Interval Interval::around(Nanos middle, Nanos bound)
{
    return Interval(middle, middle).widened(bound);
}

Nanos Interval::midpoint() const
{
    return Nanos(std::midpoint(m_lo.count(), m_hi.count()));
}

Nanos Interval::bound() const
{
    using Wide = std::make_unsigned_t<Nanos::rep>;
    const Wide width = static_cast<Wide>(m_hi.count()) - static_cast<Wide>(m_lo.count());
    const Wide half = width / 2 + width % 2;
    return Nanos(static_cast<Nanos::rep>(std::min(half, static_cast<Wide>(Nanos::max().count()))));
}

std::optional<Interval> Interval::intersected(const Interval &other) const
{
    return between(std::max(m_lo, other.m_lo), std::min(m_hi, other.m_hi));
}

Interval Interval::widened(Nanos by) const
{
    const Nanos outward = std::max(by, Nanos::zero());
    return Interval(saturatingDifference(m_lo, outward), saturatingSum(m_hi, outward));
}

Interval Interval::shifted(Nanos by) const
{
    return Interval(saturatingSum(m_lo, by), saturatingSum(m_hi, by));
}

} // namespace Synchat
