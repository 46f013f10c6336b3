// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <optional>

namespace Synchat {

enum class LastEnd { Clean, Unclean };

/// How the last run on this history ended. From now on, until noteCleanEnd(), an end is an unclean one; both
/// are durable. A copy of a history that was in use counts as unclean. The error of the first is a whole
/// sentence.
Result<LastEnd, QString> takeLastEnd(const StoreConnection &connection);
std::optional<QSqlError> noteCleanEnd(const StoreConnection &connection);

} // namespace Synchat
