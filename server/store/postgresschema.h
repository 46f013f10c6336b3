// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

namespace Synchat {

// The tables of schema.h in PostgreSQL: the same names and columns, but that the words of a message are a
// column of it (`words`, a tsvector with a GIN index). They lie in the first schema of the user's search path
// (`public`, unless the role or the database says otherwise). The row `schema` of `meta` holds their version.

/// As schemaVersionOf(), which calls it.
Result<int, QString> postgresqlSchemaVersion(const StoreConnection &connection);
/// As bringSchemaUpToDate(), which calls it.
std::optional<QString> bringPostgresqlUpToDate(const StoreConnection &connection);
/// As prepareForWriting(), which calls it.
std::optional<QString> preparePostgresqlForWriting(const StoreConnection &connection);
/// What the administrator of the server ought to know, sentences for the log.
QStringList postgresqlWarnings(const StoreConnection &connection);

} // namespace Synchat
