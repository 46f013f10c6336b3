// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminationsignals.h"
#include "client/demo/stage.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

enum ExitStatus { Done = 0, Failed = 1, BadUse = 2 };

constexpr int LongestSeconds = 86400;

struct Options
{
    quint16 port = 0;
    int seconds = 0; ///< 0: until it is ended
    DemoView view = DemoView::None;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Synchat::Demo", text);
}

void say(std::FILE *where, const QString &words)
{
    std::fputs(words.toUtf8().constData(), where);
    std::fflush(where);
}

DemoView viewHere()
{
    const bool hasDisplay =
        !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const bool hasWindow = QFileInfo::exists(QCoreApplication::applicationDirPath() + u"/synchat"_s);
    return hasDisplay && hasWindow ? DemoView::Window : DemoView::Terminal;
}

/// Nothing: it has been said why, or the help.
std::optional<Options> readOptions(int &status)
{
    const QCommandLineOption port(u"port"_s, tr("TCP port of the daemon; 0 (default) picks a free one."),
                                  u"N"_s, u"0"_s);
    const QCommandLineOption seconds(u"seconds"_s, tr("End by itself after this time."), u"N"_s, u"0"_s);
    const QCommandLineOption headless(u"headless"_s, tr("Without a window or terminal chat."));
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("A room of people whose clocks are wrong, on this machine alone."));
    const QCommandLineOption help = parser.addHelpOption();
    parser.addOptions({port, seconds, headless});
    const bool understood = parser.parse(QCoreApplication::arguments());
    bool portFits = false;
    bool secondsFit = false;
    Options options;
    options.port = parser.value(port).toUShort(&portFits);
    options.seconds = parser.value(seconds).toInt(&secondsFit);
    options.view = parser.isSet(headless) ? DemoView::None : viewHere();
    if (understood && parser.isSet(help)) {
        say(stdout, parser.helpText());
        status = Done;
        return std::nullopt;
    }
    status = BadUse;
    if (!understood)
        say(stderr, parser.errorText() + u'\n');
    else if (!parser.positionalArguments().isEmpty())
        say(stderr, tr("\"%1\" is not understood.\n").arg(parser.positionalArguments().constFirst()));
    else if (!portFits)
        say(stderr, tr("--port wants a number from 0 to 65535.\n"));
    else if (!secondsFit || options.seconds < 0 || options.seconds > LongestSeconds)
        say(stderr, tr("--seconds wants a number from 0 to %1.\n").arg(LongestSeconds));
    else
        return options;
    return std::nullopt;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"synchat-demo"_s);
    int status = Done;
    const auto options = readOptions(status);
    if (!options)
        return status;

    TerminationSignals signalsArrived;
    Stage stage(QCoreApplication::applicationDirPath());
    QObject::connect(&signalsArrived, &TerminationSignals::arrived, &app, &QCoreApplication::quit);
    QObject::connect(&stage, &Stage::finished, &app, [](const QString &problem) {
        if (!problem.isEmpty())
            say(stderr, problem + u'\n');
        QCoreApplication::exit(problem.isEmpty() ? Done : Failed);
    });
    if (const auto problem = stage.open(options->port)) {
        say(stderr, *problem + u'\n');
        return Failed;
    }
    say(stdout, stage.guide());
    stage.show(options->view);
    if (options->seconds > 0)
        QTimer::singleShot(std::chrono::seconds(options->seconds), &app, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
