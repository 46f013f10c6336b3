// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// The desktop client in a real window on a display of its own (Xvfb), operated by keys as a person would,
/// with two people at terminals in the same room.
class tst_Desktop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void talksWithTwoTerminals();

private:
    QByteArray xdotool(const QStringList &arguments);
    void startClient(const QString &server);

    QProcess m_display;
    QString m_displayName;
    QProcess m_client;
    QTemporaryDir m_home;
};

void tst_Desktop::initTestCase()
{
    // Without -noreset it drops whoever comes while the last one leaves, and xdotool comes and leaves all the
    // time.
    m_display.start(u"Xvfb"_s, {u"-noreset"_s, u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s,
                                u"1400x900x24"_s, u"-nolisten"_s, u"tcp"_s});
    QVERIFY2(m_display.waitForStarted(), "Xvfb is not installed: ./dev test installs it");
    QVERIFY(waitUntil([this] { return m_display.canReadLine(); }));
    m_displayName = u":"_s + QString::fromUtf8(m_display.readLine()).trimmed();
}

void tst_Desktop::cleanupTestCase()
{
    for (QProcess *process : {&m_client, &m_display}) {
        process->terminate();
        if (!process->waitForFinished(10000))
            process->kill();
        process->waitForFinished(5000);
    }
}

QByteArray tst_Desktop::xdotool(const QStringList &arguments)
{
    QProcess tool;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_displayName);
    tool.setProcessEnvironment(environment);
    tool.start(u"xdotool"_s, arguments);
    tool.waitForFinished(20000);
    return tool.exitCode() == 0 ? tool.readAllStandardOutput().trimmed() : QByteArray();
}

void tst_Desktop::startClient(const QString &server)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_displayName);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    for (const QString &variable : {u"HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s})
        environment.insert(variable, m_home.path());
    m_client.setProcessEnvironment(environment);
    m_client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_client.start(programPath(u"synchat"_s), {u"--server"_s, server, u"--name"_s, u"desk"_s});
    QVERIFY(m_client.waitForStarted());
}

void tst_Desktop::talksWithTwoTerminals()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    TerminalClient ana(daemon.url(), u"ana"_s);
    TerminalClient luis(daemon.url(), u"luis"_s);
    QVERIFY(ana.waitForJoin() && luis.waitForJoin());
    startClient(daemon.url());
    QByteArray window;
    QVERIFY2(
        waitUntil([&] {
            window = xdotool({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"Synchat"_s}).split('\n').last();
            return !window.isEmpty();
        }),
        "no window appeared");
    // Greeted and joined: the window's title names the room.
    const auto title = [&] { return xdotool({u"getwindowname"_s, QString::fromUtf8(window)}); };
    QVERIFY2(waitUntil([&] { return title().contains("general"); }), title().constData());

    ana.post(u"who is there?"_s);
    QVERIFY(luis.waitForText(u"who is there?"_s));
    xdotool({u"windowfocus"_s, u"--sync"_s, QString::fromUtf8(window)});
    xdotool({u"type"_s, u"--window"_s, QString::fromUtf8(window), u"--delay"_s, u"5"_s, u"me in a window"_s});
    xdotool({u"key"_s, u"--window"_s, QString::fromUtf8(window), u"Return"_s});
    QVERIFY(ana.waitForText(u"me in a window"_s));
    QVERIFY(luis.waitForText(u"me in a window"_s));
    const QJsonObject live = ana.messages().last()[u"stamps"_s][u"live"_s].toObject();
    QVERIFY(live[u"t"_s].isDouble());

    daemon.kill();
    QVERIFY(daemon.start());
    luis.post(u"all back?"_s);
    QVERIFY(ana.waitForText(u"all back?"_s, 60000));
    xdotool(
        {u"type"_s, u"--window"_s, QString::fromUtf8(window), u"--delay"_s, u"5"_s, u"back in the window"_s});
    xdotool({u"key"_s, u"--window"_s, QString::fromUtf8(window), u"Return"_s});
    QVERIFY(ana.waitForText(u"back in the window"_s, 60000));
    QVERIFY(luis.waitForMessages(4));
    QCOMPARE(problemInSequence(ana.messages()), QString());
    QCOMPARE(ana.messages(), luis.messages());
    QCOMPARE(ana.messages().size(), 4);
    QCOMPARE(m_client.state(), QProcess::Running);
}

QTEST_GUILESS_MAIN(tst_Desktop)
#include "tst_desktop.moc"
