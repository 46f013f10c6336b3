// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// NtpServer over real sockets.
#include "ntp/ntpserver.h"

#include "ntp/ntpclient.h"
#include "ntp/ntppacket.h"
#include "tests/ntp/oddrequests.h"
#include "tests/ntp/scriptedserver.h"

#include <QNetworkDatagram>
#include <QNetworkInterface>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

QByteArray request(NtpTimestamp cookie = 42)
{
    NtpPacket packet;
    packet.transmit = cookie;
    return toArray(encodeNtpHeader(packet));
}

} // namespace

class tst_NtpServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersManyAtOnce();
    void answersOnlyWhatItMay();
    void decidesEveryOddRequest_data();
    void decidesEveryOddRequest();
    void hasASocketForEachFamily();
    void canBeHeldToLoopback();
    void leavesOutAFamilyThatIsMissing();
    void needsThePortInBothFamilies();
    void tellsWhoAsksTooOften();
    void answersFromTheAddressThatWasAsked_data();
    void answersFromTheAddressThatWasAsked();
    void keepsListeningAfterMuchRubbish();
    void servesTheLatestSnapshot();
    void saysWhyItCannotListen();
    void closesAndListensAgain();
};

void tst_NtpServer::answersManyAtOnce()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress(QHostAddress::LocalHost), 0));
    constexpr int Count = 200;
    for (int i = 1; i <= Count; ++i)
        socket.writeDatagram(request(NtpTimestamp(i)), server.address(), server.port());
    QSet<NtpTimestamp> origins;
    const auto collect = [&] {
        while (socket.hasPendingDatagrams())
            origins.insert(decode(socket.receiveDatagram().data())->origin);
        return origins.size();
    };
    QTRY_COMPARE(collect(), qsizetype(Count));
    QCOMPARE(server.counters().received, quint64(Count));
    QCOMPARE(server.counters().answered, quint64(Count));
    QCOMPARE(server.counters().ignored(), quint64(0));
}

void tst_NtpServer::answersOnlyWhatItMay()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress(QHostAddress::LocalHost), 0));
    const auto send = [&](const QByteArray &bytes) {
        socket.writeDatagram(bytes, server.address(), server.port());
    };
    send(QByteArray());
    send(QByteArray(1, '\0'));
    send(QByteArray(47, '\x23'));
    send(QByteArray(1400, '\0'));
    send(QByteArray(5000, '\x23'));
    QByteArray symmetric = request();
    symmetric[0] = 0x21;
    send(symmetric);
    send(request(7));
    QTRY_COMPARE(server.counters().received, quint64(7));
    QTRY_VERIFY(socket.hasPendingDatagrams());
    const QNetworkDatagram reply = socket.receiveDatagram();
    QCOMPARE(decode(reply.data())->origin, NtpTimestamp(7));
    QCOMPARE(reply.data().size(), 48);
    QVERIFY(!socket.hasPendingDatagrams());
    QCOMPARE(server.counters().tooShort, quint64(3));
    QCOMPARE(server.counters().badVersion, quint64(1));
    QCOMPARE(server.counters().badMode, quint64(1));
    QCOMPARE(server.counters().malformed, quint64(1));
}

void tst_NtpServer::decidesEveryOddRequest_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("batching");
    for (const bool batching : {true, false}) {
        for (const char *address : {"127.0.0.1", "::1"})
            QTest::addRow("%s, %s", address, batching ? "batch" : "portable")
                << QString::fromLatin1(address) << batching;
    }
}

void tst_NtpServer::decidesEveryOddRequest()
{
    QFETCH(QString, address);
    QFETCH(bool, batching);
    const SystemClock clock;
    NtpServer server(clock);
    server.setBatching(batching);
    QVERIFY(server.listen(QHostAddress(address), 0));
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress(address), 0));
    quint64 sent = 0;
    for (const OddRequest &odd : oddRequests()) {
        const QByteArray bytes(reinterpret_cast<const char *>(odd.bytes.data()), qsizetype(odd.bytes.size()));
        socket.writeDatagram(bytes, server.address(), server.port());
        socket.writeDatagram(request(++sent), server.address(), server.port()); // says when it is decided
        if (odd.kind == NtpRequestKind::Plain) {
            QTRY_VERIFY2(socket.hasPendingDatagrams(), odd.name.c_str());
            const QByteArray reply = socket.receiveDatagram().data();
            QVERIFY(reply.size() <= bytes.size());
            QCOMPARE(decode(reply)->origin, decodeNtpHeader(odd.bytes)->transmit);
        }
        QTRY_VERIFY2(socket.hasPendingDatagrams(), odd.name.c_str());
        QCOMPARE(decode(socket.receiveDatagram().data())->origin, NtpTimestamp(sent));
    }
    QCOMPARE(server.counters().received, 2 * sent);
}

