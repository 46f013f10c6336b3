// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <poll.h>
#include <sys/socket.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// One WebSocket at a time: the handshake, frames, and the limits that a client can run into.
class tst_NetServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void echoes();
    void handshake_data();
    void handshake();
    void frameBehindTheHandshakeIsNotLost();
    void handshakeCutAfterEveryByte();
    void upgradeOnAUsedConnection();
    void framesCutAfterEveryByte();
    void fragmentsMakeOneMessage();
    void largestMessagePasses();
    void largestFramesInARow();
    void violations_data();
    void violations();
    void closingIsAnEndNotAReset();
    void whatCameBeforeAViolationIsDelivered();
    void closeIsAnswered();
    void pingIsAnswered();
    void noHelloInTime();
    void greetedStays();
    void silentClientIsCut();
    void clientThatPongsStays();
    void closeConnectionSendsWhatIsQueued();
    void silentCloseIsCut();
    void callsForUnknownConnectionsDoNothing();
    void refusedFramesAreHandedOn();
    void abortIsReportedOnce();
};

namespace {

const QByteArray Typing = R"({"type":"typing","room":"general"})";
const QByteArray Echo = "echo general";

QByteArray joined(const QList<RawFrame> &frames)
{
    QByteArray all;
    for (const RawFrame &frame : frames)
        all += frame.payload + '|';
    return all;
}

NetConfig shortTimes()
{
    NetConfig config;
    config.pingInterval = std::chrono::milliseconds(100);
    config.silenceTimeout = std::chrono::milliseconds(400);
    return config;
}

} // namespace

void tst_NetServer::echoes()
{
    EchoServer server;
    QWebSocket client;
    QStringList received;
    connect(&client, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { received.append(text); });
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"other"_s, u"synchat.v1"_s});
    client.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(server.port())), options);
    QTRY_COMPARE(server.opened.size(), 1);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(client.subprotocol(), u"synchat.v1"_s);
    client.sendTextMessage(QString::fromUtf8(Typing));
    QTRY_COMPARE(received, QStringList{QString::fromUtf8(Echo)});
    QCOMPARE(server.net().connectionCount(), 1);
    client.close();
    QTRY_COMPARE(server.closed, server.opened);
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetServer::handshake_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contains");
    const QByteArray plain = RawClient::upgradeRequest();
    const auto changed = [&](const QByteArray &from, const QByteArray &to) {
        return QByteArray(plain).replace(from, to);
    };
    QTest::newRow("no subprotocol") << plain << 101
                                    << QByteArray("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    const auto row = [](const char *name, const QByteArray &headers, int status, const QByteArray &contains) {
        QTest::newRow(name) << RawClient::upgradeRequest(headers) << status << contains;
    };
    row("ours", "Sec-WebSocket-Protocol: synchat.v1\r\n", 101, "\r\nSec-WebSocket-Protocol: synchat.v1\r\n");
    row("ours among others", "Sec-WebSocket-Protocol: a, synchat.v1\r\n", 101,
        "\r\nSec-WebSocket-Protocol: synchat.v1\r\n");
    row("only others", "Sec-WebSocket-Protocol: a, b\r\n", 400, "synchat.v1");
    row("own origin", "Origin: http://localhost\r\n", 101, "");
    row("listed origin", "Origin: https://friend.example\r\n", 101, "");
    row("foreign origin", "Origin: http://evil.example\r\n", 403, "problem+json");
    row("null origin", "Origin: null\r\n", 403, "");
    row("deflate offered", "Sec-WebSocket-Extensions: permessage-deflate\r\n", 101, "");
    QTest::newRow("other path") << changed("/ws", "/other") << 404 << QByteArray("problem+json");
    QTest::newRow("root") << changed("/ws", "/") << 404 << QByteArray();
    QTest::newRow("no key") << changed("Sec-WebSocket-Key", "X-Key") << 400 << QByteArray();
    QTest::newRow("short key") << changed("dGhlIHNhbXBsZSBub25jZQ==", "dGhl") << 400 << QByteArray();
    QTest::newRow("no Upgrade") << changed("Upgrade: websocket\r\n", "") << 400 << QByteArray();
    QTest::newRow("no Connection") << changed("Connection: Upgrade\r\n", "") << 400 << QByteArray();
    QTest::newRow("post") << changed("GET", "POST") << 400 << QByteArray();
    QTest::newRow("HTTP/1.0") << changed("HTTP/1.1", "HTTP/1.0") << 400 << QByteArray();
    QTest::newRow("old version") << changed("Version: 13", "Version: 8") << 426
                                 << QByteArray("\r\nSec-WebSocket-Version: 13\r\n");
    QTest::newRow("bare LF") << changed("\r\n", "\n") << 400 << QByteArray();
    QTest::newRow("plain get") << QByteArray("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n") << 426
                               << QByteArray("\r\nUpgrade: websocket\r\n");
}

