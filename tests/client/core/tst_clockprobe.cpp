// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clockprobe.h"
#include "client/core/probeplan.h"
#include "ntp/ntpserver.h"
#include "tests/ntp/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// The machine's clock, off by a known amount, and unsteady on request.
class OffsetClock : public SystemClock
{
public:
    explicit OffsetClock(Nanos by, Nanos jitter = Nanos::zero())
        : m_by(by)
        , m_jitter(jitter)
    {}
    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.wall += m_by + (m_odd ? m_jitter : Nanos::zero());
        m_odd = !m_odd;
        return reading;
    }
    bool isFaulty() const override { return m_jitter != Nanos::zero(); }

private:
    Nanos m_by;
    Nanos m_jitter;
    mutable bool m_odd = false;
};

/// The machine's clock; says that it slept, or that it is a fault, when the test wants it so.
class SleepyClock : public SystemClock
{
public:
    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.asleep += asleep;
        return reading;
    }
    bool isFaulty() const override { return faulty; }

    Nanos asleep{};
    bool faulty = false;
};

SharedSnapshot snapshotOf(const Clock &clock, Nanos offset, Nanos bound)
{
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    const ClockReading reading = clock.read();
    snapshot->at = reading.mono;
    snapshot->wallAt = reading.wall;
    snapshot->asleepAt = reading.asleep;
    snapshot->offset = Interval::around(offset, bound);
    snapshot->state = StampState::Ok;
    snapshot->stratum = 2;
    snapshot->sourcesConfigured = true;
    snapshot->lastUpdate = reading.mono;
    return snapshot;
}

bool covers(const ClockStatus &status, WireMicros trueOffset)
{
    return status.offset && status.bound && *status.offset - *status.bound <= trueOffset &&
           trueOffset <= *status.offset + *status.bound;
}

} // namespace

class tst_ClockProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measuresOverUdp_data();
    void measuresOverUdp();
    void stampsHoldForAnUnsteadyClock_data();
    void stampsHoldForAnUnsteadyClock();
    void measuresOverTimeFrames_data();
    void measuresOverTimeFrames();
    void fallsBackToTimeFrames();
    void waitsForADaemonWithoutTime();
    void findsSomebodyElsesServer_data();
    void findsSomebodyElsesServer();
    void believesUdpOnceAFrameHasCome();
    void believesUdpOfADaemonWhoseClockIsWrong();
    void tellsSleepAndFaults();
    void tellsSleepUntilItHasMeasured();
    void startsOverWithAnotherReference_data();
    void startsOverWithAnotherReference();
    void measuresAtOnceAfterSleep();
    void measuresAtOnceAfterAJumpOfTheReference_data();
    void measuresAtOnceAfterAJumpOfTheReference();
    void knowsNothingBeforeItMeasured();
    void keepsWhatItKnewWhenStopped();
    void ignoresForeignReplies();
};

