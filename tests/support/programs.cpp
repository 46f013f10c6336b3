// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSet>

#include <csignal>

namespace Synchat {

using namespace Qt::StringLiterals;

QString programPath(const QString &name)
{
    return QDir(qEnvironmentVariable("SYNCHAT_BIN")).filePath(name);
}

bool waitUntil(const std::function<bool()> &done, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.hasExpired(milliseconds))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    return true;
}

namespace {

int endStatus(QProcess &process, int milliseconds)
{
    if (process.state() != QProcess::NotRunning &&
        !waitUntil([&] { return process.state() == QProcess::NotRunning; }, milliseconds))
        return -1;
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace

DaemonProcess::DaemonProcess(QString dataDir)
    : m_dataDir(std::move(dataDir))
{}

DaemonProcess::~DaemonProcess()
{
    if (isRunning())
        kill();
}

bool DaemonProcess::start(const QStringList &arguments)
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : m_environment)
        environment.insert(name, value);
    m_process->setProcessEnvironment(environment);
    QStringList command = m_wrapper;
    command << programPath(u"synchatd"_s) << u"--bind"_s << u"127.0.0.1"_s << u"--port"_s
            << QString::number(m_httpPort) << u"--ntp-port"_s << u"0"_s << u"--data-dir"_s << m_dataDir
            << arguments;
    QObject::connect(m_process.get(), &QProcess::readyReadStandardError, m_process.get(),
                     [this] { m_errors += m_process->readAllStandardError(); });
    m_process->start(command.first(), command.mid(1));
    return readReadyLine();
}

bool DaemonProcess::readReadyLine()
{
    const bool said = waitUntil(
        [this] { return m_process->canReadLine() || m_process->state() == QProcess::NotRunning; }, 30000);
    if (!said || !m_process->canReadLine())
        return false;
    m_readyLine = QString::fromUtf8(m_process->readLine()).trimmed();
    static const QRegularExpression pattern(
        u"^synchatd ready http=(\\S+):(\\d+) ntp=(?:-|(\\S+):(\\d+)) pid=(\\d+)$"_s);
    const QRegularExpressionMatch match = pattern.match(m_readyLine);
    if (!match.hasMatch())
        return false;
    m_httpPort = match.captured(2).toUShort();
    m_ntpPort = match.captured(4).toUShort();
    m_pid = match.captured(5).toLongLong();
    return true;
}

void DaemonProcess::kill()
{
    signal(SIGKILL);
    waitUntil([this] { return !isRunning(); }, 10000);
}

int DaemonProcess::terminate()
{
    signal(SIGTERM);
    return waitForEnd();
}

void DaemonProcess::signal(int number)
{
    if (isRunning())
        ::kill(static_cast<pid_t>(m_pid != 0 ? m_pid : m_process->processId()), number);
}

bool DaemonProcess::isRunning() const
{
    return m_process && m_process->state() != QProcess::NotRunning;
}

int DaemonProcess::waitForEnd(int milliseconds)
{
    return endStatus(*m_process, milliseconds);
}

QString DaemonProcess::url() const
{
    return u"ws://127.0.0.1:%1"_s.arg(m_httpPort);
}

QString DaemonProcess::standardError() const
{
    return QString::fromUtf8(m_errors + (m_process ? m_process->readAllStandardError() : QByteArray()));
}

TerminalClient::TerminalClient(const QString &serverUrl, const QString &name, const QStringList &more)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : {u"HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s})
        environment.insert(variable, m_home.path());
    m_process.setProcessEnvironment(environment);
    m_process.start(programPath(u"synchat-cli"_s),
                    QStringList{u"--server"_s, serverUrl, u"--name"_s, name, u"--json"_s} + more);
}

TerminalClient::~TerminalClient()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(5000);
}

bool TerminalClient::waitForJoin(int milliseconds)
{
    return waitUntil([this] { return standardError().contains(u"joined"_s, Qt::CaseInsensitive); },
                     milliseconds);
}

void TerminalClient::post(const QString &line)
{
    m_process.write(line.toUtf8() + '\n');
}

void TerminalClient::closeInput()
{
    m_process.closeWriteChannel();
}

void TerminalClient::drain()
{
    m_errors += m_process.readAllStandardError();
    m_pending += m_process.readAllStandardOutput();
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        m_messages.append(QJsonDocument::fromJson(m_pending.left(end)).object());
        m_pending.remove(0, end + 1);
    }
}

const QList<QJsonObject> &TerminalClient::messages()
{
    drain();
    return m_messages;
}

QStringList TerminalClient::texts()
{
    QStringList list;
    for (const QJsonObject &message : messages())
        list.append(message.value(u"text"_s).toString());
    return list;
}

bool TerminalClient::waitForMessages(qsizetype count, int milliseconds)
{
    return waitUntil([&] { return messages().size() >= count; }, milliseconds);
}

bool TerminalClient::waitForText(const QString &text, int milliseconds)
{
    return waitUntil([&] { return texts().contains(text); }, milliseconds);
}

int TerminalClient::waitForEnd(int milliseconds)
{
    const int status = endStatus(m_process, milliseconds);
    drain();
    return status;
}

int TerminalClient::terminate()
{
    m_process.terminate();
    return waitForEnd();
}

QString TerminalClient::standardError()
{
    drain();
    return QString::fromUtf8(m_errors);
}

QString problemInSequence(const QList<QJsonObject> &messages)
{
    QSet<QString> ids;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QJsonObject &message = messages.at(i);
        const qint64 seq = message.value(u"seq"_s).toInteger();
        const qint64 expected = messages.first().value(u"seq"_s).toInteger() + i;
        if (seq != expected)
            return u"seq %1 where %2 was due"_s.arg(seq).arg(expected);
        const QString id = message.value(u"id"_s).toString();
        if (id.size() != 36 || ids.contains(id))
            return u"id %1 is missing or repeated at seq %2"_s.arg(id).arg(seq);
        ids.insert(id);
        const QJsonObject stamps = message.value(u"stamps"_s).toObject();
        for (const QString &clock : {u"live"_s, u"local"_s, u"api"_s, u"ntp"_s, u"best"_s}) {
            if (!stamps.value(clock).isObject())
                return u"no stamp %1 at seq %2"_s.arg(clock).arg(seq);
        }
    }
    return {};
}

HttpAnswer httpGet(const QString &url)
{
    QProcess curl;
    curl.start(u"curl"_s, {u"-sS"_s, u"--noproxy"_s, u"*"_s, u"--max-time"_s, u"10"_s, u"-w"_s,
                           u"\n%{http_code}"_s, url});
    if (!curl.waitForFinished(15000))
        return {};
    const QByteArray output = curl.readAllStandardOutput();
    const qsizetype cut = output.lastIndexOf('\n');
    return {output.mid(cut + 1).toInt(), output.left(cut)};
}

} // namespace Synchat
