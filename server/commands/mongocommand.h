// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd mongo status|replay|verify`: what waits for the bridge to MongoDB, sends it again, compares.
/// Beside a running daemon, too.
CommandUsage mongoUsage();
int runMongo(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
