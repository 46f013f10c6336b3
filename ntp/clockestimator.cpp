// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/clockestimator.h"

#include <algorithm>
#include <cstdlib>

namespace Synchat {

namespace {

constexpr std::chrono::seconds LongestExchange{4};
/// Faster than a system slews, or more than this, is a step.
constexpr std::chrono::milliseconds SmallestStep{1};

Nanos monoToWall(const ClockReading &reading)
{
    return reading.wall.time_since_epoch() - reading.mono.time_since_epoch();
}

bool wasStepped(const ClockReading &from, const ClockReading &to)
{
    const Nanos allowed = SmallestStep + driftIn(to.mono - from.mono, FastestSlewPpm);
    return std::abs(clockJump(from, to).count()) > allowed.count();
}

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

Interval agedOffset(const Interval &offset, const ClockReading &from, const ClockReading &to,
                    const RateRange &rates)
{
    return agedBy(offset, to.mono - from.mono, rates).shifted(-clockJump(from, to)).widened(to.fuzz);
}

ClockEvent ClockEstimator::feed(const Interval &offset, const ClockReading &reading)
{
    const bool isFirst = m_samples.empty();
    const bool slept = !isFirst && sleptBetween(m_newest, reading);
    const bool stepped = !isFirst && !slept && wasStepped(m_newest, reading);
    if (slept) {
        forget();
        ++m_sleeps;
    }
    const ClockEvent event = takeJudged({reading.mono, offset.shifted(monoToWall(reading))});
    m_newest = reading;
    if (event != ClockEvent::None || stepped)
        ++m_steps;
    if (slept)
        return ClockEvent::Slept;
    return event == ClockEvent::None && stepped ? ClockEvent::OwnStep : event;
}

ClockEvent ClockEstimator::takeJudged(const Sample &sample)
{
    ClockEvent event = ClockEvent::None;
    if (hasSamples() &&
        !agedBy(m_common, sample.at - m_newest.mono, m_rates).intersected(sample.difference)) {
        // One of the two clocks was stepped in a way that the readings do not show: what we knew is void.
        forget();
        event = ClockEvent::OtherStep;
    }
    remember(sample);
    auto common = commonAt(sample.at);
    if (m_fit.hasBroken() || !common) {
        // What came before was at another rate; ageing it by the new one would be wrong.
        forget();
        remember(sample);
        event = ClockEvent::RateBreak;
        common = sample.difference;
    }
    m_common = *common;
    return event;
}

void ClockEstimator::remember(const Sample &sample)
{
    m_samples.push_back(sample);
    if (m_samples.size() > Window)
        m_samples.pop_front();
    m_fit.add(sample.difference, sample.at);
    m_rates = m_fit.range().value_or(RateRange());
}

std::optional<Interval> ClockEstimator::commonAt(MonoTime at) const
{
    std::optional<Interval> common;
    for (const Sample &sample : m_samples) {
        const Interval aged = agedBy(sample.difference, at - sample.at, m_rates);
        common = common ? common->intersected(aged) : aged;
        if (!common)
            break;
    }
    return common;
}

void ClockEstimator::forget()
{
    m_samples.clear();
    m_fit.clear();
    m_rates = {};
}

void ClockEstimator::clear()
{
    *this = {};
}

std::optional<Interval> ClockEstimator::estimate(const ClockReading &reading) const
{
    if (m_samples.empty() || sleptBetween(m_newest, reading))
        return std::nullopt;
    return agedBy(m_common, reading.mono - m_newest.mono, m_rates)
        .shifted(-monoToWall(reading))
        .widened(reading.fuzz);
}

std::optional<MonoTime> ClockEstimator::lastFed() const
{
    if (m_samples.empty())
        return std::nullopt;
    return m_newest.mono;
}

} // namespace Synchat
