// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <optional>

namespace Synchat {

// Whether a database file of SQLite is a history, and whole as a file. What its messages say of each other is
// roomcheck.h.

enum class CheckDepth {
    Quick, ///< every page of the tables; about a second for a million messages
    Whole, ///< and whether the indexes hold the same
};

/// Nothing: its pages are in order. Else a whole sentence with the first thing that is wrong.
std::optional<QString> problemOfStructure(const StoreConnection &connection, CheckDepth depth);

/// The full-text index, which must agree with itself. Takes the lock for writing, so only where no daemon
/// runs.
std::optional<QString> problemOfWords(const StoreConnection &connection);

/// Opens a file that somebody else may have made: a history of ours, not of a newer program, its structure.
std::optional<QString> problemOfFile(const QString &path, CheckDepth depth);

} // namespace Synchat
