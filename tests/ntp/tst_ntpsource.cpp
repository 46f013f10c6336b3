// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpsource.h"

#include "ntp/ntpserver.h"
#include "tests/ntp/offsetclock.h"
#include "tests/ntp/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

/// The machine's clock, which says that it slept when a test wants it so.
class SleepyClock : public SystemClock
{
public:
    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.asleep += asleep;
        return reading;
    }
    Nanos asleep{};
};

/// Asks once, and then not for hours.
TimeTimings calm()
{
    TimeTimings timings;
    timings.nearbyBurst = 1;
    timings.minPoll = 1h;
    timings.maxPoll = 1h;
    timings.sleepCheck = 5ms;
    return timings;
}

/// Asks all the time.
TimeTimings quick()
{
    TimeTimings timings = calm();
    timings.minPoll = 5ms;
    timings.maxPoll = 5ms;
    timings.ntpTimeout = 50ms;
    return timings;
}

SourceAddress at(const QString &host, quint16 port)
{
    return {host, port};
}

std::unique_ptr<NtpSource> source(const Clock &clock, quint16 port, const TimeTimings &timings,
                                  const QString &host = QStringLiteral("127.0.0.1"))
{
    return std::make_unique<NtpSource>(clock, QStringLiteral("upstream"), SourceKind::Ntp, at(host, port),
                                       timings);
}

ScriptedServer::Script kissOf(quint32 code, qint8 poll)
{
    return [code, poll](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket kiss = goodReply(asked);
        kiss.leap = 3;
        kiss.stratum = 0;
        kiss.poll = poll;
        kiss.referenceId = code;
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(kiss))));
    };
}

} // namespace

class tst_NtpSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatItHeard();
    void asksAtOnceAfterASleep();
    void startsAnewAfterAStepOfTheServer();
    void isUnsteadyWhileTheServerContradictsItself();
    void holdsOverWhenNobodyAnswersAnyMore();
    void triesEveryAddressOfAName();
    void triesAgainSoonWhenThereIsNoWay();
    void asksNobodyByNoAddress_data();
    void asksNobodyByNoAddress();
    void obeysKisses_data();
    void obeysKisses();
};

void tst_NtpSource::tellsWhatItHeard()
{
    ScriptedServer server([](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket packet = goodReply(asked);
        packet.rootDelay = toNtpShort(20ms);
        packet.rootDispersion = toNtpShort(3ms);
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(packet))));
    });
    const SystemClock clock;
    const auto upstream = source(clock, server.port(), quick());
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QVERIFY(!upstream->status(clock.read()).interval);
    QTRY_COMPARE_GE(polled.size(), 9);
    const SourceStatus status = upstream->status(clock.read());
    QCOMPARE(status.state, StampState::Ok);
    QVERIFY(status.interval->contains(0ns));
    QVERIFY(status.interval->bound() >= Nanos(13ms));
    QCOMPARE(status.reach, quint8(0xFF));
    QCOMPARE(status.stratum, std::optional(1));
    QVERIFY(status.rootDelay >= Nanos(20ms) && status.rootDelay < Nanos(21ms));
    QVERIFY(status.rootDispersion >= Nanos(3ms) && status.rootDispersion < Nanos(4ms));
    QCOMPARE(status.frequencyPpm, 0.0); // nothing can be said so soon
    QCOMPARE(status.driftPpm, 100.0);
    QCOMPARE(status.poll, std::optional<Nanos>(5ms));
}

void tst_NtpSource::asksAtOnceAfterASleep()
{
    const SystemClock theirs;
    NtpServer server(theirs);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    SleepyClock clock;
    const auto upstream = source(clock, server.port(), calm());
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QTRY_VERIFY(upstream->status(clock.read()).interval);
    QCOMPARE(server.counters().answered, quint64(1));
    polled.clear();
    clock.asleep = 8h;
    const SourceStatus status = upstream->status(clock.read());
    QVERIFY(!status.interval); // the line that it was measured on stood still
    QVERIFY(!status.reason.isEmpty());
    QTRY_VERIFY(upstream->status(clock.read()).interval); // an hour before it was due
    QCOMPARE(server.counters().answered, quint64(2));
    QVERIFY(polled.size() >= 2); // once to say that all is void
    QVERIFY(upstream->status(clock.read()).reason.isEmpty());
}

void tst_NtpSource::startsAnewAfterAStepOfTheServer()
{
    OffsetClock theirs;
    NtpServer server(theirs);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const SystemClock clock;
    const auto upstream = source(clock, server.port(), quick());
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QTRY_COMPARE_GE(polled.size(), 5);
    QVERIFY(upstream->status(clock.read()).interval->contains(0ns));
    theirs.setSkew(5s);
    QTRY_VERIFY(upstream->status(clock.read()).interval->contains(5s));
}

