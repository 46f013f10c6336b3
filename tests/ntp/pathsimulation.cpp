// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ntp/pathsimulation.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace Synchat {

using namespace std::chrono_literals;

namespace {

using Random = std::mt19937_64;

constexpr Nanos Base = 5ms;
/// Between the server's receive and transmit stamps.
constexpr Nanos Held = 30us;
constexpr Nanos ClockPrecision = 1ns;

Nanos fromMillis(double value)
{
    return Nanos(static_cast<std::int64_t>(value * 1e6));
}

Nanos exponential(Random &random, double meanMillis)
{
    return fromMillis(std::exponential_distribution<double>(1.0 / meanMillis)(random));
}

Nanos pareto(Random &random, double scaleMillis)
{
    const double share = std::uniform_real_distribution<double>(0, 0.9999)(random);
    return fromMillis(scaleMillis * (std::pow(1.0 - share, -1.0 / 1.5) - 1.0));
}

bool chance(Random &random, double probability)
{
    return std::bernoulli_distribution(probability)(random);
}

Trip steady(Random &, double)
{
    return {Base, Base};
}

Trip jittered(Random &random, double)
{
    return {Base + exponential(random, 2), Base + exponential(random, 2)};
}

Trip heavyTailed(Random &random, double)
{
    return {Base + pareto(random, 1), Base + pareto(random, 1), {}, {}, chance(random, 0.01)};
}

Trip spiked(Random &random, double)
{
    Trip trip = {Base + exponential(random, 0.2), Base + exponential(random, 0.2)};
    if (chance(random, 0.05))
        trip.forward += fromMillis(std::uniform_real_distribution<double>(0, 80)(random));
    trip.lost = chance(random, 0.05);
    return trip;
}

Trip oneSided(Random &random, double)
{
    return {Base + exponential(random, 4), Base + exponential(random, 0.2)};
}

Trip asymmetric(Random &random, double)
{
    return {Base + 10ms + exponential(random, 0.5), Base + exponential(random, 0.5)};
}

Trip rerouted(Random &random, double progress)
{
    Trip trip = jittered(random, progress);
    if (progress > 0.5)
        trip.back += 20ms;
    return trip;
}

Trip busy(Random &random, double)
{
    return {Base, Base, exponential(random, 1), exponential(random, 1)};
}

} // namespace

const std::vector<SimulatedPath> &simulatedPaths()
{
    static const std::vector<SimulatedPath> paths = {{"steady", steady},         {"exponential", jittered},
                                                     {"pareto", heavyTailed},    {"spikes", spiked},
                                                     {"one-sided", oneSided},    {"asymmetric", asymmetric},
                                                     {"route-change", rerouted}, {"busy-loops", busy}};
    return paths;
}

const SimulatedPath &simulatedPath(const char *name)
{
    const auto found =
        std::ranges::find(simulatedPaths(), std::string_view(name),
                          [](const SimulatedPath &path) { return std::string_view(path.name); });
    Q_ASSERT(found != simulatedPaths().end());
    return *found;
}

PathSimulation::PathSimulation(const SimulationPlan &plan)
    : m_plan(plan)
    , m_random(plan.seed)
{}

std::optional<PathSimulation::Exchange> PathSimulation::next()
{
    const Nanos start = m_index * m_plan.poll;
    const Trip trip = m_plan.path.trip(m_random, double(m_index) / m_plan.exchanges);
    ++m_index;
    if (trip.lost)
        return std::nullopt;
    const Nanos received = start + trip.forward + trip.lateReceive;
    const Nanos sent = received + Held;
    const Nanos arrived = sent + trip.back + trip.lateArrival;
    const auto theirs = [this](Nanos moment) { return readingAt(moment).wall + offsetAt(moment); };
    Exchange exchange;
    exchange.times = {readingAt(start).wall, theirs(received), theirs(sent), readingAt(arrived).wall};
    exchange.arrived = readingAt(arrived);
    exchange.truth = offsetAt(arrived);
    exchange.interval = offsetInterval(
        exchange.times, ClockPrecision + driftIn(arrived - start, ClockEstimator::UnfittedPpm));
    return exchange;
}

Nanos PathSimulation::anyTimeLater()
{
    const double share = std::uniform_real_distribution<double>(0.2, 0.98)(m_random);
    return (m_index - 1) * m_plan.poll + Nanos(std::llround(double(m_plan.poll.count()) * share));
}

ClockReading PathSimulation::readingAt(Nanos sinceStart)
{
    return {WallTime(1'764'000'000s) + sinceStart, MonoTime(1h) + sinceStart};
}

Nanos PathSimulation::offsetAt(Nanos sinceStart) const
{
    const auto nanos = [](Nanos time) { return double(time.count()); };
    const double swings = 2.0 * std::numbers::pi * nanos(sinceStart) / nanos(m_plan.wanderPeriod);
    const double wandered = m_plan.wanderPpm / 2.0 * nanos(m_plan.wanderPeriod) / (2.0 * std::numbers::pi) *
                            (1.0 - std::cos(swings));
    const double broken = m_plan.breakPpm * std::max(nanos(sinceStart - m_plan.breakAt), 0.0);
    const double moved = nanos(sinceStart) * m_plan.driftPpm + wandered + broken;
    return m_plan.skew + Nanos(std::llround(moved * 1e-6));
}

CoverageTally coverageOf(const SimulationPlan &plan)
{
    PathSimulation simulation(plan);
    ClockEstimator estimator;
    CoverageTally tally;
    std::vector<Nanos> bounds;
    while (!simulation.atEnd()) {
        if (const auto exchange = simulation.next()) {
            ++tally.exchanges;
            if (!exchange->interval || !exchange->interval->contains(exchange->truth))
                ++tally.singleViolations;
            tally.smallestDelay = std::min(tally.smallestDelay, roundTripDelay(exchange->times));
            if (exchange->interval)
                estimator.feed(*exchange->interval, exchange->arrived);
        }
        const Nanos later = simulation.anyTimeLater();
        if (const auto estimate = estimator.estimate(PathSimulation::readingAt(later))) {
            ++tally.estimates;
            const bool isMiss = !estimate->contains(simulation.offsetAt(later));
            tally.violations += isMiss ? 1 : 0;
            tally.lateViolations += isMiss && simulation.progress() > 0.75 ? 1 : 0;
            bounds.push_back(estimate->bound());
        }
    }
    tally.steps = estimator.steps();
    tally.rates = estimator.rates();
    const auto middle = bounds.begin() + std::ssize(bounds) / 2;
    std::nth_element(bounds.begin(), middle, bounds.end());
    tally.medianBound = bounds.empty() ? Nanos::max() : *middle;
    return tally;
}

} // namespace Synchat
