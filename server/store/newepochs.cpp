// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/newepochs.h"

#include "common/messagechain.h"
#include "server/store/lastpages.h"
#include "server/store/roomrows.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int MessagesOfStep = 500;

class Renewal
{
public:
    Renewal(const StoreConnection &connection, const std::function<void(qint64)> &read)
        : m_connection(connection)
        , m_read(read)
        , m_rows(connection)
        , m_chain(connection.prepared(u"UPDATE message SET chain = ? WHERE position = ?"_s))
        , m_room(connection.prepared(
              u"UPDATE room SET epoch = ?, cut_chain = ?, shipped = 0 WHERE number = ?"_s))
    {}

    std::optional<QString> renewRoom(const StoredRoom &room)
    {
        const auto front = m_rows.front(room);
        if (!front)
            return explainSqlError(front.error());
        const QString epoch = newEpoch();
        const QByteArray start = chainStart(room.name, epoch);
        m_room.bindValue(0, epoch);
        // What was cut had its place in the old chain; the new one begins behind it.
        m_room.bindValue(1, front->seq == 0 ? QVariant(QMetaType::fromType<QByteArray>()) : QVariant(start));
        m_room.bindValue(2, room.number);
        if (!m_room.exec())
            return explainSqlError(m_room.lastError());
        return renewMessages(room, *front, start);
    }

    std::optional<QString> forgetBridge()
    {
        const auto known =
            m_connection.run(u"SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_dead)"
                             " + (SELECT count(*) FROM room WHERE shipped <> 0)"
                             " + (SELECT count(*) FROM meta WHERE name = 'bridge')"_s);
        if (!known)
            return explainSqlError(known.error());
        QStringList statements{u"DELETE FROM outbox"_s, u"DELETE FROM outbox_dead"_s,
                               u"DELETE FROM meta WHERE name IN ('bridge', 'clean_end')"_s};
        if (known->toLongLong() > 0)
            statements << u"INSERT INTO outbox (first, last) SELECT min(arrival), max(arrival) FROM message"
                          " HAVING count(*) > 0"_s;
        for (const QString &statement : statements) {
            if (const auto done = m_connection.run(statement); !done)
                return explainSqlError(done.error());
        }
        return std::nullopt;
    }

private:
    std::optional<QString> renewMessages(const StoredRoom &room, const RoomFront &front, QByteArray chain)
    {
        ChainCheck check(front.seq, front.chain);
        for (;;) {
            const auto rows = m_rows.read(room, check.lastSeq(), room.lastSeq, MessagesOfStep);
            if (!rows)
                return explainSqlError(rows.error());
            if (rows->isEmpty() && check.lastSeq() < room.lastSeq)
                return faultText(room.name, {check.lastSeq() + 1, missingText()});
            if (rows->isEmpty())
                return std::nullopt;
            for (const ChainedMessage &row : *rows) {
                if (const auto fault = check.take(row))
                    return faultText(room.name, *fault);
                chain = chainNext(chain, canonicalMessage(row.message));
                if (const auto problem = writeChain(room, row, chain))
                    return problem;
            }
            m_done += rows->size();
            m_read(m_done);
        }
    }

    std::optional<QString> writeChain(const StoredRoom &room, const ChainedMessage &row,
                                      const QByteArray &chain)
    {
        m_chain.bindValue(0, chain);
        m_chain.bindValue(1, positionOf(room.number, row.message.seq));
        if (!m_chain.exec())
            return explainSqlError(m_chain.lastError());
        return std::nullopt;
    }

    const StoreConnection &m_connection;
    const std::function<void(qint64)> &m_read;
    RoomRows m_rows;
    QSqlQuery m_chain;
    QSqlQuery m_room;
    qint64 m_done = 0;
};

} // namespace

std::optional<QString> renewEpochs(const StoreConnection &connection, const std::function<void(qint64)> &read)
{
    const auto rooms = readRooms(connection);
    if (!rooms)
        return rooms.error();
    Renewal renewal(connection, read);
    for (const StoredRoom &room : *rooms) {
        if (const auto problem = renewal.renewRoom(room))
            return problem;
    }
    return renewal.forgetBridge();
}

} // namespace Synchat
