// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/storeconnection.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

#include <atomic>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::StoreConnection)
};

// A server that hangs, or a network that swallows everything, holds no thread for longer than this.
constexpr int ConnectSeconds = 3;
constexpr int UnansweredSeconds = 15; ///< what was sent and nobody's machine has taken
constexpr int StatementSeconds = 20;
/// A lost daemon's connection must not hold the history's lock for hours.
constexpr int IdleSeconds = 10;
constexpr int ProbeSeconds = 5;
constexpr int Probes = 3;

/// Options of libpq.
QString serverOptions(const StoreAddress &address)
{
    QStringList options{
        u"connect_timeout=%1"_s.arg(ConnectSeconds),
        u"keepalives_idle=%1"_s.arg(IdleSeconds),
        u"keepalives_interval=%1"_s.arg(ProbeSeconds),
        u"keepalives_count=%1"_s.arg(Probes),
        u"tcp_user_timeout=%1"_s.arg(UnansweredSeconds * 1000),
        u"application_name=synchatd"_s,
    };
    if (!address.sslMode().isEmpty())
        options.append(u"sslmode="_s + address.sslMode());
    if (!address.sslRootCertificate().isEmpty()) {
        QString quoted = address.sslRootCertificate();
        quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
        options.append(u"sslrootcert='%1'"_s.arg(quoted));
    }
    return options.join(u';');
}

/// What a session of the server is told first.
QString serverSettings(StoreConnection::Access access)
{
    QStringList settings{
        u"SET statement_timeout = '%1s'"_s.arg(StatementSeconds),
        u"SET lock_timeout = '1s'"_s,
        u"SET idle_in_transaction_session_timeout = '60s'"_s,
        u"SET tcp_keepalives_idle = %1"_s.arg(IdleSeconds),
        u"SET tcp_keepalives_interval = %1"_s.arg(ProbeSeconds),
        u"SET tcp_keepalives_count = %1"_s.arg(Probes),
    };
    if (access == StoreConnection::Access::ReadOnly)
        settings.append(u"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ,"
                        " READ ONLY"_s);
    return settings.join(u';');
}

QString nextName()
{
    static std::atomic<quint64> count = 0;
    return u"synchat-store-%1"_s.arg(count.fetch_add(1));
}

} // namespace

StoreConnection::StoreConnection(QString name, bool isPostgresql)
    : m_name(std::move(name))
    , m_isPostgresql(isPostgresql)
{}

StoreConnection::~StoreConnection()
{
    close();
}

Result<std::unique_ptr<StoreConnection>, QString> StoreConnection::open(const StoreAddress &address,
                                                                        Access access)
{
    // The destructor of the connection takes the name away again, whatever happens here.
    std::unique_ptr<StoreConnection> connection(new StoreConnection(nextName(), address.isPostgresql()));
    const auto problem = address.isPostgresql() ? connection->openServer(address, access)
                                                : connection->openFile(address.file(), access);
    if (problem)
        return Failure(*problem);
    return Result<std::unique_ptr<StoreConnection>, QString>(std::move(connection));
}

std::optional<QString> StoreConnection::openFile(const QString &path, Access access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    if (!database.isValid())
        return Text::tr("Qt's driver for SQLite is missing (package libqt6sql6-sqlite).");
    // A URI, because only so can the driver be told not to make a missing file.
    const QString mode = access == Access::ReadOnly ? u"?mode=ro"_s : u"?mode=rw"_s;
    database.setDatabaseName(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) + mode);
    database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=1000"_s);
    if (!database.open())
        return explainSqlError(database.lastError());
    return std::nullopt;
}

std::optional<QString> StoreConnection::openServer(const StoreAddress &address, Access access)
{
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s))
        return Text::tr("Qt's driver for PostgreSQL is missing (package libqt6sql6-psql).");
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QPSQL"_s, m_name);
    database.setHostName(address.host());
    database.setPort(address.port());
    database.setDatabaseName(address.database());
    database.setUserName(address.user());
    database.setPassword(address.password());
    database.setConnectOptions(serverOptions(address));
    if (!database.open())
        return explainSqlError(database.lastError());
    const auto done = run(serverSettings(access));
    return done ? std::nullopt : std::optional(explainSqlError(done.error()));
}

QSqlDatabase StoreConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

QSqlQuery StoreConnection::prepared(const QString &sql) const
{
    QSqlQuery query(database());
    // With PostgreSQL that would be a message for each row, and no other statement while one is read.
    query.setForwardOnly(!m_isPostgresql);
    query.prepare(sql);
    return query;
}

Result<QVariant, QSqlError> StoreConnection::run(const QString &sql) const
{
    const QSqlDatabase connection = database();
    if (m_isPostgresql && !connection.isOpen())
        return Failure(connectionLostError());
    QSqlQuery query(connection);
    query.setForwardOnly(!m_isPostgresql);
    if (!query.exec(sql))
        return Failure(query.lastError());
    return query.next() ? query.value(0) : QVariant();
}

std::optional<QSqlError> StoreConnection::beginWriting() const
{
    const auto done = run(m_isPostgresql ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s);
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<QSqlError> StoreConnection::beginReading() const
{
    const auto done = run(u"BEGIN"_s);
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<QSqlError> StoreConnection::commit() const
{
    if (m_isPostgresql && database().isOpen()) {
        // The driver sees where the server, asked to commit a transaction that had failed, has rolled it
        // back.
        QSqlDatabase connection = database();
        return connection.commit() ? std::nullopt : std::optional(connection.lastError());
    }
    const auto done = run(u"COMMIT"_s);
    return done ? std::nullopt : std::optional(done.error());
}

void StoreConnection::rollback() const
{
    (void)run(u"ROLLBACK"_s);
}

void StoreConnection::setBusyTimeout(int milliseconds) const
{
    if (m_isPostgresql)
        (void)run(u"SET lock_timeout = %1"_s.arg(qMax(1, milliseconds)));
    else
        (void)run(u"PRAGMA busy_timeout = %1"_s.arg(milliseconds));
}

void StoreConnection::close()
{
    if (QSqlDatabase::contains(m_name))
        QSqlDatabase::removeDatabase(m_name);
}

} // namespace Synchat
