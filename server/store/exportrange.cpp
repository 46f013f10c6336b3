// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/exportrange.h"

#include "server/store/roomrows.h"
#include "server/store/schema.h"

#include <QVariant>

#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// The seq of the first message in that order whose time fits; 0: none.
Result<qint64, QSqlError> firstSeq(const StoreConnection &connection, const StoredRoom &room,
                                   const QString &order, OptionalMicros from, OptionalMicros to)
{
    const QString times = from || to ? u" AND time >= ? AND time < ?"_s : QString();
    QSqlQuery query = connection.prepared(
        u"SELECT position FROM message WHERE position > ? AND position < ?%1 ORDER BY position%2 LIMIT 1"_s
            .arg(times, order));
    query.bindValue(0, positionOf(room.number, 0));
    query.bindValue(1, positionOf(room.number + 1, 0));
    if (!times.isEmpty()) {
        query.bindValue(2, from.value_or(std::numeric_limits<qint64>::min()));
        query.bindValue(3, to.value_or(std::numeric_limits<qint64>::max()));
    }
    if (!query.exec())
        return Failure(query.lastError());
    const qint64 seq = query.next() ? seqOf(query.value(0).toLongLong()) : 0;
    if (query.lastError().isValid())
        return Failure(query.lastError());
    return seq;
}

Result<QByteArray, QSqlError> chainBefore(const StoreConnection &connection, const StoredRoom &room,
                                          qint64 seq)
{
    RoomRows rows(connection);
    const auto front = rows.front(room);
    if (!front || front->seq == seq - 1)
        return front ? Result<QByteArray, QSqlError>(front->chain) : Failure(front.error());
    const auto before = rows.read(room, seq - 2, seq - 1, 1);
    if (!before)
        return Failure(before.error());
    return before->isEmpty() ? QByteArray() : before->first().chain;
}

Result<ExportRange, QSqlError> findInTransaction(const StoreConnection &connection, const StoredRoom &room,
                                                 OptionalMicros from, OptionalMicros to)
{
    const auto first = firstSeq(connection, room, {}, from, to);
    if (!first)
        return Failure(first.error());
    if (*first == 0)
        return ExportRange();
    const auto last = firstSeq(connection, room, u" DESC"_s, from, to);
    if (!last)
        return Failure(last.error());
    const auto previous = chainBefore(connection, room, *first);
    if (!previous)
        return Failure(previous.error());
    return ExportRange{*first, *last, *previous};
}

} // namespace

Result<ExportRange, QString> findExportRange(const StoreConnection &connection, const StoredRoom &room,
                                             OptionalMicros from, OptionalMicros to)
{
    if (const auto error = connection.beginReading())
        return Failure(explainSqlError(*error));
    const auto range = findInTransaction(connection, room, from, to);
    connection.rollback(); // it was only read
    if (!range)
        return Failure(explainSqlError(range.error()));
    return *range;
}

} // namespace Synchat
