// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/faultclock.h"
#include "common/logging.h"
#include "server/commands/commands.h"
#include "server/daemon.h"
#include "server/historystart.h"
#include "server/ops/logsink.h"
#include "server/ops/process.h"
#include "server/ops/stopsignals.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <cstdio>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// The stop has Limits::DrainTimeout; one second is left for the end of the process itself.
constexpr std::chrono::seconds StopLimit = Limits::DrainTimeout - std::chrono::seconds(1);

void say(FILE *where, const QString &words)
{
    std::fputs(words.toUtf8().constData(), where);
    std::fflush(where);
}

Result<QByteArray, QString> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure(file.errorString());
    constexpr qint64 LargestFile = 1024 * 1024;
    const QByteArray content = file.read(LargestFile + 1);
    if (content.size() > LargestFile)
        return Failure(QCoreApplication::translate("main", "it is too large for a configuration"));
    return content;
}

ConfigInputs inputsOfThisProcess()
{
    ConfigInputs inputs;
    inputs.arguments = QCoreApplication::arguments().sliced(1);
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        inputs.environment.insert(name, environment.value(name));
    inputs.defaultDataDir =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/synchatd"_s;
    inputs.readFile = readFile;
    return inputs;
}

CommandOutput outputOfThisProcess()
{
    const auto writeTo = [](FILE *where, const QByteArray &bytes) {
        const size_t size = size_t(bytes.size());
        return std::fwrite(bytes.constData(), 1, size, where) == size && std::fflush(where) == 0;
    };
    return {.write = [writeTo](const QByteArray &bytes) { return writeTo(stdout, bytes); },
            .writeError = [writeTo](const QByteArray &bytes) { (void)writeTo(stderr, bytes); }};
}

void tellReady(const Daemon &daemon, const Config &config)
{
    qCInfo(logDaemon, "the history is in %ls", qUtf16Printable(config.store.address().text()));
    say(stdout,
        u"synchatd ready %1 pid=%2\n"_s.arg(daemon.endpoints()).arg(QCoreApplication::applicationPid()));
}

int serve(const Clock &machine, const Config &config)
{
    installLogSink(machine, config.logLevel); // its times are the machine's, whatever is wrong on purpose
    const FaultClock clock(machine, config.clockFault, QRandomGenerator::system()->generate64());
    if (clock.isFaulty())
        qCWarning(logDaemon, "the clock is wrong on purpose: %ls",
                  qUtf16Printable(config.clockFault.toText()));
    for (const QString &warning : config.warnings)
        qCWarning(logDaemon, "%ls", qUtf16Printable(warning));
    if (raiseFileLimit() < config.net.maxConnections)
        qCInfo(logDaemon, "the system allows fewer open files than [net] max_connections");
    StopSignals signals; // before any thread

    Daemon daemon(clock, config);
    HistoryStart historyStart(clock, config);
    const auto giveUp = [](const QString &problem) {
        qCCritical(logDaemon, "%ls", qUtf16Printable(problem));
        QCoreApplication::exit(Failed);
    };
    bool serves = false;
    QObject::connect(&historyStart, &HistoryStart::failed, &daemon, giveUp);
    QObject::connect(&historyStart, &HistoryStart::ready, &daemon, [&] {
        if (const auto problem = daemon.start())
            return giveUp(*problem);
        serves = true;
        tellReady(daemon, config);
    });
    QObject::connect(&signals, &StopSignals::stopRequested, &daemon, [&] {
        qCInfo(logDaemon, "stopping");
        exitAfter(StopLimit, Done);
        if (serves)
            daemon.stop();
        else
            QCoreApplication::exit(Done);
    });
    QObject::connect(&daemon, &Daemon::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    historyStart.start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop: one system call less a turn
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"synchatd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SYNCHAT_VERSION));

    ignoreBrokenPipes();
    const SystemClock clock;
    const ConfigInputs inputs = inputsOfThisProcess();
    if (const auto status = runCommand(inputs, outputOfThisProcess(), clock))
        return *status;
    const auto invocation = readConfig(inputs);
    if (!invocation) {
        say(stderr, u"synchatd: %1\n"_s.arg(invocation.error()));
        return BadUse;
    }
    switch (invocation->task) {
    case Invocation::Task::ShowHelp:
        say(stdout, helpText() + u'\n' + commandListText());
        return Done;
    case Invocation::Task::ShowVersion:
        say(stdout, u"synchatd %1\n"_s.arg(QCoreApplication::applicationVersion()));
        return Done;
    case Invocation::Task::Serve:
        break;
    }
    return serve(clock, invocation->config);
}
