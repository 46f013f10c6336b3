// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/writesession.h"

#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// More than a message of the longest text with its stamps.
constexpr int ProbeBytes = 32768;

} // namespace

WriteSession::WriteSession(std::unique_ptr<StoreConnection> connection)
    : m_connection(std::move(connection))
    , m_begin(m_connection->prepared(u"BEGIN IMMEDIATE"_s))
    , m_commit(m_connection->prepared(u"COMMIT"_s))
    , m_insert(m_connection->prepared(insertMessageSql()))
    , m_find(m_connection->prepared(
          u"SELECT %1 FROM message WHERE room = ? AND author = ? AND id = ?"_s.arg(messageColumns())))
    , m_number(m_connection->prepared(u"UPDATE room SET last_seq = ? WHERE number = ?"_s))
{}

Result<std::unique_ptr<WriteSession>, QString> WriteSession::open(const QString &path)
{
    auto connection = StoreConnection::open(path, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    if (const auto problem = prepareForWriting(**connection))
        return Failure(*problem);
    std::unique_ptr<WriteSession> session(new WriteSession(std::move(*connection)));
    if (const auto problem = session->loadRooms())
        return Failure(*problem);
    return Result<std::unique_ptr<WriteSession>, QString>(std::move(session));
}

std::optional<QString> WriteSession::loadRooms()
{
    const auto rooms = readRooms(*m_connection);
    if (!rooms)
        return rooms.error();
    for (const StoredRoom &room : *rooms)
        m_rooms.insert(room.number, {room.name, room.lastSeq});
    return std::nullopt;
}

Result<BatchOutcome, QString> WriteSession::commit(const QList<CommittedMessage> &batch)
{
    BatchOutcome outcome;
    QHash<qint64, qint64> numbers;
    if (const auto error = write(batch, outcome, numbers)) {
        const QString reason = explainSqlError(*error);
        // SQLite may have rolled back by itself: then this fails, and that is well.
        (void)m_connection->run(u"ROLLBACK"_s);
        return Failure(reason);
    }
    for (auto number = numbers.cbegin(); number != numbers.cend(); ++number)
        m_rooms[number.key()].lastSeq = number.value();
    return outcome;
}

std::optional<QSqlError> WriteSession::write(const QList<CommittedMessage> &batch, BatchOutcome &outcome,
                                             QHash<qint64, qint64> &numbers)
{
    if (!m_begin.exec())
        return m_begin.lastError();
    outcome.committed.reserve(batch.size());
    for (const CommittedMessage &item : batch) {
        if (const auto error = writeOne(item, outcome, numbers))
            return error;
    }
    if (const auto error = writeNumbers(numbers))
        return error;
    if (!m_commit.exec())
        return m_commit.lastError();
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::writeOne(const CommittedMessage &item, BatchOutcome &outcome,
                                                QHash<qint64, qint64> &numbers)
{
    const auto room = m_rooms.constFind(item.room);
    if (room == m_rooms.cend()) {
        outcome.unknownRoom.append(item.ticket);
        return std::nullopt;
    }
    CommittedMessage numbered = item;
    numbered.message.room = room->name;
    numbered.message.seq = numbers.value(item.room, room->lastSeq) + 1;
    bindMessage(m_insert, item.room, numbered.message);
    if (!m_insert.exec())
        return m_insert.lastError();
    if (m_insert.numRowsAffected() == 0)
        return findOriginal(item, outcome);
    numbers.insert(item.room, numbered.message.seq);
    outcome.committed.append(std::move(numbered));
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::findOriginal(const CommittedMessage &item, BatchOutcome &outcome)
{
    m_find.bindValue(0, item.room);
    m_find.bindValue(1, item.message.from.id.isNull() ? u""_s : item.message.from.id);
    m_find.bindValue(2, item.message.id.toRfc4122());
    if (!m_find.exec() || !m_find.next())
        return m_find.lastError();
    outcome.alreadyStored.append({item.ticket, messageFromRow(m_find, m_rooms.value(item.room).name)});
    m_find.finish();
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::writeNumbers(const QHash<qint64, qint64> &numbers)
{
    for (auto number = numbers.cbegin(); number != numbers.cend(); ++number) {
        m_number.bindValue(0, number.value());
        m_number.bindValue(1, number.key());
        if (!m_number.exec())
            return m_number.lastError();
    }
    return std::nullopt;
}

Result<StoredRoom, RoomRefusal> WriteSession::createRoom(const QString &name, const QString &title)
{
    auto room = insertRoom(*m_connection, name, title);
    if (room)
        m_rooms.insert(room->number, {room->name, 0});
    return room;
}

std::optional<QString> WriteSession::probe()
{
    const QString write = u"INSERT INTO meta (name, value) VALUES ('probe', zeroblob(%1))"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s.arg(ProbeBytes);
    for (const QString &statement : {write, u"DELETE FROM meta WHERE name = 'probe'"_s}) {
        if (const auto result = m_connection->run(statement); !result)
            return explainSqlError(result.error());
    }
    return std::nullopt;
}

} // namespace Synchat
