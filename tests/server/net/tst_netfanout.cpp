// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

#include <vector>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// Many connections: who gets what in which order, and that nobody can hurt the others.
class tst_NetFanOut : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void orderOfSendAndBroadcast_data();
    void orderOfSendAndBroadcast();
    void subscriptionEndsWithTheConnection();
    void slowReaderIsCutAndHurtsNobody();
    void patientSenderIsToldWhenAllIsTaken();
    void unhandledFramesStopTheReading();
    void oneUnhandledFrameAtATime();
    void floodOfLargeFramesIsReadOn();
    void fiveHundredAtOnce();
    void drainTellsAllAndEnds();
    void drainWaitsForTheAnswerUnderWay();
    void drainOfNobodyEnds();
    void drainEndsByItsTimeOut();
    void stopListeningKeepsThoseThatAreThere();
    void endsWithConnectionsOpen();
};

namespace {

const QByteArray Typing = R"({"type":"typing","room":"general"})";

QList<QByteArray> texts(const RawClient &client)
{
    QList<QByteArray> found;
    for (const RawFrame &frame : splitFrames(client.received)) {
        if (frame.opcode == 1)
            found.append(frame.payload);
    }
    return found;
}

/// Upgraded clients, in the order of EchoServer::opened.
std::vector<std::unique_ptr<RawClient>> connectClients(EchoServer &server, int count)
{
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        const qsizetype before = server.opened.size();
        if (!clients.back()->upgrade() || !runUntil([&] { return server.opened.size() > before; }))
            qFatal("no connection");
    }
    return clients;
}

} // namespace

void tst_NetFanOut::orderOfSendAndBroadcast_data()
{
    QTest::addColumn<int>("ioThreads");
    QTest::addColumn<bool>("epoll");
    QTest::newRow("one thread") << 1 << true;
    QTest::newRow("three threads") << 3 << true;
    QTest::newRow("one thread, Qt's dispatcher") << 1 << false;
}

void tst_NetFanOut::orderOfSendAndBroadcast()
{
    QFETCH(int, ioThreads);
    QFETCH(bool, epoll);
    NetConfig config;
    config.ioThreads = ioThreads;
    config.epollDispatcher = epoll;
    EchoServer server(config);
    const auto clients = connectClients(server, 3);
    NetServer &net = server.net();
    const auto ids = server.opened;
    QList<QList<QByteArray>> expected(3);
    const auto broadcast = [&](const QByteArray &text, QList<int> members) {
        net.broadcast(7, text);
        for (int member : members)
            expected[member].append(text);
    };
    const auto send = [&](int to, const QByteArray &text) {
        net.send(ids[to], text);
        expected[to].append(text);
    };
    for (int round = 0; round < 200; ++round) {
        const QByteArray n = QByteArray::number(round);
        net.broadcast(7, "nobody " + n);
        net.subscribe(ids[0], 7);
        net.subscribe(ids[0], 7); // twice is once
        broadcast("a" + n, {0});
        net.subscribe(ids[1], 7);
        send(1, "b" + n);
        broadcast("c" + n, {0, 1});
        send(0, "d" + n);
        broadcast("e" + n, {0, 1});
        broadcast("f" + n, {0, 1});
        net.subscribe(ids[2], 8);
        net.broadcastExcept(7, ids[0], "g" + n);
        expected[1].append("g" + n);
        net.unsubscribe(ids[0], 7);
        net.broadcast(8, "h" + n);
        expected[2].append("h" + n);
        broadcast("i" + n, {1});
        net.unsubscribe(ids[1], 7);
        net.unsubscribe(ids[1], 7);
        net.unsubscribe(ids[2], 8);
        if (round % 7 == 0)
            QCoreApplication::processEvents();
    }
    for (int i = 0; i < 3; ++i) {
        const auto &client = *clients[static_cast<size_t>(i)];
        QVERIFY(runUntil([&] { return texts(client).size() >= expected[i].size(); }));
        QCOMPARE(texts(client), expected[i]);
    }
}

void tst_NetFanOut::subscriptionEndsWithTheConnection()
{
    EchoServer server;
    auto clients = connectClients(server, 2);
    for (const ConnectionId id : server.opened)
        server.net().subscribe(id, 1);
    clients[0]->socket().abort();
    server.net().broadcast(1, "one");
    QTRY_COMPARE(server.closed, server.opened.first(1));
    server.net().broadcast(1, "two");
    QTRY_COMPARE(texts(*clients[1]), (QList<QByteArray>{"one", "two"}));
}

