// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QSqlQuery>

namespace Synchat {

// How a message becomes a row of the history and a row a message.

/// Of the message table, in the order in which messageFromRow() reads: MessageColumnCount of them.
QString messageColumns();
constexpr int MessageColumnCount = 9;
/// With as many placeholders as bindMessage() fills; a post that is there already inserts nothing.
QString insertMessageSql();
struct MessageMarks
{
    qint64 arrival = 0;
    QByteArray chain; ///< 32 bytes
};
void bindMessage(QSqlQuery &insert, qint64 room, const Message &message, const MessageMarks &marks);
/// `row` stands on a row of messageColumns().
Message messageFromRow(const QSqlQuery &row, const QString &roomName);

/// The full-text index: its row for a message, and what that row holds.
QString insertWordsSql();
void bindWords(QSqlQuery &insert, qint64 room, qint64 arrival, const Message &message);
/// The words of the text and the tokens of room and author, divided by spaces.
QString indexedWords(qint64 room, const Message &message);

/// As JSON, compact.
QString storedStamps(const Stamps &stamps);
/// The time by which a message is looked for: the reference's, else the daemon's own clock's, else 0.
WireMicros timeForSearch(const Stamps &stamps);

} // namespace Synchat
