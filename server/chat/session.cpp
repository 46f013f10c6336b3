// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/session.h"

namespace Synchat {

void Session::greet(const QString &userId)
{
    m_userId = userId;
    m_phase = Phase::Greeted;
}

Membership *Session::membership(qint64 room)
{
    const auto found = m_rooms.find(room);
    return found == m_rooms.end() ? nullptr : &*found;
}

void Session::join(qint64 room, std::optional<qint64> after, const QString &ref)
{
    Membership &membership = m_rooms[room];
    membership.caughtUpTo = after;
    membership.joinRef = ref;
    membership.joining = ++m_joinings;
}

bool Session::mayType(qint64 room, MonoTime now)
{
    Membership *const place = membership(room);
    if (!place || (place->typingAt && now - *place->typingAt < TypingInterval))
        return false;
    place->typingAt = now;
    return true;
}

} // namespace Synchat
