// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// What a history is found to be at a start.
struct OpenedHistory
{
    QList<StoredRoom> rooms;
    QByteArray secret;
    bool isWhole = true; ///< false: its last end was unclean, and there is something to look through
};

/// Brings the schema up to date, sees to `general`, the secret and the bridge that it is shipped to, and
/// looks at what an unclean end may have spoiled. The database must be there. Blocks; on the caller's thread.
/// The error is a whole sentence.
Result<OpenedHistory, QString> openHistory(const StoreAddress &address, const StoreConfig &config);

} // namespace Synchat
