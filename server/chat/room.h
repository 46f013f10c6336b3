// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/protocol.h"
#include "server/chat/recentmessages.h"
#include "server/store/history.h"

#include <QMap>

#include <optional>

namespace Synchat {

/// What a `join` gets.
struct JoinPlan
{
    bool reset = false;          ///< what the client holds is not of this history
    std::optional<qint64> after; ///< pages from here on; nothing: no pages
};

/// How long after one `clocks` frame the next may follow: a second, and more in a crowd, since everybody gets
/// everybody's clock.
Nanos clocksInterval(qsizetype members);

/// One room as the chat has announced it: its members and how far it is. Decides, sends nothing.
class Room
{
public:
    explicit Room(const StoredRoom &stored);

    qint64 number() const { return m_stored.number; }
    const QString &name() const { return m_stored.name; }
    const QString &title() const { return m_stored.title; }
    const QString &epoch() const { return m_stored.epoch; }
    qint64 firstSeq() const { return m_stored.firstSeq; }
    qint64 lastSeq() const { return m_stored.lastSeq; }
    RoomInfo info() const;

    /// Another connection of this person is in. True: their first, so that the others are told.
    bool enter(const QString &userId);
    /// True: it was their last.
    bool leave(const QString &userId);
    bool hasMember(const QString &userId) const { return m_members.contains(userId); }
    QList<QString> memberIds() const { return m_members.keys(); }
    qsizetype memberCount() const { return m_members.size(); }

    /// A committed message is shown from now on; what was shown before stays as it is (a repetition does
    /// nothing).
    void announce(const Message &message);

    /// What is older than `firstSeq` exists no more.
    void cutFront(qint64 firstSeq);

    JoinPlan planJoin(const JoinFrame &join) const;

    void beginCatchUp();
    void endCatchUp();
    const RecentMessages &recent() const { return m_recent; }

    /// A member's clock has changed, or there is somebody who has not been told the clocks.
    void markClocksChanged() { m_clocksChanged = true; }
    /// When `clocks` is to be sent. Nothing: no need.
    std::optional<MonoTime> clocksDue() const;
    void clocksSent(MonoTime now);
    void clocksNotNeeded() { m_clocksChanged = false; } ///< nobody has reported any

private:
    StoredRoom m_stored;
    QMap<QString, int> m_members; // user id to number of connections
    int m_catchUps = 0;
    RecentMessages m_recent;
    bool m_clocksChanged = false;
    std::optional<MonoTime> m_clocksSentAt;
};

} // namespace Synchat
