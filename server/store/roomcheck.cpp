// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/roomcheck.h"

#include "server/store/lastpages.h"
#include "server/store/schema.h"

#include <QCoreApplication>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RoomCheck)
};

constexpr int MessagesOfStep = 1000;

/// One room's walk through its rows.
class Walk
{
public:
    Walk(const StoreConnection &connection, const StoredRoom &room, SeenNumbers &arrivals)
        : m_rows(connection)
        , m_room(room)
        , m_arrivals(arrivals)
    {}

    std::optional<QSqlError> begin()
    {
        const auto front = m_rows.front(m_room);
        if (!front)
            return front.error();
        m_check.continueBehind(front->seq, front->chain);
        return std::nullopt;
    }
    /// Messages looked at; 0: at the end, or behind a fault.
    Result<qsizetype, QSqlError> step()
    {
        const auto rows = m_rows.read(m_room, m_check.lastSeq(), m_room.lastSeq, MessagesOfStep);
        if (!rows)
            return Failure(rows.error());
        if (rows->isEmpty() && m_check.lastSeq() < m_room.lastSeq)
            m_findings.fault = RoomFault{m_check.lastSeq() + 1, missingText()};
        for (qsizetype i = 0; i < rows->size() && !m_findings.fault; ++i) {
            if (const auto error = take(rows->at(i)))
                return Failure(*error);
        }
        return m_findings.fault ? qsizetype(0) : rows->size();
    }
    qint64 place() const { return m_check.lastSeq() + 1; }
    const RoomFindings &findings() const { return m_findings; }

private:
    std::optional<QSqlError> take(const ChainedMessage &row)
    {
        auto fault = m_check.take(row);
        if (fault && row.message.seq > m_check.lastSeq() + 1) {
            // Retention may have deleted what was next.
            const auto front = m_rows.front(m_room);
            if (!front)
                return front.error();
            if (front->seq > m_check.lastSeq()) {
                m_check.continueBehind(front->seq, front->chain);
                fault = m_check.take(row);
            }
        }
        if (!fault && m_arrivals.insert(row.arrival))
            fault = RoomFault{row.message.seq,
                              Text::tr("Another message has the same arrival (%1).").arg(row.arrival)};
        m_findings.fault = fault;
        if (fault)
            return std::nullopt;
        if (m_findings.firstSeq == 0)
            m_findings.firstSeq = row.message.seq;
        m_findings.lastSeq = row.message.seq;
        ++m_findings.messages;
        return std::nullopt;
    }

    RoomRows m_rows;
    const StoredRoom &m_room;
    SeenNumbers &m_arrivals;
    ChainCheck m_check{0, {}};
    RoomFindings m_findings;
};

Result<bool, QSqlError> holdsBetween(const StoreConnection &connection, qint64 room, qint64 nextRoom)
{
    const auto found = connection.run(
        u"SELECT position FROM message WHERE position > %1 AND position < %2 LIMIT 1"_s
            .arg(room == 0 ? -1 : positionOf(room, MaxSeq))
            .arg(nextRoom > MaxRoomNumber ? std::numeric_limits<qint64>::max() : positionOf(nextRoom, 0)));
    if (!found)
        return Failure(found.error());
    return !found->isNull();
}

std::optional<QString> problemOfOrphans(const StoreConnection &connection, const QList<StoredRoom> &rooms)
{
    qint64 before = 0;
    for (qsizetype i = 0; i <= rooms.size(); ++i) {
        const qint64 next = i < rooms.size() ? rooms.at(i).number : MaxRoomNumber + 1;
        const auto holds = holdsBetween(connection, before, next);
        if (!holds)
            return explainSqlError(holds.error());
        if (*holds)
            return Text::tr("There are messages that belong to no room (behind number %1).").arg(before);
        before = next;
    }
    return std::nullopt;
}

std::optional<QString> problemOfOutbox(const StoreConnection &connection)
{
    QSqlQuery ranges = connection.prepared(u"SELECT first, last FROM outbox ORDER BY first"_s);
    if (!ranges.exec())
        return explainSqlError(ranges.lastError());
    qint64 before = 0;
    while (ranges.next()) {
        const qint64 first = ranges.value(0).toLongLong();
        const qint64 last = ranges.value(1).toLongLong();
        if (first <= before || last < first)
            return Text::tr("The outbox holds a range that cannot be: %1 to %2.").arg(first).arg(last);
        before = last;
    }
    if (ranges.lastError().isValid())
        return explainSqlError(ranges.lastError());
    const auto newest = connection.run(u"SELECT max(arrival) FROM message"_s);
    if (!newest)
        return explainSqlError(newest.error());
    if (before > newest->toLongLong())
        return Text::tr("The outbox waits for messages that do not exist (up to arrival %1).").arg(before);
    return std::nullopt;
}

} // namespace

SeenNumbers::SeenNumbers(qint64 most)
    : m_seen(qBound(qint64(0), most + 1, MostNumbers))
{}

bool SeenNumbers::insert(qint64 number)
{
    if (number < 0 || number >= m_seen.size())
        return false;
    if (m_seen.testBit(number))
        return true;
    m_seen.setBit(number);
    return false;
}

Result<RoomFindings, QString> checkRoom(const StoreConnection &connection, const StoredRoom &room,
                                        SeenNumbers &arrivals, const std::function<void(qint64)> &read)
{
    Walk walk(connection, room, arrivals);
    const auto failure = [&](const QSqlError &error) {
        return Failure(faultText(room.name, {walk.place(), explainSqlError(error)}));
    };
    if (const auto error = walk.begin())
        return failure(*error);
    for (;;) {
        const auto messages = walk.step();
        if (!messages)
            return failure(messages.error());
        if (*messages == 0)
            return walk.findings();
        read(walk.findings().messages);
    }
}

std::optional<QString> problemOfRest(const StoreConnection &connection, const QList<StoredRoom> &rooms)
{
    if (const auto problem = problemOfOrphans(connection, rooms))
        return problem;
    return problemOfOutbox(connection);
}

} // namespace Synchat
