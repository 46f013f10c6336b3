// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/clockestimator.h"

#include "tests/support/manualclock.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_ClockEstimator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesAnExchange_data();
    void judgesAnExchange();
    void knowsNothingAtFirst();
    void intersects();
    void growsWithAge();
    void keepsTheLast64();
    void movesAlongWithAStepOfOurClock();
    void startsAnewAfterAStepOfTheOther();
    void drivesThroughDrift();
    void agesLessOnceItIsFitted();
    void keepsTheFitOverAStepOfOurClock();
    void forgetsAfterASleep();
    void startsTheFitAnewWhenTheRateBreaks();
    void seesARateBreakBeforeAnythingIsWrong();
    void saysHowCloselyAReadingWasTaken();
    void takesTheFarthestTimes();
    void clears();
};

void tst_ClockEstimator::judgesAnExchange_data()
{
    QTest::addColumn<int>("t2");
    QTest::addColumn<int>("t3");
    QTest::addColumn<int>("t4");
    QTest::addColumn<int>("precision");
    QTest::addColumn<bool>("good");
    QTest::addColumn<int>("lo");
    QTest::addColumn<int>("hi");
    QTest::newRow("plain") << 5 << 6 << 11 << 0 << true << -5 << 5;
    QTest::newRow("ahead") << 105 << 106 << 11 << 0 << true << 95 << 105;
    QTest::newRow("widened") << 5 << 6 << 11 << 2 << true << -7 << 7;
    QTest::newRow("no-delay-at-all") << 0 << 0 << 0 << 0 << true << 0 << 0;
    QTest::newRow("negative-delay") << 0 << 12 << 11 << 0 << false << 0 << 0;
    QTest::newRow("negative-within-the-precision") << 0 << 12 << 11 << 1 << true << 0 << 1;
    QTest::newRow("answered-before-asked") << 6 << 5 << 11 << 5 << false << 0 << 0;
    QTest::newRow("came-before-it-left") << 5 << 6 << -1 << 50 << false << 0 << 0;
    QTest::newRow("held-4001-ms") << 5 << 4006 << 4011 << 0 << false << 0 << 0;
    QTest::newRow("held-4000-ms") << 0 << 4000 << 4000 << 0 << true << 0 << 0;
    QTest::newRow("waited-4001-ms") << 5 << 6 << 4001 << 0 << false << 0 << 0;
}

void tst_ClockEstimator::judgesAnExchange()
{
    QFETCH(int, t2);
    QFETCH(int, t3);
    QFETCH(int, t4);
    QFETCH(int, precision);
    QFETCH(bool, good);
    QFETCH(int, lo);
    QFETCH(int, hi);
    using Millis = std::chrono::milliseconds;
    const WallTime t1{1'764'000'000s};
    const ExchangeTimes times{t1, t1 + Millis(t2), t1 + Millis(t3), t1 + Millis(t4)};
    const auto interval = offsetInterval(times, Millis(precision));
    QCOMPARE(interval.has_value(), good);
    QVERIFY(roundTripDelay(times) >= Nanos::zero());
    if (!interval)
        return;
    QCOMPARE(interval->lo(), Nanos(Millis(lo)));
    QCOMPARE(interval->hi(), Nanos(Millis(hi)));
}

void tst_ClockEstimator::knowsNothingAtFirst()
{
    const ManualClock clock;
    const ClockEstimator estimator;
    QVERIFY(!estimator.estimate(clock.read()));
    QVERIFY(!estimator.lastFed());
    QVERIFY(!estimator.hasSamples());
}

void tst_ClockEstimator::intersects()
{
    const ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(*Interval::between(-1ms, 10ms), clock.read());
    estimator.feed(*Interval::between(-9ms, 2ms), clock.read());
    QCOMPARE(estimator.estimate(clock.read()), Interval::between(-1ms, 2ms));
    QCOMPARE(estimator.steps(), 0);
    QCOMPARE(estimator.sampleCount(), std::size_t(2));
}

void tst_ClockEstimator::growsWithAge()
{
    ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(0s, 1ms), clock.read());
    clock.advance(100s);
    QCOMPARE(estimator.estimate(clock.read())->bound(), Nanos(11ms)); // 100 ppm
    QCOMPARE(*estimator.lastFed(), clock.monotonic() - 100s);
}