void tst_NetServer::handshake()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, contains);
    NetConfig config;
    config.allowedOrigins = QStringList{u"https://friend.example"_s};
    EchoServer server(config);
    RawClient client(server.port());
    client.send(request);
    QTRY_VERIFY(client.received.contains("\r\n\r\n"));
    QCOMPARE(client.received.mid(9, 3).toInt(), status);
    QVERIFY(client.received.contains(contains));
    QVERIFY(!client.received.contains("Extensions"));
    if (status == 101) {
        QTRY_COMPARE(server.opened.size(), 1);
        QCOMPARE(client.received.contains("Sec-WebSocket-Protocol"), contains.contains("Protocol"));
        return;
    }
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.net().connectionCount(), 0);
    QVERIFY(server.opened.isEmpty());
}

void tst_NetServer::frameBehindTheHandshakeIsNotLost()
{
    EchoServer server;
    RawClient client(server.port());
    client.send(RawClient::upgradeRequest() + RawClient::frame(1, Typing) +
                RawClient::frame(1, Typing).first(5));
    QTRY_VERIFY(client.received.endsWith(Echo));
    client.send(RawClient::frame(1, Typing).sliced(5));
    QTRY_COMPARE(server.frames.size(), 2);
}

void tst_NetServer::handshakeCutAfterEveryByte()
{
    EchoServer server;
    const QByteArray request = RawClient::upgradeRequest();
    RawClient client(server.port());
    for (const char byte : request) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(server.opened.size(), 1);
    client.received.clear();
    client.sendFrame(1, Typing);
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|');
}

void tst_NetServer::upgradeOnAUsedConnection()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(client.received.contains("path /first"));
    client.received.clear();
    QVERIFY(client.upgrade());
    client.sendFrame(1, Typing);
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|');
}

void tst_NetServer::framesCutAfterEveryByte()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    const QByteArray stream = RawClient::frame(1, Typing.first(9), false) + RawClient::frame(9, "p") +
                              RawClient::frame(0, Typing.sliced(9)) +
                              RawClient::frame(1, Typing + QByteArray(200, ' '));
    for (qsizetype cut = 1; cut < stream.size(); ++cut) {
        client.received.clear();
        client.send(stream.first(cut));
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
        client.send(stream.sliced(cut));
        QVERIFY2(runUntil([&] { return splitFrames(client.received).size() == 3; }),
                 QByteArray::number(cut).constData());
        QCOMPARE(client.received.count(Echo), 2);
    }
    for (const char byte : stream) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(server.frames.size(), 2 * stream.size());
}

void tst_NetServer::fragmentsMakeOneMessage()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendFrame(1, Typing.first(1), false);
    for (qsizetype i = 1; i < Typing.size(); ++i)
        client.sendFrame(0, Typing.mid(i, 1), false);
    client.sendFrame(0, {});
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|');
}

void tst_NetServer::largestMessagePasses()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    const QByteArray largest = Typing + QByteArray(Limits::ClientFrameBytes - Typing.size(), ' ');
    client.sendFrame(1, largest);
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|');
    client.sendFrame(1, largest.first(40000), false);
    client.sendFrame(0, largest.sliced(40000));
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|' + Echo + '|');
}

void tst_NetServer::largestFramesInARow()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    const QByteArray largest = Typing + QByteArray(Limits::ClientFrameBytes - Typing.size(), ' ');
    client.send(RawClient::frame(1, largest).repeated(50));
    QTRY_COMPARE(server.frames.size(), 50);
}