void tst_NtpSource::isUnsteadyWhileTheServerContradictsItself()
{
    Nanos skew{};
    Nanos jump{};
    ScriptedServer server([&](QUdpSocket &socket, const QNetworkDatagram &asked) {
        skew += jump;
        jump = -jump;
        NtpPacket packet = goodReply(asked);
        packet.receive = packet.transmit = toNtpTimestamp(SystemClock().now() + skew);
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(packet))));
    });
    const SystemClock clock;
    const auto upstream = source(clock, server.port(), quick());
    upstream->start({});
    QTRY_VERIFY(upstream->status(clock.read()).interval);
    skew = 5s; // once is a step
    QTRY_VERIFY(upstream->status(clock.read()).interval->contains(5s));
    QVERIFY(!upstream->status(clock.read()).unsteady);
    jump = 1s;
    QTRY_VERIFY(upstream->status(clock.read()).unsteady);
    jump = Nanos::zero();
    QTRY_VERIFY(!upstream->status(clock.read()).unsteady);
}

void tst_NtpSource::holdsOverWhenNobodyAnswersAnyMore()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const auto upstream = source(clock, server.port(), quick());
    upstream->start({});
    QTRY_COMPARE(upstream->status(clock.read()).state, StampState::Ok);
    server.close();
    QTRY_COMPARE(upstream->status(clock.read()).state, StampState::Holdover);
    ClockReading reading = clock.read();
    const Nanos bound = upstream->status(reading).interval->bound();
    reading.mono += 1h;
    reading.wall += 1h;
    QVERIFY(upstream->status(reading).interval->bound() >= bound + 360ms);
}

void tst_NtpSource::triesEveryAddressOfAName()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0)); // the name may mean ::1 first
    const auto upstream = source(clock, server.port(), quick(), QStringLiteral("localhost"));
    upstream->start({});
    QTRY_COMPARE(upstream->status(clock.read()).state, StampState::Ok);
}

void tst_NtpSource::asksNobodyByNoAddress_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("v4") << QStringLiteral("0.0.0.0"); // where a connection reaches this machine
    QTest::newRow("v6") << QStringLiteral("::");
}

void tst_NtpSource::asksNobodyByNoAddress()
{
    QFETCH(const QString, host);
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QStringLiteral("::")), 0));
    const auto upstream = source(clock, server.port(), quick(), host);
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QTRY_VERIFY(polled.size() >= 2);
    QCOMPARE(server.counters().received, quint64(0));
    QCOMPARE(upstream->status(clock.read()).reason, explain(NtpFailure::NoName));
}

void tst_NtpSource::triesAgainSoonWhenThereIsNoWay()
{
    const SystemClock clock;
    TimeTimings timings = calm();
    timings.burstGap = 1ms;
    timings.longestUnsent = 5ms; // against the hour of any other poll
    const auto upstream = source(clock, 123, timings, QStringLiteral("fe80::1")); // by which interface?
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QTRY_COMPARE_GE(polled.size(), 10);
    QCOMPARE(upstream->status(clock.read()).reason, explain(NtpFailure::NoRoute));
}

void tst_NtpSource::obeysKisses_data()
{
    QTest::addColumn<quint32>("code");
    QTest::addColumn<bool>("forEver");
    QTest::newRow("DENY") << 0x4445'4E59U << true;
    QTest::newRow("RSTR") << 0x5253'5452U << true;
    QTest::newRow("RATE, once in 1024 s") << 0x5241'5445U << false;
}

void tst_NtpSource::obeysKisses()
{
    QFETCH(quint32, code);
    QFETCH(bool, forEver);
    ScriptedServer server(kissOf(code, 10));
    SleepyClock clock;
    const auto upstream = source(clock, server.port(), quick());
    QSignalSpy polled(upstream.get(), &NtpSource::polled);
    upstream->start({});
    QTRY_COMPARE(polled.size(), 1);
    QTest::qWait(50); // ten polls, if it did not listen
    QCOMPARE(server.requests.size(), 1);
    QVERIFY(!upstream->status(clock.read()).reason.isEmpty());
    clock.asleep = 8h;
    if (!forEver) {
        QTRY_COMPARE(server.requests.size(), 2);
        return;
    }
    QVERIFY(!upstream->status(clock.read()).poll);
    QTest::qWait(50); // ten looks at whether this machine slept: who was banned stays away all the same
    QCOMPARE(server.requests.size(), 1);
}

QTEST_GUILESS_MAIN(tst_NtpSource)
#include "tst_ntpsource.moc"
