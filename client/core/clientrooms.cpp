// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

bool isForNow(ErrorCode code)
{
    return code == ErrorCode::Busy || code == ErrorCode::RateLimited || code == ErrorCode::Internal;
}

ErrorFrame anotherHistory()
{
    return {ErrorCode::Internal, ChatClient::tr("The room has another history now."), {}, std::nullopt};
}

} // namespace

ClientRoom *ChatClient::Private::find(const QString &room) const
{
    const auto found = rooms.find(room);
    return found == rooms.end() ? nullptr : found->second.get();
}

ClientRoom &ChatClient::Private::roomFor(const RoomName &name)
{
    auto &room = rooms[name.text()];
    if (!room)
        room = std::make_unique<ClientRoom>(name, initialHistory, new RoomModel(name.text(), q));
    return *room;
}

void ChatClient::Private::sendJoin(ClientRoom &room)
{
    if (link.state() != LinkState::Online)
        return;
    room.lastProgress = clock.monotonic();
    if (room.creating) {
        room.createSent = true;
        link.send(CreateFrame{room.name, room.title, std::nullopt},
                  remember({Request::Kind::Create, room.name.text()}));
        return;
    }
    link.send(room.sync.joinFrame(room.key), remember({Request::Kind::Join, room.name.text()}));
}

void ChatClient::Private::take(const JoinedFrame &frame, const QString &ref)
{
    requests.remove(ref);
    ClientRoom *room = find(frame.room);
    if (!room)
        return;
    if (!room->wanted) {
        link.send(LeaveFrame{room->name});
        return;
    }
    room->creating = false;
    room->takeMembers(frame.members);
    const bool wasJoined = room->sync.isJoined();
    const RoomSync::Step step = room->sync.takeJoined(frame);
    if (step.reset) {
        room->model->reset();
        room->lastKnown = 0;
        room->shown = 0;
    }
    room->model->setServerRange(frame.firstSeq, std::max(frame.lastSeq, room->model->lastSeq()));
    infos[frame.room] = {frame.room,    frame.title, frame.isPrivate, static_cast<int>(frame.members.size()),
                         frame.lastSeq, frame.epoch};
    if (!wasJoined)
        room->model->forgiveGaps();
    startReading(*room, frame);
    room->lastKnown = std::max(room->lastKnown, frame.lastSeq);
    Q_EMIT q->roomsChanged();
    Q_EMIT q->membersChanged(frame.room);
    if (!wasJoined)
        Q_EMIT q->joined(frame.room);
    Q_EMIT q->unreadChanged(frame.room);
    perform(*room, step);
}

/// Where reading begins: at the end for a room that is new to us, at the start of another epoch.
void ChatClient::Private::startReading(ClientRoom &room, const JoinedFrame &frame)
{
    const auto read = state.lastRead(frame.room);
    if (!read)
        state.setLastRead(frame.room, {frame.lastSeq, frame.epoch});
    else if (read->epoch != frame.epoch || read->seq > frame.lastSeq)
        state.setLastRead(frame.room, {std::max<qint64>(frame.firstSeq - 1, 0), frame.epoch});
    else
        return;
    room.shown = 0;
}

void ChatClient::Private::take(const LeftFrame &frame)
{
    ClientRoom *room = find(frame.room);
    if (!room)
        return;
    room->sync.linkLost();
    if (infos.value(frame.room).isPrivate)
        infos.remove(frame.room);
    Q_EMIT q->left(frame.room);
    Q_EMIT q->roomsChanged();
    if (room->wanted)
        sendJoin(*room); // wanted again before the answer came
}

void ChatClient::Private::take(const RoomListFrame &frame)
{
    QMap<QString, RoomInfo> known;
    for (const RoomInfo &info : frame.rooms) {
        known.insert(info.room, info);
        if (ClientRoom *room = find(info.room))
            room->lastKnown = room->sync.epoch() == info.epoch || room->sync.epoch().isEmpty()
                                  ? std::max(room->lastKnown, info.lastSeq)
                                  : room->lastKnown;
    }
    for (const auto &[name, room] : rooms) {
        if (room->sync.isJoined() && !known.contains(name) && infos.contains(name))
            known.insert(name, infos.value(name));
    }
    infos = known;
    Q_EMIT q->roomsChanged();
    for (const RoomInfo &info : frame.rooms)
        Q_EMIT q->unreadChanged(info.room);
}

void ChatClient::Private::take(const PresenceFrame &frame)
{
    ClientRoom *room = find(frame.room);
    if (!room || !room->sync.isJoined())
        return;
    room->takePresence(frame);
    infos[frame.room].members = static_cast<int>(room->members().size());
    Q_EMIT q->membersChanged(frame.room);
}

