// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/errorwindow.h"

#include <QHash>
#include <QString>

#include <optional>

namespace Synchat {

/// One connection's place in one room.
struct Membership
{
    /// Set while pages are on their way: the last seq that the client was given. Nothing: it gets live
    /// messages.
    std::optional<qint64> caughtUpTo;
    /// The room's last message when it joined: the pages end there, and what came since follows as live
    /// messages, the member's own posts included.
    qint64 pagesUpTo = 0;
    QString joinRef;                  ///< the pages repeat it
    quint64 joining = 0;              ///< which `join` this is; a page read for an earlier one is of no use
    std::optional<MonoTime> typingAt; ///< last forwarded
};

/// What the chat knows of one connection. Decides nothing about others.
class Session
{
public:
    static constexpr qsizetype MaxRooms = 256;
    static constexpr std::chrono::seconds TypingInterval{1};

    enum class Phase {
        Unknown, ///< no `hello` yet
        Greeted,
        Closing, ///< told to go: whatever it still says is not heard
    };
    Phase phase() const { return m_phase; }
    const QString &userId() const { return m_userId; } ///< empty before `hello`
    void greet(const QString &userId);
    void beginClosing() { m_phase = Phase::Closing; }

    /// Null: not joined. Valid until the next join() or leave().
    Membership *membership(qint64 room);
    bool isFull() const { return m_rooms.size() >= MaxRooms; }
    QList<qint64> rooms() const { return m_rooms.keys(); }
    /// Joins, or joins again; the state is that of a new one. `after`: as Membership::caughtUpTo.
    void join(qint64 room, std::optional<qint64> after, const QString &ref);
    void leave(qint64 room) { m_rooms.remove(room); }

    /// False: another typing notice for this room went out less than a second ago.
    bool mayType(qint64 room, MonoTime now);

    ErrorWindow &errors() { return m_errors; }

private:
    Phase m_phase = Phase::Unknown;
    QString m_userId;
    QHash<qint64, Membership> m_rooms;
    quint64 m_joinings = 0;
    ErrorWindow m_errors;
};

} // namespace Synchat
