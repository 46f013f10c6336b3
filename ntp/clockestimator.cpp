// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/clockestimator.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace Synchat {

namespace {

constexpr std::chrono::seconds LongestExchange{4};
/// An operating system slews by up to 500 ppm; more than that, or all at once, is a step.
constexpr double SlewPpm = 600.0;
constexpr std::chrono::milliseconds SmallestStep{1};

} // namespace

std::optional<Interval> offsetInterval(const ExchangeTimes &times, Nanos precision)
{
    const Nanos held = times.t3 - times.t2;
    const Nanos waited = times.t4 - times.t1;
    if (held < Nanos::zero() || held > LongestExchange || waited < Nanos::zero() ||
        waited > LongestExchange) {
        return std::nullopt;
    }
    const Nanos slack = std::max(precision, Nanos::zero());
    return Interval::between(times.t3 - times.t4 - slack, times.t2 - times.t1 + slack);
}

Nanos roundTripDelay(const ExchangeTimes &times)
{
    return std::max((times.t4 - times.t1) - (times.t3 - times.t2), Nanos::zero());
}

Nanos clockJump(const ClockReading &from, const ClockReading &to)
{
    return (to.wall - from.wall) - (to.mono - from.mono);
}

Nanos driftIn(Nanos age, double driftPpm)
{
    const double nanos = std::ceil(static_cast<double>(age.count()) * driftPpm * 1e-6);
    return Nanos(static_cast<std::int64_t>(std::clamp(nanos, 0.0, 9e18)));
}

Interval agedOffset(const Interval &offset, const ClockReading &from, const ClockReading &to, double driftPpm)
{
    const Nanos jump = clockJump(from, to);
    return offset.shifted(-jump).widened(driftIn(to.mono - from.mono, driftPpm) + to.fuzz);
}

void ClockEstimator::feed(const Interval &offset, const ClockReading &reading)
{
    if (!m_samples.empty()) {
        const ClockReading &last = m_samples.back().reading;
        const Nanos allowed = SmallestStep + driftIn(reading.mono - last.mono, SlewPpm);
        if (std::abs(clockJump(last, reading).count()) > allowed.count())
            ++m_steps;
    }
    const auto before = estimate(reading);
    if (before && !before->intersected(offset)) {
        // One of the two clocks was stepped in a way that the readings do not show: what we knew is void.
        m_samples.clear();
        ++m_steps;
    }
    m_samples.push_back({offset, reading});
    if (m_samples.size() > Window)
        m_samples.pop_front();
}

void ClockEstimator::clear()
{
    m_samples.clear();
    m_steps = 0;
}

std::optional<Interval> ClockEstimator::estimate(const ClockReading &reading) const
{
    std::optional<Interval> common;
    for (const Sample &sample : m_samples) {
        const Interval aged = agedOffset(sample.offset, sample.reading, reading, driftPpm());
        common = common ? common->intersected(aged) : aged;
        if (!common)
            break;
    }
    if (!common && !m_samples.empty()) {
        const Sample &newest = m_samples.back();
        return agedOffset(newest.offset, newest.reading, reading, driftPpm());
    }
    return common;
}

std::optional<MonoTime> ClockEstimator::lastFed() const
{
    if (m_samples.empty())
        return std::nullopt;
    return m_samples.back().reading.mono;
}

} // namespace Synchat
