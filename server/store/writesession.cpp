// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/writesession.h"

#include "common/messagechain.h"
#include "server/store/messagerow.h"
#include "server/store/outboxtable.h"
#include "server/store/schema.h"
#include "server/store/writerlock.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// More than a message of the longest text with its stamps.
constexpr int ProbeBytes = 32768;

} // namespace

WriteSession::WriteSession(std::unique_ptr<StoreConnection> connection, bool ships)
    : m_connection(std::move(connection))
    , m_find(m_connection->prepared(
          u"SELECT %1 FROM message WHERE room = ? AND author = ? AND id = ?"_s.arg(messageColumns())))
    , m_outbox(m_connection->prepared(u"INSERT INTO outbox (first, last) VALUES (?, ?)"_s))
    , m_ships(ships)
{
    if (m_connection->isPostgresql()) {
        m_bulk = std::make_unique<BulkInsert>(*m_connection);
        return;
    }
    m_insert = m_connection->prepared(insertMessageSql());
    m_words = m_connection->prepared(insertWordsSql());
    m_number = m_connection->prepared(u"UPDATE room SET last_seq = ? WHERE number = ?"_s);
}

WriteSession::~WriteSession()
{
    m_connection->close();
}

Result<std::unique_ptr<WriteSession>, QString> WriteSession::open(const StoreAddress &address, bool ships,
                                                                  const QString &previous)
{
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    if (const auto problem = prepareForWriting(**connection))
        return Failure(*problem);
    if (const auto problem = takeWriterLock(**connection, previous))
        return Failure(*problem);
    std::unique_ptr<WriteSession> session(new WriteSession(std::move(*connection), ships));
    if (const auto problem = session->loadRooms())
        return Failure(*problem);
    session->m_id = sessionIdOf(*session->m_connection);
    return Result<std::unique_ptr<WriteSession>, QString>(std::move(session));
}

