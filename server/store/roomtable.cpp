// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/roomtable.h"

#include "server/store/schema.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QVariant>

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RoomTable)
};

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(quint8(QRandomGenerator::system()->bounded(256)));
    return bytes;
}

StoredRoom roomFromRow(const QSqlQuery &row)
{
    StoredRoom room;
    room.number = row.value(0).toLongLong();
    room.name = row.value(1).toString();
    room.title = row.value(2).toString();
    room.epoch = row.value(3).toString();
    room.firstSeq = seqOf(row.value(4).toLongLong());
    // The newer of the two: a number that was once given is never given again.
    room.lastSeq = std::max(row.value(5).toLongLong(), seqOf(row.value(6).toLongLong()));
    return room;
}

} // namespace

QString newEpoch()
{
    return QString::fromLatin1(randomBytes(12).toBase64(QByteArray::Base64UrlEncoding));
}

Result<QList<StoredRoom>, QString> readRooms(const StoreConnection &connection)
{
    QSqlQuery query = connection.prepared(
        u"SELECT number, name, title, epoch,"
        " (SELECT position FROM message WHERE position > number << 40 AND position < (number + 1) << 40"
        "  ORDER BY position LIMIT 1),"
        " last_seq,"
        " (SELECT position FROM message WHERE position > number << 40 AND position < (number + 1) << 40"
        "  ORDER BY position DESC LIMIT 1)"
        " FROM room ORDER BY number"_s);
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    QList<StoredRoom> rooms;
    while (query.next())
        rooms.append(roomFromRow(query));
    if (query.lastError().isValid())
        return Failure(explainSqlError(query.lastError()));
    return rooms;
}

Result<StoredRoom, RoomRefusal> insertRoom(const StoreConnection &connection, const QString &name,
                                           const QString &title)
{
    StoredRoom room;
    room.name = name;
    room.title = title.isNull() ? u""_s : title; // the driver takes a null string for NULL
    room.epoch = newEpoch();

    // Looked up first: a number that PostgreSQL has drawn for a row that is refused is lost.
    QSqlQuery query = connection.prepared(u"INSERT INTO room (name, title, epoch) SELECT ?, ?, ?"
                                          " WHERE NOT EXISTS (SELECT 1 FROM room WHERE name = ?)"_s);
    query.bindValue(0, room.name);
    query.bindValue(1, room.title);
    query.bindValue(2, room.epoch);
    query.bindValue(3, room.name);
    if (!query.exec())
        return Failure(
            RoomRefusal{false, explainSqlError(query.lastError()), isConnectionLost(query.lastError())});
    if (query.numRowsAffected() == 0)
        return Failure(RoomRefusal{true, Text::tr("There is a room of this name already.")});
    room.number = query.lastInsertId().toLongLong();
    return room;
}

Result<QByteArray, QString> readOrMakeSecret(const StoreConnection &connection)
{
    const auto stored = connection.run(u"SELECT value FROM meta WHERE name = 'secret'"_s);
    if (!stored)
        return Failure(explainSqlError(stored.error()));
    if (!stored->isNull())
        return stored->toByteArray();

    const QByteArray secret = randomBytes(32);
    QSqlQuery query = connection.prepared(u"INSERT INTO meta (name, value) VALUES ('secret', ?)"_s);
    query.bindValue(0, secret);
    if (!query.exec())
        return Failure(explainSqlError(query.lastError()));
    return secret;
}

} // namespace Synchat
