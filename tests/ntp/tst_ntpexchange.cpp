// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// NtpServer and NtpClient over real sockets.
#include "ntp/ntpclient.h"
#include "ntp/ntppacket.h"
#include "ntp/ntpserver.h"

#include "tests/ntp/oddrequests.h"
#include "tests/ntp/offsetclock.h"
#include "tests/ntp/scriptedserver.h"

#include <QNetworkDatagram>
#include <QNetworkInterface>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

#include <algorithm>
#include <cerrno>

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

class tst_NtpExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measures_data();
    void measures();
    void fallsBackToLesserStamps_data();
    void fallsBackToLesserStamps();
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
    void usesANewPortAndCookieForEachRequest();
    void ignoresStrangers();
    void reportsAKissOfDeath();
    void reportsSilence();
    void asksALinkLocalAddress_data();
    void asksALinkLocalAddress();
    void reportsThatNobodyListens();
    void reportsThatThereIsNoWay();
    void tellsReadErrorsApart_data();
    void tellsReadErrorsApart();
    void explainsEachFailure();
    void givesUpAnOlderQueryInSilence();
    void canAskAgainFromItsOwnSignal();
    void canBeDestroyedFromItsOwnSignal();
};

void tst_NtpExchange::measures_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QString>("ask");
    QTest::addColumn<bool>("batching");
    QTest::addColumn<qint64>("skewMillis");
    const QString any = QStringLiteral("::");
    const QString v4 = QStringLiteral("127.0.0.1");
    const QString v6 = QStringLiteral("::1");
    for (const bool batching : {true, false}) {
        const char *how = batching ? "batch" : "portable";
        QTest::addRow("v4, %s", how) << v4 << v4 << batching << qint64(0);
        QTest::addRow("v6, %s", how) << v6 << v6 << batching << qint64(0);
        QTest::addRow("both by v4, %s", how) << any << v4 << batching << qint64(0);
        QTest::addRow("both by v6, %s", how) << any << v6 << batching << qint64(0);
        QTest::addRow("+250 ms, %s", how) << any << v4 << batching << qint64(250);
        QTest::addRow("-3.7 s, %s", how) << any << v6 << batching << qint64(-3700);
    }
}

void tst_NtpExchange::measures()
{
    QFETCH(QString, bind);
    QFETCH(QString, ask);
    QFETCH(bool, batching);
    QFETCH(qint64, skewMillis);
    const OffsetClock theirs{std::chrono::milliseconds(skewMillis)};
    const SystemClock ours;
    NtpServer server(theirs);
    server.setBatching(batching);
    QVERIFY2(server.listen(QHostAddress(bind), 0), qPrintable(server.errorString()));
    QVERIFY(server.port() > 0);
    NtpClient client(ours);
    for (int i = 1; i <= 5; ++i) {
        QSignalSpy answered(&client, &NtpClient::answered);
        client.query(QHostAddress(ask), server.port());
        QTRY_COMPARE(answered.size(), 1);
        const auto sample = answered.at(0).at(0).value<NtpSample>();
        QVERIFY(sample.offset.contains(std::chrono::milliseconds(skewMillis)));
        QVERIFY(sample.offset.bound() < Nanos(1s));
        QCOMPARE(sample.stratum, 10);
        QVERIFY(sample.delay >= Nanos::zero());
        QCOMPARE(server.counters().answered, quint64(i));
    }
}

void tst_NtpExchange::fallsBackToLesserStamps_data()
{
    QTest::addColumn<KernelStamping>("best");
    QTest::newRow("both") << KernelStamping::Both;
    QTest::newRow("received") << KernelStamping::Received;
    QTest::newRow("received-on-demand") << KernelStamping::ReceivedOnDemand;
    QTest::newRow("none") << KernelStamping::None;
}

void tst_NtpExchange::fallsBackToLesserStamps()
{
    QFETCH(KernelStamping, best);
    const SystemClock theirs;
    const OffsetClock ours{-250ms};
    NtpServer server(theirs);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    NtpClient client(ours);
    client.setStamping(best);
    QSignalSpy answered(&client, &NtpClient::answered);
    for (int i = 1; i <= 5; ++i) {
        client.query(server.address(), server.port());
        QTRY_COMPARE(answered.size(), i);
        const auto sample = answered.last().at(0).value<NtpSample>();
        QVERIFY(sample.offset.contains(250ms));
        QCOMPARE(sample.t1ByKernel, best == KernelStamping::Both);
        QCOMPARE(sample.t4ByKernel, best != KernelStamping::None);
    }
}

void tst_NtpExchange::answersManyAtOnce()
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

void tst_NtpExchange::answersOnlyWhatItMay()
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

void tst_NtpExchange::decidesEveryOddRequest_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("batching");
    for (const bool batching : {true, false}) {
        for (const char *address : {"127.0.0.1", "::1"})
            QTest::addRow("%s, %s", address, batching ? "batch" : "portable")
                << QString::fromLatin1(address) << batching;
    }
}

