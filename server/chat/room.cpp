// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/room.h"

#include <algorithm>

namespace Synchat {

Nanos clocksInterval(qsizetype members)
{
    constexpr qsizetype Crowd = 100;
    return std::chrono::seconds(std::max<qsizetype>(1, members / Crowd));
}

Room::Room(const StoredRoom &stored)
    : m_stored(stored)
{}

RoomInfo Room::info() const
{
    RoomInfo info;
    info.room = m_stored.name;
    info.title = m_stored.title;
    info.members = static_cast<int>(m_members.size());
    info.lastSeq = m_stored.lastSeq;
    info.epoch = m_stored.epoch;
    return info;
}

bool Room::enter(const QString &userId)
{
    return ++m_members[userId] == 1;
}

bool Room::leave(const QString &userId)
{
    const auto member = m_members.find(userId);
    if (member == m_members.end() || --*member > 0)
        return false;
    m_members.erase(member);
    return true;
}

void Room::announce(const Message &message)
{
    if (message.seq <= m_stored.lastSeq)
        return;
    if (m_stored.firstSeq == 0)
        m_stored.firstSeq = message.seq;
    m_stored.lastSeq = message.seq;
    m_recent.append(message);
}

void Room::cutFront(qint64 firstSeq)
{
    m_stored.firstSeq = std::max(m_stored.firstSeq, std::min(firstSeq, m_stored.lastSeq));
}

JoinPlan Room::planJoin(const JoinFrame &join) const
{
    const bool foreignEpoch = join.epoch && *join.epoch != m_stored.epoch;
    const bool beyond = join.after && *join.after > m_stored.lastSeq;
    JoinPlan plan;
    plan.reset = foreignEpoch || beyond;
    if (join.after)
        plan.after = plan.reset ? 0 : *join.after;
    return plan;
}

void Room::beginCatchUp()
{
    if (m_catchUps++ == 0)
        m_recent.open(m_stored.lastSeq);
}

void Room::endCatchUp()
{
    if (m_catchUps > 0 && --m_catchUps == 0)
        m_recent.close();
}

std::optional<MonoTime> Room::clocksDue() const
{
    if (!m_clocksChanged)
        return std::nullopt;
    return m_clocksSentAt ? *m_clocksSentAt + clocksInterval(m_members.size()) : MonoTime();
}

void Room::clocksSent(MonoTime now)
{
    m_clocksChanged = false;
    m_clocksSentAt = now;
}

} // namespace Synchat
