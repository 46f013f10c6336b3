// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Simulated exchanges over paths of many kinds, with a truth that only the simulation knows: it must always
// lie within the bound, and the bound must be sharp. ./dev bench accuracy does the same with many more.
#include "tests/ntp/pathsimulation.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_BoundCoverage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void truthIsAlwaysInside_data();
    void truthIsAlwaysInside();
    void boundIsSharp();
    void noticesAClockThatDriftsTooMuch();
};

void tst_BoundCoverage::truthIsAlwaysInside_data()
{
    QTest::addColumn<int>("path");
    QTest::addColumn<qint64>("skewMillis");
    QTest::addColumn<double>("driftPpm");
    for (int path = 0; path < int(simulatedPaths().size()); ++path) {
        const char *name = simulatedPaths()[size_t(path)].name;
        QTest::addRow("%s", name) << path << qint64(0) << 0.0;
        QTest::addRow("%s, +250 ms", name) << path << qint64(250) << 0.0;
        QTest::addRow("%s, -3.7 s", name) << path << qint64(-3700) << 0.0;
        QTest::addRow("%s, 40 ppm", name) << path << qint64(0) << 40.0;
        QTest::addRow("%s, -95 ppm", name) << path << qint64(0) << -95.0;
    }
}

void tst_BoundCoverage::truthIsAlwaysInside()
{
    QFETCH(int, path);
    QFETCH(qint64, skewMillis);
    QFETCH(double, driftPpm);
    SimulationPlan plan{simulatedPaths()[size_t(path)]};
    plan.skew = std::chrono::milliseconds(skewMillis);
    plan.driftPpm = driftPpm;
    plan.seed = quint64(1000 + path);
    const CoverageTally tally = coverageOf(plan);
    QVERIFY(tally.exchanges > plan.exchanges * 9 / 10);
    QCOMPARE(tally.singleViolations, 0);
    QCOMPARE(tally.violations, 0);
}

void tst_BoundCoverage::boundIsSharp()
{
    // At one exchange a second ageing plays no part yet: what is left is half the smallest delay.
    for (const char *name : {"steady", "exponential", "spikes"}) {
        SimulationPlan plan{simulatedPath(name)};
        plan.skew = 250ms;
        plan.poll = 1s;
        plan.seed = 7;
        const CoverageTally tally = coverageOf(plan);
        QVERIFY(tally.medianBound <= tally.smallestDelay / 2 * 11 / 10);
    }
}

void tst_BoundCoverage::noticesAClockThatDriftsTooMuch()
{
    SimulationPlan plan{simulatedPath("steady")};
    plan.driftPpm = 200;
    const CoverageTally tally = coverageOf(plan);
    QCOMPARE(tally.singleViolations, 0);
    QVERIFY(tally.violations > 0); // or the test above could not fail
}

QTEST_APPLESS_MAIN(tst_BoundCoverage)
#include "tst_boundcoverage.moc"
