// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// Start, settings, stop: what scripts and service managers rely on.
class tst_Lifecycle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readyLineAndHealth();
    void badSettings_data();
    void badSettings();
    void precedenceOfSettings();
    void portInUse();
    void stopsCleanly_data();
    void stopsCleanly();
    void badCommandLineOfTheTerminalClient_data();
    void badCommandLineOfTheTerminalClient();
};

void tst_Lifecycle::readyLineAndHealth()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path() + u"/made/on/demand"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    QVERIFY2(daemon.httpPort() != 0 && daemon.ntpPort() != 0, qPrintable(daemon.readyLine()));
    const QString base = u"http://127.0.0.1:%1"_s.arg(daemon.httpPort());
    QCOMPARE(httpGet(base + u"/healthz"_s).status, 200);
    QCOMPARE(httpGet(base + u"/readyz"_s).status, 200);
    const HttpAnswer rooms = httpGet(base + u"/api/v1/rooms"_s);
    QCOMPARE(rooms.status, 200);
    const QJsonArray list = QJsonDocument::fromJson(rooms.body)[u"rooms"_s].toArray();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.first()[u"room"_s].toString(), u"general"_s);
    const QJsonObject time = QJsonDocument::fromJson(httpGet(base + u"/api/v1/time"_s).body).object();
    for (const QString &field : {u"t"_s, u"bound"_s, u"state"_s, u"offset"_s, u"boot"_s, u"sources"_s})
        QVERIFY2(time.contains(field), qPrintable(field));
    QCOMPARE(httpGet(base + u"/api/v1/rooms/general/messages?limit=0"_s).status, 400);
    QCOMPARE(httpGet(base + u"/api/v1/rooms/nowhere/messages"_s).status, 404);
    QCOMPARE(httpGet(base + u"/nowhere"_s).status, 404);
}

void tst_Lifecycle::badSettings_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("named"); // what the error must name
    const QStringList none;
    QTest::newRow("unknown-flag") << QStringList{u"--nonsense"_s} << QString() << QString() << u"nonsense"_s;
    QTest::newRow("port-is-a-word") << QStringList{u"--port"_s, u"http"_s} << QString() << QString()
                                    << u"port"_s;
    QTest::newRow("port-too-large") << QStringList{u"--port"_s, u"65536"_s} << QString() << QString()
                                    << u"65536"_s;
    QTest::newRow("bad-address") << QStringList{u"--bind"_s, u"not-an-address"_s} << QString() << QString()
                                 << u"not-an-address"_s;
    QTest::newRow("extra-word") << QStringList{u"chat"_s} << QString() << QString() << u"chat"_s;
    QTest::newRow("no-such-file") << QStringList{u"--config"_s, u"/nowhere/x.ini"_s} << QString() << QString()
                                  << u"/nowhere/x.ini"_s;
    QTest::newRow("unknown-key") << none << u"[chat]\nrate_per_secnd = 5\n"_s << QString()
                                 << u"rate_per_secnd"_s;
    QTest::newRow("unknown-section") << none << u"[chatt]\nrate_per_second = 5\n"_s << QString()
                                     << u"chatt"_s;
    QTest::newRow("bad-number") << none << u"[chat]\nrate_per_second = many\n"_s << QString()
                                << u"rate_per_second"_s;
    QTest::newRow("bad-url") << none << u"[time]\nhttp_sources = gopher://x\n"_s << QString() << u"gopher"_s;
    QTest::newRow("bad-server") << none << u"[time]\nntp_servers = host:99999\n"_s << QString() << u"99999"_s;
    QTest::newRow("bad-variable") << none << QString() << u"SYNCHAT_CHAT_RATE_PER_SECOND=x"_s << u"RATE"_s;
    QTest::newRow("unknown-variable") << none << QString() << u"SYNCHAT_CHAT_RATE=5"_s << u"RATE"_s;
    QTest::newRow("bad-PORT") << none << QString() << u"PORT=x"_s << u"PORT"_s;
}

void tst_Lifecycle::badSettings()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, config);
    QFETCH(QString, variable);
    QFETCH(QString, named);
    QTemporaryDir dir;
    if (!config.isEmpty()) {
        QFile file(dir.filePath(u"synchatd.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(config.toUtf8());
        arguments << u"--config"_s << file.fileName();
    }
    QProcess daemon;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!variable.isEmpty())
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    daemon.setProcessEnvironment(environment);
    daemon.start(programPath(u"synchatd"_s),
                 QStringList{u"--data-dir"_s, dir.filePath(u"data"_s)} + arguments);
    QVERIFY(daemon.waitForFinished(20000));
    QCOMPARE(daemon.exitCode(), 2);
    QCOMPARE(daemon.readAllStandardOutput(), QByteArray());
    const QString errors = QString::fromUtf8(daemon.readAllStandardError());
    QVERIFY2(errors.contains(named, Qt::CaseInsensitive), qPrintable(errors));
}

