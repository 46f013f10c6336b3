// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clientroom.h"

#include <algorithm>
#include <limits>

namespace Synchat {

namespace {

bool byName(const Author &a, const Author &b)
{
    const int order = QString::compare(a.name, b.name, Qt::CaseInsensitive);
    return order != 0 ? order < 0 : a.id < b.id;
}

} // namespace

ClientRoom::ClientRoom(RoomName roomName, int initialHistory, RoomModel *roomModel)
    : name(std::move(roomName))
    , model(roomModel)
    , sync(name, initialHistory)
{}

void ClientRoom::takeMembers(const QList<Author> &members)
{
    m_members = members;
    std::sort(m_members.begin(), m_members.end(), byName);
    m_clocks.removeIf([this](const auto &clock) {
        return std::none_of(m_members.cbegin(), m_members.cend(),
                            [&clock](const Author &member) { return member.id == clock.key(); });
    });
}

void ClientRoom::takePresence(const PresenceFrame &presence)
{
    QList<Author> members = m_members;
    const auto drop = [&members](const QString &id) {
        members.removeIf([&id](const Author &member) { return member.id == id; });
    };
    for (const Author &gone : presence.left)
        drop(gone.id);
    for (const Author &come : presence.joined) {
        drop(come.id);
        members.append(come);
    }
    takeMembers(members);
}

void ClientRoom::takeClocks(const ClocksFrame &frame, MonoTime now)
{
    for (const MemberClock &clock : frame.members)
        m_clocks.insert(clock.id, {clock, now});
}

std::optional<MemberClock> ClientRoom::clockOf(const QString &userId, MonoTime now) const
{
    const auto found = m_clocks.constFind(userId);
    if (found == m_clocks.constEnd())
        return std::nullopt;
    MemberClock clock = found->clock;
    WireMicros age = 0;
    // Ages are sent by strangers: near the end of the range they must not wrap.
    if (__builtin_add_overflow(clock.age.value_or(0), toWire(std::max(now - found->at, Nanos(0))), &age))
        age = std::numeric_limits<WireMicros>::max();
    clock.age = age;
    return clock;
}

} // namespace Synchat
