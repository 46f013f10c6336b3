// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/child.h"

#include <QDir>
#include <QProcessEnvironment>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int ReadyMilliseconds = 20000;
constexpr int EndMilliseconds = 10000;
constexpr qsizetype KeptBytes = 4096;

} // namespace

Child::Child(QString program, QString name, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_name(std::move(name))
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : {u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s})
        environment.insert(variable, QDir(folder).filePath(m_name));
    m_process.setProcessEnvironment(environment);
    connect(&m_process, &QProcess::readyReadStandardError, this, &Child::readErrors);
    connect(&m_process, &QProcess::finished, this, &Child::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT ended();
    });
}

Child::~Child()
{
    m_process.disconnect(this);
    requestEnd();
    awaitEnd();
}

void Child::setEnvironment(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

void Child::giveTerminal()
{
    m_hasTerminal = true;
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
}

void Child::ignoreOutput()
{
    m_process.setStandardOutputFile(QProcess::nullDevice());
}

void Child::start(const QStringList &arguments)
{
    const pid_t demo = getpid();
    const bool inBackground = !m_hasTerminal;
    m_process.setChildProcessModifier([demo, inBackground] {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != demo)
            _exit(1); // the demo ended meanwhile
        if (inBackground)
            setpgid(0, 0); // Ctrl+C is for the demo, which ends all in order
    });
    m_process.start(m_program, arguments);
}

QString Child::firstLine()
{
    while (!m_process.canReadLine() && m_process.waitForReadyRead(ReadyMilliseconds)) {
    }
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

void Child::say(const QString &line)
{
    m_process.write(line.toUtf8() + '\n');
}

void Child::requestEnd()
{
    if (m_process.state() != QProcess::NotRunning)
        m_process.terminate();
}

void Child::awaitEnd()
{
    if (m_process.state() == QProcess::NotRunning || m_process.waitForFinished(EndMilliseconds))
        return;
    m_process.kill();
    m_process.waitForFinished(EndMilliseconds);
}

QString Child::problem() const
{
    const QString words = QString::fromUtf8(m_errors).trimmed();
    return words.isEmpty() ? m_process.errorString() : words;
}

void Child::readErrors()
{
    m_errors += m_process.readAllStandardError();
    m_errors = m_errors.last(std::min(m_errors.size(), KeptBytes));
    if (!m_joined && m_errors.contains("joined ")) {
        m_joined = true;
        Q_EMIT joined();
    }
}

} // namespace Synchat
