// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

#include "server/net/requesthead.h"

#include <QTimer>

using namespace Synchat;

/// HTTP over real sockets: who is too slow, too long or too many, and how the connection ends.
class tst_NetHttpLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closesAfterTooManyRequests();
    void slowHeadIsCut();
    void slowBodyIsCut();
    void bareLfInChunksIsNeverServed();
    void idleConnectionIsClosed();
    void endlessHeadIsCut();
    void endlessChunkHeadIsCut();
    void readerThatTakesNothingIsCut();
    void tooManyOfOnePeerWaitTheirTurn();
    void fullDaemonSaysSo();
};

void tst_NetHttpLimits::closesAfterTooManyRequests()
{
    EchoServer server;
    RawClient client(server.port());
    const QByteArray request = "GET / HTTP/1.1\r\n" + Host + "\r\n";
    client.send(request.repeated(HttpLimits::RequestsPerConnection + 10));
    QVERIFY(runUntil([&] { return !client.isOpen(); }));
    QCOMPARE(statuses(client.received).size(), HttpLimits::RequestsPerConnection);
    QCOMPARE(client.received.count("Connection: close"), 1);
}

void tst_NetHttpLimits::slowHeadIsCut()
{
    NetConfig config;
    config.headTimeout = std::chrono::milliseconds(300);
    EchoServer server(config);
    RawClient client(server.port());
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { client.send("X"); });
    client.send("GET / HTTP/1.1\r\n" + Host);
    drip.start(20);
    QTRY_COMPARE(statuses(client.received), QList<int>{408});
    drip.stop();
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetHttpLimits::slowBodyIsCut()
{
    NetConfig config;
    config.headTimeout = std::chrono::milliseconds(300);
    EchoServer server(config);
    RawClient client(server.port());
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { client.send("X"); });
    client.send("POST / HTTP/1.1\r\n" + Host + "Content-Length: 1000\r\n\r\n");
    drip.start(20);
    QTRY_COMPARE(statuses(client.received), QList<int>{408});
    drip.stop();
    QTRY_COMPARE(server.net().connectionCount(), 0);
    QVERIFY(server.requests.isEmpty());
}

void tst_NetHttpLimits::bareLfInChunksIsNeverServed()
{
    NetConfig config;
    config.headTimeout = std::chrono::milliseconds(300);
    EchoServer server(config);
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n");
    QTRY_COMPARE(statuses(client.received), QList<int>{408});
    QVERIFY(server.requests.isEmpty());
}

void tst_NetHttpLimits::idleConnectionIsClosed()
{
    NetConfig config;
    config.headTimeout = std::chrono::milliseconds(200);
    EchoServer server(config);
    RawClient client(server.port());
    QTRY_VERIFY(!client.isOpen());
    QVERIFY(client.received.isEmpty());
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetHttpLimits::endlessHeadIsCut()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\n" + Host);
    for (int i = 0; i < 2000 && client.isOpen(); ++i) {
        client.send("X-Filler: " + QByteArray(1000, 'x') + "\r\n");
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(!client.isOpen());
    QCOMPARE(statuses(client.received), QList<int>{431});
}

void tst_NetHttpLimits::endlessChunkHeadIsCut()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\n\r\n1;");
    for (int i = 0; i < 2000 && client.isOpen(); ++i) {
        client.send(QByteArray(1000, 'x'));
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(!client.isOpen());
    QCOMPARE(statuses(client.received).size(), 1);
    QVERIFY(statuses(client.received).first() >= 400);
}

void tst_NetHttpLimits::readerThatTakesNothingIsCut()
{
    NetConfig config;
    config.headTimeout = std::chrono::milliseconds(300);
    EchoServer server(config);
    server.responds = false;
    RawClient client(server.port());
    client.socket().setReadBufferSize(1000);
    client.send(("GET / HTTP/1.1\r\n" + Host + "\r\n").repeated(2));
    QTRY_COMPARE(server.exchanges.size(), 1);
    HttpResponse response;
    response.body = QByteArray(32 * 1024 * 1024, 'x');
    client.socket().disconnect(&client); // reads no more
    server.net().respond(server.exchanges.first(), response);
    QTRY_COMPARE(server.net().connectionCount(), 0);
    QCOMPARE(server.requests.size(), 1); // the second was not looked at meanwhile
}

void tst_NetHttpLimits::tooManyOfOnePeerWaitTheirTurn()
{
    NetConfig config;
    config.maxHttpPerPeer = 2;
    EchoServer server(config);
    RawClient first(server.port());
    RawClient second(server.port());
    RawClient third(server.port());
    third.send("GET /third HTTP/1.1\r\n" + Host + "\r\n");
    second.send("GET /second HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(second.received.contains("path /second"));
    QCOMPARE(server.net().connectionCount(), 3);
    QVERIFY(third.received.isEmpty());
    QVERIFY(first.upgrade()); // is not HTTP any more
    QTRY_VERIFY(third.received.contains("path /third"));
}

void tst_NetHttpLimits::fullDaemonSaysSo()
{
    NetConfig config;
    config.maxConnections = 1;
    EchoServer server(config);
    RawClient first(server.port());
    QTRY_COMPARE(server.net().connectionCount(), 1);
    RawClient second(server.port());
    second.send("GET / HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(!second.isOpen());
    QCOMPARE(statuses(second.received), QList<int>{503});
    RawClient third(server.port());
    QVERIFY(third.upgrade());
    QTRY_COMPARE(third.closeCode(), 1013);
    QTRY_VERIFY(!third.isOpen());
    QVERIFY(server.opened.isEmpty());
    QVERIFY(server.closed.isEmpty());
    first.socket().abort();
    QTRY_COMPARE(server.net().connectionCount(), 0);
    RawClient fourth(server.port());
    QVERIFY(fourth.upgrade());
    QTRY_COMPARE(server.opened.size(), 1);
}

QTEST_GUILESS_MAIN(tst_NetHttpLimits)
#include "tst_nethttplimits.moc"
