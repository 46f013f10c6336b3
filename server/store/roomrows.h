// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/chaincheck.h"
#include "server/store/history.h"
#include "server/store/storeconnection.h"

#include <QSqlQuery>

namespace Synchat {

/// What stands before the first message of a room that is there: where retention has cut, else the chain's
/// start.
struct RoomFront
{
    qint64 seq = 0; ///< 0: nothing was cut
    QByteArray chain;
};

/// Reads the messages of rooms with their marks, a few at a time, to check them.
class RoomRows
{
public:
    explicit RoomRows(const StoreConnection &connection);

    /// Ascending, from behind `after` up to `upTo`, at most so many.
    Result<QList<ChainedMessage>, QSqlError> read(const StoredRoom &room, qint64 after, qint64 upTo,
                                                  int limit);
    /// The last ones, ascending.
    Result<QList<ChainedMessage>, QSqlError> readLast(const StoredRoom &room, int limit);
    Result<RoomFront, QSqlError> front(const StoredRoom &room);

private:
    Result<QList<ChainedMessage>, QSqlError> run(QSqlQuery &query, const StoredRoom &room, qint64 after,
                                                 qint64 behind, int limit);
    QSqlQuery m_ascending;
    QSqlQuery m_descending;
    QSqlQuery m_front;
};

} // namespace Synchat