void ChatClient::Private::take(const ClocksFrame &frame)
{
    ClientRoom *room = find(frame.room);
    if (!room)
        return;
    room->takeClocks(frame, clock.monotonic());
    Q_EMIT q->clocksChanged(frame.room);
}

void ChatClient::Private::take(const HistoryPage &page, const QString &ref)
{
    std::optional<Request> request;
    if (requests.contains(ref))
        request = requests.take(ref);
    ClientRoom *room = find(page.room);
    if (!room || !room->sync.isJoined() || (request && request->room != page.room)) {
        if (request)
            giveUp(ref, *request, anotherHistory());
        return;
    }
    if (page.epoch != room->sync.epoch()) {
        if (request)
            giveUp(ref, *request, anotherHistory());
        return;
    }
    room->lastProgress = clock.monotonic();
    room->model->setServerRange(page.firstSeq, std::max(page.lastSeq, room->lastKnown));
    if (request && request->kind == Request::Kind::Page) {
        Q_EMIT q->pageRead(ref, page);
        return;
    }
    room->model->add(page.messages);
    forgetWhatIsFar(*room);
    if (!page.messages.isEmpty())
        noteLast(*room, page.messages.last().seq);
    const bool answered = finishOwn(page.messages);
    if (request && request->kind == Request::Kind::Gap)
        takeGapPage(*room, request->page);
    else if (request && request->kind == Request::Kind::Place && ref == room->placeRef)
        takePlacePage(request->page, page);
    else if (!request || request->kind == Request::Kind::Sync)
        perform(*room, room->sync.takePage(page, request.has_value()));
    if (answered)
        tellAnswered();
}

void ChatClient::Private::take(const Message &message, const ClockReading &at)
{
    ClientRoom *room = find(message.room);
    if (!room || !room->sync.isJoined())
        return;
    room->model->add({message});
    forgetWhatIsFar(*room);
    noteLast(*room, message.seq);
    const bool answered = finishOwn({message});
    probe.takeMessage(message, at, answered);
    perform(*room, room->sync.takeLive(message));
    if (answered)
        tellAnswered();
}

void ChatClient::Private::noteLast(ClientRoom &room, qint64 seq)
{
    if (seq <= room.lastKnown)
        return;
    room.lastKnown = seq;
    infos[room.name.text()].lastSeq = seq;
    Q_EMIT q->unreadChanged(room.name.text());
}

/// Does what the room's order asks for.
void ChatClient::Private::perform(ClientRoom &room, const RoomSync::Step &step)
{
    if (step.ask)
        askPage(room, *step.ask, {Request::Kind::Sync, room.name.text()});
    for (const RoomSync::Arrival &arrival : step.arrived)
        Q_EMIT q->messageArrived(arrival.message, arrival.live);
    if (room.sync.isCaughtUp())
        flush();
}

void ChatClient::Private::askPage(ClientRoom &room, const HistoryFrame &frame, Request request)
{
    request.room = room.name.text();
    link.send(frame, remember(request));
}

void ChatClient::Private::takeRequestError(const QString &ref, const Request &request,
                                           const ErrorFrame &error)
{
    ClientRoom *room = find(request.room);
    switch (request.kind) {
    case Request::Kind::Join:
    case Request::Kind::Create:
        takeJoinError(*room, error);
        return;
    case Request::Kind::Sync:
        askSyncAgain(*room, error);
        return;
    case Request::Kind::Gap:
        if (isForNow(error.code)) {
            retryGapLater(request, error);
            return;
        }
        break;
    case Request::Kind::Place:
    case Request::Kind::Search:
    case Request::Kind::Page:
        break;
    }
    giveUp(ref, request, error);
}

void ChatClient::Private::askSyncAgain(ClientRoom &room, const ErrorFrame &error)
{
    const bool outside = error.code == ErrorCode::NotJoined;
    later(error.retryAfter, [this, &room, outside] {
        if (link.state() != LinkState::Online || !room.sync.isJoined())
            return;
        if (!outside) {
            perform(room, room.sync.askAgain());
            return;
        }
        room.sync.linkLost();
        sendJoin(room);
    });
}

void ChatClient::Private::takeJoinError(ClientRoom &room, const ErrorFrame &error)
{
    if (isForNow(error.code)) {
        later(error.retryAfter, [this, &room] {
            if (room.wanted && !room.sync.isJoined())
                sendJoin(room);
        });
        return;
    }
    if (room.creating && error.code == ErrorCode::RoomExists && room.createLost) {
        // Our own earlier `create`, whose answer was lost with the link.
        room.creating = false;
        sendJoin(room);
        return;
    }
    room.wanted = false;
    room.creating = false;
    failPostsOf(room.name.text(), error);
    Q_EMIT q->joinFailed(room.name.text(), error);
}

} // namespace Synchat
