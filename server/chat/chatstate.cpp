// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/chatstate.h"

#include "server/chat/refusals.h"

namespace Synchat {

namespace {

constexpr quint16 PolicyViolation = 1008;
constexpr ChannelId EventBit = ChannelId(1) << 63;

} // namespace

Session *ChatState::session(ConnectionId connection)
{
    const auto found = sessions.find(connection);
    return found == sessions.end() ? nullptr : &found->second;
}

Author ChatState::author(const QString &userId) const
{
    const Person *const person = people.find(userId);
    return person ? person->author : Author{userId, {}};
}

void ChatState::send(ConnectionId connection, const ServerFrame &frame, const QString &ref)
{
    sendBytes(connection, encodeServerFrame(frame, ref));
}

void ChatState::sendBytes(ConnectionId connection, const QByteArray &json)
{
    const Session *const to = session(connection);
    if (to && to->phase() != Session::Phase::Closing)
        net.send(connection, json);
}

void ChatState::refuse(ConnectionId connection, const ErrorFrame &error, const QString &ref)
{
    Session *const from = session(connection);
    if (!from || from->phase() == Session::Phase::Closing)
        return;
    send(connection, error, ref);
    if (from->errors().add(error.code, clock.monotonic()))
        close(connection, PolicyViolation, Refusals::tooManyErrors());
}

void ChatState::refuseAndClose(ConnectionId connection, const ErrorFrame &error, const QString &ref)
{
    send(connection, error, ref);
    close(connection, PolicyViolation, errorCodeName(error.code));
}

void ChatState::close(ConnectionId connection, quint16 code, const QString &reason)
{
    if (Session *const from = session(connection))
        from->beginClosing();
    net.closeConnection(connection, code, reason);
}

ChannelId messageChannel(const Room &room)
{
    return static_cast<ChannelId>(room.number());
}

ChannelId eventChannel(const Room &room)
{
    return static_cast<ChannelId>(room.number()) | EventBit;
}

} // namespace Synchat
