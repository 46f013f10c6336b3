// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/durable.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Synchat {

namespace {

int syncPath(const QString &path, int flags)
{
    const int opened = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (opened < 0)
        return errno;
    const int error = ::fsync(opened) == 0 ? 0 : errno;
    ::close(opened);
    return error;
}

} // namespace

int syncFolder(const QString &path)
{
    return syncPath(path, O_RDONLY | O_DIRECTORY);
}

int syncFile(const QString &path)
{
    return syncPath(path, O_RDONLY);
}

int makeEmptyFile(const QString &path)
{
    const int made = ::open(QFile::encodeName(path).constData(),
                            O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0)
        return errno;
    const int error = ::fchmod(made, 0600) == 0 ? 0 : errno;
    ::close(made);
    return error;
}

int moveFileByLink(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    if (::link(source.constData(), target.constData()) != 0)
        return errno;
    return ::unlink(source.constData()) == 0 ? 0 : errno;
}

int moveFile(const QString &from, const QString &to, bool mayReplace)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    const unsigned flags = mayReplace ? 0 : RENAME_NOREPLACE;
    int error =
        ::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), flags) == 0 ? 0 : errno;
    if (!mayReplace && (error == EINVAL || error == ENOSYS))
        error = moveFileByLink(from, to); // NFS and others know no flags
    return error != 0 ? error : syncFolder(QFileInfo(to).absolutePath());
}

int giveToOwnerOfFolder(const QString &path)
{
    struct stat folder
    {};
    if (::stat(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), &folder) != 0)
        return errno;
    if (::geteuid() != 0 || folder.st_uid == 0)
        return 0;
    return ::lchown(QFile::encodeName(path).constData(), folder.st_uid, folder.st_gid) == 0 ? 0 : errno;
}

} // namespace Synchat
