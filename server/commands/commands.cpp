// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/commands.h"

#include "server/commands/backupcommand.h"
#include "server/commands/checkcommand.h"
#include "server/commands/exportcommand.h"
#include "server/commands/helpcommand.h"
#include "server/commands/mongocommand.h"
#include "server/commands/restorecommand.h"
#include "server/commands/verifycommand.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Commands)
};

// clang-format off
constexpr Command Commands[] = {
    {u"check", QT_TRANSLATE_NOOP("Synchat::Commands", "Read the whole history and say whether it is as it should be."),
     checkUsage, runCheck},
    {u"backup", QT_TRANSLATE_NOOP("Synchat::Commands", "Copy the history into one file, beside a running daemon too."),
     backupUsage, runBackup},
    {u"restore", QT_TRANSLATE_NOOP("Synchat::Commands", "Put a backup in the place of the history, with the daemon stopped."),
     restoreUsage, runRestore},
    {u"export", QT_TRANSLATE_NOOP("Synchat::Commands", "Write a room's messages as JSON lines, CSV, HTML or a signed bundle."),
     exportUsage, runExport},
    {u"verify", QT_TRANSLATE_NOOP("Synchat::Commands", "Check a bundle, and say who signed it."),
     verifyUsage, runVerify},
    {u"mongo", QT_TRANSLATE_NOOP("Synchat::Commands", "Show what waits for MongoDB, send it again, or compare it with SQL."),
     mongoUsage, runMongo},
    {u"help", QT_TRANSLATE_NOOP("Synchat::Commands", "Show what the program can do, or how a command is called."),
     helpUsage, runHelp},
};
// clang-format on

QString nameOf(const Command &command)
{
    return QString::fromUtf16(command.name);
}

/// The flags that say where the history is. Those of serving make no sense here.
const QStringList &sharedFlags()
{
    static const QStringList names{u"config"_s, u"data-dir"_s};
    return names;
}

void describe(QCommandLineParser &parser, const CommandUsage &usage)
{
    for (const CommandOption &option : usage.options)
        parser.addOption({option.name, option.meaning, option.valueName});
    parser.addOptions({
        {u"config"_s, Text::tr("Read settings from this INI file, as the daemon does."), Text::tr("FILE")},
        {u"data-dir"_s, Text::tr("Folder of the history."), Text::tr("DIR")},
        {{u"h"_s, u"help"_s}, Text::tr("Show this help.")},
    });
}

QString wordsProblem(const CommandUsage &usage, const QStringList &words)
{
    if (words.size() > usage.mostWords)
        return Text::tr("The argument \"%1\" makes no sense.").arg(words.at(usage.mostWords));
    if (words.size() < usage.leastWords)
        return Text::tr("Something is missing: %1.").arg(usage.words);
    return {};
}

Result<CommandLine, QString> readLine(const CommandUsage &usage, const QCommandLineParser &parser,
                                      const ConfigInputs &inputs)
{
    CommandLine line;
    line.words = parser.positionalArguments();
    if (const QString problem = wordsProblem(usage, line.words); !problem.isEmpty())
        return Failure(problem);
    for (const CommandOption &option : usage.options) {
        if (parser.isSet(option.name))
            line.options.insert(option.name,
                                option.valueName.isEmpty() ? QString() : parser.value(option.name));
    }
    QMap<QString, QString> flags;
    for (const QString &flag : sharedFlags()) {
        if (parser.isSet(flag))
            flags.insert(flag, parser.value(flag));
    }
    auto config = readSettings(inputs, flags);
    if (!config)
        return Failure(config.error());
    line.config = std::move(*config);
    return line;
}

int refuse(const CommandOutput &output, const QString &name, const QString &sentence)
{
    (void)output.complain(sentence);
    (void)output.complain(Text::tr("See \"synchatd %1\".").arg(name));
    return BadUse;
}

int run(const Command &command, const ConfigInputs &inputs, const CommandOutput &output, const Clock &clock)
{
    const CommandUsage usage = command.usage();
    QCommandLineParser parser;
    describe(parser, usage);
    const QString help = nameOf(command) + u" --help"_s;
    if (!parser.parse(inputs.arguments)) // its name stands where a parser expects the program's
        return refuse(output, help, parser.errorText());
    if (parser.isSet(u"help"_s))
        return output.write(commandHelpText(command).toUtf8()) ? Done : Failed;
    const auto line = readLine(usage, parser, inputs);
    if (!line)
        return refuse(output, help, line.error());
    return command.run(*line, output, clock);
}

} // namespace

int CommandOutput::complain(const QString &sentence) const
{
    writeError(u"synchatd: %1\n"_s.arg(sentence).toUtf8());
    return Failed;
}

std::span<const Command> allCommands()
{
    return Commands;
}

std::optional<int> runCommand(const ConfigInputs &inputs, const CommandOutput &output, const Clock &clock,
                              std::span<const Command> commands)
{
    if (inputs.arguments.isEmpty() || inputs.arguments.first().startsWith(u'-'))
        return std::nullopt;
    const QString name = inputs.arguments.first();
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command &command) { return nameOf(command) == name; });
    if (found != commands.end())
        return run(*found, inputs, output, clock);
    QStringList names;
    for (const Command &command : commands)
        names.append(nameOf(command));
    return refuse(
        output, u"help"_s,
        Text::tr("There is no command \"%1\"; there are: %2.").arg(name, names.join(Text::tr(", "))));
}

QString commandListText(std::span<const Command> commands)
{
    QString text =
        Text::tr("Commands, instead of serving; each knows --help, --config and --data-dir:") + u'\n';
    for (const Command &command : commands)
        text += u"  %1 %2\n"_s.arg(nameOf(command), -10)
                    .arg(QCoreApplication::translate("Synchat::Commands", command.summary));
    return text;
}

QString commandHelpText(const Command &command)
{
    const CommandUsage usage = command.usage();
    QCommandLineParser parser;
    describe(parser, usage);
    // The parser's own first line names the program alone.
    const QString options = parser.helpText().section(u'\n', 1).trimmed();
    const QString words = usage.words.isEmpty() ? QString() : u' ' + usage.words;
    return Text::tr("Usage: synchatd %1").arg(nameOf(command) + words + u" [options]\n"_s) +
           QCoreApplication::translate("Synchat::Commands", command.summary) + u"\n\n"_s + options + u'\n';
}

} // namespace Synchat