void tst_ClockEstimator::keepsTheLast64()
{
    const ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(0s, 1us), clock.read());
    for (std::size_t i = 0; i < ClockEstimator::Window; ++i)
        estimator.feed(Interval::around(0s, 1ms), clock.read());
    QCOMPARE(estimator.sampleCount(), ClockEstimator::Window);
    QCOMPARE(estimator.estimate(clock.read())->bound(), Nanos(1ms)); // the sharp one is gone
}

void tst_ClockEstimator::movesAlongWithAStepOfOurClock()
{
    ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(250ms, 1ms), clock.read());
    clock.advance(1s);
    clock.step(3700ms);
    const auto estimate = estimator.estimate(clock.read());
    QVERIFY(estimate->contains(250ms - 3700ms));
    QVERIFY(estimate->bound() < Nanos(2ms));
    estimator.feed(Interval::around(250ms - 3700ms, 1ms), clock.read());
    QCOMPARE(estimator.sampleCount(), std::size_t(2)); // nothing had to be thrown away
    QCOMPARE(estimator.steps(), 1);
}

void tst_ClockEstimator::startsAnewAfterAStepOfTheOther()
{
    ManualClock clock;
    ClockEstimator estimator;
    for (int i = 0; i < 10; ++i)
        estimator.feed(Interval::around(0s, 1ms), clock.read());
    clock.advance(16s);
    estimator.feed(Interval::around(5s, 3ms), clock.read());
    QCOMPARE(estimator.estimate(clock.read()), std::optional(Interval::around(5s, 3ms)));
    QCOMPARE(estimator.sampleCount(), std::size_t(1));
    QCOMPARE(estimator.steps(), 1);
}

void tst_ClockEstimator::drivesThroughDrift()
{
    ManualClock clock;
    ClockEstimator estimator;
    for (int i = 0; i < 200; ++i) {
        const Nanos truth = i * Nanos(16s) / 12'500; // 80 ppm
        estimator.feed(Interval::around(truth, 2ms), clock.read());
        QVERIFY(estimator.estimate(clock.read())->contains(truth));
        clock.advance(16s);
    }
    QCOMPARE(estimator.steps(), 0);
    QVERIFY(estimator.isFitted());
    QVERIFY(std::abs(estimator.frequencyPpm() - 80) < 5);
    QVERIFY(estimator.driftPpm() >= 15 && estimator.driftPpm() < 20);
}

