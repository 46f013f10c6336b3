// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/webpages.h"

#include "server/chat/searchrules.h"

namespace Synchat {

namespace {

/// The chat counts its tickets from 1; ours never meet them.
constexpr quint64 FirstTicket = quint64(1) << 63;

bool isComplete(HistoryAnchor anchor, const StoredPage &page)
{
    switch (anchor) {
    case HistoryAnchor::Newest:
    case HistoryAnchor::Before:
        return page.reachesFirst;
    case HistoryAnchor::After:
        return page.reachesLast;
    case HistoryAnchor::Around:
    case HistoryAnchor::At:
        break;
    }
    return page.reachesFirst && page.reachesLast;
}

} // namespace

HistoryPage webPage(const RoomInfo &room, HistoryAnchor anchor, const StoredPage &page)
{
    HistoryPage result;
    result.room = room.room;
    result.epoch = room.epoch;
    result.messages = page.messages;
    result.firstSeq = page.firstSeq;
    result.lastSeq = room.lastSeq;
    result.complete = isComplete(anchor, page);
    return result;
}

WebPages::WebPages(const ChatServer &chat, History &history, QObject *parent)
    : QObject(parent)
    , m_chat(chat)
    , m_history(history)
    , m_lastTicket(FirstTicket)
{
    connect(&history, &History::pageRead, this, &WebPages::take);
    connect(&history, &History::pageFailed, this, &WebPages::giveUp);
    connect(&history, &History::searched, this,
            [this](quint64 ticket, const StoredFinds &finds) { answerSearch(ticket, foundFrame(finds)); });
    connect(&history, &History::searchFailed, this,
            [this](quint64 ticket) { answerSearch(ticket, std::nullopt); });
}

bool WebPages::read(const QString &room, HistoryAnchor anchor, qint64 value, int limit,
                    WebSources::PageAnswer answer)
{
    const auto info = m_chat.publicRoom(room);
    const auto number = m_chat.publicRoomNumber(room);
    if (!info || !number)
        return false;
    const quint64 ticket = ++m_lastTicket;
    m_waiting.insert(ticket, {*info, anchor, std::move(answer)});
    const PageRequest request{
        .room = *number, .anchor = anchor, .value = value, .limit = limit, .upTo = info->lastSeq};
    if (!m_history.readPage(ticket, request))
        giveUp(ticket);
    return true;
}

WebSources::SearchStart WebPages::search(const Search &search, WebSources::SearchAnswer answer)
{
    const QList<SearchedRoom> rooms = m_chat.searchedRooms(search);
    if (rooms.isEmpty())
        return WebSources::SearchStart::NoSuchRoom;
    if (m_searches.size() >= MaxSearches)
        return WebSources::SearchStart::TooMany;
    const quint64 ticket = ++m_lastTicket;
    if (!m_history.search(ticket, searchRequestFor(search, rooms)))
        return WebSources::SearchStart::TooMany;
    m_searches.insert(ticket, std::move(answer));
    return WebSources::SearchStart::Begun;
}

void WebPages::answerSearch(quint64 ticket, const std::optional<FoundFrame> &found)
{
    if (m_searches.contains(ticket))
        m_searches.take(ticket)(found);
}

void WebPages::take(quint64 ticket, const StoredPage &page)
{
    if (!m_waiting.contains(ticket))
        return;
    const Waiting waiting = m_waiting.take(ticket);
    waiting.answer(webPage(waiting.room, waiting.anchor, page));
}

void WebPages::giveUp(quint64 ticket)
{
    if (!m_waiting.contains(ticket))
        return;
    m_waiting.take(ticket).answer(std::nullopt);
}

} // namespace Synchat
