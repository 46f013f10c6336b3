// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd export`: a room's messages to standard output or a file, beside a running daemon too. It reads a
/// page at a time on a connection of its own that cannot write, and asks the daemon nothing: the key and the
/// sources' states are files in the data folder.
CommandUsage exportUsage();
int runExport(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
