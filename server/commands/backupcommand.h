// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd backup FILE`: the history as it is now, in one file (snapshot.h).
CommandUsage backupUsage();
int runBackup(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
