// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

/// The daemon as a program.
class Program
{
public:
    explicit Program(const QStringList &arguments, const QMap<QString, QString> &environment = {})
    {
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        for (auto each = environment.cbegin(); each != environment.cend(); ++each)
            variables.insert(each.key(), each.value());
        m_process.setProcessEnvironment(variables);
        m_process.start(qEnvironmentVariable("SYNCHAT_BIN") + u"/synchatd"_s, arguments);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QString readyLine()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(20000)) {
        }
        return QString::fromUtf8(m_process.readLine());
    }
    void signal(int number) { ::kill(pid_t(m_process.processId()), number); }
    /// -1: a signal ended it; -2: nothing did.
    int exitStatus()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(20000))
            return -2;
        if (m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        return m_process.exitCode();
    }
    QString standardError() { return QString::fromUtf8(m_process.readAllStandardError()); }
    QByteArray standardOutput() { return m_process.readAllStandardOutput(); }
    qint64 pid() const { return m_process.processId(); }

private:
    QProcess m_process;
};

quint16 httpPort(const QString &readyLine)
{
    static const QRegularExpression form(u"http=\\S*:(\\d+) "_s);
    return form.match(readyLine).captured(1).toUShort();
}

QByteArray get(quint16 port, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected())
        return {};
    socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(10000))
        answer += socket.readAll();
    return answer;
}

QString json(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

class tst_Synchatd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void saysReadyAndEndsOnSignal_data();
    void saysReadyAndEndsOnSignal();
    void answersOverHttp();
    void keepsItsSigningKey();
    void refusesAKeyThatOthersCanRead();
    void obeysEnvironment();
    void endsWithStatus_data();
    void endsWithStatus();
    void portInUseIsAnError();
    void secondDaemonIsRefused();
    void stopAnswersTellsAndLeaves();
    void silentPeerCannotHoldTheStop();

private:
    QStringList usual() const
    {
        return {u"--port"_s, u"0"_s,         u"--ntp-port"_s, u"0"_s,
                u"--bind"_s, u"127.0.0.1"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s)};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Synchatd::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_Synchatd::saysReadyAndEndsOnSignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("TERM") << SIGTERM;
    QTest::newRow("INT") << SIGINT;
}

void tst_Synchatd::saysReadyAndEndsOnSignal()
{
    QFETCH(int, number);
    Program daemon(usual());
    const QString line = daemon.readyLine();
    const QRegularExpression form(
        u"\\Asynchatd ready http=127\\.0\\.0\\.1:\\d+ ntp=127\\.0\\.0\\.1:\\d+ pid=%1\n\\z"_s.arg(
            daemon.pid()));
    QVERIFY2(form.match(line).hasMatch(), qPrintable(line + daemon.standardError()));
    daemon.signal(number);
    QCOMPARE(daemon.exitStatus(), 0);
    QCOMPARE(daemon.standardOutput(), QByteArray());
}

void tst_Synchatd::answersOverHttp()
{
    Program daemon(usual());
    const quint16 port = httpPort(daemon.readyLine());
    QVERIFY(port != 0);
    QVERIFY(get(port, "/healthz").startsWith("HTTP/1.1 200"));
    QVERIFY(get(port, "/readyz").startsWith("HTTP/1.1 200"));
    QVERIFY(get(port, "/api/v1/time").contains("\"sources\":["));
    QVERIFY(get(port, "/api/v1/rooms").contains("\"general\""));
    QVERIFY(get(port, "/api/v1/rooms/general/messages").contains("\"messages\":[]"));
    QVERIFY(get(port, "/api/v1/rooms/nowhere/messages").startsWith("HTTP/1.1 404"));
    QVERIFY(get(port, "/api/v1/search?q=disk").contains("\"messages\":[]"));
    QVERIFY(get(port, "/api/v1/search?q=disk&room=nowhere").startsWith("HTTP/1.1 404"));
    QVERIFY(get(port, "/api/v1/search?q=a*").startsWith("HTTP/1.1 400"));
}

/// The `key` of `GET /api/v1/time`.
QByteArray toldKey(quint16 port)
{
    const QByteArray answer = get(port, "/api/v1/time");
    const QJsonObject time = QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
    return time.value(u"key"_s).toString().toLatin1();
}

void tst_Synchatd::keepsItsSigningKey()
{
    QByteArray first;
    {
        Program daemon(usual());
        first = toldKey(httpPort(daemon.readyLine()));
        QCOMPARE(QByteArray::fromBase64(first).size(), 32);
    }
    Program again(usual());
    const quint16 port = httpPort(again.readyLine());
    QCOMPARE(toldKey(port), first);

    QWebSocket socket;
    QByteArray welcome;
    connect(&socket, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { welcome = text.toUtf8(); });
    connect(&socket, &QWebSocket::connected, this,
            [&] { socket.sendTextMessage(uR"({"type":"hello","name":"ana","client":"test"})"_s); });
    socket.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)));
    QTRY_VERIFY(!welcome.isEmpty());
    QVERIFY2(welcome.contains("\"key\":\"" + first + '"'), welcome.constData());
}

void tst_Synchatd::refusesAKeyThatOthersCanRead()
{
    {
        Program daemon(usual());
        QVERIFY(!daemon.readyLine().isEmpty());
    }
    QFile key(m_folder->filePath(u"data/signing.key"_s));
    QVERIFY(key.setPermissions(QFileDevice::ReadOwner | QFileDevice::ReadOther));
    Program daemon(usual());
    QCOMPARE(daemon.exitStatus(), 1);
    QVERIFY(daemon.standardError().contains(u"chmod 600"_s));
}

