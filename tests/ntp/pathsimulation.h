// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/clockestimator.h"

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

namespace Synchat {

// Exchanges over paths of many kinds, in simulated time and from a seed, with a truth that only the
// simulation knows. Pure; tests and benchmarks share it.

/// What one exchange meets on its way.
struct Trip
{
    Nanos forward{};
    Nanos back{};
    Nanos lateReceive{}; ///< the server's loop was busy before it read its clock
    Nanos lateArrival{}; ///< ours was
    bool lost = false;
};

struct SimulatedPath
{
    const char *name;
    /// `progress`: 0 at the first exchange, towards 1 at the last.
    std::function<Trip(std::mt19937_64 &random, double progress)> trip;
};
/// steady, exponential, pareto, spikes, one-sided, asymmetric, route-change, busy-loops; 5 ms each way at
/// least.
const std::vector<SimulatedPath> &simulatedPaths();
/// One of them; the name must be right.
const SimulatedPath &simulatedPath(const char *name);

struct SimulationPlan
{
    SimulatedPath path;
    Nanos skew{};          ///< reference minus our clock at the start
    double driftPpm = 0.0; ///< the reference runs fast by this
    /// From least to most, by which the rate swings about `driftPpm` in each `wanderPeriod`.
    double wanderPpm = 0.0;
    Nanos wanderPeriod = std::chrono::hours(3);
    double breakPpm = 0.0; ///< after `breakAt` the rate is another by this
    Nanos breakAt{};
    Nanos poll = std::chrono::seconds(16);
    int exchanges = 600;
    std::uint64_t seed = 1;
};

/// Our clock is the truth's time line; the reference is beside it as the plan says.
class PathSimulation
{
public:
    explicit PathSimulation(const SimulationPlan &plan);

    struct Exchange
    {
        ExchangeTimes times;
        ClockReading arrived; ///< our clock when the reply came
        Nanos truth{};        ///< the true offset at that moment
        /// As the client makes it of the four times; nothing: refused.
        std::optional<Interval> interval;
    };
    double progress() const { return double(m_index) / m_plan.exchanges; }
    bool atEnd() const { return m_index >= m_plan.exchanges; }
    /// The next exchange; nothing: it was lost.
    std::optional<Exchange> next();
    /// A moment between the last exchange's answer and the next one.
    Nanos anyTimeLater();

    static ClockReading readingAt(Nanos sinceStart);
    Nanos offsetAt(Nanos sinceStart) const;

private:
    SimulationPlan m_plan;
    std::mt19937_64 m_random;
    int m_index = 0;
};

struct CoverageTally
{
    int exchanges = 0;        ///< that were not lost
    int singleViolations = 0; ///< exchanges whose own interval misses the truth, or that were refused
    int estimates = 0;        ///< moments at which the estimator was asked
    int violations = 0;       ///< of those, how many missed the truth
    int lateViolations = 0;   ///< of those in the last quarter
    int steps = 0;            ///< that the estimator has seen
    RateRange rates;          ///< by which it ages at the end
    Nanos medianBound{};      ///< of the estimates
    Nanos smallestDelay = Nanos::max();
};
/// Feeds one ClockEstimator with a whole simulation.
CoverageTally coverageOf(const SimulationPlan &plan);

} // namespace Synchat
