// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/interval.h"
#include "common/protocol.h"

#include <QHash>

#include <limits>

namespace Synchat {

/// The NTP exchange over `time` frames: what was asked, and the interval that each reply gives. Our own part
/// is measured on the monotonic line; `t1` only tells the replies apart. Pure.
class TimeExchanges
{
public:
    static constexpr Nanos Patience = std::chrono::seconds(4);

    TimeFrame begin(const ClockReading &now);
    /// From the clock of `receivedAt` to the daemon's reference. A reference that is not synchronised is the
    /// daemon's clock itself, whose unknown error is not ours to count; else its bound is included. Nothing:
    /// not asked, too late, this machine slept meanwhile, or the times cannot be true.
    std::optional<Interval> finish(const TimeReplyFrame &reply, const ClockReading &receivedAt);
    void clear() { m_asked.clear(); }

private:
    QHash<WireMicros, ClockReading> m_asked;
    WireMicros m_lastT1 = std::numeric_limits<WireMicros>::min();
};

} // namespace Synchat