void tst_NtpExchange::decidesEveryOddRequest()
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

void tst_NtpExchange::hasASocketForEachFamily()
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

void tst_NtpExchange::canBeHeldToLoopback()
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

void tst_NtpExchange::leavesOutAFamilyThatIsMissing()
{
    const SystemClock clock;
    NtpServer server(clock);
    const QHostAddress nobodys(QStringLiteral("2001:db8::1")); // as ::1 is where IPv6 is off
    QVERIFY(server.listen(QList<QHostAddress>{nobodys, QHostAddress(QHostAddress::LocalHost)}, 0));
    QCOMPARE(server.address(), QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!server.listen(nobodys, 0));
    QVERIFY(!server.errorString().isEmpty());
}

void tst_NtpExchange::needsThePortInBothFamilies()
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

void tst_NtpExchange::tellsWhoAsksTooOften()
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

void tst_NtpExchange::answersFromTheAddressThatWasAsked_data()
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

void tst_NtpExchange::answersFromTheAddressThatWasAsked()
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

void tst_NtpExchange::keepsListeningAfterMuchRubbish()
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

void tst_NtpExchange::servesTheLatestSnapshot()
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

void tst_NtpExchange::saysWhyItCannotListen()
{
    const SystemClock clock;
    NtpServer first(clock);
    QVERIFY(first.listen(QHostAddress(QStringLiteral("::")), 0));
    NtpServer second(clock);
    QVERIFY(!second.listen(QHostAddress(QStringLiteral("::")), first.port()));
    QVERIFY(!second.errorString().isEmpty());
    QCOMPARE(second.port(), quint16(0));
}

void tst_NtpExchange::closesAndListensAgain()
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

void tst_NtpExchange::usesANewPortAndCookieForEachRequest()
{
    ScriptedServer server([](QUdpSocket &socket, const QNetworkDatagram &asked) {
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(goodReply(asked)))));
    });
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    QSet<int> ports;
    QSet<NtpTimestamp> cookies;
    for (int i = 1; i <= 8; ++i) {
        client.query(QHostAddress(QHostAddress::LocalHost), server.port());
        QTRY_COMPARE(answered.size(), i);
        ports.insert(server.requests.last().senderPort());
        const auto packet = decode(server.requests.last().data());
        cookies.insert(packet->transmit);
        QCOMPARE(server.requests.last().data().size(), 48);
        QCOMPARE(packet->origin, NtpTimestamp(0)); // nothing about us
        QCOMPARE(packet->reference, NtpTimestamp(0));
    }
    QCOMPARE(cookies.size(), 8);
    QVERIFY(ports.size() >= 7); // chance may repeat one
}

void tst_NtpExchange::ignoresStrangers()
{
    QUdpSocket stranger;
    QVERIFY(stranger.bind(QHostAddress(QHostAddress::LocalHost), 0));
    ScriptedServer server([&stranger](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket lie = goodReply(asked);
        lie.receive += quint64(100) << 32;
        lie.transmit = lie.receive;
        NtpPacket wrongCookie = lie;
        wrongCookie.origin ^= 1;
        NtpPacket wrongMode = lie;
        wrongMode.mode = NtpMode::Broadcast;
        NtpPacket forgedKiss = lie;
        forgedKiss.stratum = 0;
        forgedKiss.referenceId = 0x4445'4E59;
        forgedKiss.origin = 0;
        for (const NtpPacket &packet : {wrongCookie, wrongMode, forgedKiss})
            socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(packet))));
        socket.writeDatagram(asked.makeReply(QByteArray(20, 'x')));
        stranger.writeDatagram(toArray(encodeNtpHeader(lie)), asked.senderAddress(),
                               quint16(asked.senderPort()));
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(goodReply(asked)))));
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(lie)))); // only the first counts
    });
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QHostAddress::LocalHost), server.port());
    QTRY_COMPARE(answered.size(), 1);
    QVERIFY(answered.at(0).at(0).value<NtpSample>().offset.contains(Nanos::zero()));
    QCOMPARE(failed.size(), 0);
}

void tst_NtpExchange::reportsAKissOfDeath()
{
    ScriptedServer server([](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket kiss = goodReply(asked);
        kiss.leap = 3;
        kiss.stratum = 0;
        kiss.referenceId = 0x5241'5445;
        kiss.poll = 10;
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(kiss))));
    });
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QHostAddress::LocalHost), server.port());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::KissOfDeath);
    QCOMPARE(failed.at(0).at(1).toString(), QStringLiteral("RATE"));
    QCOMPARE(failed.at(0).at(2).value<Nanos>(), Nanos(1024s));
}