void tst_NetFanOut::slowReaderIsCutAndHurtsNobody()
{
    NetConfig config;
    config.maxPendingBytes = 1024 * 1024;
    EchoServer server(config);
    auto clients = connectClients(server, 3);
    for (const ConnectionId id : server.opened)
        server.net().subscribe(id, 1);
    clients[0]->socket().disconnect(clients[0].get()); // reads no more
    clients[0]->socket().setReadBufferSize(1);
    const QByteArray text(64 * 1024, 'x');
    for (int i = 0; i < 1000 && server.closed.isEmpty(); ++i) {
        server.net().broadcast(1, text);
        for (RawClient *reader : {clients[1].get(), clients[2].get()}) {
            QVERIFY(runUntil([&] { return reader->received.size() >= text.size() + 10; }));
            QCOMPARE(texts(*reader), QList<QByteArray>{text});
            reader->received.clear();
        }
    }
    QCOMPARE(server.closed, server.opened.first(1));
    QTRY_COMPARE(server.net().connectionCount(), 2);
    clients[1]->received.clear();
    server.net().broadcast(1, "on");
    QTRY_COMPARE(texts(*clients[1]), QList<QByteArray>{"on"});
}

void tst_NetFanOut::patientSenderIsToldWhenAllIsTaken()
{
    EchoServer server;
    const auto clients = connectClients(server, 1);
    const ConnectionId id = server.opened.first();
    int drained = 0;
    connect(&server.net(), &NetServer::connectionDrained, this, [&] {
        if (++drained == 20)
            return;
        server.net().send(id, QByteArray(1024 * 1024, 'x'));
        server.net().notifyDrained(id);
    });
    server.net().notifyDrained(id);
    QVERIFY(runUntil([&] { return drained == 20; }));
    QVERIFY(runUntil([&] { return texts(*clients[0]).size() == 19; }));
    QVERIFY(server.closed.isEmpty());
}

void tst_NetFanOut::unhandledFramesStopTheReading()
{
    NetConfig config;
    config.maxUnhandledFrames = 10;
    EchoServer server(config);
    server.answers = false;
    auto clients = connectClients(server, 2);
    RawClient &flooder = *clients[0];
    const QByteArray frames = RawClient::frame(1, Typing + QByteArray(1000, ' ')).repeated(100);
    constexpr int Batches = 400; // 40 MB: more than the kernel buffers
    for (int i = 0; i < Batches; ++i)
        flooder.send(frames);
    QTRY_COMPARE(server.frames.size(), 10);
    // The other one is served meanwhile, and what the flooder wrote stays on its side.
    clients[1]->sendFrame(1, Typing);
    QTRY_COMPARE(server.frames.size(), 11);
    QVERIFY(flooder.socket().bytesToWrite() > frames.size() * Batches / 2);
    // Each handled frame lets others in; nothing is lost or doubled.
    for (int i = 0; i < 10; ++i)
        server.net().frameHandled(server.opened[0]);
    QTRY_COMPARE(server.frames.size(), 21);
    server.answers = true;
    for (int i = 0; i < 10; ++i)
        server.net().frameHandled(server.opened[0]);
    QVERIFY(runUntil([&] { return server.frames.size() == 100 * Batches + 1; }));
    QVERIFY(server.closed.isEmpty());
}

void tst_NetFanOut::oneUnhandledFrameAtATime()
{
    NetConfig config;
    config.maxUnhandledFrames = 1;
    EchoServer server(config);
    const auto clients = connectClients(server, 1);
    clients[0]->send(RawClient::frame(1, Typing).repeated(300));
    QVERIFY(runUntil([&] { return texts(*clients[0]).size() == 300; }));
}

void tst_NetFanOut::floodOfLargeFramesIsReadOn()
{
    NetConfig config;
    config.maxUnhandledFrames = 3;
    EchoServer server(config);
    const auto clients = connectClients(server, 1);
    const QByteArray large =
        RawClient::frame(1, Typing + QByteArray(Limits::ClientFrameBytes - Typing.size(), ' '));
    const QByteArray small = RawClient::frame(1, Typing);
    for (int i = 0; i < 50; ++i)
        clients[0]->send(small + large + small.repeated(i) + large);
    const qsizetype all = 50 * 3 + 50 * 49 / 2;
    QVERIFY(runUntil([&] { return server.frames.size() == all; }));
    QVERIFY(runUntil([&] { return texts(*clients[0]).size() == all; }));
}

