// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/interval.h"
#include "common/protocol.h"

#include <QHash>

namespace Synchat {

/// The NTP exchange over `time` frames: what was asked, and the interval that each reply gives. Pure.
class TimeExchanges
{
public:
    static constexpr Nanos Patience = std::chrono::seconds(4);
    /// How far our wall clock may move against the monotonic line during one exchange.
    static constexpr Nanos LargestStep = std::chrono::milliseconds(5);

    TimeFrame begin(const ClockReading &now);
    /// Our clock to the daemon's reference. A reference that is not synchronised is the daemon's clock
    /// itself, whose unknown error is not ours to count; else its bound is included. Nothing: not asked, too
    /// late, our clock jumped meanwhile, or the times cannot be true.
    std::optional<Interval> finish(const TimeReplyFrame &reply, const ClockReading &receivedAt);
    void clear() { m_asked.clear(); }

private:
    QHash<WireMicros, ClockReading> m_asked;
};

} // namespace Synchat
