// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/outboxtable.h"

#include "common/messagejson.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int RangesInOneTransaction = 1000;

using SqlProblem = std::optional<QSqlError>;

SqlProblem execute(const StoreConnection &connection, const QString &sql, const QVariantList &values)
{
    QSqlQuery query = connection.prepared(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    return query.exec() ? std::nullopt : std::optional(query.lastError());
}

/// A range that lies around this one is cut in two.
SqlProblem takeOut(const StoreConnection &connection, const ArrivalRange &range)
{
    if (auto problem = execute(connection,
                               u"INSERT INTO outbox (first, last)"
                               " SELECT ?, last FROM outbox WHERE first <= ? AND last > ?"_s,
                               {range.last + 1, range.last, range.last}))
        return problem;
    if (auto problem = execute(connection, u"UPDATE outbox SET last = ? WHERE first < ? AND last >= ?"_s,
                               {range.first - 1, range.first, range.first}))
        return problem;
    return execute(connection, u"DELETE FROM outbox WHERE first >= ? AND first <= ?"_s,
                   {range.first, range.last});
}

SqlProblem putIn(const StoreConnection &connection, const ArrivalRange &range)
{
    if (auto problem = takeOut(connection, range))
        return problem;
    return execute(connection, u"INSERT INTO outbox (first, last) VALUES (?, ?)"_s,
                   {range.first, range.last});
}

/// Runs `work` between BEGIN and COMMIT.
SqlProblem inTransaction(const StoreConnection &connection, const std::function<SqlProblem()> &work)
{
    if (auto problem = connection.beginWriting())
        return problem;
    SqlProblem problem = work();
    if (!problem)
        problem = connection.commit();
    if (problem)
        connection.rollback();
    return problem;
}

SqlProblem emptyOutbox(const StoreConnection &connection)
{
    for (const QString &statement :
         {u"UPDATE room SET shipped = 0"_s, u"DELETE FROM outbox"_s, u"DELETE FROM outbox_dead"_s}) {
        if (const auto done = connection.run(statement); !done)
            return done.error();
    }
    return std::nullopt;
}

SqlProblem everythingAgain(const StoreConnection &connection, qint64 &count)
{
    const auto first = connection.run(u"SELECT min(arrival) FROM message"_s);
    const auto last = connection.run(u"SELECT max(arrival) FROM message"_s);
    const auto rows = connection.run(u"SELECT count(*) FROM message"_s);
    for (const auto *known : {&first, &last, &rows}) {
        if (!*known)
            return known->error();
    }
    count = rows->toLongLong();
    if (auto problem = emptyOutbox(connection))
        return problem;
    return count > 0 ? putIn(connection, {first->toLongLong(), last->toLongLong()}) : std::nullopt;
}

/// Also what was refused. Adds to `count`.
SqlProblem waitAgain(const StoreConnection &connection, const QList<ArrivalRange> &ranges, qint64 &count)
{
    return inTransaction(connection, [&]() -> SqlProblem {
        for (const ArrivalRange &range : ranges) {
            if (auto failed = putIn(connection, range))
                return failed;
            if (auto failed =
                    execute(connection, u"DELETE FROM outbox_dead WHERE arrival >= ? AND arrival <= ?"_s,
                            {range.first, range.last}))
                return failed;
            count += range.count();
        }
        return std::nullopt;
    });
}

Result<qint64, QString> answer(qint64 count, const SqlProblem &problem)
{
    if (problem)
        return Failure(explainSqlError(*problem));
    return count;
}

/// Of a row of time and stamps.
WireMicros acceptedAt(const QSqlQuery &row)
{
    const Stamps stamps = stampsFromText(row.value(1).toString());
    return stamps.local.t.value_or(row.value(0).toLongLong());
}

/// The arrivals that the query gives, ascending, as ranges; no more of them than go into one transaction.
Result<QList<ArrivalRange>, QSqlError> readRanges(QSqlQuery &arrivals)
{
    if (!arrivals.exec())
        return Failure(arrivals.lastError());
    QList<ArrivalRange> ranges;
    while (arrivals.next()) {
        const qint64 arrival = arrivals.value(0).toLongLong();
        const bool goesOn = !ranges.isEmpty() && ranges.constLast().last + 1 == arrival;
        if (!goesOn && ranges.size() == RangesInOneTransaction)
            break;
        appendRange(ranges, {arrival, arrival});
    }
    const QSqlError error = arrivals.lastError();
    arrivals.finish();
    if (error.isValid())
        return Failure(error);
    return ranges;
}

} // namespace

std::optional<QSqlError> writeOutboxChange(const StoreConnection &connection, const OutboxChange &change)
{
    for (const ArrivalRange &range : change.taken) {
        if (auto problem = takeOut(connection, range))
            return problem;
    }
    for (const DeadLetter &letter : change.dead) {
        if (auto problem = takeOut(connection, {letter.arrival, letter.arrival}))
            return problem;
        if (auto problem =
                execute(connection,
                        u"INSERT INTO outbox_dead (arrival, reason, since) VALUES (?, ?, ?)"
                        " ON CONFLICT (arrival) DO UPDATE SET reason = excluded.reason"_s,
                        {letter.arrival, letter.reason.isNull() ? u""_s : letter.reason, letter.since}))
            return problem;
    }
    for (const qint64 room : change.rooms) {
        if (auto problem = execute(connection, u"UPDATE room SET shipped = 1 WHERE number = ?"_s, {room}))
            return problem;
    }
    return std::nullopt;
}

