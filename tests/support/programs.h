// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace Synchat {

/// Where the programs under test are: `SYNCHAT_BIN`, set by ctest.
QString programPath(const QString &name);

/// Runs the event loop until `done` says so; false after `milliseconds`. No fixed waits.
bool waitUntil(const std::function<bool()> &done, int milliseconds = 20000);

/// A real `synchatd`, started with ports of its own choice. Ends it by pid when it goes out of scope.
class DaemonProcess
{
public:
    explicit DaemonProcess(QString dataDir);
    ~DaemonProcess();

    /// The program is started behind this command, e.g. `{"setpriv", "--bounding-set", "-dac_override"}`.
    void setWrapper(const QStringList &command) { m_wrapper = command; }
    void setEnvironment(const QString &name, const QString &value) { m_environment.append({name, value}); }
    /// Waits for the ready line. False: it ended or said nothing; see standardError(). Started again, it
    /// keeps its HTTP port, so that clients find it.
    bool start(const QStringList &arguments = {});
    void kill();     ///< SIGKILL, and waits
    int terminate(); ///< SIGTERM, and waits; the exit status, -1 when it crashed or did not end in 15 s
    void signal(int number);
    bool isRunning() const;
    /// Waits for the end by itself; the exit status, -1 for a crash or none in `milliseconds`.
    int waitForEnd(int milliseconds = 15000);

    quint16 httpPort() const { return m_httpPort; }
    quint16 ntpPort() const { return m_ntpPort; } ///< 0: off
    qint64 pid() const { return m_pid; }          ///< as the ready line says
    QString readyLine() const { return m_readyLine; }
    QString url() const; ///< ws://127.0.0.1:PORT
    QString standardError() const;

private:
    bool readReadyLine();

    QString m_dataDir;
    QStringList m_wrapper;
    QList<std::pair<QString, QString>> m_environment;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_errors;
    QString m_readyLine;
    quint16 m_httpPort = 0;
    quint16 m_ntpPort = 0;
    qint64 m_pid = 0;
};

/// A real `synchat-cli --json`. What it prints is collected message by message.
class TerminalClient
{
public:
    TerminalClient(const QString &serverUrl, const QString &name, const QStringList &more = {});
    ~TerminalClient();

    /// Until it says on standard error that it is connected and in its room.
    bool waitForJoin(int milliseconds = 20000);
    void post(const QString &line);
    void closeInput();
    const QList<QJsonObject> &messages(); ///< read so far
    QStringList texts();
    bool waitForMessages(qsizetype count, int milliseconds = 30000);
    bool waitForText(const QString &text, int milliseconds = 30000);
    /// The exit status; -1 for a crash or none in time.
    int waitForEnd(int milliseconds = 30000);
    int terminate();
    QString standardError();

private:
    void drain();

    QTemporaryDir m_home; ///< nothing of the person who runs the tests is touched
    QProcess m_process;
    QByteArray m_pending;
    QByteArray m_errors;
    QList<QJsonObject> m_messages;
};

/// Empty when the messages' seq go up by one from the first, each four stamps are there and nothing is twice;
/// else what is wrong.
QString problemInSequence(const QList<QJsonObject> &messages);

/// One HTTP request by curl: status and body. Status 0: no answer.
struct HttpAnswer
{
    int status = 0;
    QByteArray body;
};
HttpAnswer httpGet(const QString &url);

} // namespace Synchat
