// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/pathcheck.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;
using Verdict = PathCheck::Verdict;

namespace {

ClockReading after(Nanos time)
{
    ClockReading reading;
    reading.mono = MonoTime(1000s + time);
    reading.wall = WallTime(1'795'442'609s + time);
    return reading;
}

PlacedOffset measured(Nanos offset, Nanos bound, Nanos at)
{
    return {Interval::around(offset, bound), after(at)};
}

} // namespace

class tst_PathCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data();
    void compares();
    void knowsNothingWithoutBoth();
    void needsSeveralPairsInARow();
    void holdsWhenTheReferenceChanges();
    void survivesASleepAndAStepOfOurClock();
    void cannotCompareAWrongClock();
};

void tst_PathCheck::compares_data()
{
    QTest::addColumn<qint64>("udpUs");
    QTest::addColumn<qint64>("udpBoundUs");
    QTest::addColumn<qint64>("frameUs");
    QTest::addColumn<qint64>("frameBoundUs");
    QTest::addColumn<qint64>("laterS"); ///< how much the frame comes later
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, qint64 udp, qint64 udpBound, qint64 frame, qint64 frameBound,
                        qint64 later, bool same) {
        QTest::newRow(name) << udp << udpBound << frame << frameBound << later << same;
    };
    row("equal", 0, 10, 0, 10, 0, true);
    row("touching", 0, 100, 1'000, 900, 0, true);
    row("just-apart", 0, 100, 1'001, 900, 0, false);
    row("apart-the-other-way", 1'001, 900, 0, 100, 0, false);
    row("2-s", 2'000'000, 50, 0, 5'000, 0, false);
    row("2-s-against-a-slow-path", 2'000'000, 50, 0, 2'000'000, 0, true);
    row("slewed-for-64-s", 0, 50, 64'000, 50, 64, true);
    row("slewed-for-64-s-udp-later", 0, 50, -64'000, 50, -64, true);
    row("2-s-after-64-s", 2'000'000, 50, 0, 50, 64, false);
}

void tst_PathCheck::compares()
{
    QFETCH(qint64, udpUs);
    QFETCH(qint64, udpBoundUs);
    QFETCH(qint64, frameUs);
    QFETCH(qint64, frameBoundUs);
    QFETCH(qint64, laterS);
    QFETCH(bool, same);
    PathCheck check;
    check.takeUdp(measured(Micros(udpUs), Micros(udpBoundUs), 100s));
    const Nanos at = 100s + std::chrono::seconds(laterS);
    QCOMPARE(check.takeFrame(measured(Micros(frameUs), Micros(frameBoundUs), at)),
             same ? Verdict::Same : Verdict::Doubtful);
}

void tst_PathCheck::knowsNothingWithoutBoth()
{
    PathCheck check;
    QCOMPARE(check.takeUdp(measured(2s, 1ms, 0s)), Verdict::Unknown);
    QCOMPARE(check.takeUdp(measured(2s, 1ms, 1s)), Verdict::Unknown);
    check.clear();
    QCOMPARE(check.takeFrame(measured(0s, 1ms, 2s)), Verdict::Unknown);
    QCOMPARE(check.takeUdp(measured(0s, 1ms, 3s)), Verdict::Same);
    check.forgetMeasurements();
    QCOMPARE(check.takeUdp(measured(7s, 1ms, 4s)), Verdict::Same); // another reference, the same server
}

void tst_PathCheck::needsSeveralPairsInARow()
{
    PathCheck check;
    Nanos at{};
    const auto contradict = [&] {
        check.forgetMeasurements();
        check.takeUdp(measured(2s, 1ms, at += 1s));
        return check.takeFrame(measured(0s, 1ms, at += 1s));
    };
    for (int i = 1; i < PathCheck::PairsThatTell; ++i)
        QCOMPARE(contradict(), Verdict::Doubtful);
    check.takeUdp(measured(0s, 1ms, at += 1s));
    QCOMPARE(check.takeFrame(measured(0s, 1ms, at += 1s)), Verdict::Same); // they start from one again
    for (int i = 1; i < PathCheck::PairsThatTell; ++i)
        QCOMPARE(contradict(), Verdict::Doubtful);
    QCOMPARE(contradict(), Verdict::Other);
    QVERIFY(check.lastFrame()); // what holds instead
    QCOMPARE(check.takeUdp(measured(0s, 1ms, at += 1s)), Verdict::Other);
    check.clear();
    QCOMPARE(check.takeUdp(measured(0s, 1ms, at += 1s)), Verdict::Unknown);
}

void tst_PathCheck::holdsWhenTheReferenceChanges()
{
    PathCheck check;
    check.takeUdp(measured(0s, 1ms, 0s));
    QCOMPARE(check.takeFrame(measured(0s, 1ms, 1s)), Verdict::Same);
    QCOMPARE(check.takeUdp(measured(2s, 1ms, 2s)), Verdict::Doubtful); // in between
    QCOMPARE(check.takeFrame(measured(2s, 1ms, 3s)), Verdict::Unknown);
    QCOMPARE(check.takeUdp(measured(2s, 1ms, 4s)), Verdict::Same);
}

void tst_PathCheck::survivesASleepAndAStepOfOurClock()
{
    PathCheck check;
    check.takeUdp(measured(0s, 1ms, 0s));
    PlacedOffset stepped = measured(-5s, 1ms, 1s);
    stepped.at.wall += 5s;
    QCOMPARE(check.takeFrame(stepped), Verdict::Same);
    PlacedOffset slept = measured(8s, 1ms, 2s);
    slept.at.asleep += 8h;
    QCOMPARE(check.takeUdp(slept), Verdict::Same);
}

void tst_PathCheck::cannotCompareAWrongClock()
{
    PathCheck check;
    QCOMPARE(check.takeUdp(measured(40s, 1ms, 0s)), Verdict::Unknown);
    QCOMPARE(check.takeWrongClock(), Verdict::Same);
    QCOMPARE(check.takeUdp(measured(0s, 1ms, 1s)), Verdict::Same); // it jitters
    QCOMPARE(check.takeWrongClock(), Verdict::Same);
}

QTEST_APPLESS_MAIN(tst_PathCheck)
#include "tst_pathcheck.moc"
