// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd verify BUNDLE [--key KEY]`: checks a bundle without asking anybody. It needs no history.
CommandUsage verifyUsage();
int runVerify(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
