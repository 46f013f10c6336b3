// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "tests/client/core/fakeserver.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

using std::chrono::milliseconds;

namespace {

ClientConfig configFor(const QUrl &url, const QString &stateDir = {})
{
    ClientConfig config{url, *UserName::parse(u"ana"_s), u"test"_s, stateDir};
    config.backoff = {milliseconds(1), milliseconds(20)};
    return config;
}

/// Shakes hands as a WebSocket server and never says anything again.
class MuteServer : public QTcpServer
{
public:
    MuteServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        });
    }
    QUrl url() const { return QUrl(u"ws://127.0.0.1:%1"_s.arg(serverPort())); }
    int shaken = 0;

private:
    void answer(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        static const QRegularExpression key(u"Sec-WebSocket-Key: (\\S+)"_s);
        const QRegularExpressionMatch match = key.match(QString::fromLatin1(request));
        if (!match.hasMatch())
            return;
        const QByteArray text = match.captured(1).toLatin1() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        const QByteArray accept = QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64();
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Protocol: synchat.v1\r\nSec-WebSocket-Accept: " +
                      accept + "\r\n\r\n");
        if (greets)
            socket->write(welcomeFrame());
        ++shaken;
    }
    static QByteArray welcomeFrame()
    {
        WelcomeFrame welcome;
        welcome.userId = u"u1"_s;
        welcome.userName = u"ana"_s;
        const QByteArray json = encodeServerFrame(welcome);
        QByteArray frame("\x81\x7e", 2);
        frame += static_cast<char>(json.size() >> 8);
        frame += static_cast<char>(json.size() & 0xff);
        return frame + json;
    }

public:
    bool greets = false;
};

} // namespace

class tst_ChatLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowItStands();
    void offersTheSubprotocol();
    void keepsTryingWhileNobodyListens();
    void obeysRetryIn();
    void givesUpAHandshakeThatStalls_data();
    void givesUpAHandshakeThatStalls();
    void noticesADeadLink();
    void measuresTheRoundTrip();
    void givesUpWhenTheNameIsTaken();
    void dropsATokenThatIsNotTakenAndComesAsANewPerson();
    void tokenSurvivesARestart();
    void stopsAndStarts();
    void refusesANonsenseAddress();
};

void tst_ChatLink::saysHowItStands()
{
    FakeServer server;
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    QVERIFY(client.linkSentence().startsWith(u"Not connected"_s));
    client.start();
    QCOMPARE(client.linkState(), LinkState::Connecting);
    QVERIFY(client.linkSentence().startsWith(u"Connecting to 127.0.0.1"_s));
    QTRY_COMPARE(client.linkState(), LinkState::Online);
    QVERIFY(client.linkSentence().startsWith(u"Connected to 127.0.0.1"_s));
    QCOMPARE(client.userId(), u"u1"_s);
}

void tst_ChatLink::offersTheSubprotocol()
{
    FakeServer server;
    QString offered;
    server.hook = [&offered](QWebSocket *socket, const ParsedClientFrame &) {
        offered = socket->subprotocol();
        return false;
    };
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    client.start();
    QTRY_COMPARE(client.linkState(), LinkState::Online);
    QCOMPARE(offered, u"synchat.v1"_s);
    QCOMPARE(server.all<HelloFrame>().first().client, u"test"_s);
}

void tst_ChatLink::keepsTryingWhileNobodyListens()
{
    FakeServer server;
    const QUrl url = server.url();
    server.close();
    SystemClock clock;
    ChatClient client(clock, configFor(url));
    QSignalSpy changed(&client, &ChatClient::linkChanged);
    client.start();
    QTRY_COMPARE_GE(changed.size(), 8); // several tries
    QTRY_VERIFY2(client.linkSentence().contains(u"connection refused"_s), qPrintable(client.linkSentence()));
    QVERIFY(server.listen(static_cast<quint16>(url.port())));
    QTRY_COMPARE(client.linkState(), LinkState::Online);
}

void tst_ChatLink::obeysRetryIn()
{
    FakeServer server;
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    client.start();
    QTRY_COMPARE(client.linkState(), LinkState::Online);
    server.closeAll(1001, u"retry in 500 s"_s);
    QTRY_COMPARE(client.linkState(), LinkState::Offline);
    const QRegularExpression next(u"Next try in (\\d+) s\\.$"_s);
    QTRY_VERIFY2(next.match(client.linkSentence()).hasMatch(), qPrintable(client.linkSentence()));
    QVERIFY(next.match(client.linkSentence()).captured(1).toInt() > 490);
    QVERIFY2(client.linkSentence().contains(u"the other side closed the connection"_s),
             qPrintable(client.linkSentence()));
    client.reconnectNow(); // a person may be less patient
    QTRY_COMPARE(client.linkState(), LinkState::Online);
}

void tst_ChatLink::givesUpAHandshakeThatStalls_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("tcp-only") << 0;
    QTest::newRow("no-welcome") << 1;
    QTest::newRow("mute-after-upgrade") << 2;
}