void tst_NtpServer::hasASocketForEachFamily()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QStringLiteral("::")), 0));
    QCOMPARE(server.address(), QHostAddress(QHostAddress::Any));
    QUdpSocket taken;
    for (const auto any : {QHostAddress::AnyIPv4, QHostAddress::AnyIPv6})
        QVERIFY(!taken.bind(QHostAddress(any), server.port(), QAbstractSocket::DontShareAddress));
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    client.query(QHostAddress(QHostAddress::LocalHost), server.port());
    QTRY_COMPARE(answered.size(), 1);
    client.query(QHostAddress(QHostAddress::LocalHostIPv6), server.port());
    QTRY_COMPARE(answered.size(), 2);
    QCOMPARE(server.counters().answered, quint64(2)); // of both together
}

void tst_NtpServer::canBeHeldToLoopback()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(
        QList<QHostAddress>{QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)},
        0));
    QCOMPARE(server.address(), QHostAddress(QHostAddress::LocalHost));
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    client.query(QHostAddress(QHostAddress::LocalHostIPv6), server.port());
    QTRY_COMPARE(answered.size(), 1);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QStringLiteral("127.0.0.2")), server.port());
    QTRY_COMPARE(failed.size(), 1); // another address of this machine is closed
}

void tst_NtpServer::leavesOutAFamilyThatIsMissing()
{
    const SystemClock clock;
    NtpServer server(clock);
    const QHostAddress nobodys(QStringLiteral("2001:db8::1")); // as ::1 is where IPv6 is off
    QVERIFY(server.listen(QList<QHostAddress>{nobodys, QHostAddress(QHostAddress::LocalHost)}, 0));
    QCOMPARE(server.address(), QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!server.listen(nobodys, 0));
    QVERIFY(!server.errorString().isEmpty());
}

void tst_NtpServer::needsThePortInBothFamilies()
{
    const SystemClock clock;
    QUdpSocket taken;
    QVERIFY(taken.bind(QHostAddress(QHostAddress::AnyIPv6), 0, QAbstractSocket::DontShareAddress));
    NtpServer server(clock);
    QVERIFY(!server.listen(QHostAddress(QStringLiteral("::")), taken.localPort()));
    QVERIFY(!server.errorString().isEmpty());
    QCOMPARE(server.port(), quint16(0));
    QUdpSocket other; // what was bound before the failure is free again
    QVERIFY(other.bind(QHostAddress(QHostAddress::AnyIPv4), taken.localPort(),
                       QAbstractSocket::DontShareAddress));
}

void tst_NtpServer::tellsWhoAsksTooOften()
{
    const SystemClock clock;
    for (const bool batching : {true, false}) {
        NtpServer server(clock, {.perSecond = 1, .burst = 3, .limitNearby = true});
        server.setBatching(batching);
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
        NtpClient client(clock);
        QSignalSpy answered(&client, &NtpClient::answered);
        QSignalSpy failed(&client, &NtpClient::failed);
        for (int i = 1; i <= 3; ++i) {
            client.query(server.address(), server.port());
            QTRY_COMPARE(answered.size(), i);
        }
        client.query(server.address(), server.port());
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::KissOfDeath);
        QCOMPARE(failed.at(0).at(1).toString(), QStringLiteral("RATE"));
        client.query(server.address(), server.port(), 20ms);
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(failed.at(1).at(0).value<NtpFailure>(), NtpFailure::NoAnswer);
        QCOMPARE(server.counters().kissed, quint64(1));
        QCOMPARE(server.counters().rateLimited, quint64(1));
    }
}

