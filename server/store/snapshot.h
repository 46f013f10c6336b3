// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QString>

#include <optional>

namespace Synchat {

enum class Overwrite { No, Yes };

/// Writes the history as it is at this moment into one file, beside a running daemon or without one: no
/// writer waits, nothing of the history changes. The file is whole under its name or not there: it is written
/// under another one (`FILE.partial`), checked and synced first. Mode 0600. Nothing: done; else a whole
/// sentence.
std::optional<QString> writeSnapshot(const QString &databasePath, const QString &target, Overwrite overwrite);

/// Writes what a database file holds into an empty or missing one, without unused pages, as of one moment.
std::optional<QString> copyDatabase(const QString &from, const QString &to);

} // namespace Synchat
