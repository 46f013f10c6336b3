// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/chaincheck.h"
#include "server/store/history.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// What was written last is what an unclean end may have spoiled: the last messages of each room, about a
/// page of the file, must follow each other and fit their chain hashes. Nothing: they do; else a whole
/// sentence that names the place. Some 0.2 ms for a room.
std::optional<QString> problemOfLastPages(const StoreConnection &connection, const QList<StoredRoom> &rooms);

/// "Room general, message 17: The message is missing."
QString faultText(const QString &room, const RoomFault &fault);

} // namespace Synchat
