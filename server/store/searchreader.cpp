// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/searchreader.h"

#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int RowsAtOnce = 2000;
constexpr int RowsBetweenLooksAtTheClock = 64;
constexpr int ArrivalColumn = MessageColumnCount;

// The index over arrival and time leaves out what is of another time without reading the message.
QString byWordsSql()
{
    return u"SELECT %1, arrival FROM message_words CROSS JOIN message INDEXED BY message_time"
           " ON arrival = message_words.rowid WHERE message_words MATCH ?"
           " AND message_words.rowid BETWEEN ? AND ? AND time BETWEEN ? AND ?"
           " ORDER BY message_words.rowid DESC LIMIT ?"_s.arg(messageColumns());
}

QString byWordsInPostgresql()
{
    return u"SELECT %1, arrival FROM message WHERE words @@ ?::tsquery AND arrival BETWEEN ? AND ?"
           " AND time BETWEEN ? AND ? ORDER BY arrival DESC LIMIT ?"_s.arg(messageColumns());
}

/// PostgreSQL chooses by itself.
QString indexHint(const StoreConnection &connection)
{
    return connection.isPostgresql() ? u""_s : u"INDEXED BY message_time"_s;
}

QString byArrivalSql(const StoreConnection &connection)
{
    return u"SELECT %1, arrival FROM message %2"
           " WHERE arrival BETWEEN ? AND ? AND time BETWEEN ? AND ? ORDER BY arrival DESC LIMIT ?"_s.arg(
               messageColumns(), indexHint(connection));
}

WireMicros sinceOf(const SearchRequest &request)
{
    return request.since.value_or(std::numeric_limits<WireMicros>::min());
}

WireMicros untilOf(const SearchRequest &request)
{
    return request.until.value_or(std::numeric_limits<WireMicros>::max());
}

bool asksForTimes(const SearchRequest &request)
{
    return request.since || request.until;
}

/// What the statement has not looked at. `row` stands on a row of messageColumns().
bool isAskedFor(const QSqlQuery &row, const SearchRun &run, const Message &message)
{
    const auto room = run.rooms.constFind(row.value(0).toLongLong() >> SeqBits);
    if (room == run.rooms.cend() || message.seq > room->upTo)
        return false;
    if (!run.request.from.isEmpty() && !isAuthor(message.from.name, run.request.from))
        return false;
    return !(run.triesTexts || run.request.query.needsText()) || run.request.query.matches(message.text);
}

} // namespace

SearchRun::SearchRun(SearchRequest asked)
    : request(std::move(asked))
    , terms(indexTerms(request))
    , triesTexts(!terms.prefixes.isEmpty())
    , looksAtTimes(triesTexts && asksForTimes(request))
{
    for (const SearchedRoom &room : std::as_const(request.rooms))
        rooms.insert(room.number, room);
}

StoredFinds SearchRun::result() const
{
    if (isFull()) {
        const QList<FoundMessage> asked = finds.first(request.limit);
        return {asked, asked.constLast().arrival};
    }
    if (!windows || windows->isDone())
        return {finds, std::nullopt};
    return {finds, windows->rest().last + 1};
}

SearchReader::SearchReader(std::unique_ptr<StoreConnection> connection)
    : m_connection(std::move(connection))
    , m_ends(m_connection->prepared(
          u"SELECT (SELECT min(arrival) FROM message), (SELECT max(arrival) FROM message)"_s))
    , m_times(m_connection->prepared(u"SELECT min(time), max(time) FROM message %1"
                                     " WHERE arrival BETWEEN ? AND ?"_s.arg(indexHint(*m_connection))))
    , m_byWords(m_connection->prepared(m_connection->isPostgresql() ? byWordsInPostgresql() : byWordsSql()))
    , m_byArrival(m_connection->prepared(byArrivalSql(*m_connection)))
{}

SearchReader::~SearchReader()
{
    m_connection->close();
}

Result<std::unique_ptr<SearchReader>, QString> SearchReader::open(const StoreAddress &address)
{
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly);
    if (!connection)
        return Failure(connection.error());
    // Rare and frequent words want different ways through the indexes.
    if ((*connection)->isPostgresql())
        (void)(*connection)->run(u"SET plan_cache_mode = force_custom_plan"_s);
    return std::unique_ptr<SearchReader>(new SearchReader(std::move(*connection)));
}

std::optional<QString> SearchReader::goOn(SearchRun &run, std::chrono::nanoseconds time)
{
    const auto error = goOnUntil(run, Steady::now() + time);
    return error ? std::optional(explainSqlError(*error)) : std::nullopt;
}

std::optional<QSqlError> SearchReader::goOnUntil(SearchRun &run, Moment end)
{
    if (!run.windows) {
        if (const auto error = begin(run))
            return error;
    }
    while (!run.isFinished()) {
        if (const auto error = lookOnce(run, end))
            return error;
        if (Steady::now() >= end)
            break;
    }
    return std::nullopt;
}

