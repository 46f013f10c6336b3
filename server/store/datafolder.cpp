// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/datafolder.h"

#include "server/store/durable.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::DataFolder)
};

Failure<QString> cannotUse(const QString &path, int error)
{
    return Failure(Text::tr("The data folder %1 cannot be used: %2.")
                       .arg(QDir::toNativeSeparators(path), qt_error_string(error)));
}

/// 0, or errno. Folders above it get the usual mode, the last one 0700.
int makeFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return 0;
    const QString parent = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(parent) && !QDir().mkpath(parent))
        return errno != 0 ? errno : EACCES;
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return errno;
    (void)syncFolder(parent);
    return QFileInfo(path).isDir() ? 0 : ENOTDIR;
}

QString lockPathIn(const QString &folder)
{
    return folder + u"/synchat.lock"_s;
}

QString holderOf(int lock)
{
    char text[32] = {};
    const ssize_t length = ::pread(lock, text, sizeof text - 1, 0);
    return length > 0 ? QString::fromLatin1(text, length).trimmed() : QString();
}

void writeHolder(int lock)
{
    const QByteArray pid = QByteArray::number(qint64(::getpid())) + '\n';
    // Only a hint for people: on a full disk it stays empty.
    if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, pid.constData(), size_t(pid.size()), 0) < 0)
        errno = 0;
}

} // namespace

DataFolder::DataFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{}

DataFolder::DataFolder(DataFolder &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, -1))
{}

DataFolder &DataFolder::operator=(DataFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

DataFolder::~DataFolder()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

Result<DataFolder, QString> DataFolder::open(const QString &path)
{
    const QString folder = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (const int error = makeFolder(folder))
        return cannotUse(folder, error);

    const QByteArray lockPath = QFile::encodeName(lockPathIn(folder));
    const int lock = ::open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return cannotUse(folder, errno);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        const QString holder = holderOf(lock);
        ::close(lock);
        if (error != EWOULDBLOCK)
            return cannotUse(folder, error);
        return Failure(holder.isEmpty()
                           ? Text::tr("Another daemon already uses the data folder %1.").arg(folder)
                           : Text::tr("Another daemon (process %2) already uses the data folder %1.")
                                 .arg(folder, holder));
    }
    writeHolder(lock);
    (void)syncFolder(folder);
    return DataFolder(folder, lock);
}

bool DataFolder::isInUse(const QString &path)
{
    const int lock = ::open(QFile::encodeName(lockPathIn(path)).constData(), O_RDONLY | O_CLOEXEC);
    if (lock < 0)
        return false;
    const bool isHeld = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return isHeld;
}

std::optional<QString> DataFolder::makeDatabaseFile() const
{
    // SQLite gives its side files the mode of the database file, so that one is made first.
    const QByteArray database = QFile::encodeName(databasePath());
    const int file = ::open(database.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return cannotUse(m_path, errno).error();
    ::close(file);
    (void)syncFolder(m_path);
    return std::nullopt;
}

QString DataFolder::databasePathIn(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath()) + u"/synchat.db"_s;
}

QString DataFolder::databasePath() const
{
    return databasePathIn(m_path);
}

} // namespace Synchat
