// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Simulated exchanges over paths of many kinds, with a truth that only the test knows: it must always lie
// within the bound, and the bound must be sharp.
#include "ntp/clockestimator.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr int Exchanges = 600;
constexpr auto Base = 5ms;

Nanos fromMillis(double value)
{
    return Nanos(static_cast<qint64>(value * 1e6));
}

struct Trip
{
    Nanos forward = Base;
    Nanos back = Base;
    Nanos lateReceive{}; ///< the server's loop was busy before it read its clock
    Nanos lateArrival{}; ///< ours was
    bool lost = false;
};
using Path = std::function<Trip(std::mt19937_64 &, int)>;

double exponential(std::mt19937_64 &random, double mean)
{
    return std::exponential_distribution<double>(1.0 / mean)(random);
}

double pareto(std::mt19937_64 &random, double scale)
{
    return scale *
           (std::pow(1.0 - std::uniform_real_distribution<double>(0, 0.9999)(random), -1.0 / 1.5) - 1.0);
}

bool chance(std::mt19937_64 &random, double probability)
{
    return std::bernoulli_distribution(probability)(random);
}

Trip steady(std::mt19937_64 &, int)
{
    return {};
}

Trip jittered(std::mt19937_64 &random, int)
{
    return {Base + fromMillis(exponential(random, 2)), Base + fromMillis(exponential(random, 2))};
}

Trip heavyTailed(std::mt19937_64 &random, int)
{
    return {Base + fromMillis(pareto(random, 1)),
            Base + fromMillis(pareto(random, 1)),
            {},
            {},
            chance(random, 0.01)};
}

Trip spiked(std::mt19937_64 &random, int)
{
    Trip trip = {Base + fromMillis(exponential(random, 0.2)), Base + fromMillis(exponential(random, 0.2))};
    if (chance(random, 0.05))
        trip.forward += fromMillis(std::uniform_real_distribution<double>(0, 80)(random));
    trip.lost = chance(random, 0.05);
    return trip;
}

Trip oneSided(std::mt19937_64 &random, int)
{
    return {Base + fromMillis(exponential(random, 4)), Base + fromMillis(exponential(random, 0.2))};
}

Trip asymmetric(std::mt19937_64 &random, int)
{
    return {Base + 10ms + fromMillis(exponential(random, 0.5)), Base + fromMillis(exponential(random, 0.5))};
}

Trip rerouted(std::mt19937_64 &random, int index)
{
    Trip trip = jittered(random, index);
    if (index > Exchanges / 2)
        trip.back += 20ms;
    return trip;
}

Trip busy(std::mt19937_64 &random, int)
{
    Trip trip;
    trip.lateReceive = fromMillis(exponential(random, 1));
    trip.lateArrival = fromMillis(exponential(random, 1));
    return trip;
}

struct Tally
{
    int exchanges = 0;
    int singleViolations = 0;
    int violations = 0;
    Nanos medianBound{};
    Nanos smallestDelay = Nanos::max();
};

/// Our clock is the truth's time line; the reference is `skew` ahead and runs `driftPpm` fast.
class Simulation
{
public:
    Simulation(Path path, Nanos skew, double driftPpm, Nanos poll = 16s)
        : m_path(std::move(path))
        , m_skew(skew)
        , m_driftPpm(driftPpm)
        , m_poll(poll)
    {}