void tst_NetFanOut::fiveHundredAtOnce()
{
    constexpr int Count = 500;
    EchoServer server;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    QByteArray greeting = RawClient::upgradeRequest();
    int answered = 0;
    for (int i = 0; i < Count; ++i) {
        auto socket = std::make_unique<QTcpSocket>();
        connect(socket.get(), &QTcpSocket::connected, this,
                [&, raw = socket.get()] { raw->write(greeting); });
        connect(socket.get(), &QTcpSocket::readyRead, this, [&, raw = socket.get()] {
            const QByteArray bytes = raw->readAll();
            answered += static_cast<int>(bytes.count("HTTP/1.1 101 ") + bytes.count("all of you"));
        });
        socket->connectToHost(QHostAddress::LocalHost, server.port());
        sockets.push_back(std::move(socket));
    }
    QVERIFY(runUntil([&] { return answered == Count && server.opened.size() == Count; }));
    QCOMPARE(server.net().connectionCount(), Count);
    for (const ConnectionId id : server.opened)
        server.net().subscribe(id, 1);
    server.net().broadcast(1, "all of you");
    QVERIFY(runUntil([&] { return answered == 2 * Count; }));
    sockets.clear();
    QVERIFY(runUntil([&] { return server.net().connectionCount() == 0; }));
    QCOMPARE(server.closed.size(), Count);
    QCOMPARE(QSet<ConnectionId>(server.closed.begin(), server.closed.end()),
             QSet<ConnectionId>(server.opened.begin(), server.opened.end()));
}

void tst_NetFanOut::drainTellsAllAndEnds()
{
    EchoServer server;
    const auto clients = connectClients(server, 3);
    RawClient idle(server.port());
    QTRY_COMPARE(server.net().connectionCount(), 4);
    for (const ConnectionId id : server.opened)
        server.net().send(id, "last word");
    server.net().drain(u"retry in 5 s"_s, std::chrono::seconds(20));
    for (const auto &client : clients) {
        QTRY_COMPARE(client->closeCode(), 1001);
        QCOMPARE(texts(*client), QList<QByteArray>{"last word"});
        QCOMPARE(splitFrames(client->received).last().payload.sliced(2), "retry in 5 s");
    }
    QTRY_COMPARE(server.drained, 1);
    QCOMPARE(server.net().connectionCount(), 0);
    QCOMPARE(server.closed.size(), 3);
    QVERIFY(!idle.isOpen());
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, server.port());
    QVERIFY(!late.waitForConnected(2000));
}

void tst_NetFanOut::drainWaitsForTheAnswerUnderWay()
{
    EchoServer server;
    server.responds = false;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(server.exchanges.size(), 1);
    server.net().drain({}, std::chrono::seconds(20));
    QCoreApplication::processEvents();
    QCOMPARE(server.drained, 0);
    HttpResponse response;
    response.body = "done";
    server.net().respond(server.exchanges.first(), response);
    QTRY_VERIFY(client.received.endsWith("done"));
    QVERIFY(client.received.contains("Connection: close\r\n"));
    QTRY_COMPARE(server.drained, 1);
}

void tst_NetFanOut::drainOfNobodyEnds()
{
    EchoServer server;
    server.net().drain({}, std::chrono::seconds(20));
    QTRY_COMPARE(server.drained, 1);
}

void tst_NetFanOut::drainEndsByItsTimeOut()
{
    EchoServer server;
    server.responds = false;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(server.exchanges.size(), 1);
    server.net().drain({}, std::chrono::milliseconds(50));
    QTRY_COMPARE(server.drained, 1);
    QTRY_VERIFY(!client.isOpen());
    QTRY_COMPARE(server.net().connectionCount(), 0);
    QCOMPARE(server.drained, 1);
}

void tst_NetFanOut::stopListeningKeepsThoseThatAreThere()
{
    EchoServer server;
    const auto clients = connectClients(server, 1);
    const quint16 port = server.port();
    server.net().stopListening();
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(!late.waitForConnected(2000));
    clients[0]->sendFrame(1, Typing);
    QTRY_COMPARE(texts(*clients[0]), QList<QByteArray>{"echo general"});
}

void tst_NetFanOut::endsWithConnectionsOpen()
{
    auto server = std::make_unique<EchoServer>();
    const auto clients = connectClients(*server, 3);
    RawClient http(server->port());
    http.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const ConnectionId id : server->opened)
        server->net().send(id, QByteArray(1024 * 1024, 'x'));
    server.reset();
    QTRY_VERIFY(!clients[0]->isOpen() && !clients[2]->isOpen() && !http.isOpen());
}

QTEST_GUILESS_MAIN(tst_NetFanOut)
#include "tst_netfanout.moc"
