// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/probeplan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

using std::chrono::milliseconds;
using std::chrono::seconds;

class tst_ProbePlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void probeStates_data();
    void probeStates();
    void probeBurstsThenPolls();
    void probeFallsBackAndReturns();
    void probeWaitsForADaemonWithoutTime();
    void probeComparesThePaths();
    void probeProvesATryBeforeItReturns();
    void probeHeedsKisses();
};

void tst_ProbePlan::probeStates_data()
{
    QTest::addColumn<qint64>("boundMs");
    QTest::addColumn<int>("ageS");
    QTest::addColumn<StampState>("expected");
    QTest::newRow("fresh") << qint64(1) << 0 << StampState::Ok;
    QTest::newRow("widest-ok") << qint64(1000) << 48 << StampState::Ok;
    QTest::newRow("too-wide") << qint64(1001) << 0 << StampState::Unsynced;
    QTest::newRow("old") << qint64(1) << 49 << StampState::Holdover;
    QTest::newRow("old-and-wide") << qint64(1001) << 100 << StampState::Unsynced;
}

void tst_ProbePlan::probeStates()
{
    QFETCH(qint64, boundMs);
    QFETCH(int, ageS);
    QTEST(probeState(milliseconds(boundMs), seconds(ageS), ProbePlan::Interval), "expected");
}

void tst_ProbePlan::probeBurstsThenPolls()
{
    for (const bool udp : {true, false}) {
        ProbePlan plan;
        plan.begin(udp);
        MonoTime now{seconds(1000)};
        for (int i = 0; i < ProbePlan::BurstLength; ++i) {
            QCOMPARE(plan.waitTime(now), i == 0 ? Nanos(0) : ProbePlan::BurstSpacing);
            now += plan.waitTime(now);
            const auto action = plan.next(now);
            QCOMPARE(action.udp, udp);
            QCOMPARE(action.timeFrame, !udp || i == 0);
            QVERIFY(!plan.next(now).udp && !plan.next(now).timeFrame); // too early
            if (udp) {
                plan.takeUdpAnswer(now);
                plan.takeProof(now);
            } else
                plan.takeTimeReply(now);
        }
        int frames = 0;
        for (int round = 0; round < 4 * ProbePlan::RoundsPerFrame; ++round) {
            QCOMPARE(plan.waitTime(now), ProbePlan::Interval);
            now += ProbePlan::Interval;
            const auto action = plan.next(now);
            QVERIFY(action.udp != action.timeFrame); // one exchange in 16 s, never two
            frames += action.timeFrame ? 1 : 0;
            if (action.udp)
                plan.takeUdpAnswer(now);
            else
                plan.takeTimeReply(now);
        }
        // By UDP a frame now and then tells what the reference is worth.
        QCOMPARE(frames, udp ? 4 : 4 * ProbePlan::RoundsPerFrame);
    }
}

void tst_ProbePlan::probeFallsBackAndReturns()
{
    ProbePlan plan;
    plan.begin(true);
    MonoTime now{seconds(1000)};
    for (int i = 0; i < ProbePlan::FailuresToFallBack; ++i) {
        QVERIFY(!plan.usesTimeFrames());
        now += plan.waitTime(now);
        QVERIFY(plan.next(now).udp);
        plan.takeUdpFailure(now);
    }
    QVERIFY(plan.usesTimeFrames());
    const MonoTime fellBack = now;
    int tries = 0;
    while (now - fellBack <= 2 * ProbePlan::UdpRetry) {
        const auto action = plan.next(now);
        QVERIFY(action.timeFrame != action.udp);
        if (action.timeFrame)
            plan.takeTimeReply(now);
        if (action.udp) {
            ++tries;
            QVERIFY(now - fellBack >= tries * ProbePlan::UdpRetry);
            plan.takeUdpFailure(now);
            QVERIFY(plan.usesTimeFrames());
        }
        now += plan.waitTime(now);
    }
    QVERIFY(tries >= 1);
    plan.takeProof(now);
    QVERIFY(!plan.usesTimeFrames());
    QCOMPARE(plan.waitTime(now), ProbePlan::BurstSpacing);
    ProbePlan without;
    without.begin(false);
    QVERIFY(without.usesTimeFrames());
    now += std::chrono::hours(1);
    QVERIFY(!without.next(now).udp); // there is no NTP to try
}

