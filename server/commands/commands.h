// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

#include <optional>
#include <span>

namespace Synchat {

/// All there are, in the order of the help. A new one is a file of its own and a row here.
std::span<const Command> allCommands();

/// Runs the command that the arguments begin with, and returns its exit status. Nothing: they do not begin
/// with a word, so that the program serves.
std::optional<int> runCommand(const ConfigInputs &inputs, const CommandOutput &output, const Clock &clock,
                              std::span<const Command> commands = allCommands());

/// A line for each.
QString commandListText(std::span<const Command> commands = allCommands());
/// How one is called.
QString commandHelpText(const Command &command);

} // namespace Synchat
