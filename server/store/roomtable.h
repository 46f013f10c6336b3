// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/storeconnection.h"

namespace Synchat {

// The rooms and the secret of a history; start-up and rare changes, not the way of a message.

Result<QList<StoredRoom>, QString> readRooms(const StoreConnection &connection);

/// Names a history of a room: 12 random bytes in base64url.
QString newEpoch();

struct RoomRefusal
{
    bool exists = false;
    QString reason;              ///< a whole sentence
    bool connectionLost = false; ///< the room may have been made all the same
};
/// Commits. The epoch is made here.
Result<StoredRoom, RoomRefusal> insertRoom(const StoreConnection &connection, const QString &name,
                                           const QString &title);

/// 32 random bytes, made at the first call on this database.
Result<QByteArray, QString> readOrMakeSecret(const StoreConnection &connection);

} // namespace Synchat
