// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QSqlQuery>

namespace Synchat {

// How a message becomes a row of the history and a row a message.

/// Of the message table, in the order in which messageFromRow() reads.
QString messageColumns();
/// With as many placeholders as bindMessage() fills; a post that is there already inserts nothing.
QString insertMessageSql();
void bindMessage(QSqlQuery &insert, qint64 room, const Message &message);
/// `row` stands on a row of messageColumns().
Message messageFromRow(const QSqlQuery &row, const QString &roomName);

/// The time by which a message is looked for: the reference's, else the daemon's own clock's, else 0.
WireMicros timeForSearch(const Stamps &stamps);

} // namespace Synchat
