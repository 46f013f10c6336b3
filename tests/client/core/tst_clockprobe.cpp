// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the clock probe tells of what it measured, and when that is void. Its paths: tst_probepath.cpp.
#include "client/core/clockprobe.h"

#include "client/core/probeplan.h"
#include "ntp/ntpserver.h"
#include "tests/client/core/probefixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;

namespace {

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

} // namespace

class tst_ClockProbe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stampsHoldForAnUnsteadyClock_data();
    void stampsHoldForAnUnsteadyClock();
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
    UnsteadyClock clock{std::chrono::seconds(-2), std::chrono::seconds(40)}; // every other reading
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
    UnsteadyClock clock{std::chrono::seconds(5), std::chrono::seconds(1)};
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