Result<OutboxState, QString> readOutboxState(const StoreConnection &connection)
{
    QSqlQuery sums = connection.prepared(
        u"SELECT coalesce(sum(last - first + 1), 0), min(first), (SELECT count(*) FROM outbox_dead)"
        " FROM outbox"_s);
    if (!sums.exec() || !sums.next())
        return Failure(explainSqlError(sums.lastError()));
    OutboxState state;
    state.rows = sums.value(0).toLongLong();
    state.dead = sums.value(2).toLongLong();
    if (state.rows == 0)
        return state;
    QSqlQuery oldest = connection.prepared(
        u"SELECT time, stamps FROM message WHERE arrival >= ? ORDER BY arrival LIMIT 1"_s);
    oldest.addBindValue(sums.value(1));
    if (!oldest.exec())
        return Failure(explainSqlError(oldest.lastError()));
    if (oldest.next())
        state.oldest = acceptedAt(oldest);
    return state;
}

Result<QList<DeadLetter>, QString> readDeadLetters(const StoreConnection &connection, int most)
{
    QSqlQuery query = connection.prepared(
        u"SELECT outbox_dead.arrival, reason, since, name, position FROM outbox_dead"
        " LEFT JOIN message ON message.arrival = outbox_dead.arrival"
        " LEFT JOIN room ON room.number = message.position >> 40 ORDER BY outbox_dead.arrival LIMIT ?"_s);
    query.addBindValue(most);
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    QList<DeadLetter> letters;
    while (query.next())
        letters.append({query.value(0).toLongLong(), query.value(1).toString(), query.value(2).toLongLong(),
                        query.value(3).toString(), seqOf(query.value(4).toLongLong())});
    return letters;
}

Result<qint64, QString> replayEverything(const StoreConnection &connection)
{
    qint64 count = 0;
    const auto problem = inTransaction(connection, [&] { return everythingAgain(connection, count); });
    return answer(count, problem);
}

Result<qint64, QString> replayRoom(const StoreConnection &connection, qint64 room)
{
    if (auto problem = execute(connection, u"UPDATE room SET shipped = 0 WHERE number = ?"_s, {room}))
        return answer(0, problem);
    QSqlQuery arrivals =
        connection.prepared(u"SELECT arrival FROM message WHERE position > ? AND position < ? AND arrival > ?"
                            " ORDER BY position LIMIT 100000"_s);
    qint64 count = 0;
    for (qint64 after = 0;;) {
        arrivals.bindValue(0, positionOf(room, 0));
        arrivals.bindValue(1, positionOf(room + 1, 0));
        arrivals.bindValue(2, after);
        const auto ranges = readRanges(arrivals);
        if (!ranges)
            return answer(0, ranges.error());
        if (ranges->isEmpty())
            return count;
        if (auto problem = waitAgain(connection, *ranges, count))
            return answer(0, problem);
        after = ranges->constLast().last;
    }
}

Result<qint64, QString> replayDeadLetters(const StoreConnection &connection)
{
    QSqlQuery dead = connection.prepared(
        u"SELECT arrival FROM outbox_dead WHERE arrival > ? ORDER BY arrival LIMIT 100000"_s);
    qint64 count = 0;
    for (;;) {
        dead.bindValue(0, 0);
        const auto ranges = readRanges(dead);
        if (!ranges)
            return answer(0, ranges.error());
        if (ranges->isEmpty())
            return count;
        if (auto problem = waitAgain(connection, *ranges, count))
            return answer(0, problem);
    }
}

std::optional<QString> setShippingTarget(const StoreConnection &connection, const QString &target)
{
    const auto known = connection.run(u"SELECT value FROM meta WHERE name = 'bridge'"_s);
    const auto epoch = connection.run(u"SELECT epoch FROM room WHERE name = 'general'"_s);
    if (!known || !epoch)
        return explainSqlError(known ? epoch.error() : known.error());
    // With an epoch, so that it does not hold for another history than this one.
    const QByteArray wanted = target.isEmpty() ? QByteArray() : (target + u'\n' + epoch->toString()).toUtf8();
    if (known->toByteArray() == wanted)
        return std::nullopt;
    const auto problem = inTransaction(connection, [&]() -> SqlProblem {
        if (auto failed = execute(connection, u"DELETE FROM meta WHERE name = 'bridge'"_s, {}))
            return failed;
        // Nobody asks for what waits, and a bridge that is set again gets everything.
        if (wanted.isEmpty())
            return emptyOutbox(connection);
        qint64 count = 0;
        if (auto failed = everythingAgain(connection, count))
            return failed;
        return execute(connection, u"INSERT INTO meta (name, value) VALUES ('bridge', ?)"_s, {wanted});
    });
    return problem ? std::optional(explainSqlError(*problem)) : std::nullopt;
}

} // namespace Synchat
