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

const QString NewEpochs = u"new-epochs"_s;

int refuseUse(const CommandOutput &output)
{
    (void)output.complain(Text::tr("Name either the file of a backup or --new-epochs."));
    return BadUse;
}

int refusePostgresql(const QString &file, const StoreAddress &address, const CommandOutput &output)
{
    return output.complain(
        Text::tr("This history is in PostgreSQL, whose own tool brings it back, with the daemon "
                 "stopped: pg_restore --clean --if-exists --dbname=\"%2\" %1, and after it "
                 "synchatd restore --new-epochs")
            .arg(file, address.text()));
}

} // namespace

CommandUsage restoreUsage()
{
    return {.words = u"FILE | --new-epochs"_s,
            .mostWords = 1,
            .options = {
                {NewEpochs,
                 Text::tr("Put nothing in its place, but make another history of the one that is there: for "
                          "databases that were restored by other means."),
                 {}}}};
}

int runRestore(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    const StoreConfig &store = line.config.store;
    if (line.words.isEmpty() != line.has(NewEpochs))
        return refuseUse(output);
    const auto progress = [&output](qint64 messages) {
        if (messages % MessagesOfLine == 0)
            output.say(Text::tr("%1 messages so far").arg(messages));
    };
    if (!line.words.isEmpty() && store.postgresql)
        return refusePostgresql(line.words.constFirst(), *store.postgresql, output);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(toWire(clock.read().wall) / 1000, Qt::UTC);
    const auto restored = line.words.isEmpty()
                              ? renewHistory(store.dataDir, store.address(), progress)
                              : restoreHistory(store.dataDir, line.words.constFirst(), now, progress);
    if (!restored)
        return output.complain(restored.error());
    output.say(
        Text::tr("%1 messages have new epochs, so that all programs begin anew.").arg(restored->messages));
    if (!restored->keptAs.isEmpty())
        output.say(Text::tr("What was there before is kept as %1.").arg(restored->keptAs));
    return Done;
}

} // namespace Synchat
