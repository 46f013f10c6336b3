// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/storeconnection.h"

#include <QCoreApplication>
#include <QUrl>
#include <QVariant>

#include <atomic>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::StoreConnection)
};

// Primary result codes of SQLite (sqlite.org/rescode.html); the driver hands them on as text.
enum SqliteCode {
    Perm = 3,
    Busy = 5,
    Locked = 6,
    ReadOnlyFile = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    TooBig = 18,
    NotADatabase = 26,
};

QString nextName()
{
    static std::atomic<quint64> count = 0;
    return u"synchat-store-%1"_s.arg(count.fetch_add(1));
}

} // namespace

QString explainSqlError(const QSqlError &error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Full:
        return Text::tr("The disk that holds the history is full.");
    case Busy:
    case Locked:
        return Text::tr("The history is locked by another program.");
    case ReadOnlyFile:
    case Perm:
        return Text::tr("The history cannot be written to: it is read-only.");
    case IoError:
        return Text::tr("The disk that holds the history reports an error (%1).").arg(error.databaseText());
    case Corrupt:
        return Text::tr("The history is damaged (%1).").arg(error.databaseText());
    case NotADatabase:
        return Text::tr("The file of the history is not a database.");
    case CantOpen:
        return Text::tr("The file of the history cannot be opened.");
    case TooBig:
        return Text::tr("The message is too large for the history.");
    default:
        return Text::tr("The history reports an error (%1).").arg(error.text().trimmed());
    }
}

StoreConnection::StoreConnection(QString name)
    : m_name(std::move(name))
{}

StoreConnection::~StoreConnection()
{
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<StoreConnection>, QString> StoreConnection::open(const QString &path, Access access)
{
    // The destructor of the connection takes the name away again, whatever happens here.
    std::unique_ptr<StoreConnection> connection(new StoreConnection(nextName()));
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection->m_name);
    if (!database.isValid())
        return Failure(Text::tr("Qt's driver for SQLite is missing (package libqt6sql6-sqlite)."));
    // A URI, because only so can the driver be told not to make a missing file.
    const QString mode = access == Access::ReadOnly ? u"?mode=ro"_s : u"?mode=rw"_s;
    database.setDatabaseName(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) + mode);
    database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=1000"_s);
    if (!database.open())
        return Failure(explainSqlError(database.lastError()));
    return Result<std::unique_ptr<StoreConnection>, QString>(std::move(connection));
}

QSqlDatabase StoreConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

QSqlQuery StoreConnection::prepared(const QString &sql) const
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    query.prepare(sql);
    return query;
}

Result<QVariant, QSqlError> StoreConnection::run(const QString &sql) const
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return Failure(query.lastError());
    return query.next() ? query.value(0) : QVariant();
}

void StoreConnection::setBusyTimeout(int milliseconds) const
{
    (void)run(u"PRAGMA busy_timeout = %1"_s.arg(milliseconds));
}

} // namespace Synchat
