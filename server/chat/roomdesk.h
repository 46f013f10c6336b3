// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatstate.h"

#include <QHash>
#include <QObject>

namespace Synchat {

class ClocksDesk;
class PageDesk;

/// Lets connections into rooms and out of them, tells the others, and makes new rooms.
/// What a `join` gets is decided in room.h.
class RoomDesk : public QObject
{
    Q_OBJECT
public:
    RoomDesk(ChatState &state, PageDesk &pages, ClocksDesk &clocks, QObject *parent = nullptr);

    void join(ConnectionId connection, Session &session, const JoinFrame &frame, const QString &ref);
    void leave(ConnectionId connection, Session &session, const LeaveFrame &frame, const QString &ref);
    /// Answers for NetServer::frameHandled too, now or later.
    void create(ConnectionId connection, Session &session, const CreateFrame &frame, const QString &ref);
    void type(ConnectionId connection, Session &session, const TypingFrame &frame, const QString &ref);
    /// The connection is gone: it leaves all its rooms.
    void leaveAll(ConnectionId connection, Session &session);
    /// The person is called otherwise from now on: their rooms are told by `presence`.
    void tellNewName(ConnectionId connection, const QString &userId);

private:
    struct PendingRoom
    {
        ConnectionId connection = 0;
        QString name;
        QString ref;
    };
    std::optional<ErrorFrame> problemWithCreate(const Session &session, const CreateFrame &frame) const;
    void enter(ConnectionId connection, Session &session, Room &room, const JoinPlan &plan,
               const QString &ref);
    void exit(ConnectionId connection, Session &session, Room &room);
    JoinedFrame joinedFrame(const Room &room, bool reset) const;
    void addRoom(quint64 ticket, const StoredRoom &stored);
    void refuseRoom(quint64 ticket, bool exists, const QString &reason);

    ChatState &m_state;
    PageDesk &m_pages;
    ClocksDesk &m_clocks;
    QHash<quint64, PendingRoom> m_pending; // by ticket
};

} // namespace Synchat