void tst_NetServer::violations_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const QByteArray over(Limits::ClientFrameBytes + 1, 'x');
    QTest::newRow("frame too large") << RawClient::frame(1, over) << 1009;
    QTest::newRow("only the head of one") << RawClient::frame(1, over).first(14) << 1009;
    QTest::newRow("huge length") << QByteArray::fromHex("81ff7fffffffffffffff00000000") << 1009;
    QTest::newRow("message too large")
        << RawClient::frame(1, over.first(40000), false) + RawClient::frame(0, over.first(40000)) << 1009;
    const QByteArray euros = QByteArray("\xe2\x82\xac").repeated(10000);
    QTest::newRow("too many bytes, not characters")
        << RawClient::frame(1, euros, false) + RawClient::frame(0, euros, false) + RawClient::frame(0, euros)
        << 1009;
    QTest::newRow("many fragments") << RawClient::frame(1, "x", false) +
                                           RawClient::frame(0, over.first(1000), false).repeated(70)
                                    << 1009;
    QTest::newRow("flood behind it") << RawClient::frame(1, over) + QByteArray(4 * 1024 * 1024, 'z') << 1009;
    QTest::newRow("binary") << RawClient::frame(2, "abc") << 1003;
    QTest::newRow("invalid UTF-8") << RawClient::frame(1, "a\xff"
                                                          "b")
                                   << 1007;
    QTest::newRow("overlong UTF-8") << RawClient::frame(1, "\xc0\xaf") << 1007;
    QTest::newRow("surrogate in UTF-8") << RawClient::frame(1, "\xed\xa0\x80") << 1007;
    QTest::newRow("cut UTF-8") << RawClient::frame(1, "a\xe2\x82") << 1007;
    QTest::newRow("invalid UTF-8 in a fragment")
        << RawClient::frame(1, "a", false) + RawClient::frame(0, "\xfe") << 1007;
    QTest::newRow("not masked") << QByteArray("\x81\x01x", 3) << 1002;
    QTest::newRow("reserved bit") << QByteArray("\xc1\x80\x00\x00\x00\x00", 6) << 1002;
    QTest::newRow("reserved opcode") << RawClient::frame(3, "a") << 1002;
    QTest::newRow("continuation of nothing") << RawClient::frame(0, "a") << 1002;
    QTest::newRow("text inside a message")
        << RawClient::frame(1, "a", false) + RawClient::frame(1, "b") << 1002;
    QTest::newRow("ping in fragments") << RawClient::frame(9, "a", false) << 1002;
    QTest::newRow("long ping") << RawClient::frame(9, QByteArray(126, 'x')) << 1002;
    QTest::newRow("close of one byte") << RawClient::frame(8, "x") << 1002;
    QTest::newRow("close with a code that nobody sends")
        << RawClient::frame(8, QByteArray("\x03\xed", 2)) << 1002;
}

void tst_NetServer::violations()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    EchoServer server;
    RawClient bystander(server.port());
    QVERIFY(bystander.upgrade());
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.send(bytes);
    QTRY_COMPARE(client.closeCode(), code);
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.closed, server.opened.sliced(1));
    QTRY_COMPARE(server.net().connectionCount(), 1);
    bystander.sendFrame(1, Typing);
    QTRY_COMPARE(joined(splitFrames(bystander.received)), Echo + '|');
    QCOMPARE(server.frames.size(), 1);
}

/// A reset could take the close frame from the other side before it has read it.
void tst_NetServer::closingIsAnEndNotAReset()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.send(RawClient::frame(2, "binary") + QByteArray(256 * 1024, 'z'));
    // From here on without Qt, which tells an end and a reset by the same error.
    const int fd = static_cast<int>(client.socket().socketDescriptor());
    ssize_t count = 0;
    QByteArray received(1000, Qt::Uninitialized);
    do {
        pollfd waiting{fd, POLLIN, 0};
        QCOMPARE(::poll(&waiting, 1, 10000), 1);
        count = ::recv(fd, received.data(), static_cast<size_t>(received.size()), MSG_DONTWAIT);
    } while (count > 0);
    QCOMPARE(count, 0);
}

void tst_NetServer::whatCameBeforeAViolationIsDelivered()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.send(RawClient::frame(1, Typing) + RawClient::frame(2, "binary") + RawClient::frame(1, Typing));
    QTRY_COMPARE(client.closeCode(), 1003);
    QTRY_COMPARE(server.frames.size(), 1);
    QTRY_VERIFY(!client.isOpen());
}

void tst_NetServer::closeIsAnswered()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendFrame(8, QByteArray("\x03\xe8", 2) + "bye");
    QTRY_COMPARE(client.closeCode(), 1000);
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.closed, server.opened);
    QCOMPARE(splitFrames(client.received).size(), 1);
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetServer::pingIsAnswered()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendFrame(9, "are you there");
    QTRY_COMPARE(splitFrames(client.received).size(), 1);
    QCOMPARE(splitFrames(client.received).first().opcode, 10);
    QCOMPARE(splitFrames(client.received).first().payload, "are you there");
}

