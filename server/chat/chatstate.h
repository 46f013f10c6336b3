// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"
#include "server/chat/chatserver.h"
#include "server/chat/people.h"
#include "server/chat/rooms.h"
#include "server/chat/session.h"

#include <unordered_map>

namespace Synchat {

/// What the desks of the chat share: who is here, the rooms, and the ways to the network, the history and the
/// time. Belongs to ChatServer, lives on the main thread.
struct ChatState
{
    const Clock &clock;
    ChatConfig config;
    NetServer &net;
    History &history;
    SharedSnapshot snapshot = std::make_shared<const ReferenceSnapshot>();
    People people = {};
    Rooms rooms = {};
    std::unordered_map<ConnectionId, Session> sessions = {};
    bool stopping = false;
    quint64 lastTicket = 0;

    /// Null: gone. Valid until the connection closes.
    Session *session(ConnectionId connection);
    quint64 nextTicket() { return ++lastTicket; }
    /// The author as they are called now; `userId` is here.
    Author author(const QString &userId) const;

    /// Nothing goes to a connection that has been told to go.
    void send(ConnectionId connection, const ServerFrame &frame, const QString &ref = {});
    void sendBytes(ConnectionId connection, const QByteArray &json);
    /// The error, and the end of the connection when it was one too many.
    void refuse(ConnectionId connection, const ErrorFrame &error, const QString &ref);
    /// The error and the end of the connection. Nothing that it says is heard after any of these ends.
    void refuseAndClose(ConnectionId connection, const ErrorFrame &error, const QString &ref);
    void close(ConnectionId connection, quint16 code, const QString &reason);
};

/// Live messages of a room.
ChannelId messageChannel(const Room &room);
/// Everything else of a room: presence, clocks, typing. Apart, because who is catching up gets these at once.
ChannelId eventChannel(const Room &room);

} // namespace Synchat
