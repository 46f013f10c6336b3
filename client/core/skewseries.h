// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/message.h"

#include <QList>

namespace Synchat {

/// What was known of one clock from one moment on, until the next point.
struct SkewPoint
{
    MonoTime at;
    OptionalMicros skew; ///< positive: ahead of the reference. Nothing: from here on nothing is known, a gap
    OptionalMicros bound;
    StampState state = StampState::None;
    bool fault = false; ///< the clock is an injected fault

    /// The same but for the moment.
    bool saysTheSame(const SkewPoint &other) const;
    friend bool operator==(const SkewPoint &, const SkewPoint &) = default;
};

/// How a clock kept time over a window: the share of the *time* counts, not of the points, since a calm clock
/// is told of seldom and a restless one often. "p95 = 3 ms": for 95 % of the time that is known the clock was
/// no farther off than 3 ms. Values that occurred, never between two.
struct SkewPercentiles
{
    Nanos known{}; ///< the part of the window in which something was known
    WireMicros p50 = 0;
    WireMicros p95 = 0;
    WireMicros p99 = 0;
    WireMicros max = 0;     ///< all of |skew|
    OptionalMicros bound50; ///< nothing: for that much of the time no bound was known
    OptionalMicros bound95;
    OptionalMicros bound99;

    friend bool operator==(const SkewPercentiles &, const SkewPercentiles &) = default;
};

/// One clock's skew over the last hour, in bounded memory. When it gets full, neighbours are thinned out; the
/// lowest, the highest and the widest of those that go together stay, so that no peak is lost. Pure.
class SkewSeries
{
public:
    static constexpr Nanos Span = std::chrono::hours(1);
    static constexpr qsizetype MaxPoints = 2048;

    /// Older than the newest one: not taken. Points that say the same become one length.
    void add(const SkewPoint &point);
    bool isEmpty() const { return m_points.isEmpty(); }
    qsizetype size() const { return m_points.size(); }
    const SkewPoint &newest() const { return m_points.constLast(); }

    /// In order of time. What held when the window began stands at its beginning.
    QList<SkewPoint> last(Nanos span, MonoTime now) const;
    /// Nothing when nothing was known in the window.
    std::optional<SkewPercentiles> percentiles(Nanos span, MonoTime now) const;

private:
    void makeRoom();

    QList<SkewPoint> m_points;
};

} // namespace Synchat
