// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/batchplan.h"
#include "server/store/bulkinsert.h"
#include "server/store/history.h"
#include "server/store/outbox.h"
#include "server/store/roomtable.h"
#include "server/store/storeconnection.h"

#include <QHash>

#include <functional>

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

/// A transaction that failed.
struct CommitFailure
{
    QString reason;              ///< a whole sentence
    bool connectionLost = false; ///< nothing of it can hold, and another session may try again
    /// PostgreSQL alone: the commit was sent and its answer did not come, so that it may hold. What it would
    /// have done.
    std::optional<BatchOutcome> unsure = {};
};

/// The one connection that writes, with its statements and the rooms' last numbers. After a failure it is
/// not used any more: a new one reads from the database what holds.
/// No thread of its own, no queue: see historywriter.h.
class WriteSession
{
public:
    /// Errors are whole sentences. `previous`: id() of the session before, where there was one.
    static Result<std::unique_ptr<WriteSession>, QString> open(const StoreAddress &address, bool ships,
                                                               const QString &previous = {});
    ~WriteSession();
    /// As in writerlock.h.
    QString id() const { return m_id; }
    const StoreConnection &connection() const { return *m_connection; }

    /// One transaction, all or nothing. Numbers are given inside it, so that a failure leaves no hole.
    Result<BatchOutcome, CommitFailure> commit(const QList<CommittedMessage> &batch,
                                               const OutboxChange &change = {});
    /// Whether a transaction of a session before holds, by its last message. Errors are whole sentences.
    Result<bool, QString> holds(const BatchOutcome &outcome);
    Result<StoredRoom, RoomRefusal> createRoom(const QString &name, const QString &title);
    /// After a session that was lost meanwhile: the room may be there.
    Result<StoredRoom, RoomRefusal> createRoomAgain(const QString &name, const QString &title);
    /// A job in a transaction of its own, all or nothing; it must leave the rooms' ends as they are.
    std::optional<QString> run(const std::function<std::optional<QSqlError>(const StoreConnection &)> &job);
    /// Whether something as large as a large message can be written just now; nothing: yes.
    std::optional<QString> probe();
    /// Of the message that was committed last, in whatever room.
    qint64 lastArrival() const { return m_lastArrival; }
    void setBusyTimeout(int milliseconds) { m_connection->setBusyTimeout(milliseconds); }

private:
    using Room = RoomEnd;
    using Progress = BatchProgress;
    WriteSession(std::unique_ptr<StoreConnection> connection, bool ships);
    std::optional<QString> loadRooms();
    std::optional<QSqlError> loadChain(const StoredRoom &stored, Room &room);
    std::optional<QSqlError> write(const QList<CommittedMessage> &batch, const OutboxChange &change,
                                   BatchOutcome &outcome, Progress &progress);
    std::optional<QSqlError> writeMessages(const QList<CommittedMessage> &batch, BatchOutcome &outcome,
                                           Progress &progress);
    std::optional<QSqlError> writeAtOnce(const QList<CommittedMessage> &batch, BatchOutcome &outcome,
                                         Progress &progress);
    std::optional<QSqlError> writeOne(const CommittedMessage &item, BatchOutcome &outcome,
                                      Progress &progress);
    std::optional<QSqlError> findOriginal(const CommittedMessage &item, BatchOutcome &outcome);
    std::optional<QSqlError> writeNumbers(const Progress &progress);
    std::optional<QSqlError> writeOutbox(const Progress &progress);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QString m_id;
    std::unique_ptr<BulkInsert> m_bulk; ///< with PostgreSQL, in place of the next three
    QSqlQuery m_insert;
    QSqlQuery m_words;
    QSqlQuery m_number;
    QSqlQuery m_find;
    QSqlQuery m_outbox;
    const bool m_ships;
    QHash<qint64, Room> m_rooms;
    qint64 m_lastArrival = 0;
};

} // namespace Synchat
