// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/chainfill.h"

#include "common/messagechain.h"
#include "server/store/messagerow.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString numberArrivals()
{
    return u"UPDATE message SET arrival = numbered.arrival FROM"
           " (SELECT position AS place, row_number() OVER (ORDER BY latest, position) AS arrival FROM"
           "  (SELECT position, max(time) OVER (PARTITION BY position >> 40 ORDER BY position) AS latest"
           "   FROM message) AS timed) AS numbered"
           " WHERE message.position = numbered.place"_s;
}

/// Fills one room, a page at a time.
class RoomFill
{
public:
    RoomFill(const StoreConnection &connection, const StoredRoom &room)
        : m_room(room)
        , m_page(connection.prepared(
              u"SELECT %1, arrival FROM message WHERE position > ? AND position < ? ORDER BY position LIMIT 500"_s
                  .arg(messageColumns())))
        , m_update(connection.prepared(u"UPDATE message SET chain = ? WHERE position = ?"_s))
        , m_words(connection.prepared(insertWordsSql()))
        , m_chain(chainStart(room.name, room.epoch))
    {}

    std::optional<QSqlError> run()
    {
        for (;;) {
            QList<Filled> page;
            if (const auto error = readPage(page))
                return error;
            if (page.isEmpty())
                return std::nullopt;
            for (const Filled &item : page) {
                if (const auto error = fill(item))
                    return error;
            }
        }
    }

private:
    struct Filled
    {
        Message message;
        qint64 arrival = 0;
    };

    std::optional<QSqlError> readPage(QList<Filled> &page)
    {
        m_page.bindValue(0, positionOf(m_room.number, m_lastSeq));
        m_page.bindValue(1, positionOf(m_room.number + 1, 0));
        if (!m_page.exec())
            return m_page.lastError();
        while (m_page.next())
            page.append({messageFromRow(m_page, m_room.name), m_page.value(MessageColumnCount).toLongLong()});
        const QSqlError error = m_page.lastError();
        m_page.finish();
        return error.isValid() ? std::optional(error) : std::nullopt;
    }

    std::optional<QSqlError> fill(const Filled &item)
    {
        m_chain = chainNext(m_chain, canonicalMessage(item.message));
        m_lastSeq = item.message.seq;
        m_update.bindValue(0, m_chain);
        m_update.bindValue(1, positionOf(m_room.number, item.message.seq));
        if (!m_update.exec())
            return m_update.lastError();
        bindWords(m_words, m_room.number, item.arrival, item.message);
        if (!m_words.exec())
            return m_words.lastError();
        return std::nullopt;
    }

    const StoredRoom &m_room;
    QSqlQuery m_page;
    QSqlQuery m_update;
    QSqlQuery m_words;
    QByteArray m_chain;
    qint64 m_lastSeq = 0;
};

} // namespace

std::optional<QString> fillArrivalsAndChains(const StoreConnection &connection)
{
    if (const auto numbered = connection.run(numberArrivals()); !numbered)
        return explainSqlError(numbered.error());
    const auto rooms = readRooms(connection);
    if (!rooms)
        return rooms.error();
    for (const StoredRoom &room : *rooms) {
        if (const auto error = RoomFill(connection, room).run())
            return explainSqlError(*error);
    }
    return std::nullopt;
}

} // namespace Synchat
