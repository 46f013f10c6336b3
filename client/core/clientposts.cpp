// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient_p.h"

namespace Synchat {

void ChatClient::Private::loadOutbox()
{
    const QString path = state.outboxPath();
    if (!path.isEmpty())
        noteStorage(outbox.keepIn(path));
    const QList<OutboxEntry> entries = outbox.entries();
    for (const OutboxEntry &entry : entries) {
        const auto name = RoomName::parse(entry.room);
        if (!name) {
            noteStorage(outbox.markFailed(entry.id, explain(name.error())));
            continue;
        }
        ClientRoom &room = roomFor(*name);
        room.wanted = room.wanted || !entry.failed;
        room.model->addPending(pendingMessage(entry));
        if (entry.failed)
            room.model->markFailed(entry.id, entry.failure);
    }
}

/// Sends what may go now, in the order in which it was typed.
void ChatClient::Private::flush()
{
    if (link.state() != LinkState::Online)
        return;
    const QList<OutboxEntry> entries = outbox.entries();
    for (const OutboxEntry &entry : entries) {
        if (entry.failed || flow.isInFlight(entry.id))
            continue;
        const ClientRoom *room = find(entry.room);
        if (!room || !room->sync.isCaughtUp())
            continue;
        const MonoTime now = clock.monotonic();
        if (!flow.maySend(now)) {
            if (const auto wait = flow.waitTime(now))
                pacing.start(std::chrono::ceil<std::chrono::milliseconds>(*wait));
            return;
        }
        flow.sent(entry.id, now);
        send(entry, *room);
    }
}

void ChatClient::Private::send(const OutboxEntry &entry, const ClientRoom &room)
{
    link.send(PostFrame{room.name, entry.id, entry.text, entry.seen, entry.replyTo, entry.live});
}

/// Takes the answers to our posts out of the outbox. True: at least one was waiting; tellAnswered() must
/// follow, after the message itself has been told.
bool ChatClient::Private::finishOwn(const QList<Message> &messages)
{
    bool any = false;
    const QString self = q->userId();
    for (const Message &message : messages) {
        if (message.from.id != self)
            continue;
        flow.answered(message.id);
        const OutboxEntry *entry = outbox.find(message.id);
        if (!entry || entry->room != message.room)
            continue;
        noteStorage(outbox.remove(message.id));
        if (ClientRoom *room = find(message.room))
            room->model->removePending(message.id);
        any = true;
    }
    return any;
}

void ChatClient::Private::tellAnswered()
{
    Q_EMIT q->waitingChanged();
    flush();
}

void ChatClient::Private::takePostError(const ErrorFrame &error)
{
    const QUuid id = QUuid::fromString(error.postId);
    const OutboxEntry *entry = outbox.find(id);
    if (!entry) {
        flow.answered(id);
        return;
    }
    ClientRoom *room = find(entry->room);
    const MonoTime now = clock.monotonic();
    switch (error.code) {
    case ErrorCode::Busy:
    case ErrorCode::RateLimited:
        flow.refusedForNow(id, error.retryAfter, now);
        flush();
        return;
    case ErrorCode::NotJoined:
        flow.answered(id);
        if (room && room->wanted && !room->rejoined) {
            room->rejoined = true;
            room->sync.linkLost();
            sendJoin(*room);
            return;
        }
        break;
    default:
        break;
    }
    failPost(id, error);
    flush();
}

void ChatClient::Private::failPost(const QUuid &id, const ErrorFrame &error)
{
    flow.answered(id);
    const OutboxEntry *entry = outbox.find(id);
    if (!entry)
        return;
    ClientRoom *room = find(entry->room);
    noteStorage(outbox.markFailed(id, error.message));
    if (room)
        room->model->markFailed(id, error.message);
    Q_EMIT q->postFailed(id, error);
    Q_EMIT q->waitingChanged();
}

void ChatClient::Private::failPostsOf(const QString &room, const ErrorFrame &error)
{
    const QList<OutboxEntry> entries = outbox.entries();
    for (const OutboxEntry &entry : entries) {
        if (entry.room == room && !entry.failed)
            failPost(entry.id, error);
    }
}

Message ChatClient::Private::pendingMessage(const OutboxEntry &entry) const
{
    Message message;
    message.room = entry.room;
    message.id = entry.id;
    message.from = {welcome ? welcome->userId : QString(), welcome ? welcome->userName : config.name.text()};
    message.text = entry.text;
    message.seen = entry.seen;
    message.replyTo = entry.replyTo;
    message.stamps.live = entry.live;
    return message;
}

} // namespace Synchat
