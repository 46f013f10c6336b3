// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatserver.h"
#include "server/store/history.h"
#include "server/web/router.h"

#include <QHash>

namespace Synchat {

/// Reads pages of public rooms, and searches them, for the web. The chat reads on its own.
class WebPages : public QObject
{
    Q_OBJECT
public:
    /// A part of what the history lets wait, so that the chat's members have the rest, however many ask here.
    static constexpr int MaxSearches = 16;

    WebPages(const ChatServer &chat, History &history, QObject *parent = nullptr);

    /// As WebSources::readPage.
    bool read(const QString &room, HistoryAnchor anchor, qint64 value, int limit,
              WebSources::PageAnswer answer);

    /// As WebSources::search.
    WebSources::SearchStart search(const Search &search, WebSources::SearchAnswer answer);

private:
    struct Waiting
    {
        RoomInfo room;
        HistoryAnchor anchor;
        WebSources::PageAnswer answer;
    };
    void take(quint64 ticket, const StoredPage &page);
    void giveUp(quint64 ticket);
    void answerSearch(quint64 ticket, const std::optional<FoundFrame> &found);

    const ChatServer &m_chat;
    History &m_history;
    QHash<quint64, Waiting> m_waiting;
    QHash<quint64, WebSources::SearchAnswer> m_searches;
    quint64 m_lastTicket;
};

/// The page as the web shows it; `room` is as it was when the page was asked for.
HistoryPage webPage(const RoomInfo &room, HistoryAnchor anchor, const StoredPage &page);

} // namespace Synchat
