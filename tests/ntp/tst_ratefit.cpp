// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ratefit.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const MonoTime Start(1h);

/// `count` samples, `gap` apart, of a difference that moves by `ppm` and is known to `bound`.
RateFit fitOf(int count, Nanos gap, double ppm, Nanos bound = 1ms)
{
    RateFit fit;
    for (int i = 0; i < count; ++i) {
        const Nanos age = i * gap;
        const Nanos moved(qRound64(double(age.count()) * ppm * 1e-6));
        fit.add(Interval::around(5s + moved, bound), Start + age);
    }
    return fit;
}

} // namespace

class tst_RateFit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ages_data();
    void ages();
    void needsEnoughToGoBy_data();
    void needsEnoughToGoBy();
    void isAsSharpAsItsIntervals();
    void remembersTheNarrowestOfAHurry();
    void neverLeavesWhatIsAssumed();
    void noticesABreak();
    void takesTheFarthestTimes();
    void forgetsTheOldest();
};

void tst_RateFit::ages_data()
{
    QTest::addColumn<int>("ageSeconds");
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("highest");
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::newRow("now") << 0 << -100.0 << 100.0 << -10'000LL << 10'000LL;
    QTest::newRow("either-way") << 1 << -100.0 << 100.0 << -110'000LL << 110'000LL;
    QTest::newRow("forward") << 1 << 20.0 << 50.0 << 10'000LL << 60'000LL;
    QTest::newRow("back") << 1 << -50.0 << -20.0 << -60'000LL << -10'000LL;
    QTest::newRow("before") << -1 << 20.0 << 50.0 << -60'000LL << -10'000LL;
    QTest::newRow("rounds-outward") << 1 << 0.00015 << 0.00025 << -10'000LL << 10'001LL;
}

void tst_RateFit::ages()
{
    QFETCH(int, ageSeconds);
    QFETCH(double, lowest);
    QFETCH(double, highest);
    const Interval aged =
        agedBy(Interval::around(0s, 10us), std::chrono::seconds(ageSeconds), {lowest, highest});
    QTEST(qint64(aged.lo().count()), "lo");
    QTEST(qint64(aged.hi().count()), "hi");
}

void tst_RateFit::needsEnoughToGoBy_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("gapSeconds");
    QTest::addColumn<bool>("fitted");
    QTest::newRow("nothing") << 0 << 16 << false;
    QTest::newRow("seven-over-long") << 7 << 1024 << false;
    QTest::newRow("eight-over-240-s") << 16 << 16 << false;
    QTest::newRow("seventeen-over-256-s") << 17 << 16 << true;
    QTest::newRow("eight-over-long") << 8 << 64 << true;
    QTest::newRow("one-a-second-over-255-s") << 256 << 1 << false;
    QTest::newRow("one-a-second-over-256-s") << 257 << 1 << true;
}

void tst_RateFit::needsEnoughToGoBy()
{
    QFETCH(int, count);
    QFETCH(int, gapSeconds);
    const RateFit fit = fitOf(count, std::chrono::seconds(gapSeconds), 40);
    QTEST(fit.range().has_value(), "fitted");
}

void tst_RateFit::isAsSharpAsItsIntervals()
{
    // Known to 1 ms over 1000 s: the mean rate to 2 ppm, what comes of it to 17.
    const RateRange range = *fitOf(11, 100s, -40).range();
    QVERIFY(range.lowestPpm <= -40 - 17 && range.lowestPpm > -40 - 17.01);
    QVERIFY(range.highestPpm >= -40 + 17 && range.highestPpm < -40 + 17.01);
    QVERIFY(std::abs(range.middlePpm() + 40) < 0.01);
    // A vague source leaves what is assumed.
    QCOMPARE(*fitOf(11, 100s, 0, 1s).range(), RateRange());
}

void tst_RateFit::remembersTheNarrowestOfAHurry()
{
    RateFit fit;
    for (int i = 0; i <= 1000; ++i) {
        const bool sharp = i % 16 == 7;
        fit.add(Interval::around(0s, sharp ? Nanos(1ms) : Nanos(90ms)), Start + i * 1s);
    }
    QVERIFY(fit.range()->highestPpm < 18); // 64 of 90 ms would leave 195
}

void tst_RateFit::neverLeavesWhatIsAssumed()
{
    const RateRange range = *fitOf(20, 64s, 95).range();
    QCOMPARE(range.highestPpm, 100.0);
    QVERIFY(range.lowestPpm > 70);
    QVERIFY(!fitOf(20, 64s, 200).range()); // that promise is broken: nothing may be built on it
}

void tst_RateFit::noticesABreak()
{
    RateFit fit = fitOf(20, 64s, 10);
    const MonoTime last = Start + 19 * 64s;
    Nanos moved = 5s + 12'160us;
    int added = 0;
    while (!fit.hasBroken() && added < 50) {
        moved += 64 * 60us; // 60 ppm from now on
        fit.add(Interval::around(moved, 1ms), last + ++added * 64s);
    }
    QVERIFY(fit.hasBroken());
    QVERIFY(added <= 3);
    QVERIFY(!fit.range());
    fit.clear();
    QVERIFY(!fit.hasBroken());
    // 10 ppm more are promised to do no harm.
    fit = fitOf(20, 64s, 10);
    for (int i = 1; i < 50; ++i) {
        fit.add(Interval::around(5s + 12'160us + i * 64 * 20us, 1ms), last + i * 64s);
        QVERIFY(!fit.hasBroken());
        QVERIFY(fit.range()->highestPpm > 20 && fit.range()->lowestPpm < 10);
    }
}

void tst_RateFit::takesTheFarthestTimes()
{
    RateFit fit;
    const Interval farthest = Interval::around(Nanos::max(), Nanos::max());
    const Interval earliest = Interval::around(Nanos::min(), Nanos::zero());
    for (int i = 0; i < 10; ++i)
        fit.add(i % 2 == 0 ? earliest : farthest, Start + i * 100s);
    QVERIFY(!fit.range() || *fit.range() == RateRange());
    QCOMPARE(agedBy(farthest, Nanos::max(), RateRange()).hi(), Nanos::max());
}

void tst_RateFit::forgetsTheOldest()
{
    RateFit fit = fitOf(1, 0s, 0, 1ns);
    const int others = int(RateFit::Points);
    for (int i = 1; i < others; ++i)
        fit.add(Interval::around(5s, 100ms), Start + i * 64s);
    QVERIFY(fit.range()->highestPpm < 15 + 25); // 100 ms over 4032 s
    fit.add(Interval::around(5s, 100ms), Start + others * 64s);
    const RateRange vaguer = *fit.range();
    QVERIFY(vaguer.highestPpm > 15 + 49);      // twice 100 ms
    fit.add(Interval::around(5s, 1ns), Start); // out of order: no such thing
    QCOMPARE(*fit.range(), vaguer);
}

QTEST_APPLESS_MAIN(tst_RateFit)
#include "tst_ratefit.moc"
