// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/retention.h"

#include "common/logging.h"
#include "server/store/historywriter.h"
#include "server/store/messagerow.h"
#include "server/store/roomrows.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

// A step takes some milliseconds: so long a post waits at most.
constexpr int MessagesOfStep = 100;
constexpr qsizetype RoomsOfStep = 50;
constexpr std::chrono::milliseconds Pause{20};

using ArrivalOrError = Result<std::optional<qint64>, QSqlError>;

ArrivalOrError lowest(const StoreConnection &connection, const QString &statement)
{
    const auto first = connection.run(statement);
    if (!first)
        return Failure(first.error());
    return first->isNull() ? std::optional<qint64>() : first->toLongLong();
}

ArrivalOrError firstToBeShipped(const StoreConnection &connection)
{
    return lowest(connection, u"SELECT min(first) FROM outbox"_s);
}

/// What the bridge has refused for good is nowhere else.
ArrivalOrError firstDeadOf(const StoreConnection &connection, qint64 room)
{
    return lowest(connection, u"SELECT min(outbox_dead.arrival) FROM outbox_dead"
                              " JOIN message ON message.arrival = outbox_dead.arrival"
                              " WHERE position > %1 AND position < %2"_s.arg(positionOf(room, 0))
                                  .arg(positionOf(room + 1, 0)));
}

/// Out of the full-text index, which wants to be told what it holds of a message.
std::optional<QSqlError> deleteWords(const StoreConnection &connection, qint64 room,
                                     const QList<ChainedMessage> &messages)
{
    if (connection.isPostgresql())
        return std::nullopt; // there they are part of the row
    QSqlQuery forget = connection.prepared(
        u"INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)"_s);
    for (const ChainedMessage &row : messages) {
        forget.bindValue(0, row.arrival);
        forget.bindValue(1, indexedWords(room, row.message));
        if (!forget.exec())
            return forget.lastError();
    }
    return std::nullopt;
}

FrontMessage frontMessage(const ChainedMessage &row)
{
    return {row.message.seq, row.arrival, timeForSearch(row.message.stamps)};
}

QList<FrontMessage> frontMessages(const QList<ChainedMessage> &rows)
{
    QList<FrontMessage> front;
    for (const ChainedMessage &row : rows)
        front.append(frontMessage(row));
    return front;
}

} // namespace

Retention::Retention(HistoryWriter &writer, const KeepRule &rule)
    : m_writer(writer)
    , m_rule(rule)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &Retention::step);
}

Retention::~Retention() = default;

void Retention::begin(const std::optional<WireMicros> &now)
{
    if (!m_rooms.isEmpty())
        return;
    m_now = now;
    m_deleted = 0;
    m_roomsCut = 0;
    m_waitsForBridge = false;
    const auto problem = m_writer.run([this](const StoreConnection &connection) -> std::optional<QSqlError> {
        auto rooms = readRooms(connection);
        if (rooms)
            m_rooms = std::move(*rooms);
        return std::nullopt;
    });
    if (problem || m_rooms.isEmpty())
        end();
    else
        step();
}

void Retention::stop()
{
    m_pause.stop();
    m_rooms.clear();
}

void Retention::step()
{
    m_cuts.clear();
    const auto problem =
        m_writer.run([this](const StoreConnection &connection) { return workOn(connection); });
    if (problem) {
        m_rooms.clear(); // the next run tries again
        end();
        return;
    }
    for (const auto &[room, firstSeq] : std::as_const(m_cuts))
        Q_EMIT cut(room, firstSeq);
    if (m_rooms.isEmpty())
        end();
    else
        m_pause.start();
}

void Retention::end()
{
    if (m_deleted > 0)
        qCInfo(logStore, "retention has deleted %lld old messages of %lld rooms", m_deleted,
               qint64(m_roomsCut));
    if (m_waitsForBridge)
        qCWarning(logStore, "retention leaves messages that the bridge has not taken yet");
    Q_EMIT finished(m_deleted);
}

std::optional<QSqlError> Retention::workOn(const StoreConnection &connection)
{
    const auto unshipped = firstToBeShipped(connection);
    if (!unshipped)
        return unshipped.error();
    const KeepLimits limits{oldestKept(m_rule, m_now), m_rule.messages, *unshipped};
    // Until one was found that got shorter: that is enough for a step.
    for (qsizetype looked = 0; looked < RoomsOfStep && !m_rooms.isEmpty() && m_cuts.isEmpty(); ++looked) {
        const StoredRoom room = m_rooms.constLast();
        const auto front = frontOf(connection, room, limits);
        if (!front)
            return front.error();
        if (!front->isEmpty()) {
            if (const auto error = deleteFront(connection, room, *front))
                return error;
        }
        if (front->size() < MessagesOfStep) {
            m_rooms.removeLast();
            m_roomsCut += front->isEmpty() ? 0 : 1;
        }
    }
    return std::nullopt;
}

Result<QList<ChainedMessage>, QSqlError> Retention::frontOf(const StoreConnection &connection,
                                                            const StoredRoom &room, const KeepLimits &limits)
{
    RoomRows rows(connection);
    // Most rooms have nothing to delete, which their first message tells.
    const auto first = rows.read(room, 0, room.lastSeq, 1);
    if (!first)
        return Failure(first.error());
    const bool isUndated = !first->isEmpty() && frontMessage(first->constFirst()).time <= 0;
    const FrontCut peek = frontToCut(frontMessages(*first), room.lastSeq, limits);
    m_waitsForBridge = m_waitsForBridge || peek.waitsForBridge;
    if (peek.upTo == 0 && !isUndated)
        return QList<ChainedMessage>();
    const auto dead = firstDeadOf(connection, room.number);
    if (!dead)
        return Failure(dead.error());
    KeepLimits roomLimits = limits;
    if (*dead && (!limits.firstToBeShipped || **dead < *limits.firstToBeShipped))
        roomLimits.firstToBeShipped = *dead;
    auto front = rows.read(room, 0, room.lastSeq, MessagesOfStep);
    if (!front)
        return Failure(front.error());
    const FrontCut cut = frontToCut(frontMessages(*front), room.lastSeq, roomLimits);
    m_waitsForBridge = m_waitsForBridge || cut.waitsForBridge;
    while (!front->isEmpty() && front->constLast().message.seq > cut.upTo)
        front->removeLast();
    return front;
}

std::optional<QSqlError> Retention::deleteFront(const StoreConnection &connection, const StoredRoom &room,
                                                const QList<ChainedMessage> &messages)
{
    if (const auto error = deleteWords(connection, room.number, messages))
        return error;
    const qint64 last = messages.constLast().message.seq;
    const auto deleted = connection.run(
        u"DELETE FROM message WHERE position > %1 AND position <= %2"_s.arg(positionOf(room.number, 0))
            .arg(positionOf(room.number, last)));
    if (!deleted)
        return deleted.error();
    QSqlQuery mark = connection.prepared(u"UPDATE room SET cut_seq = ?, cut_chain = ? WHERE number = ?"_s);
    mark.bindValue(0, last);
    mark.bindValue(1, messages.constLast().chain);
    mark.bindValue(2, room.number);
    if (!mark.exec())
        return mark.lastError();
    m_cuts.append({room.number, last + 1});
    m_deleted += messages.size();
    return std::nullopt;
}

} // namespace Synchat
