// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/roomrows.h"

#include "common/messagechain.h"
#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString rowsSql(const QString &order)
{
    return u"SELECT %1, arrival, chain FROM message WHERE position > ? AND position < ? ORDER BY position%2 LIMIT ?"_s
        .arg(messageColumns(), order);
}

} // namespace

RoomRows::RoomRows(const StoreConnection &connection)
    : m_ascending(connection.prepared(rowsSql({})))
    , m_descending(connection.prepared(rowsSql(u" DESC"_s)))
    , m_front(connection.prepared(u"SELECT cut_seq, cut_chain FROM room WHERE number = ?"_s))
{}

Result<QList<ChainedMessage>, QSqlError> RoomRows::read(const StoredRoom &room, qint64 after, qint64 upTo,
                                                        int limit)
{
    return run(m_ascending, room, positionOf(room.number, after), positionOf(room.number, upTo) + 1, limit);
}

Result<QList<ChainedMessage>, QSqlError> RoomRows::readLast(const StoredRoom &room, int limit)
{
    auto rows = run(m_descending, room, positionOf(room.number, 0), positionOf(room.number + 1, 0), limit);
    if (rows)
        std::reverse(rows->begin(), rows->end());
    return rows;
}

Result<RoomFront, QSqlError> RoomRows::front(const StoredRoom &room)
{
    m_front.bindValue(0, room.number);
    if (!m_front.exec())
        return Failure(m_front.lastError());
    RoomFront front;
    if (m_front.next())
        front = {m_front.value(0).toLongLong(), m_front.value(1).toByteArray()};
    const QSqlError error = m_front.lastError();
    m_front.finish();
    if (error.isValid())
        return Failure(error);
    if (front.seq == 0)
        front.chain = chainStart(room.name, room.epoch);
    return front;
}

Result<QList<ChainedMessage>, QSqlError> RoomRows::run(QSqlQuery &query, const StoredRoom &room, qint64 after,
                                                       qint64 behind, int limit)
{
    query.bindValue(0, after);
    query.bindValue(1, behind);
    query.bindValue(2, limit);
    if (!query.exec())
        return Failure(query.lastError());
    QList<ChainedMessage> rows;
    rows.reserve(limit);
    while (query.next())
        rows.append({messageFromRow(query, room.name), query.value(MessageColumnCount).toLongLong(),
                     query.value(MessageColumnCount + 1).toByteArray()});
    const QSqlError error = query.lastError();
    query.finish();
    if (error.isValid())
        return Failure(error);
    return rows;
}

} // namespace Synchat
