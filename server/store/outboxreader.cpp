// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/outboxreader.h"

#include "server/store/messagedocument.h"
#include "server/store/messagerow.h"
#include "server/store/outboxtable.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

OutboxReader::OutboxReader(std::unique_ptr<StoreConnection> connection)
    : m_connection(std::move(connection))
    , m_ranges(
          m_connection->prepared(u"SELECT first, last FROM outbox WHERE last > ? ORDER BY first LIMIT ?"_s))
    , m_messages(m_connection->prepared(
          u"SELECT %1, arrival, chain FROM message WHERE arrival >= ? AND arrival <= ? ORDER BY arrival"_s
              .arg(messageColumns())))
{}

Result<std::unique_ptr<OutboxReader>, QString> OutboxReader::open(const StoreAddress &address)
{
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly);
    if (!connection)
        return Failure(connection.error());
    return std::unique_ptr<OutboxReader>(new OutboxReader(std::move(*connection)));
}

Result<OutboxPart, QString> OutboxReader::read(qint64 after, qint64 most)
{
    OutboxPart part;
    auto ranges = readRanges(after, most);
    if (!ranges)
        return Failure(explainSqlError(ranges.error()));
    part.ranges = std::move(*ranges);
    for (const ArrivalRange &range : part.ranges) {
        if (const auto error = readLetters(range, part.letters))
            return Failure(explainSqlError(*error));
    }
    return part;
}

Result<QList<ArrivalRange>, QSqlError> OutboxReader::readRanges(qint64 after, qint64 most)
{
    m_ranges.bindValue(0, after);
    m_ranges.bindValue(1, most);
    if (!m_ranges.exec())
        return Failure(m_ranges.lastError());
    QList<ArrivalRange> ranges;
    while (most > 0 && m_ranges.next()) {
        ArrivalRange range{qMax(after + 1, m_ranges.value(0).toLongLong()), m_ranges.value(1).toLongLong()};
        range.last = qMin(range.last, range.first + most - 1);
        most -= range.count();
        appendRange(ranges, range);
    }
    const QSqlError error = m_ranges.lastError();
    m_ranges.finish();
    if (error.isValid())
        return Failure(error);
    return ranges;
}

std::optional<QSqlError> OutboxReader::readLetters(const ArrivalRange &range, QList<Letter> &letters)
{
    m_messages.bindValue(0, range.first);
    m_messages.bindValue(1, range.last);
    if (!m_messages.exec())
        return m_messages.lastError();
    while (m_messages.next()) {
        const qint64 number = m_messages.value(0).toLongLong() >> SeqBits;
        const auto known = room(number);
        if (!known)
            return known.error();
        ShippedMessage shipped;
        shipped.message = messageFromRow(m_messages, known->name);
        shipped.epoch = known->epoch;
        shipped.arrival = m_messages.value(MessageColumnCount).toLongLong();
        shipped.chain = m_messages.value(MessageColumnCount + 1).toByteArray();
        letters.append({shipped.arrival, number, messageDocument(shipped)});
    }
    const QSqlError error = m_messages.lastError();
    m_messages.finish();
    return error.isValid() ? std::optional(error) : std::nullopt;
}

Result<OutboxReader::Room, QSqlError> OutboxReader::room(qint64 number)
{
    const auto known = m_rooms.constFind(number);
    if (known != m_rooms.cend())
        return *known;
    QSqlQuery query = m_connection->prepared(u"SELECT name, epoch FROM room WHERE number = ?"_s);
    query.bindValue(0, number);
    if (!query.exec() || !query.next())
        return Failure(query.lastError());
    const Room read{query.value(0).toString(), query.value(1).toString()};
    m_rooms.insert(number, read);
    return read;
}

Result<QList<RoomLetter>, QString> OutboxReader::roomsToShip(WireMicros now, int most)
{
    return readRooms(u"WHERE shipped = 0"_s, now, most);
}

Result<std::optional<RoomLetter>, QString> OutboxReader::someRoom(WireMicros now)
{
    const auto rooms = readRooms({}, now, 1);
    if (!rooms)
        return Failure(rooms.error());
    return rooms->isEmpty() ? std::nullopt : std::optional(rooms->constFirst());
}

Result<QList<RoomLetter>, QString> OutboxReader::readRooms(const QString &where, WireMicros now, int most)
{
    QSqlQuery query = m_connection->prepared(
        u"SELECT number, name, title, epoch, cut_seq, cut_chain,"
        " (SELECT epoch FROM room WHERE name = 'general') FROM room %1 ORDER BY number LIMIT ?"_s.arg(where));
    query.addBindValue(most);
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    QList<RoomLetter> letters;
    while (query.next()) {
        ShippedRoom shipped;
        shipped.room.number = query.value(0).toLongLong();
        shipped.room.name = query.value(1).toString();
        shipped.room.title = query.value(2).toString();
        shipped.room.epoch = query.value(3).toString();
        shipped.cutSeq = query.value(4).toLongLong();
        shipped.cutChain = query.value(5).toByteArray();
        shipped.history = query.value(6).toString();
        shipped.since = now;
        letters.append({shipped.room.number, roomDocument(shipped)});
    }
    if (query.lastError().isValid())
        return Failure(explainSqlError(query.lastError()));
    return letters;
}

Result<OutboxState, QString> OutboxReader::state()
{
    return readOutboxState(*m_connection);
}

Result<QSet<qint64>, QString> OutboxReader::roomsWithDeadLetters()
{
    QSqlQuery query = m_connection->prepared(
        u"SELECT DISTINCT position >> %1 FROM outbox_dead JOIN message ON message.arrival = outbox_dead.arrival"_s
            .arg(SeqBits));
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    QSet<qint64> rooms;
    while (query.next())
        rooms.insert(query.value(0).toLongLong());
    if (query.lastError().isValid())
        return Failure(explainSqlError(query.lastError()));
    return rooms;
}

Result<qint64, QString> OutboxReader::lastArrival()
{
    const auto last = m_connection->run(u"SELECT max(arrival) FROM message"_s);
    if (!last)
        return Failure(explainSqlError(last.error()));
    return last->toLongLong();
}

} // namespace Synchat
