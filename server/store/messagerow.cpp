// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/messagerow.h"

#include "common/messagejson.h"
#include "common/searchwords.h"
#include "server/store/schema.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// The driver takes a null string for NULL.
QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<qint64>());
}

std::optional<qint64> optionalFrom(const QVariant &value)
{
    if (value.isNull())
        return std::nullopt;
    return value.toLongLong();
}

} // namespace

WireMicros timeForSearch(const Stamps &stamps)
{
    return stamps.best.t.value_or(stamps.local.t.value_or(0));
}

QString storedStamps(const Stamps &stamps)
{
    return QString::fromUtf8(stampsText(stamps));
}

QString messageColumns()
{
    return u"position, id, kind, author, author_name, text, seen, reply_to, stamps"_s;
}

QString insertMessageSql()
{
    return u"INSERT INTO message (position, id, kind, author, author_name, text, seen, reply_to, time, "
           u"stamps, arrival, chain)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (room, author, id) DO NOTHING"_s;
}

void bindMessage(QSqlQuery &insert, qint64 room, const Message &message, const MessageMarks &marks)
{
    insert.bindValue(0, positionOf(room, message.seq));
    insert.bindValue(1, message.id.toRfc4122());
    insert.bindValue(2, notNull(message.kind));
    insert.bindValue(3, notNull(message.from.id));
    insert.bindValue(4, notNull(message.from.name));
    insert.bindValue(5, notNull(message.text));
    insert.bindValue(6, orNull(message.seen));
    insert.bindValue(7, orNull(message.replyTo));
    insert.bindValue(8, timeForSearch(message.stamps));
    insert.bindValue(9, storedStamps(message.stamps));
    insert.bindValue(10, marks.arrival);
    insert.bindValue(11, marks.chain);
}

QString insertWordsSql()
{
    return u"INSERT INTO message_words (rowid, words) VALUES (?, ?)"_s;
}

void bindWords(QSqlQuery &insert, qint64 room, qint64 arrival, const Message &message)
{
    insert.bindValue(0, arrival);
    insert.bindValue(1, indexedWords(room, message));
}

QString indexedWords(qint64 room, const Message &message)
{
    QStringList words = searchTokens(message.text);
    words << roomToken(room) << authorToken(message.from.name);
    return words.join(u' ');
}

Message messageFromRow(const QSqlQuery &row, const QString &roomName)
{
    Message message;
    message.room = roomName;
    message.seq = seqOf(row.value(0).toLongLong());
    message.id = QUuid::fromRfc4122(row.value(1).toByteArray());
    message.kind = row.value(2).toString();
    message.from.id = row.value(3).toString();
    message.from.name = row.value(4).toString();
    message.text = row.value(5).toString();
    message.seen = optionalFrom(row.value(6));
    message.replyTo = optionalFrom(row.value(7));
    message.stamps = stampsFromText(row.value(8).toString());
    return message;
}

} // namespace Synchat