std::optional<QString> WriteSession::loadRooms()
{
    const auto rooms = readRooms(*m_connection);
    if (!rooms)
        return rooms.error();
    for (const StoredRoom &stored : *rooms) {
        Room room{stored.name, stored.lastSeq, {}};
        if (const auto error = loadChain(stored, room))
            return explainSqlError(*error);
        m_rooms.insert(stored.number, room);
    }
    const auto arrival = m_connection->run(u"SELECT max(arrival) FROM message"_s);
    if (!arrival)
        return explainSqlError(arrival.error());
    m_lastArrival = arrival->toLongLong();
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::loadChain(const StoredRoom &stored, Room &room)
{
    room.chain = chainStart(stored.name, stored.epoch);
    if (stored.lastSeq == 0)
        return std::nullopt;
    const auto last = m_connection->run(
        u"SELECT chain FROM message WHERE position = %1"_s.arg(positionOf(stored.number, stored.lastSeq)));
    if (!last)
        return last.error();
    room.chain = last->toByteArray();
    return std::nullopt;
}

Result<BatchOutcome, CommitFailure> WriteSession::commit(const QList<CommittedMessage> &batch,
                                                         const OutboxChange &change)
{
    BatchOutcome outcome;
    Progress progress;
    progress.lastArrival = m_lastArrival;
    if (const auto error = write(batch, change, outcome, progress)) {
        const CommitFailure failure{explainSqlError(*error), isConnectionLost(*error)};
        m_connection->rollback();
        return Failure(failure);
    }
    if (const auto error = m_connection->commit()) {
        CommitFailure failure{explainSqlError(*error)};
        // A server may have committed all the same; what SQLite has not committed it takes back.
        if (m_connection->isPostgresql() && !outcome.committed.isEmpty())
            failure.unsure = std::move(outcome);
        m_connection->rollback();
        return Failure(failure);
    }
    m_rooms.insert(progress.rooms);
    m_lastArrival = progress.lastArrival;
    return outcome;
}

std::optional<QSqlError> WriteSession::write(const QList<CommittedMessage> &batch, const OutboxChange &change,
                                             BatchOutcome &outcome, Progress &progress)
{
    if (const auto error = m_connection->beginWriting())
        return error;
    outcome.committed.reserve(batch.size());
    // First: where a post turns out to be stored, PostgreSQL begins the transaction anew.
    if (const auto error =
            m_bulk ? writeAtOnce(batch, outcome, progress) : writeMessages(batch, outcome, progress))
        return error;
    if (const auto error = writeOutbox(progress))
        return error;
    return writeOutboxChange(*m_connection, change);
}

std::optional<QSqlError> WriteSession::writeMessages(const QList<CommittedMessage> &batch,
                                                     BatchOutcome &outcome, Progress &progress)
{
    for (const CommittedMessage &item : batch) {
        if (const auto error = writeOne(item, outcome, progress))
            return error;
    }
    return writeNumbers(progress);
}

std::optional<QSqlError> WriteSession::writeAtOnce(const QList<CommittedMessage> &batch,
                                                   BatchOutcome &outcome, Progress &progress)
{
    QSet<PostKey> stored;
    BatchPlan plan;
    for (;;) {
        plan = planBatch(batch, m_rooms, m_lastArrival, stored);
        const auto there = m_bulk->insert(plan);
        if (!there)
            return there.error();
        if (there->isEmpty())
            break;
        // Rare: the numbers behind a post that is stored are wrong. Each time round there are more that are
        // known.
        stored.unite(*there);
        m_connection->rollback();
        if (const auto error = m_connection->beginWriting())
            return error;
    }
    progress = plan.progress;
    outcome.unknownRoom = plan.unknownRoom;
    for (const NumberedMessage &numbered : plan.messages)
        outcome.committed.append(numbered.item);
    for (const CommittedMessage &repeat : plan.repeats) {
        if (const auto error = findOriginal(repeat, outcome))
            return error;
    }
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::writeOne(const CommittedMessage &item, BatchOutcome &outcome,
                                                Progress &progress)
{
    const auto known = m_rooms.constFind(item.room);
    if (known == m_rooms.cend()) {
        outcome.unknownRoom.append(item.ticket);
        return std::nullopt;
    }
    auto room = progress.rooms.find(item.room);
    if (room == progress.rooms.end())
        room = progress.rooms.insert(item.room, *known);
    CommittedMessage numbered = item;
    numbered.message.room = room->name;
    numbered.message.seq = room->lastSeq + 1;
    numbered.arrival = progress.lastArrival + 1;
    const QByteArray chain = chainNext(room->chain, canonicalMessage(numbered.message));
    bindMessage(m_insert, item.room, numbered.message, {numbered.arrival, chain});
    if (!m_insert.exec())
        return m_insert.lastError();
    if (m_insert.numRowsAffected() == 0)
        return findOriginal(item, outcome);
    bindWords(m_words, item.room, numbered.arrival, numbered.message);
    if (!m_words.exec())
        return m_words.lastError();
    room->lastSeq = numbered.message.seq;
    room->chain = chain;
    progress.lastArrival = numbered.arrival;
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

std::optional<QSqlError> WriteSession::writeNumbers(const Progress &progress)
{
    for (auto room = progress.rooms.cbegin(); room != progress.rooms.cend(); ++room) {
        m_number.bindValue(0, room->lastSeq);
        m_number.bindValue(1, room.key());
        if (!m_number.exec())
            return m_number.lastError();
    }
    return std::nullopt;
}

std::optional<QSqlError> WriteSession::writeOutbox(const Progress &progress)
{
    if (!m_ships || progress.lastArrival == m_lastArrival)
        return std::nullopt;
    m_outbox.bindValue(0, m_lastArrival + 1);
    m_outbox.bindValue(1, progress.lastArrival);
    if (!m_outbox.exec())
        return m_outbox.lastError();
    return std::nullopt;
}

Result<bool, QString> WriteSession::holds(const BatchOutcome &outcome)
{
    const CommittedMessage &last = outcome.committed.constLast();
    QSqlQuery query = m_connection->prepared(
        u"SELECT count(*) FROM message WHERE position = ? AND arrival = ? AND author = ? AND id = ?"_s);
    query.bindValue(0, positionOf(last.room, last.message.seq));
    query.bindValue(1, last.arrival);
    query.bindValue(2, last.message.from.id.isNull() ? u""_s : last.message.from.id);
    query.bindValue(3, last.message.id.toRfc4122());
    if (!query.exec() || !query.next())
        return Failure(explainSqlError(query.lastError()));
    return query.value(0).toInt() == 1;
}

Result<StoredRoom, RoomRefusal> WriteSession::createRoom(const QString &name, const QString &title)
{
    auto room = insertRoom(*m_connection, name, title);
    if (room)
        m_rooms.insert(room->number, {room->name, 0, chainStart(room->name, room->epoch)});
    return room;
}

Result<StoredRoom, RoomRefusal> WriteSession::createRoomAgain(const QString &name, const QString &title)
{
    const auto rooms = readRooms(*m_connection);
    if (!rooms)
        return Failure(RoomRefusal{false, rooms.error()});
    for (const StoredRoom &room : *rooms) {
        if (room.name == name)
            return room;
    }
    return createRoom(name, title);
}

std::optional<QString>
WriteSession::run(const std::function<std::optional<QSqlError>(const StoreConnection &)> &job)
{
    std::optional<QSqlError> error = m_connection->beginWriting();
    if (!error)
        error = job(*m_connection);
    if (!error)
        error = m_connection->commit();
    if (!error)
        return std::nullopt;
    m_connection->rollback();
    return explainSqlError(*error);
}

std::optional<QString> WriteSession::probe()
{
    QSqlQuery write = m_connection->prepared(u"INSERT INTO meta (name, value) VALUES ('probe', ?)"
                                             " ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s);
    write.bindValue(0, QByteArray(ProbeBytes, '\0'));
    if (!write.exec())
        return explainSqlError(write.lastError());
    if (const auto removed = m_connection->run(u"DELETE FROM meta WHERE name = 'probe'"_s); !removed)
        return explainSqlError(removed.error());
    return std::nullopt;
}

} // namespace Synchat
