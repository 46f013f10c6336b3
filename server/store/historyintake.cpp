// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historyintake.h"

#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

using SqlProblem = std::optional<QSqlError>;

SqlProblem execute(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), values.at(i));
    return query.exec() ? std::nullopt : std::optional(query.lastError());
}

std::optional<QString> explained(const SqlProblem &problem)
{
    return problem ? std::optional(explainSqlError(*problem)) : std::nullopt;
}

} // namespace

HistoryIntake::HistoryIntake(std::unique_ptr<StoreConnection> connection)
    : m_connection(std::move(connection))
    , m_insert(m_connection->prepared(insertMessageSql()))
    , m_words(m_connection->prepared(insertWordsSql()))
{}

Result<std::unique_ptr<HistoryIntake>, QString> HistoryIntake::open(const StoreAddress &address)
{
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    if (const auto problem = bringSchemaUpToDate(**connection))
        return Failure(*problem);
    if (const auto problem = prepareForWriting(**connection))
        return Failure(*problem);
    return std::unique_ptr<HistoryIntake>(new HistoryIntake(std::move(*connection)));
}

Result<bool, QString> HistoryIntake::isEmpty()
{
    const auto first = m_connection->run(u"SELECT 1 FROM (SELECT position FROM message LIMIT 1) AS messages"
                                         " UNION ALL SELECT 1 FROM room WHERE name <> 'general' LIMIT 1"_s);
    if (!first)
        return Failure(explainSqlError(first.error()));
    const auto begun = unfinished();
    if (!begun)
        return Failure(begun.error());
    return first->isNull() && begun->isEmpty();
}

Result<QString, QString> HistoryIntake::unfinished()
{
    const auto history = m_connection->run(u"SELECT value FROM meta WHERE name = 'take_back'"_s);
    if (!history)
        return Failure(explainSqlError(history.error()));
    return QString::fromUtf8(history->toByteArray());
}

std::optional<QString> HistoryIntake::begin(const QString &history, const QList<ShippedRoom> &rooms)
{
    const auto begun = unfinished();
    if (!begun)
        return begun.error();
    return inTransaction([&]() -> SqlProblem {
        if (*begun != history) {
            if (auto problem = clear())
                return problem;
            QSqlQuery mark =
                m_connection->prepared(u"INSERT INTO meta (name, value) VALUES ('take_back', ?)"_s);
            if (auto problem = execute(mark, {history.toUtf8()}))
                return problem;
        }
        for (const ShippedRoom &room : rooms) {
            if (auto problem = addRoom(room))
                return problem;
        }
        return std::nullopt;
    });
}

std::optional<QSqlError> HistoryIntake::clear()
{
    for (const QString &statement :
         {u"DELETE FROM message"_s, u"INSERT INTO message_words (message_words) VALUES ('delete-all')"_s,
          u"DELETE FROM room"_s, u"DELETE FROM outbox"_s, u"DELETE FROM outbox_dead"_s,
          u"DELETE FROM meta WHERE name IN ('take_back', 'bridge')"_s}) {
        if (const auto done = m_connection->run(statement); !done)
            return done.error();
    }
    return std::nullopt;
}

/// One that is there from the time before is left as it is.
std::optional<QSqlError> HistoryIntake::addRoom(const ShippedRoom &shipped)
{
    QSqlQuery query = m_connection->prepared(
        u"INSERT INTO room (number, name, title, epoch, last_seq, cut_seq, cut_chain, shipped)"
        " VALUES (?, ?, ?, ?, 0, 0, NULL, 1) ON CONFLICT (number) DO NOTHING"_s);
    const QString title = shipped.room.title.isNull() ? u""_s : shipped.room.title;
    return execute(query, {shipped.room.number, shipped.room.name, title, shipped.room.epoch});
}

std::optional<QString> HistoryIntake::beginAt(qint64 room, qint64 cutSeq, const QByteArray &cutChain)
{
    return inTransaction([&] {
        QSqlQuery query = m_connection->prepared(
            u"UPDATE room SET last_seq = ?, cut_seq = ?, cut_chain = ? WHERE number = ?"_s);
        return execute(query, {cutSeq, cutSeq, cutChain, room});
    });
}

Result<HistoryIntake::Position, QString> HistoryIntake::position(qint64 room)
{
    QSqlQuery query =
        m_connection->prepared(u"SELECT position, chain FROM message WHERE position > ? AND position < ?"
                               " ORDER BY position DESC LIMIT 1"_s);
    query.bindValue(0, positionOf(room, 0));
    query.bindValue(1, positionOf(room + 1, 0));
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    if (!query.next())
        return Position();
    return Position{seqOf(query.value(0).toLongLong()), query.value(1).toByteArray()};
}

std::optional<QString> HistoryIntake::add(qint64 room, const QList<ShippedMessage> &messages)
{
    if (messages.isEmpty())
        return std::nullopt;
    return inTransaction([&]() -> SqlProblem {
        for (const ShippedMessage &shipped : messages) {
            if (auto problem = addMessage(room, shipped))
                return problem;
        }
        QSqlQuery last = m_connection->prepared(u"UPDATE room SET last_seq = ? WHERE number = ?"_s);
        return execute(last, {messages.constLast().message.seq, room});
    });
}

std::optional<QSqlError> HistoryIntake::addMessage(qint64 room, const ShippedMessage &shipped)
{
    bindMessage(m_insert, room, shipped.message, {shipped.arrival, shipped.chain});
    if (!m_insert.exec())
        return m_insert.lastError();
    if (m_insert.numRowsAffected() == 0)
        return std::nullopt;
    bindWords(m_words, room, shipped.arrival, shipped.message);
    return m_words.exec() ? std::nullopt : std::optional(m_words.lastError());
}

std::optional<QString> HistoryIntake::finish()
{
    return inTransaction([&]() -> SqlProblem {
        const auto done = m_connection->run(u"DELETE FROM meta WHERE name = 'take_back'"_s);
        return done ? std::nullopt : std::optional(done.error());
    });
}

std::optional<QString> HistoryIntake::inTransaction(const std::function<std::optional<QSqlError>()> &work)
{
    if (auto problem = m_connection->beginWriting())
        return explained(problem);
    SqlProblem problem = work();
    if (!problem)
        problem = m_connection->commit();
    if (problem)
        m_connection->rollback();
    return explained(problem);
}

} // namespace Synchat
