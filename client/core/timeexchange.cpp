// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/timeexchange.h"

#include "ntp/clockestimator.h"

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
    const WireMicros t1 = toWire(now.wall);
    m_asked.insert(t1, now);
    return TimeFrame{t1};
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
    const Nanos byWall = receivedAt.wall - asked.wall;
    const Nanos byMono = receivedAt.mono - asked.mono;
    if (byMono > Patience || byWall - byMono > LargestStep || byMono - byWall > LargestStep)
        return std::nullopt;
    const ExchangeTimes times{asked.wall, wallTimeFromWire(reply.t2), wallTimeFromWire(reply.t3),
                              receivedAt.wall};
    const auto toDaemon = offsetInterval(times, Precision);
    if (!toDaemon || !reply.offset)
        return toDaemon;
    const Interval toReference = toDaemon->shifted(Micros(*reply.offset));
    if (reply.state == StampState::Unsynced || !reply.bound)
        return toReference;
    return toReference.widened(Micros(*reply.bound));
}

} // namespace Synchat
