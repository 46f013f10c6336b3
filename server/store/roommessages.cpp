// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/roommessages.h"

#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

RoomMessages::RoomMessages(const StoreConnection &connection)
    : m_connection(connection)
    , m_page(connection.prepared(u"SELECT %1, arrival, chain FROM message WHERE position > ? AND position < ?"
                                 " ORDER BY position LIMIT ?"_s.arg(messageColumns())))
{}

Result<QList<ShippedRoom>, QString> RoomMessages::rooms()
{
    QSqlQuery query = m_connection.prepared(
        u"SELECT number, name, title, epoch, last_seq, cut_seq, cut_chain FROM room ORDER BY number"_s);
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    QList<ShippedRoom> rooms;
    while (query.next()) {
        ShippedRoom shipped;
        shipped.room.number = query.value(0).toLongLong();
        shipped.room.name = query.value(1).toString();
        shipped.room.title = query.value(2).toString();
        shipped.room.epoch = query.value(3).toString();
        shipped.room.lastSeq = query.value(4).toLongLong();
        shipped.cutSeq = query.value(5).toLongLong();
        shipped.cutChain = query.value(6).toByteArray();
        rooms.append(shipped);
    }
    if (query.lastError().isValid())
        return Failure(explainSqlError(query.lastError()));
    return rooms;
}

Result<QList<ShippedMessage>, QString> RoomMessages::read(const StoredRoom &room, qint64 afterSeq, int most)
{
    m_page.bindValue(0, positionOf(room.number, afterSeq));
    m_page.bindValue(1, positionOf(room.number + 1, 0));
    m_page.bindValue(2, most);
    if (!m_page.exec())
        return Failure(explainSqlError(m_page.lastError()));
    QList<ShippedMessage> messages;
    while (m_page.next()) {
        ShippedMessage shipped;
        shipped.message = messageFromRow(m_page, room.name);
        shipped.epoch = room.epoch;
        shipped.arrival = m_page.value(MessageColumnCount).toLongLong();
        shipped.chain = m_page.value(MessageColumnCount + 1).toByteArray();
        messages.append(shipped);
    }
    const QSqlError error = m_page.lastError();
    m_page.finish();
    if (error.isValid())
        return Failure(explainSqlError(error));
    return messages;
}

Result<RoomMessages::Fate, QString> RoomMessages::fateOf(qint64 arrival)
{
    const auto waits =
        m_connection.run(u"SELECT 1 FROM outbox WHERE first <= %1 AND last >= %1 LIMIT 1"_s.arg(arrival));
    const auto dead = m_connection.run(u"SELECT 1 FROM outbox_dead WHERE arrival = %1"_s.arg(arrival));
    if (!waits || !dead)
        return Failure(explainSqlError(waits ? dead.error() : waits.error()));
    if (!dead->isNull())
        return Fate::Dead;
    return waits->isNull() ? Fate::Sent : Fate::Waits;
}

} // namespace Synchat
