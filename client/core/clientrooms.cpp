// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int OlderPage = Limits::DefaultPage;

bool isForNow(ErrorCode code)
{
    return code == ErrorCode::Busy || code == ErrorCode::RateLimited || code == ErrorCode::Internal;
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
    if (!room || !room->sync.isJoined() || (request && request->room != page.room))
        return;
    if (page.epoch != room->sync.epoch()) {
        if (request)
            giveUp(*request);
        return;
    }
    room->lastProgress = clock.monotonic();
    if (request && request->kind == Request::Kind::Gap)
        room->model->setGapLoading(request->from, false);
    room->model->setServerRange(page.firstSeq, std::max(page.lastSeq, room->lastKnown));
    room->model->add(page.messages);
    if (!page.messages.isEmpty())
        noteLast(*room, page.messages.last().seq);
    const bool answered = finishOwn(page.messages);
    if (request && request->kind == Request::Kind::Older) {
        room->olderLoading = false;
    } else if (request && request->kind == Request::Kind::Gap) {
        const qint64 reached = page.messages.isEmpty() ? 0 : page.messages.last().seq;
        if (reached >= request->from && reached < request->to)
            askGapPage(*room, reached + 1, request->to);
    } else {
        perform(*room, room->sync.takePage(page, request.has_value()));
    }
    if (answered)
        tellAnswered();
}

void ChatClient::Private::take(const Message &message, const ClockReading &at)
{
    ClientRoom *room = find(message.room);
    if (!room || !room->sync.isJoined())
        return;
    room->model->add({message});
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

void ChatClient::Private::askGapPage(ClientRoom &room, qint64 from, qint64 to)
{
    room.model->setGapLoading(from, true);
    const int limit = static_cast<int>(std::min<qint64>(to - from + 1, Limits::MaxPage));
    askPage(room, {room.name, HistoryAnchor::After, from - 1, limit}, {Request::Kind::Gap, {}, from, to});
}

void ChatClient::Private::takeRequestError(const Request &request, const ErrorFrame &error)
{
    ClientRoom *room = find(request.room);
    if (request.kind == Request::Kind::Join || request.kind == Request::Kind::Create) {
        takeJoinError(*room, error);
        return;
    }
    giveUp(request);
    if (request.kind == Request::Kind::Sync) {
        const bool outside = error.code == ErrorCode::NotJoined;
        later(error.retryAfter, [this, room, outside] {
            if (link.state() != LinkState::Online || !room->sync.isJoined())
                return;
            if (!outside) {
                perform(*room, room->sync.askAgain());
                return;
            }
            room->sync.linkLost();
            sendJoin(*room);
        });
        return;
    }
    Q_EMIT q->errorReceived(error);
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

/// A question without answer leaves no mark of loading behind.
void ChatClient::Private::giveUp(const Request &request)
{
    ClientRoom *room = find(request.room);
    if (!room)
        return;
    if (request.kind == Request::Kind::Older)
        room->olderLoading = false;
    if (request.kind == Request::Kind::Gap)
        room->model->setGapLoading(request.from, false);
}

} // namespace Synchat
