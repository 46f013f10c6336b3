// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/timeexchange.h"

#include "ntp/clockestimator.h"

#include <algorithm>

namespace Synchat {

namespace {

// Frames carry whole microseconds: each end is off by less than one.
constexpr Nanos Precision = std::chrono::microseconds(2);
/// Years 1827 to 2112: differences of such times fit into 64 bits of nanoseconds.
constexpr WireMicros FarthestTime = 4'500'000'000'000'000;

bool isSane(WireMicros time)
{
    return -FarthestTime <= time && time <= FarthestTime;
}

bool isSane(const TimeReplyFrame &reply)
{
    if (!isSane(reply.t1) || !isSane(reply.t2) || !isSane(reply.t3) || !isSane(reply.bound.value_or(0)))
        return false;
    return !reply.offset || (isSane(*reply.offset / 2) && isSane(reply.t2 + *reply.offset));
}

} // namespace

TimeFrame TimeExchanges::begin(const ClockReading &now)
{
    m_asked.removeIf([&now](const auto &asked) { return now.mono - asked.value().mono > Patience; });
    // Never the same twice, or a clock that stands still or was set back would mix up the replies.
    m_lastT1 = std::max(toWire(now.wall), m_lastT1 + 1);
    m_asked.insert(m_lastT1, now);
    return TimeFrame{m_lastT1};
}

std::optional<Interval> TimeExchanges::finish(const TimeReplyFrame &reply, const ClockReading &receivedAt)
{
    const auto found = m_asked.constFind(reply.t1);
    if (found == m_asked.constEnd())
        return std::nullopt;
    const ClockReading asked = *found;
    m_asked.erase(found);
    if (!isSane(reply))
        return std::nullopt;
    const Nanos waited = receivedAt.mono - asked.mono;
    if (waited > Patience || sleptBetween(asked, receivedAt))
        return std::nullopt;
    const ExchangeTimes times{receivedAt.wallAt(asked.mono), wallTimeFromWire(reply.t2),
                              wallTimeFromWire(reply.t3), receivedAt.wall};
    const auto toDaemon = offsetInterval(times, Precision + driftIn(waited, ClockEstimator::UnfittedPpm));
    if (!toDaemon || !reply.offset)
        return toDaemon;
    const Interval toReference = toDaemon->shifted(Micros(*reply.offset));
    if (reply.state == StampState::Unsynced || !reply.bound)
        return toReference;
    return toReference.widened(Micros(*reply.bound));
}

} // namespace Synchat
