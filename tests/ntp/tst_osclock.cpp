// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/osclock.h"

#include "tests/support/manualclock.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_OsClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offsetHoldsTheTruth();
    void countsOnlyWhileSynchronised();
    void isVoidAfterASleepUntilSetAnew_data();
    void isVoidAfterASleepUntilSetAnew();
    void readsThisSystem();
};

void tst_OsClock::offsetHoldsTheTruth()
{
    const WallTime ours{1'764'000'000s};
    const OsClockReading os{ours + 250ms + 10us, true, 4ms}; // read 10 us after `before`
    const auto offset = osClockOffset(os, ours, ours + 30us);
    QVERIFY(offset->contains(250ms));
    QVERIFY(offset->bound() >= Nanos(4ms));
    QVERIFY(offset->bound() <= Nanos(4ms + 15us));
}

void tst_OsClock::countsOnlyWhileSynchronised()
{
    const WallTime ours{1'764'000'000s};
    QVERIFY(!osClockOffset({ours, false, 4ms}, ours, ours));
    QVERIFY(!osClockOffset({ours, true, 4ms}, ours, ours - 1us)); // stepped in between
}

void tst_OsClock::isVoidAfterASleepUntilSetAnew_data()
{
    QTest::addColumn<Nanos>("slept");
    QTest::addColumn<bool>("saysUnsynchronised"); // for a moment, after the sleep
    QTest::addColumn<Nanos>("error");             // 100 s later; it was 20 ms
    QTest::addColumn<bool>("trusted");
    const Nanos asTheKernelDoes = 70ms;
    QTest::newRow("awake") << Nanos(0) << false << asTheKernelDoes << true;
    QTest::newRow("awake-set") << Nanos(0) << false << Nanos(3ms) << true;
    QTest::newRow("slept") << Nanos(8h) << false << asTheKernelDoes << false;
    QTest::newRow("slept-not-grown-yet") << Nanos(8h) << false << Nanos(20ms) << false;
    QTest::newRow("slept-set-sharper") << Nanos(8h) << false << Nanos(3ms) << true;
    QTest::newRow("slept-set-vaguer") << Nanos(8h) << false << Nanos(300ms) << true;
    QTest::newRow("slept-said-so-then-set") << Nanos(8h) << true << Nanos(70ms) << true;
}

void tst_OsClock::isVoidAfterASleepUntilSetAnew()
{
    QFETCH(const Nanos, slept);
    QFETCH(const bool, saysUnsynchronised);
    QFETCH(const Nanos, error);
    ManualClock clock;
    OsClockTrust trust;
    QVERIFY(trust.isTrusted(OsClockReading{clock.now(), true, 20ms}, clock.read()));
    if (slept > Nanos::zero())
        clock.sleep(slept);
    QCOMPARE(trust.isTrusted(OsClockReading{clock.now(), true, 20ms}, clock.read()), slept == Nanos::zero());
    if (saysUnsynchronised)
        QVERIFY(!trust.isTrusted(OsClockReading{clock.now(), false, 16s}, clock.read()));
    clock.advance(100s);
    const OsClockReading later{clock.now(), true, error};
    QTEST(trust.isTrusted(later, clock.read()), "trusted");
    clock.advance(100s);
    QTEST(trust.isTrusted(OsClockReading{clock.now(), true, error + 50ms}, clock.read()), "trusted");
    QVERIFY(!trust.isTrusted(std::nullopt, clock.read()));
}

void tst_OsClock::readsThisSystem()
{
    const WallTime before = SystemClock().now();
    const auto reading = readOsClock();
    const WallTime after = SystemClock().now();
#ifdef Q_OS_LINUX
    QVERIFY(reading);
    QVERIFY(reading->time >= before - 1ms && reading->time <= after + 1ms);
    QVERIFY(reading->maxError >= Nanos::zero());
#else
    QVERIFY(!reading || before <= after);
#endif
}

QTEST_APPLESS_MAIN(tst_OsClock)
#include "tst_osclock.moc"
