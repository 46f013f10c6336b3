// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatstate.h"
#include "server/chat/readingqueue.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <unordered_map>

namespace Synchat {

/// Reads pages for those who ask for them and for those who catch up, and what is searched for, one at a time
/// for each connection. What a page is stands in historyrules.h, what is found in searchrules.h.
class PageDesk : public QObject
{
    Q_OBJECT
public:
    explicit PageDesk(ChatState &state, QObject *parent = nullptr);

    /// From a connection that has been greeted. Answers for NetServer::frameHandled too, now or later.
    void readHistory(ConnectionId connection, Session &session, const HistoryFrame &frame,
                     const QString &ref);
    void search(ConnectionId connection, Session &session, const SearchFrame &frame, const QString &ref);
    /// The connection's membership says from where; it becomes live at the end. Also for a new start.
    void catchUp(ConnectionId connection, const Room &room, const Membership &membership);
    void forget(ConnectionId connection);

private:
    struct UnderWay
    {
        ConnectionId connection = 0;
        Reading reading;
        PageRequest request;
    };
    enum class Step { Answered, Started, ReaderFull };

    void sendPage(ConnectionId connection, const QByteArray &json);
    void goOn(ConnectionId connection);

    void advance(ConnectionId connection);
    Step start(ConnectionId connection, Session &session, const HistoryReading &reading);
    Step start(ConnectionId connection, Session &session, const CatchUpReading &reading);
    Step start(ConnectionId connection, Session &session, const SearchReading &reading);
    Step startReading(ConnectionId connection, const Reading &reading, const PageRequest &request);
    /// Nothing: not ours, or its connection is gone. The connection is free for the next reading.
    std::optional<UnderWay> takeUnderWay(quint64 ticket);
    void takePage(quint64 ticket, const StoredPage &page);
    void takeFinds(quint64 ticket, const StoredFinds &finds);
    void takeFailure(quint64 ticket, const QString &reason);
    void deliver(const UnderWay &done, const HistoryReading &reading, const StoredPage &page);
    void deliver(const UnderWay &done, const CatchUpReading &reading, const StoredPage &page);
    void deliver(const UnderWay &, const SearchReading &, const StoredPage &) {} // finds come by takeFinds()
    void fail(const UnderWay &failed, const HistoryReading &reading);
    void fail(const UnderWay &failed, const CatchUpReading &reading);
    void fail(const UnderWay &failed, const SearchReading &reading);
    void sendCatchUp(ConnectionId connection, Room &room, Membership &membership,
                     const QList<Message> &messages, qint64 reached);
    void failCatchUp(ConnectionId connection, const Membership &membership);
    void retryWaiting();
    /// Null: it has left, or joined once more since.
    Membership *membershipOf(ConnectionId connection, const CatchUpReading &reading);

    ChatState &m_state;
    std::unordered_map<ConnectionId, ReadingQueue> m_queues;
    QHash<quint64, UnderWay> m_underWay; // by ticket
    QSet<ConnectionId> m_waitingForReader;
    QTimer m_retry;
};

} // namespace Synchat
