// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realbridge.h"

#include "tests/support/programs.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>

#include <csignal>
#include <sys/prctl.h>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

QString root()
{
    return qEnvironmentVariable("SYNCHAT_TEST_BRIDGE_ROOT", QStringLiteral(SYNCHAT_TEST_BRIDGE_ROOT_DEFAULT));
}

QString script(const QString &name)
{
    return QDir(QStringLiteral(SYNCHAT_BRIDGE_SCRIPTS)).filePath(name);
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool hasLineWith(const QByteArray &log, const QByteArray &words)
{
    const qsizetype at = log.indexOf(words);
    return at >= 0 && log.indexOf('\n', at) >= 0;
}

} // namespace

RealBridge::RealBridge()
{
    m_mongo.name = u"mongo"_s;
    m_restHeart.name = u"restheart"_s;
    for (Part *part : {&m_mongo, &m_restHeart}) {
        // Nothing is left behind by a test that was killed.
        part->process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        part->process.setProcessChannelMode(QProcess::MergedChannels);
        // A file, since a pipe that nobody reads while a test waits would stop it.
        part->process.setStandardOutputFile(logPath(*part));
    }
}

RealBridge::~RealBridge()
{
    killRestHeart();
    killMongo();
}

QString RealBridge::missing()
{
    if (QFile::exists(QDir(root()).filePath(u"stamp"_s)))
        return {};
    return u"LEFT OUT: there is no bridge in %1; ./dev test brings it"_s.arg(root());
}

bool RealBridge::start()
{
    return startMongo() && startRestHeart();
}

bool RealBridge::startMongo()
{
    const QStringList arguments{root(), m_dir.path(), QString::number(m_mongoPort)};
    if (!launch(m_mongo, arguments, "ready "))
        return false;
    const QByteArray log = logOf(m_mongo);
    const qsizetype at = log.indexOf("ready ");
    m_mongoPort = log.mid(at + 6, log.indexOf('\n', at) - at - 6).toUShort();
    return m_mongoPort != 0;
}

bool RealBridge::startRestHeart()
{
    const bool isFirst = m_port == 0;
    for (int attempt = 0; attempt < (isFirst ? 3 : 1); ++attempt) {
        if (isFirst)
            m_port = freePort(); // somebody may take it before RESTHeart does
        if (launch(m_restHeart,
                   {root(), m_dir.path(), QString::number(m_port), QString::number(m_mongoPort), user(),
                    password()},
                   "RESTHeart started"))
            return true;
    }
    return false;
}

bool RealBridge::launch(Part &part, const QStringList &arguments, const QByteArray &readyWords)
{
    end(part, SIGTERM);
    QFile::remove(logPath(part));
    part.process.start(script(u"start-"_s + part.name), arguments);
    const bool said = waitUntil(
        [&] { return part.process.state() == QProcess::NotRunning || hasLineWith(logOf(part), readyWords); },
        60000);
    if (said && part.process.state() == QProcess::Running)
        return true;
    m_problem = u"%1 did not start: %2"_s.arg(part.name, QString::fromUtf8(logOf(part)));
    return false;
}

void RealBridge::end(Part &part, int signal)
{
    if (part.process.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(part.process.processId()), signal);
    if (!part.process.waitForFinished(15000))
        part.process.kill();
}

void RealBridge::stopMongo()
{
    end(m_mongo, SIGTERM);
}

void RealBridge::stopRestHeart()
{
    end(m_restHeart, SIGTERM);
}

void RealBridge::killMongo()
{
    end(m_mongo, SIGKILL);
}

void RealBridge::killRestHeart()
{
    end(m_restHeart, SIGKILL);
}

QString RealBridge::uri(const QString &path) const
{
    return uriAt(m_port, path);
}

QString RealBridge::uriAt(quint16 port, const QString &path)
{
    return u"http://127.0.0.1:%1/%2"_s.arg(port).arg(path);
}

QString RealBridge::logPath(const Part &part) const
{
    return m_dir.filePath(part.name + u".log"_s);
}

QByteArray RealBridge::logOf(const Part &part) const
{
    QFile file(logPath(part));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Synchat
