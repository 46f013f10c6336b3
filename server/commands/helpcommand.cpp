// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/helpcommand.h"

#include "server/commands/commands.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::HelpCommand)
};

} // namespace

CommandUsage helpUsage()
{
    return {.words = u"[COMMAND]"_s, .mostWords = 1};
}

int runHelp(const CommandLine &line, const CommandOutput &output, const Clock &)
{
    if (line.words.isEmpty())
        return output.write((helpText() + u'\n' + commandListText()).toUtf8()) ? Done : Failed;
    for (const Command &command : allCommands()) {
        if (QString::fromUtf16(command.name) == line.words.first())
            return output.write(commandHelpText(command).toUtf8()) ? Done : Failed;
    }
    (void)output.complain(Text::tr("There is no command \"%1\".").arg(line.words.first()));
    return BadUse;
}

} // namespace Synchat
