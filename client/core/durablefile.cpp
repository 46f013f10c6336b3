// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/durablefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct FileText
{
    Q_DECLARE_TR_FUNCTIONS(File)
};

constexpr QFileDevice::Permissions OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

bool openForOwner(QFile &file)
{
    return file.open(QIODevice::ReadWrite, OwnerOnly) && file.setPermissions(OwnerOnly);
}

bool syncFile(QFile &file)
{
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    return file.flush();
#endif
}

QString replaceFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(OwnerOnly) &&
        file.write(bytes) == bytes.size() && file.commit())
        return {};
    return FileText::tr("%1 cannot be written: %2.").arg(path, file.errorString());
}

QString setAside(const QString &path, const QByteArray &bytes)
{
    for (int number = 1; number < 1000; ++number) {
        QFile file(path + u".damaged-"_s + QString::number(number));
        if (file.exists())
            continue;
        const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly, OwnerOnly) &&
                             file.write(bytes) == bytes.size() && file.flush() && syncFile(file);
        return written ? file.fileName() : QString();
    }
    return {};
}

} // namespace Synchat
