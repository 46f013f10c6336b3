// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a program asks of a ChatClient about rooms and posts.
#include "client/core/chatclient_p.h"
#include "client/core/posttext.h"

#include <algorithm>

namespace Synchat {

QList<RoomInfo> ChatClient::rooms() const
{
    QList<RoomInfo> list;
    for (const RoomInfo &info : std::as_const(d->infos)) {
        if (!info.isPrivate || isJoined(info.room))
            list.append(info);
    }
    return list;
}

bool ChatClient::isJoined(const QString &room) const
{
    const ClientRoom *known = d->find(room);
    return known && known->sync.isJoined();
}

QList<Author> ChatClient::members(const QString &room) const
{
    const ClientRoom *known = d->find(room);
    return known ? known->members() : QList<Author>();
}

RoomInfo ChatClient::roomInfo(const QString &room) const
{
    RoomInfo info = d->infos.value(room);
    info.room = room;
    return info;
}

RoomModel *ChatClient::roomModel(const QString &room)
{
    if (ClientRoom *known = d->find(room))
        return known->model;
    const auto name = RoomName::parse(room);
    Q_ASSERT_X(name.has_value(), "roomModel", "the name of a room is checked where it comes in");
    return d->roomFor(name ? *name : RoomName::general()).model;
}

void ChatClient::join(const RoomName &name, const QString &key)
{
    ClientRoom &room = d->roomFor(name);
    const bool waitsForAnswer = room.wanted && !room.sync.isJoined() && room.key == key;
    room.wanted = true;
    room.key = key;
    room.creating = false;
    if (!room.sync.isJoined() && !waitsForAnswer)
        d->sendJoin(room);
}

void ChatClient::leave(const RoomName &name)
{
    ClientRoom *room = d->find(name.text());
    if (!room || !room->wanted)
        return;
    room->wanted = false;
    room->creating = false;
    const bool wasJoined = room->sync.isJoined();
    if (wasJoined && d->link.state() == LinkState::Online) {
        d->link.send(LeaveFrame{name}); // `left` follows
        return;
    }
    Q_EMIT left(name.text());
}

void ChatClient::create(const RoomName &name, const QString &title)
{
    ClientRoom &room = d->roomFor(name);
    if (room.sync.isJoined()) {
        Q_EMIT joinFailed(
            name.text(),
            {ErrorCode::RoomExists, tr("There is a room %1 already.").arg(name.text()), {}, std::nullopt});
        return;
    }
    room.wanted = true;
    room.creating = true;
    room.createLost = false;
    room.title = title;
    d->sendJoin(room);
}

void ChatClient::refreshRooms()
{
    if (d->link.state() == LinkState::Online)
        d->link.send(RoomsFrame{});
}

qint64 ChatClient::unread(const QString &room) const
{
    const auto read = d->state.lastRead(room);
    const RoomInfo info = d->infos.value(room);
    if (!read || (!info.epoch.isEmpty() && info.epoch != read->epoch))
        return 0;
    const ClientRoom *known = d->find(room);
    const qint64 last = std::max(info.lastSeq, known ? known->lastKnown : 0);
    return std::max<qint64>(last - read->seq, 0);
}

qint64 ChatClient::lastRead(const QString &room) const
{
    const auto read = d->state.lastRead(room);
    return read ? read->seq : 0;
}

void ChatClient::markRead(const QString &room, qint64 seq)
{
    ClientRoom *known = d->find(room);
    const auto read = d->state.lastRead(room);
    if (!known || !read)
        return;
    const qint64 last = std::min(seq, known->lastKnown);
    known->shown = std::max(known->shown, last);
    if (last <= read->seq)
        return;
    d->state.setLastRead(room, {last, read->epoch});
    Q_EMIT unreadChanged(room);
}

std::optional<MemberClock> ChatClient::memberClock(const QString &room, const QString &userId) const
{
    const ClientRoom *known = d->find(room);
    return known ? known->clockOf(userId, d->clock.monotonic()) : std::nullopt;
}

std::optional<QUuid> ChatClient::post(const QString &room, const QString &text, std::optional<qint64> replyTo,
                                      QString *problem)
{
    const LiveStamp live = d->probe.liveStamp(); // the moment of Enter: before anything else
    ClientRoom *known = d->find(room);
    const qsizetype limit =
        d->welcome ? std::min(d->welcome->textLimit, Limits::TextUnits) : Limits::TextUnits;
    QString refusal = problemOfPostText(text, limit);
    if (refusal.isEmpty() && (!known || !known->wanted))
        refusal = tr("Join the room %1 first.").arg(room);
    if (refusal.isEmpty() && d->outbox.isFull())
        refusal = Outbox::fullSentence();
    if (!known || !refusal.isEmpty()) {
        if (problem)
            *problem = refusal;
        return std::nullopt;
    }
    OutboxEntry entry{QUuid::createUuid(), room, text, live, std::nullopt, replyTo, false, {}};
    if (known->shown > 0)
        entry.seen = known->shown;
    d->noteStorage(d->outbox.add(entry));
    known->model->addPending(d->pendingMessage(entry));
    Q_EMIT waitingChanged();
    d->flush();
    return entry.id;
}

void ChatClient::retry(const QUuid &id)
{
    const OutboxEntry *entry = d->outbox.find(id);
    ClientRoom *room = entry && entry->failed ? d->find(entry->room) : nullptr;
    if (!room)
        return;
    d->noteStorage(d->outbox.markWaiting(id));
    room->model->markPending(id);
    if (!room->wanted) {
        room->wanted = true;
        d->sendJoin(*room);
    }
    Q_EMIT waitingChanged();
    d->flush();
}

void ChatClient::discard(const QUuid &id)
{
    const OutboxEntry *entry = d->outbox.find(id);
    if (!entry)
        return;
    ClientRoom *room = d->find(entry->room);
    d->flow.answered(id);
    d->noteStorage(d->outbox.remove(id));
    if (room)
        room->model->removePending(id);
    Q_EMIT waitingChanged();
    d->flush();
}

int ChatClient::waitingToSend() const
{
    return d->outbox.waiting();
}

bool ChatClient::outboxFull() const
{
    return d->outbox.isFull();
}

} // namespace Synchat