void tst_NetServer::noHelloInTime()
{
    NetConfig config;
    config.helloTimeout = std::chrono::milliseconds(200);
    EchoServer server(config);
    server.answers = false;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    QTRY_COMPARE(client.closeCode(), 1008);
    QTRY_COMPARE(server.closed, server.opened);
}

void tst_NetServer::greetedStays()
{
    NetConfig config;
    config.helloTimeout = std::chrono::milliseconds(200);
    EchoServer server(config);
    RawClient greeted(server.port());
    QVERIFY(greeted.upgrade());
    greeted.sendFrame(1, Typing);
    QTRY_COMPARE(server.frames.size(), 1);
    RawClient other(server.port());
    QVERIFY(other.upgrade());
    QTRY_COMPARE(other.closeCode(), 1008); // came later, so the first one's time is over too
    greeted.sendFrame(1, Typing);
    QTRY_COMPARE(joined(splitFrames(greeted.received)), (Echo + '|').repeated(2));
}

void tst_NetServer::silentClientIsCut()
{
    EchoServer server(shortTimes());
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.closed, server.opened);
    QVERIFY(splitFrames(client.received).size() >= 2);
    QCOMPARE(splitFrames(client.received).first().opcode, 9);
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetServer::clientThatPongsStays()
{
    EchoServer server(shortTimes());
    RawClient silent(server.port());
    RawClient alive(server.port());
    qsizetype answered = 0;
    QVERIFY(alive.upgrade());
    QVERIFY(silent.upgrade());
    connect(&alive.socket(), &QTcpSocket::readyRead, this, [&] {
        for (; answered < splitFrames(alive.received).size(); ++answered)
            alive.sendFrame(10, {});
    });
    QTRY_VERIFY(!silent.isOpen());
    const qsizetype then = answered;
    QTRY_VERIFY(answered > then + 5); // longer than the time-out
    QVERIFY(alive.isOpen());
    QCOMPARE(server.closed.size(), 1);
}

void tst_NetServer::closeConnectionSendsWhatIsQueued()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    QTRY_COMPARE(server.opened.size(), 1);
    const ConnectionId id = server.opened.first();
    const QByteArray large(1024 * 1024, 'x');
    server.net().send(id, large);
    server.net().send(id, "last");
    server.net().closeConnection(id, 1008, u"enough"_s);
    server.net().send(id, "too late");
    QTRY_COMPARE(client.closeCode(), 1008);
    const auto frames = splitFrames(client.received);
    QCOMPARE(frames.size(), 3);
    QCOMPARE(frames[0].payload, large);
    QCOMPARE(frames[1].payload, "last");
    QCOMPARE(frames[2].payload.sliced(2), "enough");
    QTRY_COMPARE(server.closed, server.opened);
}

void tst_NetServer::silentCloseIsCut()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    QTRY_COMPARE(server.opened.size(), 1);
    client.socket().disconnect(&client); // takes nothing any more
    client.socket().setReadBufferSize(1);
    server.net().send(server.opened.first(), QByteArray(1024 * 1024, 'x').repeated(3));
    server.net().closeConnection(server.opened.first(), 1000, {});
    QTRY_COMPARE(server.closed, server.opened);
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetServer::callsForUnknownConnectionsDoNothing()
{
    EchoServer server;
    NetServer &net = server.net();
    net.send(99, "x");
    net.subscribe(99, 1);
    net.unsubscribe(99, 1);
    net.broadcast(1, "x");
    net.broadcastExcept(2, 99, "x");
    net.closeConnection(99, 1000, {});
    net.markGreeted(99);
    net.frameHandled(99);
    net.notifyDrained(99);
    net.respond(99, {});
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendFrame(1, Typing);
    QTRY_COMPARE(joined(splitFrames(client.received)), Echo + '|');
}

void tst_NetServer::refusedFramesAreHandedOn()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendFrame(1, "not json");
    QTRY_COMPARE(joined(splitFrames(client.received)), "refused|");
    QCOMPARE(server.frames.first().frame.error().code, ErrorCode::BadFrame);
    QVERIFY(client.isOpen());
}

void tst_NetServer::abortIsReportedOnce()
{
    EchoServer server;
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    QTRY_COMPARE(server.opened.size(), 1);
    client.sendFrame(8, QByteArray("\x03\xe8", 2));
    client.socket().abort();
    server.net().closeConnection(server.opened.first(), 1000, {});
    QTRY_COMPARE(server.net().connectionCount(), 0);
    QCOMPARE(server.closed, server.opened);
}

QTEST_GUILESS_MAIN(tst_NetServer)
#include "tst_netserver.moc"
