// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/outbox.h"
#include "server/store/roomtable.h"
#include "server/store/storeconnection.h"

#include <QHash>

namespace Synchat {

/// What one transaction did.
struct BatchOutcome
{
    struct Original
    {
        quint64 ticket = 0;
        Message message;
    };
    QList<CommittedMessage> committed; ///< numbered, in order
    QList<Original> alreadyStored;
    QList<quint64> unknownRoom; ///< tickets for rooms that the history does not hold
};

/// The one connection that writes, with its statements and the rooms' last numbers. After a failure it is
/// not used any more: a new one reads from the file what holds.
/// No thread of its own, no queue: see historywriter.h.
class WriteSession
{
public:
    /// Errors are whole sentences.
    static Result<std::unique_ptr<WriteSession>, QString> open(const StoreAddress &address, bool ships);

    /// One transaction, all or nothing. Numbers are given inside it, so that a failure leaves no hole.
    Result<BatchOutcome, QString> commit(const QList<CommittedMessage> &batch,
                                         const OutboxChange &change = {});
    Result<StoredRoom, RoomRefusal> createRoom(const QString &name, const QString &title);
    /// Whether something as large as a large message can be written just now; nothing: yes.
    std::optional<QString> probe();
    /// Of the message that was committed last, in whatever room.
    qint64 lastArrival() const { return m_lastArrival; }
    void setBusyTimeout(int milliseconds) { m_connection->setBusyTimeout(milliseconds); }

private:
    struct Room
    {
        QString name;
        qint64 lastSeq = 0;
        QByteArray chain; ///< of the last message, or what stands before the first
    };
    /// What a transaction changes of what the session knows, once it holds.
    struct Progress
    {
        QHash<qint64, Room> rooms; ///< by number, those that got messages
        qint64 lastArrival = 0;
    };
    WriteSession(std::unique_ptr<StoreConnection> connection, bool ships);
    std::optional<QString> loadRooms();
    std::optional<QSqlError> loadChain(const StoredRoom &stored, Room &room);
    std::optional<QSqlError> write(const QList<CommittedMessage> &batch, const OutboxChange &change,
                                   BatchOutcome &outcome, Progress &progress);
    std::optional<QSqlError> writeOne(const CommittedMessage &item, BatchOutcome &outcome,
                                      Progress &progress);
    std::optional<QSqlError> findOriginal(const CommittedMessage &item, BatchOutcome &outcome);
    std::optional<QSqlError> writeNumbers(const Progress &progress);
    std::optional<QSqlError> writeOutbox(const Progress &progress);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QSqlQuery m_insert;
    QSqlQuery m_words;
    QSqlQuery m_find;
    QSqlQuery m_number;
    QSqlQuery m_outbox;
    const bool m_ships;
    QHash<qint64, Room> m_rooms;
    qint64 m_lastArrival = 0;
};

} // namespace Synchat