void tst_ProbePlan::probeWaitsForADaemonWithoutTime()
{
    ProbePlan plan;
    plan.begin(true);
    MonoTime now{seconds(1000)};
    QVERIFY(plan.next(now).udp);
    QCOMPARE(plan.trouble(), NtpTrouble::None);
    plan.takeNoTime(now);
    QVERIFY(plan.usesTimeFrames());
    QCOMPARE(plan.trouble(), NtpTrouble::NoTime);
    for (int i = 0; i < ProbePlan::BurstLength; ++i) {
        const auto action = plan.next(now);
        QVERIFY(action.timeFrame && !action.udp);
        plan.takeTimeReply(now);
        now += plan.waitTime(now);
    }
    for (int round = 0; round < 4; ++round) { // the frames go on, UDP is asked beside
        const auto action = plan.next(now);
        QVERIFY(action.timeFrame && action.udp);
        plan.takeTimeReply(now);
        plan.takeNoTime(now);
        QCOMPARE(plan.waitTime(now), ProbePlan::Interval);
        now += ProbePlan::Interval;
    }
    ProbePlan lost = plan;
    for (int i = 1; i <= ProbePlan::FailuresToFallBack; ++i) {
        QCOMPARE(lost.trouble(), NtpTrouble::NoTime);
        lost.takeUdpFailure(now);
    }
    QCOMPARE(lost.trouble(), NtpTrouble::Blocked);
    QVERIFY(!lost.next(now).udp); // seldom from now on
    plan.takeProof(now);
    QVERIFY(!plan.usesTimeFrames());
    QCOMPARE(plan.trouble(), NtpTrouble::None);
}

void tst_ProbePlan::probeComparesThePaths()
{
    ProbePlan plan;
    plan.begin(true);
    MonoTime now{seconds(1000)};
    for (int i = 0; i < ProbePlan::BurstLength; ++i) {
        QVERIFY(plan.next(now).udp);
        plan.takeUdpAnswer(now);
        now += plan.waitTime(now);
    }
    for (int round = 0; round < ProbePlan::RoundsPerFrame; ++round) { // no frame was answered yet
        const auto action = plan.next(now);
        QVERIFY(action.udp && action.timeFrame);
        plan.takeUdpAnswer(now);
        QCOMPARE(plan.waitTime(now), ProbePlan::Interval);
        now += ProbePlan::Interval;
    }
    plan.takeProof(now);
    const auto calm = plan.next(now);
    QVERIFY(calm.udp != calm.timeFrame);
    plan.takeDoubt(now);
    QCOMPARE(plan.waitTime(now), ProbePlan::BurstSpacing);
    now += ProbePlan::BurstSpacing;
    const auto again = plan.next(now);
    QVERIFY(again.udp && again.timeFrame);
    QCOMPARE(plan.waitTime(now), ProbePlan::Interval); // however often they contradict, a pair at a time
    plan.takeOtherServer(now);
    QCOMPARE(plan.trouble(), NtpTrouble::OtherServer);
    for (int round = 0; round < 2000; ++round) {
        const auto action = plan.next(now);
        QVERIFY(action.timeFrame && !action.udp); // never again
        plan.takeTimeReply(now);
        now += plan.waitTime(now);
    }
    plan.begin(true); // but for another connection
    QVERIFY(plan.next(now).udp);
    QCOMPARE(plan.trouble(), NtpTrouble::None);
}

void tst_ProbePlan::probeProvesATryBeforeItReturns()
{
    ProbePlan plan;
    plan.begin(true);
    MonoTime now{seconds(1000)};
    for (int i = 0; i < ProbePlan::FailuresToFallBack; ++i)
        plan.takeUdpFailure(now);
    now += ProbePlan::UdpRetry;
    QVERIFY(plan.next(now).udp);
    plan.takeUdpAnswer(now);
    QVERIFY(plan.usesTimeFrames());
    now += plan.waitTime(now);
    const auto action = plan.next(now);
    QVERIFY(action.udp && action.timeFrame);
    plan.takeUdpAnswer(now);
    plan.takeProof(now);
    QVERIFY(!plan.usesTimeFrames());
}

void tst_ProbePlan::probeHeedsKisses()
{
    const MonoTime now{seconds(1000)};
    ProbePlan plan;
    plan.begin(true);
    plan.next(now);
    plan.takeKiss(u"RATE"_s, now);
    QVERIFY(!plan.usesTimeFrames());
    QCOMPARE(plan.waitTime(now), 2 * ProbePlan::Interval);
    for (int i = 0; i < 20; ++i)
        plan.takeKiss(u"RATE"_s, now);
    QCOMPARE(plan.waitTime(now), ProbePlan::LongestInterval);
    plan.takeKiss(u"DENY"_s, now);
    QVERIFY(plan.usesTimeFrames());
}

QTEST_GUILESS_MAIN(tst_ProbePlan)
#include "tst_probeplan.moc"
