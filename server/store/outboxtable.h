// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/outbox.h"
#include "server/store/storeconnection.h"

#include <functional>

namespace Synchat {

// The tables `outbox` and `outbox_dead`, and the column `room.shipped`. Ranges never overlap.

/// For a transaction that is open. Nothing: written.
std::optional<QSqlError> writeOutboxChange(const StoreConnection &connection, const OutboxChange &change);

Result<OutboxState, QString> readOutboxState(const StoreConnection &connection);
/// The oldest `most` of them, by arrival.
Result<QList<DeadLetter>, QString> readDeadLetters(const StoreConnection &connection, int most);

// What `synchatd mongo replay` does, in short transactions, so that a daemon may go on beside it. Each gives
// the number of messages that wait anew.
Result<qint64, QString> replayEverything(const StoreConnection &connection);
Result<qint64, QString> replayRoom(const StoreConnection &connection, qint64 room);
Result<qint64, QString> replayDeadLetters(const StoreConnection &connection);

/// Says which bridge this history goes to (empty: none). One that does not hold the whole of it yet, because
/// the history went elsewhere or nowhere until now, gets everything. Also after a restore, which renews the
/// epochs.
std::optional<QString> setShippingTarget(const StoreConnection &connection, const QString &target);

} // namespace Synchat
