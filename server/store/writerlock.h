// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

namespace Synchat {

// One daemon writes to a database. With SQLite the data folder is locked (datafolder.h); on a server of
// PostgreSQL the connection that writes holds an advisory lock for as long as it lives, for each schema one.

/// A connection as the server knows it; empty with SQLite.
QString sessionIdOf(const StoreConnection &connection);

/// Waits some seconds for a connection that is just ending. `previous`: sessionIdOf() this writer's
/// connection before, which may still be at work on the server though nobody hears of it: it is ended first.
/// With the lock nothing of it can be under way any more, and what is read is what holds. Nothing: fine, else
/// a whole sentence. SQLite: fine.
std::optional<QString> takeWriterLock(const StoreConnection &connection, const QString &previous = {});

} // namespace Synchat
