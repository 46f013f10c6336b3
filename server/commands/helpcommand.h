// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd help [COMMAND]`: as `synchatd --help`, or as `synchatd COMMAND --help`.
CommandUsage helpUsage();
int runHelp(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
