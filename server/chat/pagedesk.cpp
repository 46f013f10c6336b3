// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/pagedesk.h"

#include "server/chat/historyrules.h"
#include "server/chat/refusals.h"
#include "server/chat/searchrules.h"

namespace Synchat {
namespace {

constexpr std::chrono::milliseconds RetryInterval{20};
constexpr int CatchUpPageSize = 250; // short enough that others are served in between
constexpr quint16 TryAgainLater = 1013;

ErrorFrame notMember(const Search &search)
{
    return search.room ? Refusals::notJoined(search.room->text()) : Refusals::joinedNoRoom();
}

} // namespace

PageDesk::PageDesk(ChatState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(RetryInterval);
    connect(&m_retry, &QTimer::timeout, this, &PageDesk::retryWaiting);
    connect(&state.history, &History::pageRead, this, &PageDesk::takePage);
    connect(&state.history, &History::pageFailed, this, &PageDesk::takeFailure);
    connect(&state.history, &History::searched, this, &PageDesk::takeFinds);
    connect(&state.history, &History::searchFailed, this, &PageDesk::takeFailure);
    connect(&state.net, &NetServer::connectionDrained, this, &PageDesk::goOn);
}

void PageDesk::readHistory(ConnectionId connection, Session &session, const HistoryFrame &frame,
                           const QString &ref)
{
    const Room *const room = m_state.rooms.find(frame.room.text());
    const bool isMember = room && session.membership(room->number());
    if (isMember && m_queues[connection].add(HistoryReading{frame, ref})) {
        advance(connection);
        return;
    }
    m_state.refuse(connection,
                   isMember ? Refusals::tooManyReadings() : Refusals::notJoined(frame.room.text()), ref);
    m_state.net.frameHandled(connection);
}

void PageDesk::search(ConnectionId connection, Session &session, const SearchFrame &frame, const QString &ref)
{
    const auto search = checkedSearch(frame);
    std::optional<ErrorFrame> refusal;
    if (!search)
        refusal = Refusals::badSearch(search.error());
    else if (searchedRooms(*search, session, m_state.rooms).isEmpty())
        refusal = notMember(*search);
    else if (!m_queues[connection].add(SearchReading{*search, ref}))
        refusal = Refusals::tooManySearches();
    if (!refusal) {
        advance(connection);
        return;
    }
    m_state.refuse(connection, *refusal, ref);
    m_state.net.frameHandled(connection);
}

void PageDesk::catchUp(ConnectionId connection, const Room &room, const Membership &membership)
{
    m_queues[connection].add(CatchUpReading{room.number(), membership.joining});
    advance(connection);
}

void PageDesk::forget(ConnectionId connection)
{
    m_queues.erase(connection);
    m_waitingForReader.remove(connection);
}

void PageDesk::advance(ConnectionId connection)
{
    const auto queue = m_queues.find(connection);
    if (queue == m_queues.end())
        return;
    while (!queue->second.isBusy() && !queue->second.isEmpty()) {
        Session *const session = m_state.session(connection);
        if (!session || session->phase() == Session::Phase::Closing)
            return;
        const Reading next = queue->second.takeNext();
        const Step step =
            std::visit([&](const auto &reading) { return start(connection, *session, reading); }, next);
        if (step == Step::Started)
            queue->second.setBusy(true);
        if (step != Step::ReaderFull)
            continue;
        queue->second.putBack(next);
        m_waitingForReader.insert(connection);
        if (!m_retry.isActive())
            m_retry.start();
        return;
    }
}

PageDesk::Step PageDesk::start(ConnectionId connection, Session &session, const HistoryReading &reading)
{
    const Room *const room = m_state.rooms.find(reading.frame.room.text());
    if (!room || !session.membership(room->number())) {
        m_state.refuse(connection, Refusals::notJoined(reading.frame.room.text()), reading.ref);
        m_state.net.frameHandled(connection);
        return Step::Answered;
    }
    const PageRequest request = pageRequestFor(reading.frame, *room);
    if (room->lastSeq() > 0) {
        const Step step = startReading(connection, reading, request);
        if (step == Step::Started)
            return step;
        m_state.refuse(connection, Refusals::tooManyReadings(), reading.ref);
        m_state.net.frameHandled(connection);
        return Step::Answered;
    }
    StoredPage empty;
    empty.reachesFirst = true;
    empty.reachesLast = true;
    sendPage(connection, encodeServerFrame(historyPage(request, empty, *room), reading.ref));
    m_state.net.frameHandled(connection);
    return Step::Answered;
}

PageDesk::Step PageDesk::start(ConnectionId connection, Session &, const CatchUpReading &reading)
{
    Room *const room = m_state.rooms.find(reading.room);
    Membership *const membership = membershipOf(connection, reading);
    if (!room || !membership)
        return Step::Answered;
    const qint64 position = *membership->caughtUpTo;
    if (std::optional<QList<Message>> messages = room->recent().after(position)) {
        messages->removeIf([membership](const Message &each) { return each.seq > membership->pagesUpTo; });
        sendCatchUp(connection, *room, *membership, *messages, membership->pagesUpTo);
        return Step::Answered;
    }
    PageRequest request;
    request.room = room->number();
    request.anchor = HistoryAnchor::After;
    request.value = position;
    request.limit = CatchUpPageSize;
    request.upTo = membership->pagesUpTo;
    return startReading(connection, reading, request);
}

PageDesk::Step PageDesk::start(ConnectionId connection, Session &session, const SearchReading &reading)
{
    const QList<SearchedRoom> rooms = searchedRooms(reading.search, session, m_state.rooms);
    const quint64 ticket = m_state.nextTicket();
    const bool started =
        !rooms.isEmpty() && m_state.history.search(ticket, searchRequestFor(reading.search, rooms));
    if (started) {
        m_underWay.insert(ticket, {connection, reading, {}});
        return Step::Started;
    }
    m_state.refuse(connection, rooms.isEmpty() ? notMember(reading.search) : Refusals::tooManySearches(),
                   reading.ref);
    m_state.net.frameHandled(connection);
    return Step::Answered;
}

PageDesk::Step PageDesk::startReading(ConnectionId connection, const Reading &reading,
                                      const PageRequest &request)
{
    const quint64 ticket = m_state.nextTicket();
    if (!m_state.history.readPage(ticket, request))
        return Step::ReaderFull;
    m_underWay.insert(ticket, {connection, reading, request});
    return Step::Started;
}

void PageDesk::sendPage(ConnectionId connection, const QByteArray &json)
{
    m_state.sendBytes(connection, json);
    m_queues[connection].setBusy(true);
    m_state.net.notifyDrained(connection);
}

/// The client's side has taken the page.
void PageDesk::goOn(ConnectionId connection)
{
    const auto queue = m_queues.find(connection);
    if (queue == m_queues.end())
        return;
    queue->second.setBusy(false);
    advance(connection);
}

std::optional<PageDesk::UnderWay> PageDesk::takeUnderWay(quint64 ticket)
{
    const auto found = m_underWay.find(ticket);
    if (found == m_underWay.end())
        return std::nullopt;
    const UnderWay done = std::move(*found);
    m_underWay.erase(found);
    const auto queue = m_queues.find(done.connection);
    if (queue == m_queues.end())
        return std::nullopt;
    queue->second.setBusy(false);
    return done;
}

void PageDesk::takePage(quint64 ticket, const StoredPage &page)
{
    const std::optional<UnderWay> done = takeUnderWay(ticket);
    if (!done)
        return;
    std::visit([&](const auto &reading) { deliver(*done, reading, page); }, done->reading);
    advance(done->connection);
}

void PageDesk::takeFinds(quint64 ticket, const StoredFinds &finds)
{
    const std::optional<UnderWay> done = takeUnderWay(ticket);
    if (!done)
        return;
    const auto &reading = std::get<SearchReading>(done->reading);
    sendPage(done->connection, encodeServerFrame(foundFrame(finds), reading.ref));
    m_state.net.frameHandled(done->connection);
    advance(done->connection);
}

void PageDesk::deliver(const UnderWay &done, const HistoryReading &reading, const StoredPage &page)
{
    const Room *const room = m_state.rooms.find(done.request.room);
    if (!room)
        return;
    const EncodedPage encoded =
        encodePageFor(done.request, historyPage(done.request, page, *room), reading.ref);
    sendPage(done.connection, encoded.bytes);
    m_state.net.frameHandled(done.connection);
}

void PageDesk::deliver(const UnderWay &done, const CatchUpReading &reading, const StoredPage &page)
{
    Room *const room = m_state.rooms.find(reading.room);
    Membership *const membership = membershipOf(done.connection, reading);
    if (!room || !membership)
        return;
    if (page.messages.isEmpty() && !page.reachesLast) {
        failCatchUp(done.connection, *membership);
        return;
    }
    const qint64 reached = page.reachesLast ? done.request.upTo : page.messages.last().seq;
    sendCatchUp(done.connection, *room, *membership, page.messages, reached);
}

void PageDesk::sendCatchUp(ConnectionId connection, Room &room, Membership &membership,
                           const QList<Message> &messages, qint64 reached)
{
    const std::optional<QList<Message>> since = room.recent().after(membership.pagesUpTo);
    if (!since) // more than is kept: pages for that, too
        membership.pagesUpTo = room.lastSeq();
    const EncodedPage encoded = encodeHistoryPage(catchUpPage(messages, reached, membership.pagesUpTo, room),
                                                  false, membership.joinRef);
    sendPage(connection, encoded.bytes);
    if (encoded.page.complete) {
        for (const Message &message : since.value_or(QList<Message>()))
            m_state.send(connection, message);
        membership.caughtUpTo.reset();
        room.endCatchUp();
        m_state.net.subscribe(connection, messageChannel(room));
        return;
    }
    const bool wasCut = encoded.page.messages.size() < messages.size();
    membership.caughtUpTo = wasCut ? encoded.page.messages.last().seq : reached;
    m_queues[connection].add(CatchUpReading{room.number(), membership.joining});
}

void PageDesk::takeFailure(quint64 ticket, const QString &)
{
    const std::optional<UnderWay> failed = takeUnderWay(ticket);
    if (!failed)
        return;
    std::visit([&](const auto &reading) { fail(*failed, reading); }, failed->reading);
    advance(failed->connection);
}

void PageDesk::fail(const UnderWay &failed, const HistoryReading &reading)
{
    m_state.refuse(failed.connection, Refusals::historyUnreadable(), reading.ref);
    m_state.net.frameHandled(failed.connection);
}

void PageDesk::fail(const UnderWay &failed, const CatchUpReading &reading)
{
    if (Membership *const member = membershipOf(failed.connection, reading))
        failCatchUp(failed.connection, *member);
}

void PageDesk::fail(const UnderWay &failed, const SearchReading &reading)
{
    m_state.refuse(failed.connection, Refusals::historyUnreadable(), reading.ref);
    m_state.net.frameHandled(failed.connection);
}

/// A member with a hole would be worse than one who comes back and catches up then.
void PageDesk::failCatchUp(ConnectionId connection, const Membership &membership)
{
    m_state.refuse(connection, Refusals::historyUnreadable(), membership.joinRef);
    m_state.close(connection, TryAgainLater, Refusals::readAgainLater());
}

void PageDesk::retryWaiting()
{
    const QSet<ConnectionId> waiting = std::exchange(m_waitingForReader, {});
    for (const ConnectionId connection : waiting)
        advance(connection);
}

Membership *PageDesk::membershipOf(ConnectionId connection, const CatchUpReading &reading)
{
    Session *const session = m_state.session(connection);
    Membership *const membership = session ? session->membership(reading.room) : nullptr;
    if (!membership || session->phase() == Session::Phase::Closing)
        return nullptr;
    return membership->joining == reading.joining && membership->caughtUpTo ? membership : nullptr;
}

} // namespace Synchat
