// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include "tests/support/httplength.h"
#include "tests/support/programs.h"
#include "tests/support/smallhttpserver.h"

#include <QTcpSocket>
#include <QTest>

using namespace Synchat;

namespace {

SmallHttpReply echo(const SmallHttpRequest &request)
{
    return {.status = 200, .body = "seen " + request.body};
}

QByteArray post(const QByteArray &body)
{
    return "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
           body;
}

/// One request, and what came back until it was complete or the connection ended.
struct Exchange
{
    QByteArray reply;
    bool closed = false;
};

Exchange ask(QTcpSocket &socket, const QByteArray &request)
{
    socket.write(request);
    Exchange exchange;
    const bool ended = waitUntil([&] {
        exchange.reply += socket.readAll();
        exchange.closed = socket.state() != QAbstractSocket::ConnectedState;
        return exchange.closed || httpMessageLength(exchange.reply);
    });
    return ended ? exchange : Exchange{"no answer", false};
}

} // namespace

class tst_FaultProxy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passesOn();
    void answers();
    void cuts_data();
    void cuts();
    void hangs();
    void marksOnly();
    void flaps();
    void goesDownAndUp();
    void bridgeIsDown();
};

void tst_FaultProxy::passesOn()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    QCOMPARE(httpBody(ask(socket, post("one")).reply), QByteArray("seen one"));
    QCOMPARE(httpBody(ask(socket, post("two")).reply), QByteArray("seen two"));
    QCOMPARE(bridge.requests.size(), 2);
    QCOMPARE(bridge.requests.first().whole, post("one")); // to the letter
    QCOMPARE(proxy.requests(), 2);
    QCOMPARE(proxy.faults(), 0);
}

void tst_FaultProxy::answers()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    proxy.setFault(*BridgeFault::parse("answer 429 retry-after=7"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    const Exchange exchange = ask(socket, post("one"));
    QVERIFY(exchange.reply.startsWith("HTTP/1.1 429 "));
    QCOMPARE(httpHeader(exchange.reply, "retry-after"), QByteArray("7"));
    QVERIFY(bridge.requests.isEmpty());
    QCOMPARE(proxy.faults(), 1);
    proxy.setFault({});
    QCOMPARE(httpBody(ask(socket, post("two")).reply), QByteArray("seen two")); // on the same connection
}

void tst_FaultProxy::cuts_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("gotThere");
    QTest::addColumn<bool>("saidSomething");
    QTest::newRow("close") << QByteArray("close") << false << false;
    QTest::newRow("garbage") << QByteArray("garbage") << false << true;
    QTest::newRow("half") << QByteArray("half") << true << true;
    QTest::newRow("lose") << QByteArray("lose") << true << false;
}

void tst_FaultProxy::cuts()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, gotThere);
    QFETCH(bool, saidSomething);
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    proxy.setFault(*BridgeFault::parse(fault));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    Exchange exchange = ask(socket, post("one"));
    QVERIFY(waitUntil([&] {
        exchange.reply += socket.readAll();
        return socket.state() == QAbstractSocket::UnconnectedState;
    }));
    QCOMPARE(bridge.requests.size() == 1, gotThere);
    QCOMPARE(!exchange.reply.isEmpty(), saidSomething);
    QVERIFY(!exchange.reply.contains("seen one"));
}

void tst_FaultProxy::hangs()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    proxy.setFault(*BridgeFault::parse("hang"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    socket.write(post("one"));
    QVERIFY(waitUntil([&] { return proxy.faults() == 1; }));
    // Another connection lives on meanwhile, so the proxy had its turn to answer.
    proxy.setFault({});
    QTcpSocket other;
    other.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(other.waitForConnected());
    QCOMPARE(httpBody(ask(other, post("two")).reply), QByteArray("seen two"));
    QCOMPARE(socket.readAll(), QByteArray());
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(bridge.requests.size(), 1);
}

void tst_FaultProxy::marksOnly()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    proxy.setFault(*BridgeFault::parse("answer 400 if=bad"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    QVERIFY(ask(socket, post("good")).reply.startsWith("HTTP/1.1 200 "));
    QVERIFY(ask(socket, post("[good, bad]")).reply.startsWith("HTTP/1.1 400 "));
    QCOMPARE(proxy.faults(), 1);
}

void tst_FaultProxy::flaps()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    proxy.setSchedule(*parseFaultSchedule("2 pass, 1 answer 503"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    QByteArray seen;
    for (int i = 0; i < 7; ++i)
        seen += ask(socket, post("x")).reply.mid(9, 1);
    QCOMPARE(seen, QByteArray("2252252"));
}

void tst_FaultProxy::goesDownAndUp()
{
    SmallHttpServer bridge(echo);
    FaultProxy proxy(bridge.serverPort());
    QVERIFY(proxy.start());
    const quint16 port = proxy.port();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(socket.waitForConnected());
    ask(socket, post("one"));
    proxy.setDown(true);
    QVERIFY(waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(!socket.waitForConnected());
    proxy.setDown(false);
    QCOMPARE(proxy.port(), port);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(socket.waitForConnected());
    QCOMPARE(httpBody(ask(socket, post("two")).reply), QByteArray("seen two"));
}

void tst_FaultProxy::bridgeIsDown()
{
    SmallHttpServer bridge(echo);
    const quint16 port = bridge.serverPort();
    bridge.close();
    FaultProxy proxy(port);
    QVERIFY(proxy.start());
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
    QVERIFY(socket.waitForConnected());
    const Exchange exchange = ask(socket, post("one"));
    QVERIFY(exchange.closed);
    QCOMPARE(exchange.reply, QByteArray());
}

QTEST_GUILESS_MAIN(tst_FaultProxy)
#include "tst_faultproxy.moc"
