// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/pagereader.h"

#include "server/store/messagerow.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

PageReader::PageReader(std::unique_ptr<StoreConnection> connection)
    : m_connection(std::move(connection))
    , m_room(m_connection->prepared(u"SELECT name FROM room WHERE number = ?"_s))
    , m_first(m_connection->prepared(
          u"SELECT position FROM message WHERE position BETWEEN ? AND ? ORDER BY position LIMIT 1"_s))
    , m_last(m_connection->prepared(
          u"SELECT position FROM message WHERE position BETWEEN ? AND ? ORDER BY position DESC LIMIT 1"_s))
    , m_time(m_connection->prepared(
          u"SELECT time FROM message WHERE position BETWEEN ? AND ? ORDER BY position LIMIT 1"_s))
    , m_page(m_connection->prepared(
          u"SELECT %1 FROM message WHERE position BETWEEN ? AND ? ORDER BY position"_s.arg(messageColumns())))
{}

PageReader::~PageReader()
{
    m_connection->close();
}

Result<std::unique_ptr<PageReader>, QString> PageReader::open(const StoreAddress &address)
{
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly);
    if (!connection)
        return Failure(connection.error());
    return std::unique_ptr<PageReader>(new PageReader(std::move(*connection)));
}

Result<StoredPage, QString> PageReader::read(const PageRequest &request)
{
    // One transaction, so that the page and the room's ends are of one moment.
    if (const auto error = m_connection->beginReading())
        return Failure(explainSqlError(*error));
    const auto page = readInTransaction(request);
    (void)m_connection->commit();
    if (!page)
        return Failure(explainSqlError(page.error()));
    return *page;
}

Result<StoredPage, QSqlError> PageReader::readInTransaction(const PageRequest &request)
{
    const auto name = roomName(request.room);
    if (!name)
        return Failure(name.error());
    const auto room = range(request.room, qBound(qint64(0), request.upTo, MaxSeq));
    if (!room)
        return Failure(room.error());

    qint64 value = request.value;
    if (request.anchor == HistoryAnchor::At && !room->isEmpty()) {
        const auto seq = seqAtTime(request.room, request.value, *room);
        if (!seq)
            return Failure(seq.error());
        value = *seq;
    }
    const PageSpan span = pageSpan(request.anchor, value, request.limit, *room);

    StoredPage page;
    page.firstSeq = room->first;
    page.reachesFirst = span.reachesFirst;
    page.reachesLast = span.reachesLast;
    if (span.isEmpty())
        return page;
    m_page.bindValue(0, positionOf(request.room, span.lo));
    m_page.bindValue(1, positionOf(request.room, span.hi));
    if (!m_page.exec())
        return Failure(m_page.lastError());
    page.messages.reserve(span.hi - span.lo + 1);
    while (m_page.next())
        page.messages.append(messageFromRow(m_page, *name));
    const QSqlError error = m_page.lastError();
    m_page.finish();
    if (error.isValid())
        return Failure(error);
    return page;
}

Result<QString, QSqlError> PageReader::roomName(qint64 room)
{
    const auto known = m_roomNames.constFind(room);
    if (known != m_roomNames.cend())
        return *known;
    m_room.bindValue(0, room);
    if (!m_room.exec())
        return Failure(m_room.lastError());
    if (!m_room.next())
        return QString(); // no such room: its page is empty
    const QString name = m_room.value(0).toString();
    m_room.finish();
    m_roomNames.insert(room, name);
    return name;
}

Result<qint64, QSqlError> PageReader::firstValue(QSqlQuery &query, qint64 lo, qint64 hi)
{
    query.bindValue(0, lo);
    query.bindValue(1, hi);
    if (!query.exec())
        return Failure(query.lastError());
    const qint64 value = query.next() ? query.value(0).toLongLong() : 0;
    const QSqlError error = query.lastError();
    query.finish();
    if (error.isValid())
        return Failure(error);
    return value;
}

Result<SeqRange, QSqlError> PageReader::range(qint64 room, qint64 upTo)
{
    if (room <= 0 || room > MaxRoomNumber)
        return SeqRange{};
    const qint64 lo = positionOf(room, 1);
    const qint64 hi = positionOf(room, upTo);
    const auto first = firstValue(m_first, lo, hi);
    if (!first)
        return Failure(first.error());
    const auto last = firstValue(m_last, lo, hi);
    if (!last)
        return Failure(last.error());
    return SeqRange{seqOf(*first), seqOf(*last)};
}

Result<qint64, QSqlError> PageReader::seqAtTime(qint64 room, WireMicros time, const SeqRange &range)
{
    qint64 lo = range.first;
    qint64 hi = range.last + 1;
    while (lo < hi) {
        const qint64 middle = lo + (hi - lo) / 2;
        const auto found = firstValue(m_time, positionOf(room, middle), positionOf(room, range.last));
        if (!found)
            return Failure(found.error());
        if (*found < time)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

} // namespace Synchat
