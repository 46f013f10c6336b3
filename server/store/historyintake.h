// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/messagedocument.h"
#include "server/store/storeconnection.h"

#include <functional>
#include <memory>

namespace Synchat {

/// Writes a history that comes from elsewhere into an empty database, in transactions that each leave
/// something to go on from. While it is not whole, the database says so (`meta.take_back`), and nobody may
/// take it for a history. Start-up only: nobody else has the database open. Not for checking what comes.
/// Errors are whole sentences.
class HistoryIntake
{
public:
    struct Position
    {
        qint64 lastSeq = 0; ///< 0: nothing was taken yet
        QByteArray chain;   ///< of that message
    };

    /// Makes the tables when they are missing.
    static Result<std::unique_ptr<HistoryIntake>, QString> open(const StoreAddress &address);

    /// No messages, no room but `general`, and nothing begun.
    Result<bool, QString> isEmpty();
    /// The history that was begun and not ended; empty: none.
    Result<QString, QString> unfinished();

    /// Goes on with this history where it was left; whatever else is there is deleted first. The rooms keep
    /// their numbers and epochs. Each begins with message 1, whatever was cut off where it comes from: what
    /// is kept there may reach back further.
    std::optional<QString> begin(const QString &history, const QList<ShippedRoom> &rooms);
    /// Where the room's next message goes.
    Result<Position, QString> position(qint64 room);
    /// Nothing up to and with `cutSeq` is left of the room, which is empty here. `cutChain`: of that message.
    std::optional<QString> beginAt(qint64 room, qint64 cutSeq, const QByteArray &cutChain);
    /// One transaction. Messages of one room, which go on where it ends.
    std::optional<QString> add(qint64 room, const QList<ShippedMessage> &messages);
    /// It is whole.
    std::optional<QString> finish();

private:
    explicit HistoryIntake(std::unique_ptr<StoreConnection> connection);
    std::optional<QString> inTransaction(const std::function<std::optional<QSqlError>()> &work);
    std::optional<QSqlError> clear();
    std::optional<QSqlError> addRoom(const ShippedRoom &shipped);
    std::optional<QSqlError> addMessage(qint64 room, const ShippedMessage &shipped);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QSqlQuery m_insert;
    QSqlQuery m_words;
};

} // namespace Synchat
