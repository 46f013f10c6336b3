// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/commands/commands.h"

namespace Synchat {

/// What a command printed, and how it ended.
struct CommandRun
{
    int status = -1; ///< -1: there was no command
    QString output;
    QString errors;
};

/// Runs a command as a function, with nothing of this machine but the clock and what is handed in.
inline CommandRun runWith(const ConfigInputs &inputs, std::span<const Command> commands = allCommands())
{
    CommandRun result;
    QByteArray output;
    QByteArray errors;
    const CommandOutput sink{.write =
                                 [&output](const QByteArray &bytes) {
                                     output += bytes;
                                     return true;
                                 },
                             .writeError = [&errors](const QByteArray &bytes) { errors += bytes; }};
    const SystemClock clock;
    result.status = runCommand(inputs, sink, clock, commands).value_or(-1);
    result.output = QString::fromUtf8(output);
    result.errors = QString::fromUtf8(errors);
    return result;
}

inline CommandRun runWith(const QStringList &arguments, std::span<const Command> commands = allCommands())
{
    ConfigInputs inputs;
    inputs.arguments = arguments;
    inputs.readFile = [](const QString &) -> Result<QByteArray, QString> {
        return Failure(QStringLiteral("No such file or directory"));
    };
    return runWith(inputs, commands);
}

} // namespace Synchat
