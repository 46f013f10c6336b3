// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <optional>

namespace Synchat {

/// Gives every message of a history that had none its arrival, its chain hash and its words in the full-text
/// index. Arrivals go by the messages' times, but never against the order within a room. Inside the caller's
/// transaction; nothing: fine, else a whole sentence. About 20 s for a million messages.
std::optional<QString> fillArrivalsAndChains(const StoreConnection &connection);

} // namespace Synchat