    Tally run(quint64 seed)
    {
        std::mt19937_64 random(seed);
        std::vector<Nanos> bounds;
        for (int i = 0; i < Exchanges; ++i) {
            const Nanos start = i * m_poll;
            const Trip trip = m_path(random, i);
            if (!trip.lost)
                exchangeAt(start, trip);
            // Any time until the next answer comes.
            const double share = std::uniform_real_distribution<double>(0.2, 0.98)(random);
            const Nanos later =
                start + Nanos(static_cast<qint64>(static_cast<double>(m_poll.count()) * share));
            const auto estimate = m_estimator.estimate(ours(later));
            if (!estimate)
                continue;
            m_tally.violations += estimate->contains(offsetAt(later)) ? 0 : 1;
            bounds.push_back(estimate->bound());
        }
        std::nth_element(bounds.begin(), bounds.begin() + std::ssize(bounds) / 2, bounds.end());
        m_tally.medianBound = bounds[bounds.size() / 2];
        return m_tally;
    }

private:
    static ClockReading ours(Nanos truth) { return {WallTime(1'764'000'000s) + truth, MonoTime(1h) + truth}; }
    Nanos offsetAt(Nanos truth) const
    {
        return m_skew + Nanos(std::llround(static_cast<double>(truth.count()) * m_driftPpm * 1e-6));
    }
    WallTime theirs(Nanos truth) const { return ours(truth).wall + offsetAt(truth); }

    void exchangeAt(Nanos start, const Trip &trip)
    {
        constexpr Nanos Held = 30us;
        const Nanos received = start + trip.forward + trip.lateReceive;
        const Nanos sent = received + Held;
        const Nanos arrived = sent + trip.back + trip.lateArrival;
        const ExchangeTimes times{ours(start).wall, theirs(received), theirs(sent), ours(arrived).wall};
        const Nanos drift = driftIn(arrived - start, ClockEstimator::UnfittedPpm);
        const auto interval = offsetInterval(times, 1ns + drift);
        ++m_tally.exchanges;
        if (!interval || !interval->contains(offsetAt(arrived)))
            ++m_tally.singleViolations;
        if (!interval)
            return;
        m_tally.smallestDelay = std::min(m_tally.smallestDelay, roundTripDelay(times));
        m_estimator.feed(*interval, ours(arrived));
    }

    Path m_path;
    Nanos m_skew;
    double m_driftPpm;
    Nanos m_poll;
    ClockEstimator m_estimator;
    Tally m_tally;
};

} // namespace

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
    const char *names[] = {"steady",    "exponential", "pareto",       "spikes",
                           "one-sided", "asymmetric",  "route-change", "busy-loops"};
    for (int path = 0; path < 8; ++path) {
        QTest::addRow("%s", names[path]) << path << qint64(0) << 0.0;
        QTest::addRow("%s, +250 ms", names[path]) << path << qint64(250) << 0.0;
        QTest::addRow("%s, -3.7 s", names[path]) << path << qint64(-3700) << 0.0;
        QTest::addRow("%s, 40 ppm", names[path]) << path << qint64(0) << 40.0;
        QTest::addRow("%s, -95 ppm", names[path]) << path << qint64(0) << -95.0;
    }
}

void tst_BoundCoverage::truthIsAlwaysInside()
{
    QFETCH(int, path);
    QFETCH(qint64, skewMillis);
    QFETCH(double, driftPpm);
    const Path paths[] = {steady, jittered, heavyTailed, spiked, oneSided, asymmetric, rerouted, busy};
    const Tally tally =
        Simulation(paths[path], std::chrono::milliseconds(skewMillis), driftPpm).run(quint64(1000 + path));
    QVERIFY(tally.exchanges > Exchanges * 9 / 10);
    QCOMPARE(tally.singleViolations, 0);
    QCOMPARE(tally.violations, 0);
}

void tst_BoundCoverage::boundIsSharp()
{
    // At one exchange a second ageing plays no part yet: what is left is half the smallest delay.
    for (const Path &path : {Path(steady), Path(jittered), Path(spiked)}) {
        const Tally tally = Simulation(path, 250ms, 0, 1s).run(7);
        QVERIFY(tally.medianBound <= tally.smallestDelay / 2 * 11 / 10);
    }
}

void tst_BoundCoverage::noticesAClockThatDriftsTooMuch()
{
    const Tally tally = Simulation(steady, 0ms, 200).run(7);
    QCOMPARE(tally.singleViolations, 0);
    QVERIFY(tally.violations > 0); // or the test above could not fail
}

QTEST_APPLESS_MAIN(tst_BoundCoverage)
#include "tst_boundcoverage.moc"
