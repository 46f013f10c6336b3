// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatstate.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

/// Tells the rooms what their members report of their clocks, each room at most once a second.
class ClocksDesk : public QObject
{
    Q_OBJECT
public:
    explicit ClocksDesk(ChatState &state, QObject *parent = nullptr);

    /// Goes to the rooms of this connection.
    void report(const Session &session, const LiveStamp &clock);
    /// Something has changed, or somebody has come who has not been told the clocks of the others.
    void tell(Room &room);

private:
    QList<MemberClock> clocksOf(const Room &room) const;
    void sendDue();
    void send(Room &room, MonoTime now);

    ChatState &m_state;
    QTimer m_timer;
};

/// What others are told of a report that was made `age` ago; the skew is the clock minus the reference.
MemberClock memberClock(const QString &userId, const LiveStamp &report, Nanos age);

} // namespace Synchat
