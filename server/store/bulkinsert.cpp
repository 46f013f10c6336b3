// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/bulkinsert.h"

#include "server/store/messagerow.h"
#include "server/store/postgresarray.h"
#include "server/store/schema.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// The text is constant, so that the server plans it once.
QString insertSql()
{
    return u"WITH inserted AS ("
           "INSERT INTO message (position, id, kind, author, author_name, text, seen, reply_to, time,"
           " stamps, arrival, chain, words)"
           " SELECT position, id, kind, author, author_name, text, seen, reply_to, time, stamps, arrival,"
           " chain, array_to_tsvector(string_to_array(words, ' '))"
           " FROM unnest(?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],"
           " ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bytea[], ?::text[])"
           " AS given (position, id, kind, author, author_name, text, seen, reply_to, time, stamps, arrival,"
           " chain, words)"
           " ON CONFLICT (room, author, id) DO NOTHING RETURNING position), "
           "numbered AS ("
           "UPDATE room SET last_seq = given.last_seq FROM unnest(?::bigint[], ?::bigint[])"
           " AS given (number, last_seq) WHERE room.number = given.number) "
           "SELECT position FROM inserted"_s;
}

constexpr size_t MessageArrays = 13;

} // namespace

BulkInsert::BulkInsert(const StoreConnection &connection)
    : m_query(connection.prepared(insertSql()))
{}

void BulkInsert::bind(const BatchPlan &plan)
{
    std::array<PostgresArray, MessageArrays> arrays;
    for (const NumberedMessage &numbered : plan.messages) {
        const Message &message = numbered.item.message;
        size_t next = 0;
        arrays[next++].append(positionOf(numbered.item.room, message.seq));
        arrays[next++].append(message.id.toRfc4122());
        arrays[next++].append(message.kind);
        arrays[next++].append(message.from.id);
        arrays[next++].append(message.from.name);
        arrays[next++].append(message.text);
        arrays[next++].append(message.seen);
        arrays[next++].append(message.replyTo);
        arrays[next++].append(timeForSearch(message.stamps));
        arrays[next++].append(storedStamps(message.stamps));
        arrays[next++].append(numbered.item.arrival);
        arrays[next++].append(numbered.chain);
        arrays[next++].append(indexedWords(numbered.item.room, message));
    }
    PostgresArray numbers;
    PostgresArray lastSeqs;
    for (auto room = plan.progress.rooms.cbegin(); room != plan.progress.rooms.cend(); ++room) {
        numbers.append(room.key());
        lastSeqs.append(room->lastSeq);
    }
    int place = 0;
    for (const PostgresArray &array : arrays)
        m_query.bindValue(place++, array.literal());
    m_query.bindValue(place++, numbers.literal());
    m_query.bindValue(place, lastSeqs.literal());
}

Result<QSet<PostKey>, QSqlError> BulkInsert::insert(const BatchPlan &plan)
{
    if (plan.messages.isEmpty())
        return QSet<PostKey>();
    bind(plan);
    if (!m_query.exec())
        return Failure(m_query.lastError());
    QSet<qint64> inserted;
    while (m_query.next())
        inserted.insert(m_query.value(0).toLongLong());
    m_query.finish();
    QSet<PostKey> there;
    for (const NumberedMessage &numbered : plan.messages) {
        if (!inserted.contains(positionOf(numbered.item.room, numbered.item.message.seq)))
            there.insert(postKeyOf(numbered.item));
    }
    return there;
}

} // namespace Synchat
