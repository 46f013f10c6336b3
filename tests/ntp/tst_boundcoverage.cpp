// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Simulated exchanges over paths of many kinds, with a truth that only the simulation knows: it must always
// lie within the bound, and the bound must be sharp. ./dev bench accuracy does the same with many more.
#include "ntp/snapshotbuilder.h"
#include "tests/ntp/pathsimulation.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const SimulatedPath &pathAt(int index)
{
    return simulatedPaths()[size_t(index)];
}

/// One of several servers that the same clock asks.
struct SimulatedServer
{
    SimulatedServer(const char *name, const SimulationPlan &plan, Nanos error = Nanos::zero())
        : simulation(plan)
        , lie(error)
    {
        report.status.name = QString::fromLatin1(name);
        report.status.stratum = 2;
    }

    void poll()
    {
        const auto exchange = simulation.next();
        if (!exchange || !exchange->interval)
            return;
        estimator.feed(exchange->interval->shifted(lie), exchange->arrived);
        report.status.fedAt = exchange->arrived.mono;
    }

    SourceReport reportAt(const ClockReading &reading)
    {
        report.status.interval = estimator.estimate(reading);
        report.status.state = report.status.interval ? StampState::Ok : StampState::None;
        report.status.frequencyPpm = estimator.frequencyPpm();
        report.status.driftPpm = estimator.driftPpm();
        return report;
    }

    PathSimulation simulation;
    ClockEstimator estimator;
    SourceReport report;
    Nanos lie;
};

ReferenceSnapshot snapshotOf(std::vector<SimulatedServer> &servers, const ClockReading &reading)
{
    ReferenceSnapshot base;
    base.at = reading.mono;
    base.wallAt = reading.wall;
    base.sourcesConfigured = true;
    std::vector<SourceReport> reports;
    for (SimulatedServer &server : servers)
        reports.push_back(server.reportAt(reading));
    return buildSnapshot(base, reports);
}

} // namespace

class tst_BoundCoverage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void truthIsAlwaysInside_data();
    void truthIsAlwaysInside();
    void truthIsInsideWhileTheRateWanders_data();
    void truthIsInsideWhileTheRateWanders();
    void truthIsInsideWhateverOurClockDoes_data();
    void truthIsInsideWhateverOurClockDoes();
    void aLiarIsOutvotedAndNamed_data();
    void aLiarIsOutvotedAndNamed();
    void boundIsSharp_data();
    void boundIsSharp();
    void noticesAClockThatDriftsTooMuch();
    void recoversFromARateThatBreaks_data();
    void recoversFromARateThatBreaks();
    void mixedStampsAreRefused();
};

