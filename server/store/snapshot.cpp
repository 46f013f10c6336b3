// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/snapshot.h"

#include "server/store/durable.h"
#include "server/store/filecheck.h"
#include "server/store/storeconnection.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Snapshot)
};

QString cannotWrite(const QString &path, int error)
{
    return Text::tr("The file %1 cannot be written: %2.").arg(path, qt_error_string(error));
}

QString isThere(const QString &path)
{
    return Text::tr("There is a file %1 already; --force replaces it.").arg(path);
}

std::optional<QString> writeChecked(const QString &databasePath, const QString &partial)
{
    if (const auto problem = copyDatabase(databasePath, partial))
        return problem;
    if (const auto problem = problemOfFile(partial, CheckDepth::Quick))
        return Text::tr("The copy is not as it should be. %1").arg(*problem);
    if (const int error = syncFile(partial))
        return cannotWrite(partial, error);
    return std::nullopt;
}

} // namespace

std::optional<QString> copyDatabase(const QString &from, const QString &to)
{
    if (const int error = makeEmptyFile(to))
        return cannotWrite(to, error);
    const auto source = StoreConnection::open(from, StoreConnection::Access::ReadOnly);
    if (!source)
        return source.error();
    QSqlQuery copy = (*source)->prepared(u"VACUUM INTO ?"_s);
    copy.bindValue(0, to);
    if (!copy.exec())
        return explainSqlError(copy.lastError());
    return std::nullopt;
}

std::optional<QString> writeSnapshot(const QString &databasePath, const QString &target, Overwrite overwrite)
{
    const QString path = QFileInfo(target).absoluteFilePath();
    if (!QFileInfo::exists(databasePath))
        return Text::tr("There is no history at %1.").arg(databasePath);
    if (overwrite == Overwrite::No && QFileInfo::exists(path))
        return isThere(path);
    if (QFileInfo(path).canonicalFilePath() == QFileInfo(databasePath).canonicalFilePath())
        return Text::tr("The file %1 is the history itself.").arg(path);
    const QString partial = path + u".partial"_s;
    std::optional<QString> problem = writeChecked(databasePath, partial);
    if (!problem) {
        const int error = moveFile(partial, path, overwrite == Overwrite::Yes);
        if (error)
            problem = error == EEXIST ? isThere(path) : cannotWrite(path, error);
    }
    if (problem)
        QFile::remove(partial);
    return problem;
}

} // namespace Synchat
