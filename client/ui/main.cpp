// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/appicon.h"
#include "client/ui/mainwindow.h"
#include "client/ui/view/theme.h"
#include "common/faultclock.h"

#include <QApplication>
#include <QDir>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

WindowSurroundings surroundings()
{
    WindowSurroundings here;
    const QString config = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    const QString state = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    here.settingsPath = config.isEmpty() ? QString() : QDir(config).filePath(u"synchat.ini"_s);
    here.stateDir = state;
    here.documentsDir = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    here.machine = MachineTime::here();
    const auto name = UserName::parse(qEnvironmentVariable("USER"));
    here.suggestedName = name ? name->text() : QString();
    return here;
}

/// Prints why there is nothing to start; the exit status.
int print(const StartOptionsParser::Stop &stop)
{
    std::FILE *stream = stop.exitStatus == 0 ? stdout : stderr;
    std::fputs(stop.text.toLocal8Bit().append('\n').constData(), stream);
    return stop.exitStatus;
}

QStringList rawArguments(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

bool asksForWordsOnly(int argc, char *argv[])
{
    const std::array words{"--help"_L1, "-h"_L1, "--help-all"_L1, "--version"_L1, "-v"_L1};
    return std::any_of(argv + 1, argv + argc, [&](const char *argument) {
        return std::find(words.begin(), words.end(), QLatin1StringView(argument)) != words.end();
    });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"synchat"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SYNCHAT_VERSION));
    if (asksForWordsOnly(argc, argv)) { // needs no display
        const QCoreApplication app(argc, argv);
        const auto answer = StartOptionsParser::parse(QCoreApplication::arguments());
        return answer ? 0 : print(answer.error());
    }
    const StartOptionsParser::Shares shares = StartOptionsParser::shares(rawArguments(argc, argv));
    std::vector<char *> forQt;
    for (const int position : shares.forQt)
        forQt.push_back(argv[position]);
    int qtCount = static_cast<int>(forQt.size());
    forQt.push_back(nullptr);
    const QApplication app(qtCount, forQt.data());
    const auto options = StartOptionsParser::parse(shares.ours + QCoreApplication::arguments().mid(1));
    if (!options)
        return print(options.error());
    QGuiApplication::setApplicationDisplayName(u"Synchat"_s);
    QGuiApplication::setDesktopFileName(u"synchat"_s);
    QApplication::setStyle(u"Fusion"_s);
    QApplication::setFont(interfaceFont(10));
    QApplication::setWindowIcon(applicationIcon());

    const SystemClock machine;
    FaultClock clock(machine, options->clockFault, QRandomGenerator::system()->generate64());
    WindowSurroundings here = surroundings();
    here.faultClock = &clock;
    MainWindow window(clock, std::move(here));
    window.show();
    // The network, and all that takes time, only after the first picture stands on the screen.
    QTimer::singleShot(0, &window, [&window, &options] { window.begin(*options); });
    return QApplication::exec();
}