void tst_ClockEstimator::agesLessOnceItIsFitted()
{
    ManualClock clock;
    ClockEstimator estimator;
    for (int i = 0; i < 64; ++i) {
        estimator.feed(Interval::around(i * Nanos(64s) / 100'000, 1ms), clock.read()); // 10 ppm
        clock.advance(64s);
    }
    clock.advance(1h - 64s);
    const Nanos truth = 63 * 640us + 36ms;
    const auto estimate = estimator.estimate(clock.read());
    QVERIFY(estimate->contains(truth));
    QVERIFY(estimate->bound() < Nanos(1ms + 3600 * 16us)); // 100 ppm would be 361 ms
    QVERIFY(estimate->bound() > Nanos(1ms + 3600 * 15us));
    QVERIFY(std::abs((estimate->midpoint() - truth).count()) < Nanos(1ms).count());
}

void tst_ClockEstimator::keepsTheFitOverAStepOfOurClock()
{
    ManualClock clock;
    ClockEstimator estimator;
    for (int i = 0; i < 20; ++i) {
        estimator.feed(Interval::around(0s, 1ms), clock.read());
        clock.advance(64s);
    }
    clock.step(-3700ms);
    QCOMPARE(estimator.feed(Interval::around(3700ms, 1ms), clock.read()), ClockEvent::OwnStep);
    QVERIFY(estimator.isFitted());
    QCOMPARE(estimator.sampleCount(), std::size_t(21));
    clock.step(50ms); // ever so often, as a clock that jitters does
    clock.advance(16s);
    QVERIFY(estimator.estimate(clock.read())->contains(3650ms));
}

void tst_ClockEstimator::forgetsAfterASleep()
{
    ManualClock clock;
    ClockEstimator estimator;
    for (int i = 0; i < 20; ++i) {
        estimator.feed(Interval::around(0s, 1ms), clock.read());
        clock.advance(64s);
    }
    QVERIFY(estimator.isFitted());
    clock.sleep(8h);
    QVERIFY(!estimator.estimate(clock.read()));
    QCOMPARE(estimator.feed(Interval::around(70ms, 5ms), clock.read()), ClockEvent::Slept);
    QCOMPARE(estimator.estimate(clock.read()), std::optional(Interval::around(70ms, 5ms)));
    QVERIFY(!estimator.isFitted());
    QCOMPARE(estimator.driftPpm(), 100.0);
    QCOMPARE(estimator.sleeps(), 1);
    QCOMPARE(estimator.steps(), 0);
}

void tst_ClockEstimator::startsTheFitAnewWhenTheRateBreaks()
{
    ManualClock clock;
    ClockEstimator estimator;
    const auto run = [&](int count, Nanos &truth, Nanos perPoll) {
        int breaks = 0;
        for (int i = 0; i < count; ++i) {
            clock.advance(64s);
            truth += perPoll;
            const ClockEvent event = estimator.feed(Interval::around(truth, 4ms), clock.read());
            breaks += event != ClockEvent::None ? 1 : 0;
        }
        return breaks;
    };
    Nanos truth{};
    QCOMPARE(run(64, truth, 640us), 0); // 10 ppm
    QVERIFY(estimator.frequencyPpm() > 5 && estimator.frequencyPpm() < 15);
    QVERIFY(run(64, truth, -3200us) > 0); // -50 ppm
    QVERIFY(estimator.isFitted());
    QVERIFY(estimator.frequencyPpm() < -45 && estimator.frequencyPpm() > -55);
    QVERIFY(estimator.estimate(clock.read())->contains(truth));
    QCOMPARE(run(64, truth, -3200us), 0);
}

void tst_ClockEstimator::seesARateBreakBeforeAnythingIsWrong()
{
    ManualClock clock;
    ClockEstimator estimator;
    Nanos truth{};
    int breaks = 0;
    for (int i = 0; i < 40; ++i) {
        clock.advance(32s);
        truth += i < 6 ? Nanos::zero() : Nanos(32 * 60us); // 60 ppm, before anything was fitted
        const ClockEvent event = estimator.feed(Interval::around(truth, 10us), clock.read());
        QVERIFY(event == ClockEvent::None || event == ClockEvent::RateBreak);
        breaks += event == ClockEvent::RateBreak ? 1 : 0;
        QVERIFY(estimator.estimate(clock.read())->contains(truth));
    }
    QCOMPARE(breaks, 1);
    QVERIFY(estimator.isFitted());
    QVERIFY(std::abs(estimator.frequencyPpm() - 60) < 1);
}

void tst_ClockEstimator::saysHowCloselyAReadingWasTaken()
{
    const ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(0s, 1ms), clock.read());
    ClockReading coarse = clock.read();
    coarse.fuzz = 3us;
    QCOMPARE(estimator.estimate(coarse)->bound(), Nanos(1003us));
    QCOMPARE(estimator.estimate(clock.read())->bound(), Nanos(1ms));
}

void tst_ClockEstimator::takesTheFarthestTimes()
{
    ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(Nanos::max(), 1ms), clock.read());
    clock.advance(16s);
    QVERIFY(estimator.estimate(clock.read()));
    estimator.feed(Interval::around(Nanos::min(), 1ms), clock.read());
    clock.advance(16s);
    estimator.feed(Interval::around(0s, 1ms), clock.read());
    QVERIFY(estimator.estimate(clock.read())->contains(0s));
}

void tst_ClockEstimator::clears()
{
    const ManualClock clock;
    ClockEstimator estimator;
    estimator.feed(Interval::around(0s, 1ms), clock.read());
    estimator.clear();
    QVERIFY(!estimator.estimate(clock.read()));
}

QTEST_APPLESS_MAIN(tst_ClockEstimator)
#include "tst_clockestimator.moc"