void tst_Synchatd::obeysEnvironment()
{
    Program daemon({}, {{u"PORT"_s, u"0"_s},
                        {u"NTP_PORT"_s, u"off"_s},
                        {u"SYNCHAT_NET_BIND"_s, u"::1"_s},
                        {u"SYNCHAT_STORE_DATA_DIR"_s, m_folder->filePath(u"elsewhere"_s)}});
    const QString line = daemon.readyLine();
    if (line.isEmpty() && daemon.standardError().contains(u"[::1]"_s))
        QSKIP("no IPv6 here");
    QVERIFY2(line.contains(u"http=[::1]:"_s) && line.contains(u" ntp=- "_s), qPrintable(line));
    QVERIFY(QFile::exists(m_folder->filePath(u"elsewhere/synchat.db"_s)));
}

void tst_Synchatd::endsWithStatus_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0;
    QTest::newRow("unknown-flag") << QStringList{u"--what"_s} << 2;
    QTest::newRow("bad-port") << QStringList{u"--port"_s, u"seventy"_s} << 2;
    QTest::newRow("bad-clock-fault") << QStringList{u"--clock-fault"_s, u"offset=soon"_s} << 2;
    QTest::newRow("missing-config") << QStringList{u"--config"_s, u"/nowhere.ini"_s} << 2;
    QTest::newRow("command") << QStringList{u"help"_s} << 0;
    QTest::newRow("command-help") << QStringList{u"help"_s, u"--help"_s} << 0;
    QTest::newRow("unknown-command") << QStringList{u"serv"_s} << 2;
    QTest::newRow("command-after-flag") << QStringList{u"--port"_s, u"0"_s, u"help"_s} << 2;
    QTest::newRow("bad-folder") << QStringList{u"--port"_s, u"0"_s, u"--data-dir"_s, u"/proc/nowhere"_s} << 1;
}

void tst_Synchatd::endsWithStatus()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    Program daemon(arguments);
    QCOMPARE(daemon.exitStatus(), status);
    QCOMPARE(daemon.standardError().isEmpty(), status == 0);
    QCOMPARE(daemon.standardOutput().isEmpty(), status != 0);
}

void tst_Synchatd::portInUseIsAnError()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Program daemon(usual() + QStringList{u"--port"_s, QString::number(other.serverPort())});
    QCOMPARE(daemon.exitStatus(), 1);
    QVERIFY(daemon.standardError().contains(QString::number(other.serverPort())));
}

void tst_Synchatd::secondDaemonIsRefused()
{
    Program first(usual());
    QVERIFY(!first.readyLine().isEmpty());
    Program second(usual());
    QCOMPARE(second.exitStatus(), 1);
    QVERIFY(second.standardError().contains(u"Another daemon"_s));
    first.signal(SIGKILL);
    QCOMPARE(first.exitStatus(), -1);
    Program third(usual());
    QVERIFY(third.readyLine().startsWith(u"synchatd ready "_s));
}

void tst_Synchatd::stopAnswersTellsAndLeaves()
{
    Program daemon(usual());
    const quint16 port = httpPort(daemon.readyLine());
    QWebSocket client;
    QStringList frames;
    connect(&client, &QWebSocket::textMessageReceived, this,
            [&](const QString &frame) { frames.append(frame); });
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"synchat.v1"_s});
    client.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)), options);
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::ConnectedState, 20000);
    client.sendTextMessage(json({{u"type"_s, u"hello"_s}, {u"name"_s, u"ana"_s}, {u"client"_s, u"test"_s}}));
    client.sendTextMessage(json({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(!frames.filter(u"\"joined\""_s).isEmpty(), 20000);

    constexpr int Posts = 20;
    for (int i = 0; i < Posts; ++i) {
        client.sendTextMessage(json({{u"type"_s, u"post"_s},
                                     {u"room"_s, u"general"_s},
                                     {u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                                     {u"text"_s, u"post %1"_s.arg(i)}}));
    }
    client.flush();
    QTRY_VERIFY_WITH_TIMEOUT(!frames.filter(u"\"type\":\"message\""_s).isEmpty(), 20000);
    daemon.signal(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::UnconnectedState, 20000);
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QCOMPARE(client.closeReason(), u"retry in 5 s"_s);
    QCOMPARE(daemon.exitStatus(), 0);
    const qsizetype answered =
        frames.filter(u"\"type\":\"message\""_s).size() + frames.filter(u"\"type\":\"error\""_s).size();
    QCOMPARE(answered, Posts);
}

void tst_Synchatd::silentPeerCannotHoldTheStop()
{
    Program daemon(usual());
    const quint16 port = httpPort(daemon.readyLine());
    QTcpSocket socket; // speaks WebSocket only as far as the handshake, and never answers the close
    socket.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(socket.waitForConnected());
    socket.write("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QVERIFY(socket.waitForReadyRead(20000));
    QTcpSocket head; // a request that never ends
    head.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(head.waitForConnected());
    head.write("GET /healthz HTTP/1.1\r\n");
    QVERIFY(head.waitForBytesWritten());
    daemon.signal(SIGTERM);
    QCOMPARE(daemon.exitStatus(), 0); // the limit of 10 s is inside the wait
}

QTEST_GUILESS_MAIN(tst_Synchatd)
#include "tst_synchatd.moc"