std::optional<QSqlError> SearchReader::begin(SearchRun &run)
{
    if (!m_ends.exec() || !m_ends.next())
        return m_ends.lastError();
    ArrivalWindow all{m_ends.value(0).toLongLong(), m_ends.value(1).toLongLong()};
    const bool isEmpty = m_ends.value(0).isNull() || run.rooms.isEmpty();
    m_ends.finish();
    m_lastArrival = all.last;
    if (run.request.before)
        all.last = std::min(all.last, *run.request.before - 1);
    run.windows = SearchWindows(isEmpty ? ArrivalWindow{} : all);
    return std::nullopt;
}

std::optional<QSqlError> SearchReader::lookOnce(SearchRun &run, Moment end)
{
    if (run.looksAtTimes) {
        const auto error = passOtherTimes(run, end);
        if (error || run.isFinished() || Steady::now() >= end)
            return error;
    }
    const bool gathersAll = !run.terms.prefixes.isEmpty() && !run.triesTexts;
    Look look{gathersAll ? run.windows->rest() : run.windows->next()};
    if (run.looksAtTimes && !gathersAll)
        look.range.first = std::max(look.range.first, TimeBlocks::blockOf(look.range.last).first);

    const auto start = Steady::now();
    const qsizetype foundBefore = run.finds.size();
    const auto error = this->look(run, run.triesTexts ? run.terms.withoutPrefixes() : run.terms, look, end);
    const auto took = Steady::now() - start;
    run.windows->lookedAt(look.reached);
    run.windows->took(took);
    run.triesTexts = false;
    if (asksForTimes(run.request) && run.finds.size() == foundBefore && took > SearchWindows::Quick)
        run.looksAtTimes = true;
    return error;
}

std::optional<QSqlError> SearchReader::passOtherTimes(SearchRun &run, Moment end)
{
    do {
        const qint64 last = run.windows->rest().last;
        const auto times = timesAt(last);
        if (!times)
            return times.error();
        const bool hasSome = times->earliest <= times->latest;
        if (hasSome && times->earliest <= untilOf(run.request) && times->latest >= sinceOf(run.request))
            return std::nullopt;
        run.windows->lookedAt(TimeBlocks::blockOf(last).first);
    } while (!run.windows->isDone() && Steady::now() < end);
    return std::nullopt;
}

Result<TimeBlocks::Times, QSqlError> SearchReader::timesAt(qint64 arrival)
{
    if (const TimeBlocks::Times *known = m_blocks.find(arrival))
        return *known;
    const ArrivalWindow block = TimeBlocks::blockOf(arrival);
    m_times.bindValue(0, block.first);
    m_times.bindValue(1, block.last);
    if (!m_times.exec() || !m_times.next())
        return Failure(m_times.lastError());
    TimeBlocks::Times times;
    if (!m_times.value(0).isNull())
        times = {m_times.value(0).toLongLong(), m_times.value(1).toLongLong()};
    m_times.finish();
    if (block.last <= m_lastArrival) // nothing more comes into it
        m_blocks.keep(arrival, times);
    return times;
}

std::optional<QSqlError> SearchReader::look(SearchRun &run, const IndexTerms &terms, Look &look, Moment end)
{
    QSqlQuery &rows = terms.isEmpty() ? m_byArrival : m_byWords;
    int place = 0;
    if (!terms.isEmpty())
        rows.bindValue(place++, m_connection->isPostgresql() ? tsQuery(terms) : ftsMatch(terms));
    rows.bindValue(place++, look.range.first);
    rows.bindValue(place++, look.range.last);
    rows.bindValue(place++, sinceOf(run.request));
    rows.bindValue(place++, untilOf(run.request));
    rows.bindValue(place++, RowsAtOnce);
    if (!rows.exec())
        return rows.lastError();
    const auto error = takeRows(rows, run, look, end);
    rows.finish();
    return error;
}

std::optional<QSqlError> SearchReader::takeRows(QSqlQuery &rows, SearchRun &run, Look &look, Moment end)
{
    int count = 0;
    while (rows.next()) {
        ++count;
        const qint64 arrival = rows.value(ArrivalColumn).toLongLong();
        Message message = messageFromRow(rows, {});
        if (isAskedFor(rows, run, message)) {
            message.room = run.rooms.value(rows.value(0).toLongLong() >> SeqBits).name;
            run.finds.append({arrival, message});
        }
        look.reached = arrival;
        const bool isLate = count % RowsBetweenLooksAtTheClock == 0 && Steady::now() >= end;
        if (run.isFull() || isLate || count == RowsAtOnce)
            return std::nullopt;
    }
    look.reached = look.range.first;
    return rows.lastError().isValid() ? std::optional(rows.lastError()) : std::nullopt;
}

} // namespace Synchat
