// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlError>
#include <QString>

namespace Synchat {

/// A whole sentence for people about what went wrong in the database, of either kind.
QString explainSqlError(const QSqlError &error);

/// PostgreSQL's server cannot be reached any more: what was not committed is not there, and what was being
/// committed may be. Never with SQLite.
bool isConnectionLost(const QSqlError &error);
/// The error for what was tried on a connection that is known to be lost.
QSqlError connectionLostError();

/// A file of SQLite, or the disk below it, is broken.
bool isDamage(const QSqlError &error);

} // namespace Synchat
