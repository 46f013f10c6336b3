// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/restore.h"

#include "server/store/datafolder.h"
#include "server/store/durable.h"
#include "server/store/filecheck.h"
#include "server/store/newepochs.h"
#include "server/store/schema.h"
#include "server/store/snapshot.h"
#include "server/store/writerlock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Restore)
};

QString cannotWrite(const QString &path, int error)
{
    return Text::tr("The file %1 cannot be written: %2.").arg(path, qt_error_string(error));
}

/// Brought to this version and given new epochs; the number of messages.
Result<qint64, QString> makeItAnother(const StoreConnection &connection,
                                      const std::function<void(qint64)> &read)
{
    if (const auto problem = bringSchemaUpToDate(connection))
        return Failure(*problem);
    if (const auto error = connection.beginWriting())
        return Failure(explainSqlError(*error));
    if (const auto problem = renewEpochs(connection, read)) {
        connection.rollback();
        return Failure(*problem);
    }
    if (const auto error = connection.commit())
        return Failure(explainSqlError(*error));
    const auto messages = connection.run(u"SELECT count(*) FROM message"_s);
    return messages ? messages->toLongLong() : 0;
}

/// The copy is thrown away when anything fails, so that no journal is needed.
Result<qint64, QString> makeCopyAnother(const QString &copy, const std::function<void(qint64)> &read)
{
    const auto connection = StoreConnection::open(copy, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    for (const QString &pragma : {u"PRAGMA journal_mode = OFF"_s, u"PRAGMA synchronous = OFF"_s})
        (void)(*connection)->run(pragma);
    return makeItAnother(**connection, read);
}

Result<qint64, QString> prepare(const QString &backup, const QString &copy,
                                const std::function<void(qint64)> &read)
{
    if (const auto problem = problemOfFile(backup, CheckDepth::Quick))
        return Failure(Text::tr("The backup %1 cannot be used. %2").arg(backup, *problem));
    if (const auto problem = copyDatabase(backup, copy))
        return Failure(*problem);
    const auto messages = makeCopyAnother(copy, read);
    if (!messages)
        return Failure(Text::tr("The backup %1 cannot be used. %2").arg(backup, messages.error()));
    const int error = giveToOwnerOfFolder(copy);
    if (const int either = error ? error : syncFile(copy))
        return Failure(cannotWrite(copy, either));
    return *messages;
}

/// Brings what is in the write-ahead log into the file. Where that fails (it may be damaged) the log is kept,
/// too.
void foldLog(const QString &database)
{
    const auto connection = StoreConnection::open(database, StoreConnection::Access::ReadWrite);
    if (connection)
        (void)(*connection)->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
}

/// 0, or errno.
int keepOld(const QString &database, const QString &keptAs)
{
    foldLog(database);
    const QString log = u"-wal"_s;
    if (QFileInfo::exists(database + log)) {
        if (const int error = moveFile(database + log, keptAs + log, false))
            return error;
    }
    QFile::remove(database + u"-shm"_s);
    return moveFile(database, keptAs, false);
}

} // namespace

Result<Restored, QString> restoreHistory(const QString &dataDir, const QString &backup, const QDateTime &now,
                                         const std::function<void(qint64)> &read)
{
    if (!QFileInfo::exists(backup))
        return Failure(Text::tr("There is no file %1.").arg(backup));
    const auto folder = DataFolder::open(dataDir); // held to the end
    if (!folder)
        return Failure(folder.error());
    (void)giveToOwnerOfFolder(folder->path() + u"/synchat.lock"_s);
    const QString database = folder->databasePath();
    const QString copy = database + u".restoring"_s;
    const auto messages = prepare(backup, copy, read);
    if (!messages) {
        QFile::remove(copy);
        return Failure(messages.error());
    }
    Restored restored;
    restored.messages = *messages;
    if (QFileInfo(database).size() > 0) {
        restored.keptAs = database + u".before-restore-"_s + now.toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
        if (const int error = keepOld(database, restored.keptAs)) {
            QFile::remove(copy);
            return Failure(cannotWrite(restored.keptAs, error));
        }
    }
    if (const int error = moveFile(copy, database, true))
        return Failure(cannotWrite(database, error));
    return restored;
}

Result<Restored, QString> renewHistory(const QString &dataDir, const StoreAddress &address,
                                       const std::function<void(qint64)> &read)
{
    const auto folder = DataFolder::open(dataDir); // held to the end
    if (!folder)
        return Failure(folder.error());
    const auto connection = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    // The folder does not tell of a daemon elsewhere that has the same database.
    if (const auto problem = takeWriterLock(**connection))
        return Failure(*problem);
    const auto messages = makeItAnother(**connection, read);
    if (!messages)
        return Failure(messages.error());
    return Restored{{}, *messages};
}

} // namespace Synchat
