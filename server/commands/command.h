// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config.h"

#include <QList>
#include <QMap>
#include <QStringList>

#include <functional>

namespace Synchat {

enum ExitStatus { Done = 0, Failed = 1, BadUse = 2 };

/// Where a command's words go; handed in, so that a command is a function that tests can call.
struct CommandOutput
{
    /// Standard output. False: nothing more can be written there, so that the command should end.
    std::function<bool(const QByteArray &bytes)> write;
    /// Standard error.
    std::function<void(const QByteArray &bytes)> writeError;

    /// One line to standard output.
    bool say(const QString &line) const { return write((line + u'\n').toUtf8()); }
    /// One line to standard error, a whole sentence, behind the program's name; returns Failed.
    int complain(const QString &sentence) const;
};

/// A word that starts with `--` and belongs to one command.
struct CommandOption
{
    QString name;      ///< without the dashes
    QString meaning;   ///< a sentence for the help
    QString valueName; ///< such as `FILE`; empty: it has no value
};

/// How a command is called, beside what all understand (`--config`, `--data-dir`, `--help`).
struct CommandUsage
{
    QString words; ///< what goes behind the name, as the help shows it: `FILE`, `status|replay|verify`
    qsizetype leastWords = 0;
    qsizetype mostWords = 0;
    QList<CommandOption> options = {};
};

/// What a command was called with, checked against its usage.
struct CommandLine
{
    Config config; ///< the daemon's: with the same file, flags and environment, the same history
    QStringList words;
    QMap<QString, QString> options; ///< those that were given, by name; empty text where it has no value

    bool has(const QString &option) const { return options.contains(option); }
};

/// Something that the daemon's program does instead of serving.
struct Command
{
    const char16_t *name;
    const char *summary; ///< one line for the help, context `Synchat::Commands`
    CommandUsage (*usage)();
    /// The exit status. Words of the person that make no sense: BadUse, after a sentence that says so.
    int (*run)(const CommandLine &line, const CommandOutput &output, const Clock &clock);
};

} // namespace Synchat
