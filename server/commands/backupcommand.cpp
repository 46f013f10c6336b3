// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/backupcommand.h"

#include "server/store/datafolder.h"
#include "server/store/snapshot.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::BackupCommand)
};

} // namespace

CommandUsage backupUsage()
{
    return {.words = u"FILE"_s,
            .leastWords = 1,
            .mostWords = 1,
            .options = {{u"force"_s, Text::tr("Replace the file where there is one."), {}}}};
}

int runBackup(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    if (line.config.store.postgresql)
        return output.complain(
            Text::tr("This history is in PostgreSQL, whose own tool copies it, also beside a "
                     "running daemon: pg_dump --format=custom --file=%1 \"%2\"")
                .arg(line.words.constFirst(), line.config.store.postgresql->text()));
    const MonoTime begin = clock.monotonic();
    const QString file = line.words.constFirst();
    const QString database =
        DataFolder::databasePathIn(QFileInfo(line.config.store.dataDir).absoluteFilePath());
    const Overwrite overwrite = line.has(u"force"_s) ? Overwrite::Yes : Overwrite::No;
    if (const auto problem = writeSnapshot(database, file, overwrite))
        return output.complain(*problem);
    const double seconds = std::chrono::duration<double>(clock.monotonic() - begin).count();
    output.say(
        Text::tr("%1: %2 MB, checked, %3 s. The signing key (signing.key in the data folder) is not in it.")
            .arg(file)
            .arg(double(QFileInfo(file).size()) / 1e6, 0, 'f', 1)
            .arg(seconds, 0, 'f', 1));
    return Done;
}

} // namespace Synchat