void tst_Lifecycle::precedenceOfSettings()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"synchatd.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[chat]\nname = From the file\nrate_per_second = 3\n");
    file.close();
    DaemonProcess daemon(dir.filePath(u"data"_s));
    daemon.setEnvironment(u"SYNCHAT_CHAT_NAME"_s, u"From the environment"_s);
    daemon.setEnvironment(u"PORT"_s, u"1"_s); // --port wins
    QVERIFY2(daemon.start({u"--config"_s, file.fileName()}), qPrintable(daemon.standardError()));
    QJsonObject welcome;
    QWebSocket socket;
    connect(&socket, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { welcome = QJsonDocument::fromJson(text.toUtf8()).object(); });
    socket.open(QUrl(daemon.url() + u"/ws"_s));
    QVERIFY(waitUntil([&] { return socket.isValid(); }));
    socket.sendTextMessage(uR"({"type":"hello","name":"ana","client":"test"})"_s);
    QVERIFY(waitUntil([&] { return !welcome.isEmpty(); }));
    QCOMPARE(welcome[u"server"_s][u"name"_s].toString(), u"From the environment"_s);
    QCOMPARE(welcome[u"limits"_s][u"ratePerSecond"_s].toInt(), 3);
}

void tst_Lifecycle::portInUse()
{
    QTemporaryDir dir;
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost, 0));
    QProcess daemon;
    daemon.start(programPath(u"synchatd"_s),
                 {u"--bind"_s, u"127.0.0.1"_s, u"--ntp-port"_s, u"0"_s, u"--port"_s,
                  QString::number(taken.serverPort()), u"--data-dir"_s, dir.path()});
    QVERIFY(daemon.waitForFinished(20000));
    QCOMPARE(daemon.exitCode(), 1);
    const QString errors = QString::fromUtf8(daemon.readAllStandardError());
    QVERIFY2(errors.contains(QString::number(taken.serverPort())), qPrintable(errors));
}

void tst_Lifecycle::stopsCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void tst_Lifecycle::stopsCleanly()
{
    QFETCH(int, signal);
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    QWebSocket socket;
    QStringList types;
    connect(&socket, &QWebSocket::textMessageReceived, this, [&](const QString &text) {
        types.append(QJsonDocument::fromJson(text.toUtf8())[u"type"_s].toString());
    });
    socket.open(QUrl(daemon.url() + u"/ws"_s));
    QVERIFY(waitUntil([&] { return socket.isValid(); }));
    socket.sendTextMessage(uR"({"type":"hello","name":"ana","client":"test"})"_s);
    socket.sendTextMessage(uR"({"type":"join","room":"general"})"_s);
    QVERIFY(waitUntil([&] { return types.contains(u"joined"_s); }));
    for (int i = 0; i < 20; ++i) {
        socket.sendTextMessage(
            uR"({"type":"post","room":"general","id":"00000000-0000-4000-8000-0000000000%1","text":"x"})"_s
                .arg(i + 10));
    }
    QVERIFY(waitUntil([&] { return types.contains(u"message"_s); }));
    daemon.signal(signal);
    QVERIFY(waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(static_cast<int>(socket.closeCode()), 1001);
    QVERIFY2(socket.closeReason().startsWith(u"retry in "_s), qPrintable(socket.closeReason()));
    QCOMPARE(daemon.waitForEnd(12000), 0);
    QVERIFY(types.count(u"message"_s) + types.count(u"error"_s) == 20);
}

void tst_Lifecycle::badCommandLineOfTheTerminalClient_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown-flag") << QStringList{u"--nonsense"_s};
    QTest::newRow("bad-room") << QStringList{u"--room"_s, u"Not A Room"_s};
    QTest::newRow("bad-name") << QStringList{u"--name"_s, QString(33, u'x')};
    QTest::newRow("bad-server") << QStringList{u"--server"_s, u"gopher://x"_s};
    QTest::newRow("bad-history") << QStringList{u"--history"_s, u"-1"_s};
}

void tst_Lifecycle::badCommandLineOfTheTerminalClient()
{
    QFETCH(QStringList, arguments);
    QProcess client;
    client.start(programPath(u"synchat-cli"_s), arguments);
    client.closeWriteChannel();
    QVERIFY(client.waitForFinished(20000));
    QCOMPARE(client.exitCode(), 2);
    QVERIFY(!client.readAllStandardError().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Lifecycle)
#include "tst_lifecycle.moc"
