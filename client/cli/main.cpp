// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminalchat.h"
#include "client/cli/terminalsearch.h"
#include "client/cli/terminalsources.h"
#include "client/cli/terminationsignals.h"
#include "common/faultclock.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// A closed standard stream would be taken by the next file or socket that is opened.
void openMissingStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) == -1 && errno == EBADF)
            open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    }
}

QString loginName()
{
    const passwd *entry = getpwuid(getuid());
    const QString name = entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
    return name.isEmpty() ? qEnvironmentVariable("USER") : name;
}

/// Waits when the other side is slow, also on a descriptor that somebody made non-blocking.
bool writeAll(int stream, const QByteArray &bytes)
{
    QByteArrayView rest(bytes);
    while (!rest.isEmpty()) {
        const ssize_t written = write(stream, rest.data(), static_cast<std::size_t>(rest.size()));
        if (written >= 0) {
            rest = rest.sliced(written);
            continue;
        }
        if (errno == EAGAIN) {
            pollfd writable{stream, POLLOUT, 0};
            poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

TerminalSurroundings surroundings()
{
    const bool isTerminal = isatty(STDOUT_FILENO) == 1;
    const bool colour =
        isTerminal && qEnvironmentVariableIsEmpty("NO_COLOR") && qEnvironmentVariable("TERM") != u"dumb"_s;
    return {STDIN_FILENO,
            QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation),
            colour,
            [](const QByteArray &bytes) { return writeAll(STDOUT_FILENO, bytes); },
            [](const QByteArray &bytes) { return writeAll(STDERR_FILENO, bytes); },
            isTerminal};
}

/// Leaves with its status when it has finished; the status.
template <typename Task>
int run(Task &task)
{
    QObject::connect(
        &task, &Task::finished, &task, [](int status) { QCoreApplication::exit(status); },
        Qt::QueuedConnection);
    task.start();
    return QCoreApplication::exec();
}

int runChat(const CliOptions &options)
{
    const SystemClock machine;
    const FaultClock clock(machine, options.clockFault, QRandomGenerator::system()->generate64());
    TerminalChat chat(clock, options, surroundings());
    TerminationSignals terminationSignals;
    QObject::connect(&terminationSignals, &TerminationSignals::arrived, &chat, &TerminalChat::leave);
    return run(chat);
}

} // namespace

int main(int argc, char *argv[])
{
    openMissingStreams();
    QCoreApplication app(argc, argv);
    // The same folder as the desktop client's: on one machine a person with one name is one person.
    QCoreApplication::setApplicationName(u"synchat"_s);
    const auto task =
        CliOptionsParser::parse(QCoreApplication::arguments(), loginName(), QTimeZone::systemTimeZone());
    if (!task) {
        const auto &stop = task.error();
        writeAll(stop.exitStatus == 0 ? STDOUT_FILENO : STDERR_FILENO, stop.text.toUtf8() + '\n');
        return stop.exitStatus;
    }
    if (const auto *sources = std::get_if<SourcesOptions>(&*task)) {
        TerminalSources query(*sources, surroundings());
        return run(query);
    }
    if (const auto *search = std::get_if<SearchOptions>(&*task)) {
        TerminalSearch query(*search, surroundings());
        return run(query);
    }
    return runChat(std::get<CliOptions>(*task));
}
