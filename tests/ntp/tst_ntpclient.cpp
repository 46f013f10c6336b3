// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// NtpClient over real sockets: what it measures of an NtpServer, and what it makes of everybody else.
#include "ntp/ntpclient.h"

#include "ntp/ntppacket.h"
#include "ntp/ntpserver.h"
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

class tst_NtpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measures_data();
    void measures();
    void fallsBackToLesserStamps_data();
    void fallsBackToLesserStamps();
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

void tst_NtpClient::measures_data()
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

void tst_NtpClient::measures()
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

void tst_NtpClient::fallsBackToLesserStamps_data()
{
    QTest::addColumn<KernelStamping>("best");
    QTest::newRow("both") << KernelStamping::Both;
    QTest::newRow("received") << KernelStamping::Received;
    QTest::newRow("received-on-demand") << KernelStamping::ReceivedOnDemand;
    QTest::newRow("none") << KernelStamping::None;
}

void tst_NtpClient::fallsBackToLesserStamps()
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

void tst_NtpClient::usesANewPortAndCookieForEachRequest()
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

void tst_NtpClient::ignoresStrangers()
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

void tst_NtpClient::reportsAKissOfDeath()
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

void tst_NtpClient::reportsSilence()
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

void tst_NtpClient::asksALinkLocalAddress_data()
{
    QTest::addColumn<bool>("byNumber");
    QTest::newRow("interface-by-name") << false;
    QTest::newRow("interface-by-number") << true;
}

void tst_NtpClient::asksALinkLocalAddress()
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

void tst_NtpClient::reportsThatNobodyListens()
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

void tst_NtpClient::reportsThatThereIsNoWay()
{
    const SystemClock clock;
    NtpClient client(clock);
    QSignalSpy failed(&client, &NtpClient::failed);
    client.query(QHostAddress(QStringLiteral("fe80::1")), 123, 60s); // by which interface?
    QCOMPARE(failed.size(), 0);                                      // never from within query()
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<NtpFailure>(), NtpFailure::NoRoute);
}

void tst_NtpClient::tellsReadErrorsApart_data()
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

void tst_NtpClient::tellsReadErrorsApart()
{
    QFETCH(int, error);
    QTEST(kindOfReadError(error), "kind");
}

void tst_NtpClient::explainsEachFailure()
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

void tst_NtpClient::givesUpAnOlderQueryInSilence()
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

void tst_NtpClient::canAskAgainFromItsOwnSignal()
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

void tst_NtpClient::canBeDestroyedFromItsOwnSignal()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    auto client = std::make_unique<NtpClient>(clock);
    connect(client.get(), &NtpClient::answered, this, [&] { client.reset(); });
    client->query(server.address(), server.port());
    QTRY_VERIFY(!client);
}

QTEST_GUILESS_MAIN(tst_NtpClient)
#include "tst_ntpclient.moc"
