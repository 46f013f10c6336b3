// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realpostgres.h"

#include "tests/support/postgresprograms.h"
#include "tests/support/programs.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTcpServer>
#include <QUrl>
#include <QUuid>
#include <QVariant>

#include <algorithm>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Synchat {

QString postgresPrograms()
{
    for (const QString &root : {qEnvironmentVariable("SYNCHAT_INTEROP_ROOT"), QString()}) {
        const QDir versions(root + u"/usr/lib/postgresql"_s);
        for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            const QString folder = versions.filePath(version + u"/bin"_s);
            if (QFile::exists(folder + u"/postgres"_s))
                return folder;
        }
    }
    return {};
}

namespace {

const QString User = u"synchat owner"_s;
const QString Password = u"p@ss:w/rd 'q' \\ ñ"_s;

/// PostgreSQL refuses to be root: then it is nobody.
QStringList asNobody(const QStringList &command)
{
    if (::geteuid() != 0)
        return command;
    return QStringList{u"setpriv"_s, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s} + command;
}

/// What it says on both channels, and whether it ended well.
std::pair<bool, QString> run(const QStringList &command)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QDir::rootPath());
    process.start(command.first(), command.sliced(1));
    const bool isDone = process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit;
    return {isDone && process.exitCode() == 0, QString::fromUtf8(process.readAll())};
}

/// Where they cannot be reached by whom the server runs as (a checkout in root's home), copies in `folder`.
QString reachablePrograms(const QString &folder)
{
    const QString found = postgresPrograms();
    if (run(asNobody({u"test"_s, u"-x"_s, found + u"/postgres"_s})).first)
        return found;
    const QString usr = QDir::cleanPath(found + u"/../../../.."_s);
    for (const QString &part : {u"/lib"_s, u"/share"_s}) {
        QDir().mkpath(folder + u"/usr"_s + part);
        run({u"cp"_s, u"-r"_s, usr + part + u"/postgresql"_s, folder + u"/usr"_s + part});
    }
    return folder + u"/usr"_s + found.mid(usr.size());
}

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(content) == content.size();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Gives a folder to whom the server runs as.
bool handOver(const QString &path)
{
    return ::geteuid() != 0 || ::chown(QFile::encodeName(path).constData(), 65534, 65534) == 0;
}

QString newName(const QString &start)
{
    return start + QUuid::createUuid().toString(QUuid::Id128).first(12);
}

/// Runs statements on a connection of their own; the first value of the last one, or the error after "!".
QString runOn(const QString &serverUrl, const QString &database, const QStringList &statements)
{
    const QString name = newName(u"test-"_s);
    QString result;
    {
        const QUrl url(serverUrl);
        QSqlDatabase connection = QSqlDatabase::addDatabase(u"QPSQL"_s, name);
        connection.setHostName(url.host());
        connection.setPort(url.port());
        connection.setUserName(url.userName(QUrl::FullyDecoded));
        connection.setPassword(url.password(QUrl::FullyDecoded));
        connection.setDatabaseName(database);
        if (!connection.open())
            result = u'!' + connection.lastError().text();
        for (const QString &statement : statements) {
            QSqlQuery query(connection);
            if (!result.startsWith(u'!'))
                result = query.exec(statement) ? (query.next() ? query.value(0).toString() : QString())
                                               : u'!' + query.lastError().text();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return result;
}

/// The server of the whole run, or this program's own.
QString sharedServer(QString &error)
{
    const QString file = qEnvironmentVariable("SYNCHAT_TEST_POSTGRES");
    if (const QByteArray url = contentOf(file).split('\n').value(0); !url.isEmpty())
        return QString::fromUtf8(url);
    static RealPostgres own;
    static const bool started = own.start({.fsync = false});
    if (started)
        return own.url();
    error = own.error();
    return {};
}

} // namespace

std::optional<QString> RealPostgres::problem()
{
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s))
        return u"Qt's driver for PostgreSQL is missing (package libqt6sql6-psql)."_s;
    if (postgresPrograms().isEmpty())
        return u"PostgreSQL's programs are missing; ./dev test unpacks them."_s;
    return std::nullopt;
}

RealPostgres::~RealPostgres()
{
    if (m_folder.isEmpty())
        return;
    stop();
    QDir(m_folder).removeRecursively();
}

bool RealPostgres::start(const Options &options)
{
    if (const auto problem = RealPostgres::problem()) {
        m_error = *problem;
        return false;
    }
    m_folder = QDir::tempPath() + u'/' + newName(u"synchat-postgres-"_s);
    if (!QDir().mkdir(m_folder) || ::chmod(QFile::encodeName(m_folder).constData(), 0700) != 0 ||
        !write(m_folder + u"/password"_s, Password.toUtf8()) || !handOver(m_folder) ||
        !handOver(m_folder + u"/password"_s)) {
        m_error = u"The folder %1 cannot be made."_s.arg(m_folder);
        return false;
    }
    m_programs = reachablePrograms(m_folder);
    const auto [isMade, words] =
        run(asNobody({m_programs + u"/initdb"_s, u"-D"_s, m_folder + u"/data"_s, u"-U"_s, User, u"-A"_s,
                      u"scram-sha-256"_s, u"--pwfile"_s, m_folder + u"/password"_s, u"-E"_s, u"UTF8"_s,
                      u"--locale=C.UTF-8"_s, u"--no-sync"_s}));
    if (!isMade) {
        m_error = u"initdb fails: "_s + words;
        return false;
    }
    m_port = freePort();
    const QString settings = u"listen_addresses = '127.0.0.1'\nport = %1\nunix_socket_directories = ''\n"
                             "fsync = %2\nmax_connections = %3\nshared_buffers = 32MB\njit = off\n"
                             "autovacuum = off\nmax_wal_size = 256MB\nlogging_collector = off\n"_s.arg(m_port)
                                 .arg(options.fsync ? u"on"_s : u"off"_s)
                                 .arg(options.maxConnections);
    write(m_folder + u"/data/postgresql.conf"_s, settings.toUtf8());
    return launch();
}