void tst_ChatLink::givesUpAHandshakeThatStalls()
{
    QFETCH(int, stage);
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    FakeServer fake;
    fake.answersHello = false;
    MuteServer mute;
    const QUrl urls[] = {QUrl(u"ws://127.0.0.1:%1"_s.arg(silent.serverPort())), fake.url(), mute.url()};
    ClientConfig config = configFor(urls[stage]);
    config.times.handshake = milliseconds(50);
    config.backoff = {std::chrono::seconds(60), std::chrono::seconds(60)};
    SystemClock clock;
    ChatClient client(clock, config);
    client.start();
    QTRY_COMPARE(client.linkState(), LinkState::Offline);
    QVERIFY2(client.linkSentence().contains(u"no answer"_s), qPrintable(client.linkSentence()));
}

void tst_ChatLink::noticesADeadLink()
{
    MuteServer server;
    server.greets = true;
    ClientConfig config = configFor(server.url());
    config.times.ping = milliseconds(30);
    config.times.silence = milliseconds(100);
    SystemClock clock;
    ChatClient client(clock, config);
    QSignalSpy welcomed(&client, &ChatClient::welcomed);
    client.start();
    QTRY_COMPARE_GE(welcomed.size(), 1);
    QTRY_COMPARE_GE(server.shaken, 2);
}

void tst_ChatLink::measuresTheRoundTrip()
{
    FakeServer server;
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    client.start();
    QTRY_VERIFY(client.roundTripMs());
    QVERIFY(*client.roundTripMs() >= 0);
}

void tst_ChatLink::givesUpWhenTheNameIsTaken()
{
    FakeServer server;
    server.hook = [&server](QWebSocket *socket, const ParsedClientFrame &parsed) {
        if (!std::holds_alternative<HelloFrame>(parsed.frame))
            return false;
        ++server.hellos;
        server.send(socket, ErrorFrame{ErrorCode::NameTaken, u"Somebody else is called ana."_s, {}, {}});
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
        return true;
    };
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    QSignalSpy refused(&client, &ChatClient::refused);
    client.start();
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(client.linkSentence().contains(u"Somebody else is called ana."_s));
    QCOMPARE(client.linkState(), LinkState::Offline);
    server.hook = nullptr;
    client.start();
    QTRY_COMPARE(client.linkState(), LinkState::Online);
    QCOMPARE(server.hellos, 2);
}

void tst_ChatLink::dropsATokenThatIsNotTakenAndComesAsANewPerson()
{
    QTemporaryDir dir;
    FakeServer server;
    SystemClock clock;
    {
        ChatClient client(clock, configFor(server.url(), dir.path()));
        client.start();
        QTRY_COMPARE(client.linkState(), LinkState::Online);
    }
    server.hook = [&server](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *hello = std::get_if<HelloFrame>(&parsed.frame);
        if (!hello || !hello->token)
            return false;
        server.send(socket, ErrorFrame{ErrorCode::Unauthorized, u"This token is not known."_s, {}, {}});
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
        return true;
    };
    ChatClient client(clock, configFor(server.url(), dir.path()));
    QSignalSpy refused(&client, &ChatClient::refused);
    client.start();
    QTRY_COMPARE(client.linkState(), LinkState::Online);
    QCOMPARE(refused.size(), 0);
    QCOMPARE(client.userId(), u"u2"_s);
    QCOMPARE(server.all<HelloFrame>().size(), 3);
}

void tst_ChatLink::tokenSurvivesARestart()
{
    QTemporaryDir dir;
    FakeServer server;
    SystemClock clock;
    for (int run = 0; run < 2; ++run) {
        ChatClient client(clock, configFor(server.url(), dir.path()));
        client.start();
        QTRY_COMPARE(client.linkState(), LinkState::Online);
        QCOMPARE(client.userId(), u"u1"_s);
        QCOMPARE(client.storageProblem(), QString());
    }
    QDirIterator files(dir.path(), {u"state.json"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    QVERIFY(!(QFile::permissions(files.next()) & others));
}

void tst_ChatLink::stopsAndStarts()
{
    FakeServer server;
    SystemClock clock;
    ChatClient client(clock, configFor(server.url()));
    client.join(RoomName::general());
    client.start();
    QTRY_VERIFY(client.isJoined(u"general"_s));
    client.stop();
    QCOMPARE(client.linkState(), LinkState::Offline);
    QVERIFY(!client.isJoined(u"general"_s));
    QTRY_COMPARE(server.connections(), 0);
    client.start();
    QTRY_VERIFY(client.isJoined(u"general"_s));
    QCOMPARE(client.userId(), u"u1"_s); // the token is kept in memory
}

void tst_ChatLink::refusesANonsenseAddress()
{
    SystemClock clock;
    ChatClient client(clock, configFor(QUrl(u"ftp://chat.lab"_s)));
    QSignalSpy refused(&client, &ChatClient::refused);
    client.start();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(client.linkState(), LinkState::Offline);
}

QTEST_GUILESS_MAIN(tst_ChatLink)
#include "tst_chatlink.moc"