void tst_BoundCoverage::truthIsAlwaysInside_data()
{
    QTest::addColumn<int>("path");
    QTest::addColumn<qint64>("skewMillis");
    QTest::addColumn<double>("driftPpm");
    for (int path = 0; path < int(simulatedPaths().size()); ++path) {
        const char *name = pathAt(path).name;
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
    for (const auto poll : {1s, 16s, 128s, 1024s}) {
        SimulationPlan plan{pathAt(path)};
        plan.skew = std::chrono::milliseconds(skewMillis);
        plan.driftPpm = driftPpm;
        plan.poll = poll;
        plan.exchanges = 400;
        plan.seed = quint64(1000 + path) + quint64(poll.count());
        const CoverageTally tally = coverageOf(plan);
        QVERIFY(tally.exchanges > plan.exchanges * 9 / 10);
        QCOMPARE(tally.singleViolations, 0);
        QCOMPARE(tally.violations, 0);
        QCOMPARE(tally.steps, 0);
        // Fitted by the end, or this proved nothing of the fit.
        QVERIFY(tally.rates.halfWidthPpm() < 100);
    }
}

void tst_BoundCoverage::truthIsInsideWhileTheRateWanders_data()
{
    QTest::addColumn<int>("path");
    QTest::addColumn<int>("periodMinutes");
    for (int path = 0; path < int(simulatedPaths().size()); ++path) {
        for (const int minutes : {10, 180, 1440})
            QTest::addRow("%s, %d min", pathAt(path).name, minutes) << path << minutes;
    }
}

void tst_BoundCoverage::truthIsInsideWhileTheRateWanders()
{
    QFETCH(int, path);
    QFETCH(int, periodMinutes);
    for (const auto poll : {16s, 256s}) {
        SimulationPlan plan{pathAt(path)};
        plan.driftPpm = -30;
        plan.wanderPpm = 14.9; // 15 is the promise
        plan.wanderPeriod = std::chrono::minutes(periodMinutes);
        plan.poll = poll;
        plan.exchanges = 400;
        const CoverageTally tally = coverageOf(plan);
        QCOMPARE(tally.singleViolations, 0);
        QCOMPARE(tally.violations, 0);
        QCOMPARE(tally.steps, 0);
    }
}

void tst_BoundCoverage::truthIsInsideWhateverOurClockDoes_data()
{
    QTest::addColumn<QString>("fault");
    for (const char *fault : {"offset", "drift", "jitter", "freeze", "step"})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

void tst_BoundCoverage::truthIsInsideWhateverOurClockDoes()
{
    QFETCH(QString, fault);
    std::mt19937_64 random(3);
    // What the wall clock shows beside what it should.
    const auto faultAt = [&](Nanos sinceStart) -> Nanos {
        if (fault == QLatin1String("offset"))
            return 250ms;
        if (fault == QLatin1String("drift"))
            return sinceStart / 2000; // 500 ppm
        if (fault == QLatin1String("jitter"))
            return Nanos(std::uniform_int_distribution<qint64>(-5'000'000, 5'000'000)(random));
        if (fault == QLatin1String("freeze"))
            return -sinceStart;
        return sinceStart > 40min ? Nanos(-3700ms) : Nanos::zero();
    };
    SimulationPlan plan{simulatedPath("exponential")};
    plan.driftPpm = 40;
    PathSimulation simulation(plan);
    ClockEstimator estimator;
    while (!simulation.atEnd()) {
        if (const auto exchange = simulation.next()) {
            ClockReading arrived = exchange->arrived;
            const Nanos moved = faultAt(arrived.mono - PathSimulation::readingAt(0s).mono);
            arrived.wall += moved;
            estimator.feed(exchange->interval->shifted(-moved), arrived);
        }
        const Nanos later = simulation.anyTimeLater();
        ClockReading reading = PathSimulation::readingAt(later);
        const Nanos moved = faultAt(later);
        reading.wall += moved;
        const auto estimate = estimator.estimate(reading);
        QVERIFY(estimate->contains(simulation.offsetAt(later) - moved));
        QVERIFY(estimate->bound() < Nanos(12ms));
    }
    QVERIFY(estimator.isFitted());
}

void tst_BoundCoverage::aLiarIsOutvotedAndNamed_data()
{
    QTest::addColumn<double>("driftPpm");
    QTest::addColumn<qint64>("pollSeconds");
    QTest::newRow("quick") << 0.0 << 1LL;
    QTest::newRow("calm") << 40.0 << 16LL;
    QTest::newRow("slow") << -40.0 << 512LL;
}

void tst_BoundCoverage::aLiarIsOutvotedAndNamed()
{
    QFETCH(double, driftPpm);
    QFETCH(qint64, pollSeconds);
    const auto plan = [&](const char *path, quint64 seed) {
        SimulationPlan made{simulatedPath(path)};
        made.driftPpm = driftPpm;
        made.skew = 250ms;
        made.poll = std::chrono::seconds(pollSeconds);
        made.exchanges = 400;
        made.seed = seed;
        return made;
    };
    std::vector<SimulatedServer> servers;
    servers.emplace_back("near", plan("spikes", 1));
    servers.emplace_back("crooked", plan("asymmetric", 2));
    servers.emplace_back("liar", plan("steady", 3), 5s);
    servers.emplace_back("far", plan("pareto", 4));
    PathSimulation &truth = servers.front().simulation;
    while (!truth.atEnd()) {
        for (SimulatedServer &server : servers)
            server.poll();
        // Made at one moment, asked at another, as whoever stamps does.
        const Nanos made = truth.anyTimeLater();
        const ReferenceSnapshot snapshot = snapshotOf(servers, PathSimulation::readingAt(made));
        const Nanos later = made + 8s;
        const auto offset = offsetAt(snapshot, PathSimulation::readingAt(later));
        QVERIFY(offset);
        QVERIFY(offset->contains(truth.offsetAt(later)));
        for (const SourceStatus &source : snapshot.sources)
            QCOMPARE(source.mark == u'x', source.name == QLatin1String("liar"));
        QVERIFY(snapshot.driftPpm <= 100);
    }
}

void tst_BoundCoverage::boundIsSharp_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<qint64>("pollMillis");
    QTest::addColumn<double>("largest");
    // At quick exchanges ageing plays no part: what is left is half the smallest delay.
    for (const SimulatedPath &path : simulatedPaths()) {
        if (std::string_view(path.name) !=
            "route-change") // its smallest delay is not that of its second half
            QTest::addRow("%s, 20 ms", path.name) << QString::fromLatin1(path.name) << 20LL << 1.02;
    }
    QTest::newRow("exponential, 1 s") << QStringLiteral("exponential") << 1000LL << 1.1;
    QTest::newRow("spikes, 1 s") << QStringLiteral("spikes") << 1000LL << 1.05;
    QTest::newRow("steady, 16 s") << QStringLiteral("steady") << 16'000LL << 1.1;
}

void tst_BoundCoverage::boundIsSharp()
{
    QFETCH(QString, path);
    QFETCH(qint64, pollMillis);
    QFETCH(double, largest);
    SimulationPlan plan{simulatedPath(qPrintable(path))};
    plan.skew = 250ms;
    plan.poll = std::chrono::milliseconds(pollMillis);
    plan.exchanges = 1000;
    plan.seed = 7;
    const CoverageTally tally = coverageOf(plan);
    const double ratio = double(tally.medianBound.count()) / (double(tally.smallestDelay.count()) / 2);
    QVERIFY2(ratio <= largest, qPrintable(QString::number(ratio)));
}

void tst_BoundCoverage::noticesAClockThatDriftsTooMuch()
{
    SimulationPlan plan{simulatedPath("steady")};
    plan.driftPpm = 200;
    const CoverageTally tally = coverageOf(plan);
    QCOMPARE(tally.singleViolations, 0);
    QVERIFY(tally.violations > 0); // or the tests above could not fail
}

void tst_BoundCoverage::recoversFromARateThatBreaks_data()
{
    QTest::addColumn<double>("breakPpm");
    QTest::addColumn<qint64>("pollSeconds");
    QTest::addColumn<bool>("isPromised");
    QTest::newRow("15 ppm") << 14.9 << 64LL << true;
    QTest::newRow("50 ppm") << 50.0 << 64LL << false;
    QTest::newRow("-50 ppm") << -50.0 << 256LL << false;
}

void tst_BoundCoverage::recoversFromARateThatBreaks()
{
    QFETCH(double, breakPpm);
    QFETCH(qint64, pollSeconds);
    QFETCH(bool, isPromised);
    SimulationPlan plan{simulatedPath("exponential")};
    plan.driftPpm = 10;
    plan.breakPpm = breakPpm;
    plan.poll = std::chrono::seconds(pollSeconds);
    plan.breakAt = plan.poll * 200;
    const CoverageTally tally = coverageOf(plan);
    QCOMPARE(tally.violations == 0, isPromised);
    QCOMPARE(tally.steps == 0, isPromised);
    QVERIFY(tally.violations < 20); // seen soon
    QCOMPARE(tally.lateViolations, 0);
    if (!isPromised)
        QVERIFY(std::abs(tally.rates.middlePpm() - 10 - breakPpm) < 5); // measured anew
}

void tst_BoundCoverage::mixedStampsAreRefused()
{
    // T2 by the kernel, T3 by a clock that is 250 ms ahead, or the other way round.
    for (const SimulatedPath &path : simulatedPaths()) {
        PathSimulation simulation(SimulationPlan{path});
        for (int i = 0; i < 200; ++i) {
            const auto exchange = simulation.next();
            if (!exchange || roundTripDelay(exchange->times) > 200ms)
                continue; // so slow that it could be true
            for (const Nanos mix : {250ms, -250ms}) {
                ExchangeTimes times = exchange->times;
                times.t3 += mix;
                QVERIFY(!offsetInterval(times, 1us));
            }
        }
    }
}

QTEST_APPLESS_MAIN(tst_BoundCoverage)
#include "tst_boundcoverage.moc"