void tst_ClockProbe::measuresOverUdp_data()
{
    QTest::addColumn<qint64>("skewUs");
    QTest::addColumn<qint64>("daemonUs"); // reference minus daemon
    QTest::newRow("exact") << qint64(0) << qint64(0);
    QTest::newRow("250-ms-ahead") << qint64(250'000) << qint64(0);
    QTest::newRow("3.7-s-behind") << qint64(-3'700'000) << qint64(0);
    QTest::newRow("daemon-off-too") << qint64(-1'800'123) << qint64(77'000);
}

void tst_ClockProbe::measuresOverUdp()
{
    QFETCH(qint64, skewUs);
    QFETCH(qint64, daemonUs);
    SystemClock daemonClock;
    NtpServer server(daemonClock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    server.setSnapshot(snapshotOf(daemonClock, Micros(daemonUs), Micros(450)));
    OffsetClock clock{Micros(skewUs)};
    ClockProbe probe(clock);
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(daemonClock.now());
        probe.takeTimeReply({frame.t1, now, now, daemonUs, 450, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(changed.size(), 8); // the burst
    const ClockStatus status = probe.status();
    QCOMPARE(status.via, ProbePath::Udp);
    QCOMPARE(status.state, StampState::Ok);
    QVERIFY(covers(status, daemonUs - skewUs));
    QVERIFY(*status.bound >= 450); // the reference's own error is part of it
    QVERIFY(*status.bound < 1'000'000);
    QCOMPARE(*status.skew(), -*status.offset);
    const LiveStamp stamp = probe.liveStamp();
    QCOMPARE(stamp.via, ProbePath::Udp);
    QCOMPARE(stamp.state, StampState::Ok);
    QVERIFY(!stamp.fault);
    QVERIFY(*stamp.t >= toWire(clock.now()) - 5'000'000); // raw, not corrected
    QVERIFY(std::abs(*probe.referenceNow() - toWire(daemonClock.now()) - daemonUs) < 1'000'000);
}

void tst_ClockProbe::stampsHoldForAnUnsteadyClock_data()
{
    QTest::addColumn<bool>("udp");
    QTest::newRow("udp") << true;
    QTest::newRow("time-frames") << false;
}

void tst_ClockProbe::stampsHoldForAnUnsteadyClock()
{
    QFETCH(bool, udp);
    SystemClock truth;
    NtpServer server(truth);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    server.setSnapshot(snapshotOf(truth, Nanos::zero(), Micros(450)));
    OffsetClock clock{std::chrono::seconds(-2), std::chrono::seconds(40)}; // every other reading
    ClockProbe probe(clock);
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(truth.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 450, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, udp ? std::optional(server.port()) : std::nullopt);
    QTRY_COMPARE_GE(changed.size(), 8);
    for (int i = 0; i < 10; ++i) {
        const WireMicros before = toWire(truth.now());
        const LiveStamp stamp = probe.liveStamp();
        const WireMicros after = toWire(truth.now());
        QCOMPARE(stamp.via, udp ? ProbePath::Udp : ProbePath::WebSocket);
        QVERIFY(stamp.fault);
        QVERIFY(*stamp.bound < 1'000'000);
        QVERIFY(*stamp.t + *stamp.offset >= before - *stamp.bound);
        QVERIFY(*stamp.t + *stamp.offset <= after + *stamp.bound);
    }
}

void tst_ClockProbe::measuresOverTimeFrames_data()
{
    QTest::addColumn<qint64>("skewUs");
    QTest::addColumn<StampState>("reference");
    QTest::newRow("synchronised") << qint64(-1'800'000) << StampState::Ok;
    QTest::newRow("nothing-confirms-it") << qint64(40'000'000) << StampState::Unsynced;
}

void tst_ClockProbe::measuresOverTimeFrames()
{
    QFETCH(qint64, skewUs);
    QFETCH(StampState, reference);
    SystemClock daemonClock;
    OffsetClock clock{Micros(skewUs)};
    ClockProbe probe(clock);
    int asked = 0;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        ++asked;
        const WireMicros now = toWire(daemonClock.now());
        OptionalMicros bound = 300'000;
        if (reference == StampState::Unsynced)
            bound.reset();
        const TimeReplyFrame reply{frame.t1, now, now, 0, bound, reference};
        QMetaObject::invokeMethod(
            &probe, [&probe, &clock, reply] { probe.takeTimeReply(reply, clock.read()); },
            Qt::QueuedConnection);
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QTRY_COMPARE(asked, 8);
    QTRY_VERIFY(covers(probe.status(), -skewUs));
    const ClockStatus status = probe.status();
    QCOMPARE(status.via, ProbePath::WebSocket);
    QCOMPARE(status.state, StampState::Ok); // of our measurement alone
    QCOMPARE(status.referenceState, reference);
    QCOMPARE(*status.bound >= 300'000, reference == StampState::Ok);
}

void tst_ClockProbe::fallsBackToTimeFrames()
{
    QUdpSocket closed;
    QVERIFY(closed.bind(QHostAddress::LocalHost));
    const quint16 port = closed.localPort();
    closed.close(); // nobody answers there; ICMP says so at once
    SystemClock clock;
    ClockProbe probe(clock);
    int asked = 0;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        ++asked;
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, port);
    QTRY_COMPARE_GE_WITH_TIMEOUT(asked, 8, 20'000);
    QCOMPARE(probe.status().via, ProbePath::WebSocket);
    QCOMPARE(probe.status().ntpTrouble, NtpTrouble::Blocked);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ClockProbe::waitsForADaemonWithoutTime()
{
    SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    auto unheard = std::make_shared<ReferenceSnapshot>();
    unheard->sourcesConfigured = true;
    server.setSnapshot(unheard); // leap 3
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE(probe.status().ntpTrouble, NtpTrouble::NoTime);
    QCOMPARE(server.counters().answered, quint64(1)); // one answer is enough
    QCOMPARE(probe.status().via, ProbePath::WebSocket);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ClockProbe::findsSomebodyElsesServer_data()
{
    QTest::addColumn<bool>("fromTheStart");
    QTest::newRow("from-the-start") << true;
    QTest::newRow("later") << false;
}

void tst_ClockProbe::findsSomebodyElsesServer()
{
    QFETCH(bool, fromTheStart);
    bool isOther = fromTheStart;
    ScriptedServer server([&](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket packet = goodReply(asked);
        if (isOther)
            packet.receive = packet.transmit = packet.receive + (quint64(2) << 32); // 2 s fast
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(packet))));
    });
    SystemClock clock;
    ClockProbe probe(clock);
    bool wasWrong = false;
    connect(&probe, &ClockProbe::statusChanged, this,
            [&] { wasWrong = wasWrong || (probe.status().measured() && !covers(probe.status(), 0)); });
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    if (!fromTheStart) {
        QTRY_COMPARE(probe.status().via, ProbePath::Udp);
        isOther = true;
    }
    QTRY_COMPARE(probe.status().ntpTrouble, NtpTrouble::OtherServer);
    QTRY_COMPARE(probe.status().via, ProbePath::WebSocket);
    QVERIFY(covers(probe.status(), 0));
    QVERIFY(!wasWrong);
    isOther = false;
    probe.start(QHostAddress::LocalHost, server.port()); // another connection
    QTRY_COMPARE(probe.status().via, ProbePath::Udp);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ClockProbe::believesUdpOnceAFrameHasCome()
{
    SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    server.setSnapshot(snapshotOf(clock, Nanos::zero(), Micros(450)));
    ClockProbe probe(clock);
    std::optional<TimeFrame> asked;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) { asked = frame; });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(server.counters().answered, quint64(3));
    QVERIFY(!probe.status().measured()); // by whom nobody knows
    QVERIFY(!probe.liveStamp().offset);
    const WireMicros now = toWire(clock.now());
    probe.takeTimeReply({asked->t1, now, now, 0, 450, StampState::Ok}, clock.read());
    QCOMPARE(probe.status().via, ProbePath::Udp); // all that was measured before counts at once
    QVERIFY(covers(probe.status(), 0));
}

void tst_ClockProbe::believesUdpOfADaemonWhoseClockIsWrong()
{
    OffsetClock daemonClock{std::chrono::seconds(-2), std::chrono::seconds(40)}; // every other reading
    NtpServer server(daemonClock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    SystemClock clock;
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(daemonClock.read().wall);
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced, true}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(server.counters().answered, quint64(ProbePlan::BurstLength));
    QTRY_COMPARE(probe.status().via, ProbePath::Udp);
    QCOMPARE(probe.status().ntpTrouble, NtpTrouble::None);
}

void tst_ClockProbe::tellsSleepAndFaults()
{
    SleepyClock clock;
    ClockProbe probe(clock);
    bool fault = true;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok, fault}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QCOMPARE(probe.status().ntpTrouble, NtpTrouble::None); // none is offered
    QVERIFY(probe.status().referenceFault);
    QVERIFY(!probe.status().slept);
    QCOMPARE(probe.status().state, StampState::Ok);
    clock.asleep = std::chrono::minutes(5);
    QVERIFY(probe.status().slept);
    QCOMPARE(probe.status().state, StampState::Unsynced);
    QVERIFY(!probe.status().measured()); // the clock stood still for nobody knows how long
    QVERIFY(!probe.liveStamp().offset && !probe.referenceNow());
    fault = false;
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QVERIFY(!probe.status().slept);
    QVERIFY(!probe.status().referenceFault);
    QVERIFY(!probe.status().fault && !probe.liveStamp().fault);
    clock.faulty = true;
    QVERIFY(probe.status().fault && probe.liveStamp().fault);
}

void tst_ClockProbe::tellsSleepUntilItHasMeasured()
{
    SleepyClock clock;
    ClockProbe probe(clock);
    bool answers = true;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        if (answers)
            probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok, false}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QVERIFY(probe.status().measured());
    answers = false;
    clock.asleep = std::chrono::minutes(5);
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    QTRY_VERIFY(!changed.isEmpty()); // it has seen that itself, and asks
    QVERIFY(probe.status().slept);
    QVERIFY(!probe.status().measured());
}

void tst_ClockProbe::startsOverWithAnotherReference_data()
{
    QTest::addColumn<bool>("udp");
    QTest::newRow("udp") << true;
    QTest::newRow("time-frames") << false;
}

void tst_ClockProbe::startsOverWithAnotherReference()
{
    // The daemon's clock is 2 ms off, which an exchange of 10 ms would not show.
    QFETCH(bool, udp);
    SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    ClockProbe probe(clock);
    bool synchronised = false;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        if (synchronised)
            probe.takeTimeReply({frame.t1, now, now, 2'000, 5'000, StampState::Ok}, clock.read());
        else
            probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced}, clock.read());
    });
    const auto port = udp ? std::optional(server.port()) : std::nullopt;
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    probe.start(QHostAddress::LocalHost, port);
    QTRY_COMPARE_GE(changed.size(), 3);
    QVERIFY(covers(probe.status(), 0));
    QVERIFY(*probe.status().bound < 5'000);
    synchronised = true;
    server.setSnapshot(snapshotOf(clock, std::chrono::milliseconds(2), std::chrono::milliseconds(5)));
    QTRY_VERIFY(*probe.status().bound >= 5'000); // the narrow ones were of the other
    QVERIFY(covers(probe.status(), 2'000));
}

void tst_ClockProbe::measuresAtOnceAfterSleep()
{
    SystemClock daemonClock;
    NtpServer server(daemonClock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    SleepyClock clock;
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(daemonClock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(server.counters().answered, quint64(ProbePlan::BurstLength));
    clock.asleep = std::chrono::hours(8);
    QVERIFY(!probe.status().measured());
    QTRY_VERIFY(probe.status().measured()); // long before the next round is due
    QVERIFY(!probe.status().slept);
    QTRY_COMPARE_GE(server.counters().answered, quint64(2 * ProbePlan::BurstLength));
}

void tst_ClockProbe::measuresAtOnceAfterAJumpOfTheReference_data()
{
    QTest::addColumn<qint64>("jump");
    QTest::newRow("forward") << qint64(3'000'000);
    QTest::newRow("back") << qint64(-3'000'000);
}

void tst_ClockProbe::measuresAtOnceAfterAJumpOfTheReference()
{
    QFETCH(const qint64, jump);
    SystemClock clock;
    ClockProbe probe(clock);
    WireMicros ahead = 0;
    int asked = 0;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        ++asked;
        const WireMicros now = toWire(clock.now()) + ahead;
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QTRY_COMPARE_GE(asked, ProbePlan::BurstLength);
    const auto comes = [&] {
        Message ours;
        ours.stamps.live = probe.liveStamp();
        ours.stamps.best.t = toWire(clock.now()) + ahead;
        probe.takeMessage(ours, clock.read(), true);
    };
    comes();
    QVERIFY(covers(probe.status(), 0));
    const int before = asked;
    ahead = jump;
    comes();
    QVERIFY(!covers(probe.status(), 0));       // void at once
    QTRY_VERIFY(covers(probe.status(), jump)); // long before the next round is due
    QTRY_COMPARE_GE(asked, before + ProbePlan::BurstLength);
    // A fault that jumps all the time is not chased.
    const int settled = asked;
    ahead = 0;
    comes();
    QCOMPARE(asked, settled);
}

void tst_ClockProbe::knowsNothingBeforeItMeasured()
{
    OffsetClock clock{std::chrono::seconds(5), std::chrono::seconds(1)};
    ClockProbe probe(clock);
    QVERIFY(!probe.status().measured());
    QCOMPARE(probe.status().state, StampState::None);
    QVERIFY(!probe.referenceNow());
    const LiveStamp stamp = probe.liveStamp();
    QVERIFY(stamp.t);
    QVERIFY(!stamp.offset && !stamp.bound);
    QCOMPARE(stamp.via, ProbePath::None);
    QCOMPARE(stamp.state, StampState::Unsynced); // nothing to compare with
    QVERIFY(stamp.fault);
}

void tst_ClockProbe::keepsWhatItKnewWhenStopped()
{
    SystemClock clock;
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QVERIFY(probe.status().measured());
    probe.stop();
    ClockReading reading = clock.read();
    const WireMicros bound = *probe.statusAt(reading).bound;
    reading.mono += std::chrono::seconds(100);
    reading.wall += std::chrono::seconds(100);
    QVERIFY(*probe.statusAt(reading).bound >= bound + 10'000); // it ages
    QVERIFY(probe.status().measured());
}

void tst_ClockProbe::ignoresForeignReplies()
{
    SystemClock clock;
    ClockProbe probe(clock);
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    probe.start(QHostAddress::LocalHost, std::nullopt);
    const WireMicros now = toWire(clock.now());
    probe.takeTimeReply({now + 12345, now, now, 0, 10, StampState::Ok}, clock.read());
    QCOMPARE(changed.size(), 0);
    QVERIFY(!probe.status().measured());
}

QTEST_GUILESS_MAIN(tst_ClockProbe)
#include "tst_clockprobe.moc"