bool RealPostgres::launch()
{
    QFile::remove(m_folder + u"/data/postmaster.pid"_s);
    QProcess server;
    const QStringList command = asNobody({m_programs + u"/postgres"_s, u"-D"_s, m_folder + u"/data"_s});
    server.setProgram(command.first());
    server.setArguments(command.sliced(1));
    server.setStandardInputFile(QProcess::nullDevice());
    server.setStandardOutputFile(m_folder + u"/log"_s, QIODevice::Append);
    server.setStandardErrorFile(m_folder + u"/log"_s, QIODevice::Append);
    server.setWorkingDirectory(QDir::rootPath());
    if (!server.startDetached(&m_pid) || !waitUntilReady()) {
        m_error =
            u"PostgreSQL does not start: "_s + QString::fromUtf8(contentOf(m_folder + u"/log"_s).right(2000));
        return false;
    }
    return true;
}

/// As pg_ctl does it: the file's eighth line says how far the server is.
bool RealPostgres::waitUntilReady()
{
    return waitUntil(
        [this] {
            return contentOf(m_folder + u"/data/postmaster.pid"_s).split('\n').value(7).startsWith("ready");
        },
        60000);
}

QList<qint64> RealPostgres::processes() const
{
    QList<qint64> found{m_pid};
    const QByteArray children = contentOf(u"/proc/%1/task/%1/children"_s.arg(m_pid)).trimmed();
    for (const QByteArray &child : children.split(' ')) {
        if (!child.isEmpty())
            found.append(child.toLongLong());
    }
    return found;
}

namespace {

void signalTo(const QList<qint64> &processes, int number)
{
    for (const qint64 process : processes) {
        if (process > 0)
            ::kill(pid_t(process), number);
    }
}

/// Or waits only for somebody to notice.
bool isGone(qint64 process)
{
    const QByteArray state = contentOf(u"/proc/%1/stat"_s.arg(process));
    return state.isEmpty() || state.contains(") Z ");
}

} // namespace

void RealPostgres::stop()
{
    const QList<qint64> all = processes();
    signalTo(all, SIGCONT);
    signalTo({m_pid}, SIGQUIT);
    waitUntil([&] { return std::all_of(all.cbegin(), all.cend(), isGone); }, 20000);
    m_pid = 0;
}

void RealPostgres::kill()
{
    const QList<qint64> all = processes();
    signalTo(all, SIGKILL);
    waitUntil([&] { return std::all_of(all.cbegin(), all.cend(), isGone); }, 20000);
    m_pid = 0;
}

bool RealPostgres::restart()
{
    return launch();
}

void RealPostgres::suspend()
{
    signalTo(processes(), SIGSTOP);
}

void RealPostgres::resume()
{
    signalTo(processes(), SIGCONT);
}

QString RealPostgres::detach()
{
    return std::exchange(m_folder, {});
}

void RealPostgres::endDetached(const QString &folder)
{
    RealPostgres server;
    server.m_folder = folder;
    server.m_pid = contentOf(folder + u"/data/postmaster.pid"_s).split('\n').value(0).toLongLong();
}

QString RealPostgres::url(const QString &database) const
{
    QUrl url;
    url.setScheme(u"postgresql"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    url.setUserName(User, QUrl::DecodedMode);
    url.setPassword(Password, QUrl::DecodedMode);
    url.setPath(u'/' + database);
    return QString::fromLatin1(url.toEncoded());
}

PostgresDatabase::PostgresDatabase()
{
    m_serverUrl = sharedServer(m_error);
    if (!m_error.isEmpty())
        return;
    m_name = newName(u"history_"_s);
    m_error = runOn(m_serverUrl, u"postgres"_s, {u"CREATE DATABASE "_s + m_name});
}

PostgresDatabase::PostgresDatabase(const QString &serverUrl)
    : m_serverUrl(serverUrl)
    , m_name(newName(u"history_"_s))
{
    m_error = runOn(m_serverUrl, u"postgres"_s, {u"CREATE DATABASE "_s + m_name});
}

PostgresDatabase::~PostgresDatabase()
{
    if (m_error.isEmpty())
        runOn(m_serverUrl, u"postgres"_s, {u"DROP DATABASE IF EXISTS %1 WITH (FORCE)"_s.arg(m_name)});
}

QString PostgresDatabase::url() const
{
    QUrl url(m_serverUrl);
    url.setPath(u'/' + m_name);
    return QString::fromLatin1(url.toEncoded());
}

QString PostgresDatabase::run(const QStringList &statements) const
{
    return runOn(m_serverUrl, m_name, statements);
}

int PostgresDatabase::endConnections() const
{
    return runOn(m_serverUrl, u"postgres"_s,
                 {u"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '%1'"_s.arg(
                     m_name)})
        .toInt();
}

} // namespace Synchat
