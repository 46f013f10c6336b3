// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <functional>
#include <optional>

namespace Synchat {

/// Makes of a history another one with the same messages: every room gets a new epoch and its chain anew from
/// there, and a bridge, if there was one, gets everything again. Programs that knew the old one begin again
/// with a reset; what was posted after the backup can then never be taken for what is posted now. Checks
/// every message against its old chain hash first. Inside the caller's transaction; nothing: done, else a
/// whole sentence. `read` is told the number of messages done. About 30 s for a million messages.
std::optional<QString> renewEpochs(const StoreConnection &connection,
                                   const std::function<void(qint64)> &read);

} // namespace Synchat
