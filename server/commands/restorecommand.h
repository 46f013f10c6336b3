// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd restore FILE`: a backup in the place of the history (restore.h).
CommandUsage restoreUsage();
int runRestore(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
