// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/restorecommand.h"

#include "server/store/restore.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RestoreCommand)
};

/// A step of the progress that is worth a line.
constexpr qint64 MessagesOfLine = 100'000;

} // namespace

CommandUsage restoreUsage()
{
    return {.words = u"FILE"_s, .leastWords = 1, .mostWords = 1};
}

int runRestore(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(toWire(clock.read().wall) / 1000, Qt::UTC);
    const auto progress = [&output](qint64 messages) {
        if (messages % MessagesOfLine == 0)
            output.say(Text::tr("%1 messages so far").arg(messages));
    };
    const auto restored = restoreHistory(line.config.store.dataDir, line.words.constFirst(), now, progress);
    if (!restored)
        return output.complain(restored.error());
    output.say(
        Text::tr("%1 messages were restored. Every room has a new epoch, so that all programs begin anew.")
            .arg(restored->messages));
    if (!restored->keptAs.isEmpty())
        output.say(Text::tr("What was there before is kept as %1.").arg(restored->keptAs));
    return Done;
}

} // namespace Synchat
