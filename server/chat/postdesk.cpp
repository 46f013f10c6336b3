// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/postdesk.h"

#include "server/chat/postrules.h"
#include "server/chat/refusals.h"

namespace Synchat {

PostDesk::PostDesk(ChatState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_limiter(state.config.ratePerSecond, state.config.rateBurst)
{
    connect(&state.history, &History::committed, this, &PostDesk::announce);
    connect(&state.history, &History::alreadyStored, this, &PostDesk::repeatOriginal);
    connect(&state.history, &History::notStored, this, &PostDesk::refuseAll);
}

void PostDesk::post(ConnectionId connection, Session &session, const PostFrame &post, const QString &ref)
{
    std::optional<ErrorFrame> error = append(connection, session, post, ref);
    if (!error)
        return;
    error->postId = post.id.toString(QUuid::WithoutBraces);
    m_state.refuse(connection, *error, ref);
    m_state.net.frameHandled(connection);
}

std::optional<ErrorFrame> PostDesk::append(ConnectionId connection, Session &session, const PostFrame &post,
                                           const QString &ref)
{
    const Room *const room = m_state.rooms.find(post.room.text());
    if (!room || !session.membership(room->number()))
        return Refusals::notJoined(post.room.text());
    if (std::optional<ErrorFrame> problem = problemWithPost(post, *room))
        return problem;
    if (m_state.stopping)
        return Refusals::stopping();
    if (m_state.history.isRefusedByBridge(room->number()))
        return Refusals::bridgeRefuses(room->name());
    const ClockReading now = m_state.clock.read();
    if (const std::optional<double> wait = m_limiter.take(session.userId(), now.mono))
        return Refusals::rateLimited(*wait);
    const Message message =
        messageFromPost(post, *room, m_state.author(session.userId()), *m_state.snapshot, now);
    const quint64 ticket = m_state.nextTicket();
    if (!m_state.history.append(ticket, room->number(), message))
        return Refusals::busy();
    m_pending.insert(ticket, {connection, room->number(), ref, post.id.toString(QUuid::WithoutBraces)});
    Q_EMIT accepted();
    return std::nullopt;
}

void PostDesk::announce(const QList<CommittedMessage> &messages)
{
    for (const CommittedMessage &committed : messages) {
        Room *const room = m_state.rooms.find(committed.room);
        if (!room)
            continue;
        room->announce(committed.message);
        const QByteArray bytes = encodeServerFrame(committed.message);
        m_state.net.broadcast(messageChannel(*room), bytes);
        if (const auto pending = m_pending.constFind(committed.ticket); pending != m_pending.cend()) {
            answerIfNotLive(*pending, bytes);
            finish(*pending);
            m_pending.erase(pending);
        }
    }
    if (m_pending.isEmpty())
        Q_EMIT becameIdle();
}

/// Who has left since gets the answer all the same; who is catching up gets it after the pages.
void PostDesk::answerIfNotLive(const Pending &pending, const QByteArray &message)
{
    Session *const session = m_state.session(pending.connection);
    if (session && !session->membership(pending.room))
        m_state.sendBytes(pending.connection, message);
}

void PostDesk::repeatOriginal(quint64 ticket, const Message &original)
{
    const auto pending = m_pending.constFind(ticket);
    if (pending == m_pending.cend())
        return;
    m_state.send(pending->connection, original);
    finish(*pending);
    m_pending.erase(pending);
    if (m_pending.isEmpty())
        Q_EMIT becameIdle();
}

void PostDesk::refuseAll(const QList<quint64> &tickets, const QString &)
{
    for (const quint64 ticket : tickets) {
        const auto pending = m_pending.constFind(ticket);
        if (pending == m_pending.cend())
            continue;
        ErrorFrame error = Refusals::notStored();
        error.postId = pending->postId;
        m_state.refuse(pending->connection, error, pending->ref);
        finish(*pending);
        m_pending.erase(pending);
    }
    if (m_pending.isEmpty())
        Q_EMIT becameIdle();
}

void PostDesk::finish(const Pending &pending)
{
    m_state.net.frameHandled(pending.connection);
}

} // namespace Synchat
