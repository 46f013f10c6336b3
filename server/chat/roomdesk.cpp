// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/roomdesk.h"

#include "server/chat/boundedframes.h"
#include "server/chat/clocksdesk.h"
#include "server/chat/pagedesk.h"
#include "server/chat/refusals.h"

namespace Synchat {

RoomDesk::RoomDesk(ChatState &state, PageDesk &pages, ClocksDesk &clocks, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_pages(pages)
    , m_clocks(clocks)
{
    connect(&state.history, &History::roomCreated, this, &RoomDesk::addRoom);
    connect(&state.history, &History::roomRefused, this, &RoomDesk::refuseRoom);
}

void RoomDesk::join(ConnectionId connection, Session &session, const JoinFrame &frame, const QString &ref)
{
    Room *const room = m_state.rooms.find(frame.room.text());
    if (!room) {
        m_state.refuse(connection, Refusals::roomUnknown(frame.room.text()), ref);
        return;
    }
    if (m_state.stopping) {
        m_state.refuse(connection, Refusals::stopping(), ref);
        return;
    }
    if (session.isFull() && !session.membership(room->number())) {
        m_state.refuse(connection, Refusals::tooManyJoined(Session::MaxRooms), ref);
        return;
    }
    enter(connection, session, *room, room->planJoin(frame), ref);
}

void RoomDesk::enter(ConnectionId connection, Session &session, Room &room, const JoinPlan &plan,
                     const QString &ref)
{
    const Membership *const before = session.membership(room.number());
    const bool isNew = before == nullptr;
    const bool wasLive = before && !before->caughtUpTo;
    if (before && before->caughtUpTo)
        room.endCatchUp();
    const bool isFirst = isNew && room.enter(session.userId());
    session.join(room.number(), plan.after, ref);

    if (wasLive && plan.after)
        m_state.net.unsubscribe(connection, messageChannel(room));
    m_state.sendBytes(connection, encodeJoined(joinedFrame(room, plan.reset), session.userId(), ref));
    if (isNew)
        m_state.net.subscribe(connection, eventChannel(room));
    if (isFirst) {
        const PresenceFrame presence{room.name(), {m_state.author(session.userId())}, {}};
        m_state.net.broadcastExcept(eventChannel(room), connection, encodeServerFrame(presence));
    }
    m_clocks.tell(room);
    if (plan.after) {
        room.beginCatchUp();
        Membership *const membership = session.membership(room.number());
        membership->pagesUpTo = room.lastSeq();
        m_pages.catchUp(connection, room, *membership);
    } else if (!wasLive) {
        m_state.net.subscribe(connection, messageChannel(room));
    }
}

JoinedFrame RoomDesk::joinedFrame(const Room &room, bool reset) const
{
    JoinedFrame joined;
    joined.room = room.name();
    joined.title = room.title();
    joined.epoch = room.epoch();
    joined.firstSeq = room.firstSeq();
    joined.lastSeq = room.lastSeq();
    joined.reset = reset;
    const QList<QString> ids = room.memberIds();
    joined.members.reserve(ids.size());
    for (const QString &id : ids)
        joined.members.append(m_state.author(id));
    return joined;
}

void RoomDesk::leave(ConnectionId connection, Session &session, const LeaveFrame &frame, const QString &ref)
{
    Room *const room = m_state.rooms.find(frame.room.text());
    if (!room || !session.membership(room->number())) {
        m_state.refuse(connection, Refusals::notJoined(frame.room.text()), ref);
        return;
    }
    m_state.net.unsubscribe(connection, messageChannel(*room));
    m_state.net.unsubscribe(connection, eventChannel(*room));
    exit(connection, session, *room);
    m_state.send(connection, LeftFrame{room->name()}, ref);
}

void RoomDesk::leaveAll(ConnectionId connection, Session &session)
{
    const QList<qint64> numbers = session.rooms();
    for (const qint64 number : numbers) {
        if (Room *const room = m_state.rooms.find(number))
            exit(connection, session, *room);
    }
}

void RoomDesk::exit(ConnectionId connection, Session &session, Room &room)
{
    const Membership *const membership = session.membership(room.number());
    if (membership && membership->caughtUpTo)
        room.endCatchUp();
    session.leave(room.number());
    if (!room.leave(session.userId()))
        return;
    const PresenceFrame presence{room.name(), {}, {m_state.author(session.userId())}};
    m_state.net.broadcastExcept(eventChannel(room), connection, encodeServerFrame(presence));
}

void RoomDesk::tellNewName(ConnectionId connection, const QString &userId)
{
    for (auto &[number, room] : m_state.rooms) {
        if (!room.hasMember(userId))
            continue;
        const PresenceFrame presence{room.name(), {m_state.author(userId)}, {}};
        m_state.net.broadcastExcept(eventChannel(room), connection, encodeServerFrame(presence));
    }
}

std::optional<ErrorFrame> RoomDesk::problemWithCreate(const Session &session, const CreateFrame &frame) const
{
    if (frame.key)
        return Refusals::noPrivateRooms();
    if (m_state.rooms.find(frame.room.text()))
        return Refusals::roomExists(frame.room.text());
    if (m_state.stopping)
        return Refusals::stopping();
    if (session.isFull())
        return Refusals::tooManyJoined(Session::MaxRooms);
    if (m_state.rooms.size() + m_pending.size() >= m_state.config.maxRooms)
        return Refusals::tooManyRooms();
    return std::nullopt;
}

void RoomDesk::create(ConnectionId connection, Session &session, const CreateFrame &frame, const QString &ref)
{
    if (const std::optional<ErrorFrame> problem = problemWithCreate(session, frame)) {
        m_state.refuse(connection, *problem, ref);
        m_state.net.frameHandled(connection);
        return;
    }
    const quint64 ticket = m_state.nextTicket();
    m_pending.insert(ticket, {connection, frame.room.text(), ref});
    m_state.history.createRoom(ticket, frame.room.text(), frame.title);
}

void RoomDesk::addRoom(quint64 ticket, const StoredRoom &stored)
{
    if (!m_pending.contains(ticket))
        return;
    const PendingRoom pending = m_pending.take(ticket);
    Room &room = m_state.rooms.add(stored);
    m_state.net.frameHandled(pending.connection);
    Session *const session = m_state.session(pending.connection);
    if (!session || session->phase() != Session::Phase::Greeted || session->membership(room.number()))
        return;
    if (session->isFull()) {
        m_state.refuse(pending.connection, Refusals::tooManyJoined(Session::MaxRooms), pending.ref);
        return;
    }
    enter(pending.connection, *session, room, {}, pending.ref);
}

void RoomDesk::refuseRoom(quint64 ticket, bool exists, const QString &)
{
    if (!m_pending.contains(ticket))
        return;
    const PendingRoom pending = m_pending.take(ticket);
    m_state.refuse(pending.connection,
                   exists ? Refusals::roomExists(pending.name) : Refusals::roomNotStored(), pending.ref);
    m_state.net.frameHandled(pending.connection);
}

void RoomDesk::type(ConnectionId connection, Session &session, const TypingFrame &frame, const QString &ref)
{
    const Room *const room = m_state.rooms.find(frame.room.text());
    if (!room || !session.membership(room->number())) {
        m_state.refuse(connection, Refusals::notJoined(frame.room.text()), ref);
        return;
    }
    if (!session.mayType(room->number(), m_state.clock.monotonic()))
        return;
    const TypingNotice notice{room->name(), m_state.author(session.userId())};
    m_state.net.broadcastExcept(eventChannel(*room), connection, encodeServerFrame(notice));
}

} // namespace Synchat
