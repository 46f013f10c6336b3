// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The estimator over simulated paths whose truth is known: is its bound ever wrong, is it sharp, and how far
// is the estimate off, beside the 8-sample minimum-delay filter of RFC 5905 §10 fed with the same exchanges?
// Prints one line of `name value` pairs for each simulation.
#include "tests/ntp/pathsimulation.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <string_view>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

/// The offset of the exchange with the least delay among the last eight.
class MinimumDelayFilter
{
public:
    void feed(const ExchangeTimes &times)
    {
        m_stages.push_back({roundTripDelay(times), ((times.t2 - times.t1) + (times.t3 - times.t4)) / 2});
        if (m_stages.size() > Stages)
            m_stages.pop_front();
    }
    Nanos offset() const { return std::ranges::min_element(m_stages, {}, &Stage::delay)->offset; }

private:
    static constexpr std::size_t Stages = 8;
    struct Stage
    {
        Nanos delay;
        Nanos offset;
    };
    std::deque<Stage> m_stages;
};

template <typename T>
T quantile(std::vector<T> values, double q)
{
    if (values.empty())
        return {};
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

void coverage(int exchanges)
{
    struct Skew
    {
        const char *name;
        Nanos skew;
        double driftPpm;
    };
    const Skew skews[] = {{"0", 0ms, 0}, {"+250ms", 250ms, 0}, {"-3.7s", -3700ms, 0}, {"+40ppm", 0ms, 40}};
    std::uint64_t seed = 1;
    for (const SimulatedPath &path : simulatedPaths()) {
        for (const Skew &skew : skews) {
            SimulationPlan plan{path};
            plan.skew = skew.skew;
            plan.driftPpm = skew.driftPpm;
            plan.exchanges = exchanges;
            plan.seed = seed++;
            const CoverageTally tally = coverageOf(plan);
            std::printf("coverage %s skew %s exchanges %d single %d estimates %d combined %d\n", path.name,
                        skew.name, tally.exchanges, tally.singleViolations, tally.estimates,
                        tally.violations);
        }
    }
}

/// The bound at any time after an exchange, over half of the smallest delay that the window holds (the
/// simulated servers are reference clocks: their root part is 0). Once the window is full.
void sharpness(const SimulatedPath &path, Nanos poll, int exchanges)
{
    SimulationPlan plan{path};
    plan.skew = 250ms;
    plan.poll = poll;
    plan.exchanges = exchanges;
    PathSimulation simulation(plan);
    ClockEstimator estimator;
    std::deque<Nanos> delays;
    std::vector<double> ratios;
    while (!simulation.atEnd()) {
        if (const auto exchange = simulation.next(); exchange && exchange->interval) {
            estimator.feed(*exchange->interval, exchange->arrived);
            delays.push_back(roundTripDelay(exchange->times));
            if (delays.size() > ClockEstimator::Window)
                delays.pop_front();
        }
        const auto estimate = estimator.estimate(PathSimulation::readingAt(simulation.anyTimeLater()));
        if (estimate && delays.size() == ClockEstimator::Window) {
            const Nanos half = *std::ranges::min_element(delays) / 2;
            ratios.push_back(double(estimate->bound().count()) / double(half.count()));
        }
    }
    std::printf("sharpness %s poll %.4g ratio %.4f\n", path.name, double(poll.count()) * 1e-9,
                quantile(ratios, 0.5));
}

/// Both are asked when an exchange has just come.
void againstMinimumDelay(const SimulatedPath &path, Nanos poll, int exchanges, std::uint64_t seed)
{
    SimulationPlan plan{path};
    plan.skew = -3700ms;
    plan.poll = poll;
    plan.exchanges = exchanges;
    plan.seed = seed;
    PathSimulation simulation(plan);
    ClockEstimator estimator;
    MinimumDelayFilter filter;
    std::vector<Nanos> ours, theirs;
    for (int taken = 0; !simulation.atEnd();) {
        const auto exchange = simulation.next();
        if (!exchange || !exchange->interval)
            continue;
        estimator.feed(*exchange->interval, exchange->arrived);
        filter.feed(exchange->times);
        if (++taken < int(ClockEstimator::Window))
            continue;
        const auto estimate = estimator.estimate(exchange->arrived);
        ours.push_back(std::chrono::abs(estimate->midpoint() - exchange->truth));
        theirs.push_back(std::chrono::abs(filter.offset() - exchange->truth));
    }
    const auto micros = [](const std::vector<Nanos> &errors, double q) {
        return double(quantile(errors, q).count()) * 1e-3;
    };
    std::printf("filter %s poll %.4g ours_median %.1f ours_p99 %.1f rfc_median %.1f rfc_p99 %.1f\n",
                path.name, double(poll.count()) * 1e-9, micros(ours, 0.5), micros(ours, 0.99),
                micros(theirs, 0.5), micros(theirs, 0.99));
}

} // namespace

int main(int argc, char **argv)
{
    constexpr Nanos Polls[] = {62'500us, 1s, 16s};
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "coverage") {
        coverage(10'000);
    } else if (what == "sharpness") {
        for (const SimulatedPath &path : simulatedPaths()) {
            for (const Nanos poll : Polls)
                sharpness(path, poll, 3000);
        }
    } else if (what == "filter") {
        for (const char *name : {"exponential", "pareto"}) {
            for (const Nanos poll : Polls) {
                for (std::uint64_t seed = 1; seed <= 5; ++seed)
                    againstMinimumDelay(simulatedPath(name), poll, 4000, seed);
            }
        }
    } else {
        std::fprintf(stderr, "usage: bench_estimator coverage|sharpness|filter\n");
        return 2;
    }
    return 0;
}