void tst_NtpExchange::reportsSilence()
{
    ScriptedServer server([](QUdpSocket &, const QNetworkDatagram &) {});
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QHostAddress::LocalHost), server.port(), 30ms);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::NoAnswer);
    QCOMPARE(server.requests.size(), 1);
}

void tst_NtpExchange::asksALinkLocalAddress_data()
{
    QTest::addColumn<bool>("byNumber");
    QTest::newRow("interface-by-name") << false;
    QTest::newRow("interface-by-number") << true;
}

void tst_NtpExchange::asksALinkLocalAddress()
{
    QFETCH(bool, byNumber);
    const auto addresses = QNetworkInterface::allAddresses();
    const auto found = std::find_if(addresses.begin(), addresses.end(), [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv6Protocol && address.isLinkLocal();
    });
    if (found == addresses.end())
        QSKIP("NOT TESTED: this machine has no IPv6 link-local address");
    QHostAddress asked = *found;
    const int index = QNetworkInterface::interfaceIndexFromName(asked.scopeId());
    QVERIFY(index > 0);
    if (byNumber)
        asked.setScopeId(QString::number(index));
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QStringLiteral("::")), 0));
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    client.query(asked, server.port());
    QTRY_COMPARE(answered.size(), 1);
    QVERIFY(answered.at(0).at(0).value<NtpSample>().offset.contains(0ns));
}

void tst_NtpExchange::reportsThatNobodyListens()
{
    quint16 port = 0;
    {
        QUdpSocket gone;
        QVERIFY(gone.bind(QHostAddress(QHostAddress::LocalHost), 0));
        port = gone.localPort();
    }
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QHostAddress::LocalHost), port, 60s);
    QTRY_COMPARE(failed.size(), 1); // long before the time-out
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::Refused);
}

void tst_NtpExchange::reportsThatThereIsNoWay()
{
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QStringLiteral("fe80::1")), 123, 60s); // by which interface?
    QCOMPARE(failed.size(), 0);                                      // never from within query()
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::NoRoute);
}

void tst_NtpExchange::tellsReadErrorsApart_data()
{
    using Kind = StampedDatagram::Kind;
    QTest::addColumn<int>("error");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("ECONNREFUSED") << ECONNREFUSED << Kind::Refused;
    QTest::newRow("ENETUNREACH") << ENETUNREACH << Kind::Unreachable;
    QTest::newRow("EHOSTUNREACH") << EHOSTUNREACH << Kind::Unreachable;
    QTest::newRow("ENETDOWN") << ENETDOWN << Kind::Unreachable;
    QTest::newRow("EACCES") << EACCES << Kind::Unreachable;
    QTest::newRow("EAGAIN") << EAGAIN << Kind::Nothing;
    QTest::newRow("EINTR") << EINTR << Kind::Nothing;
}

void tst_NtpExchange::tellsReadErrorsApart()
{
    QFETCH(int, error);
    QTEST(kindOfReadError(error), "kind");
}

void tst_NtpExchange::explainsEachFailure()
{
    using enum NtpFailure;
    QSet<QString> words;
    for (const NtpFailure failure :
         {NoName, NoRoute, Unreachable, NoAnswer, Refused, KissOfDeath, Unsynchronised, Malformed}) {
        words.insert(explain(failure));
        QCOMPARE(wasAsked(failure), failure != NoName && failure != NoRoute);
    }
    QCOMPARE(words.size(), 8);
    QCOMPARE(explain(NoRoute), QStringLiteral("There is no way to the server's address."));
    QCOMPARE(explain(Refused), QStringLiteral("Nothing listens at the server's address."));
}

void tst_NtpExchange::givesUpAnOlderQueryInSilence()
{
    ScriptedServer silent([](QUdpSocket &, const QNetworkDatagram &) {});
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    NtpClient client(clock);
    QSignalSpy answered(&client, &NtpClient::answered);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QHostAddress::LocalHost), silent.port(), 10ms);
    client.query(QHostAddress(QHostAddress::LocalHost), server.port());
    QTRY_COMPARE(answered.size(), 1);
    QTest::qWait(30); // past the time-out of the first
    QCOMPARE(failed.size(), 0);
    QCOMPARE(answered.size(), 1);
}

void tst_NtpExchange::canAskAgainFromItsOwnSignal()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    NtpClient client(clock);
    int answers = 0;
    connect(&client, &NtpClient::answered, this, [&] {
        if (++answers < 20)
            client.query(server.address(), server.port());
    });
    client.query(server.address(), server.port());
    QTRY_COMPARE(answers, 20);
}

void tst_NtpExchange::canBeDestroyedFromItsOwnSignal()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    auto client = std::make_unique<NtpClient>(clock);
    connect(client.get(), &NtpClient::answered, this, [&] { client.reset(); });
    client->query(server.address(), server.port());
    QTRY_VERIFY(!client);
}

QTEST_GUILESS_MAIN(tst_NtpExchange)
#include "tst_ntpexchange.moc"
