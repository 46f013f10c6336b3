// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clientroom.h"

#include <algorithm>

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

void ClientRoom::takeClocks(const ClocksFrame &frame)
{
    for (const MemberClock &clock : frame.members)
        m_clocks.insert(clock.id, clock);
}

std::optional<MemberClock> ClientRoom::clockOf(const QString &userId) const
{
    const auto found = m_clocks.constFind(userId);
    return found == m_clocks.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace Synchat
