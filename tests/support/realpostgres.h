// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Synchat {

/// A real PostgreSQL server on a free port of loopback, in a folder of its own below the system's temporary
/// one. The programs are those that ./dev has unpacked, else those that are installed.
class RealPostgres
{
public:
    struct Options
    {
        bool fsync = true; ///< without, what it stores is right but not durable, and sooner done
        int maxConnections = 60;
    };
    RealPostgres() = default;
    ~RealPostgres(); ///< ends it and takes its folder away, but for detach()
    RealPostgres(const RealPostgres &) = delete;
    RealPostgres &operator=(const RealPostgres &) = delete;

    /// Why there is none here (a sentence); nothing: there is.
    static std::optional<QString> problem();

    /// Makes the folder and starts; false: error().
    bool start(const Options &options);
    bool start() { return start(Options()); }
    /// As an administrator does it who has no patience: what was not committed is gone.
    void stop();
    bool isRunning() const { return m_pid != 0; }
    void kill();    ///< SIGKILL to every process of it
    bool restart(); ///< the same folder and port
    void suspend(); ///< it answers nothing any more, and its connections stay
    void resume();
    /// Leaves it running; its folder is to be handed to endDetached().
    QString detach();
    static void endDetached(const QString &folder);

    QString error() const { return m_error; }
    /// `postgresql://USER:PASSWORD@127.0.0.1:PORT/DATABASE`, for the owner of everything.
    QString url(const QString &database = QStringLiteral("postgres")) const;

private:
    bool launch();
    bool waitUntilReady();
    QList<qint64> processes() const;

    QString m_folder;
    QString m_programs;
    int m_port = 0;
    qint64 m_pid = 0;
    QString m_error;
};

/// A database made for one test on a server: that of the whole run (SYNCHAT_TEST_POSTGRES, the name of a file
/// that holds its url()), else one that this program starts when it is first asked for.
class PostgresDatabase
{
public:
    PostgresDatabase();
    explicit PostgresDatabase(const QString &serverUrl);
    ~PostgresDatabase();
    PostgresDatabase(const PostgresDatabase &) = delete;
    PostgresDatabase &operator=(const PostgresDatabase &) = delete;

    QString error() const { return m_error; } ///< empty: it is there
    QString url() const;
    QString name() const { return m_name; }
    /// Past the program: runs statements in it as its owner; the first value of the last one, as text.
    QString run(const QStringList &statements) const;
    QString run(const QString &statement) const { return run(QStringList{statement}); }
    /// Ends every connection to it; how many.
    int endConnections() const;

private:
    QString m_serverUrl;
    QString m_name;
    QString m_error;
};

} // namespace Synchat
