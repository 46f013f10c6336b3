// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace Synchat {

/// `synchatd check`: header, schema, structure, full-text index and every room of the history, beside a
/// running daemon too. Changes nothing. 0: all is as it should be.
CommandUsage checkUsage();
int runCheck(const CommandLine &line, const CommandOutput &output, const Clock &clock);

} // namespace Synchat