void tst_NtpServer::answersFromTheAddressThatWasAsked_data()
{
    QTest::addColumn<QHostAddress>("asker");
    QTest::addColumn<QHostAddress>("asked");
    const QHostAddress usual(QHostAddress::LocalHost);
    const QHostAddress second(QStringLiteral("127.0.0.2"));
    const QHostAddress third(QStringLiteral("127.0.0.3"));
    QTest::newRow("loopback") << usual << usual;
    QTest::newRow("asker-elsewhere") << third << usual;
    QTest::newRow("asked-elsewhere") << usual << second;
    QTest::newRow("both-elsewhere") << third << second;
    QTest::newRow("its-own") << second << second;
    QTest::newRow("v6") << QHostAddress(QHostAddress::LocalHostIPv6)
                        << QHostAddress(QHostAddress::LocalHostIPv6);
    const auto addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses) {
        if (address.isLoopback() || address.isLinkLocal())
            continue;
        const QByteArray name = address.toString().toLatin1();
        QTest::addRow("%s-asks-itself", name.constData()) << address << address;
        if (address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        QTest::addRow("%s-asks-loopback", name.constData()) << address << usual;
        QTest::addRow("loopback-asks-%s", name.constData()) << usual << address;
    }
}

void tst_NtpServer::answersFromTheAddressThatWasAsked()
{
    QFETCH(const QHostAddress, asker);
    QFETCH(const QHostAddress, asked);
    const SystemClock clock;
    NtpServer server(clock, {.perSecond = 0});
    QVERIFY(server.listen(QHostAddress(QStringLiteral("::")), 0));
    QUdpSocket socket;
    QVERIFY(socket.bind(asker, 0));
    for (int round = 0; round < 100; ++round) { // some are met by the read that re-arms the socket
        for (int i = 0; i < 7; ++i)
            socket.writeDatagram(request(), asked, server.port());
        for (int i = 0; i < 7; ++i) {
            QTRY_VERIFY(socket.hasPendingDatagrams());
            QCOMPARE(socket.receiveDatagram().senderAddress(), asked);
        }
    }
}

void tst_NtpServer::keepsListeningAfterMuchRubbish()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress(QHostAddress::LocalHost), 0));
    for (int round = 1; round <= 20; ++round) {
        for (int i = 0; i < 50; ++i)
            socket.writeDatagram(QByteArray(i, '\xFF'), server.address(), server.port());
        QTRY_COMPARE(server.counters().received, quint64(50 * round + round - 1));
        socket.writeDatagram(request(NtpTimestamp(round)), server.address(), server.port());
        QTRY_VERIFY(socket.hasPendingDatagrams());
        QCOMPARE(decode(socket.receiveDatagram().data())->origin, NtpTimestamp(round));
    }
}

void tst_NtpServer::servesTheLatestSnapshot()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    snapshot->sourcesConfigured = true;
    server.setSnapshot(snapshot);
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(server.address(), server.port());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::Unsynchronised);

    snapshot = std::make_shared<ReferenceSnapshot>();
    const ClockReading now = clock.read();
    snapshot->at = now.mono;
    snapshot->wallAt = now.wall;
    snapshot->asleepAt = now.asleep;
    snapshot->offset = Interval::around(-3700ms, 2ms);
    snapshot->state = StampState::Ok;
    snapshot->stratum = 3;
    snapshot->sourcesConfigured = true;
    server.setSnapshot(snapshot);
    server.setSnapshot({}); // nothing is not a snapshot
    QSignalSpy answered(&client, &NtpClient::answered);
    client.query(server.address(), server.port());
    QTRY_COMPARE(answered.size(), 1);
    const auto sample = answered.at(0).at(0).value<NtpSample>();
    QVERIFY(sample.offset.contains(-3700ms));
    QCOMPARE(sample.stratum, 3);
    QVERIFY(sample.rootDispersion >= Nanos(2ms));
}

void tst_NtpServer::saysWhyItCannotListen()
{
    const SystemClock clock;
    NtpServer first(clock);
    QVERIFY(first.listen(QHostAddress(QStringLiteral("::")), 0));
    NtpServer second(clock);
    QVERIFY(!second.listen(QHostAddress(QStringLiteral("::")), first.port()));
    QVERIFY(!second.errorString().isEmpty());
    QCOMPARE(second.port(), quint16(0));
}

void tst_NtpServer::closesAndListensAgain()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const quint16 port = server.port();
    server.close();
    QCOMPARE(server.port(), quint16(0));
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), port));
    QCOMPARE(server.port(), port);
    QVERIFY(server.errorString().isEmpty());
}

QTEST_GUILESS_MAIN(tst_NtpServer)
#include "tst_ntpserver.moc"
