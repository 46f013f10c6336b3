// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ratefit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace Synchat {

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();

double drifted(Nanos age, double ppm)
{
    return std::clamp(static_cast<double>(age.count()) * ppm * 1e-6, -9e18, 9e18);
}

double ratePpm(double moved, Nanos time)
{
    return 1e6 * moved / static_cast<double>(time.count());
}

} // namespace

Interval agedBy(const Interval &offset, Nanos age, const RateRange &rates)
{
    const double slow = drifted(age, rates.lowestPpm);
    const double fast = drifted(age, rates.highestPpm);
    const Nanos down(static_cast<std::int64_t>(std::floor(std::min(slow, fast))));
    const Nanos up(static_cast<std::int64_t>(std::ceil(std::max(slow, fast))));
    return *Interval::between(offset.shifted(down).lo(), offset.shifted(up).hi());
}

void RateFit::add(const Interval &difference, MonoTime at)
{
    if (m_points.empty())
        m_base = std::max(difference.midpoint(), Nanos::min() + Nanos(1));
    else if (at <= m_newest)
        return;
    const Interval moved = difference.shifted(-m_base);
    const Point newest{at, static_cast<double>(moved.lo().count()), static_cast<double>(moved.hi().count())};
    for (Point &point : m_points) {
        const Nanos time = at - point.at;
        point.lowestMean = std::max(point.lowestMean, ratePpm(newest.lo - point.hi, time));
        point.highestMean = std::min(point.highestMean, ratePpm(newest.hi - point.lo, time));
    }
    m_newest = at;
    remember(newest);
    m_lowestMean = -Infinity;
    m_highestMean = Infinity;
    for (const Point &point : m_points) {
        m_lowestMean = std::max(m_lowestMean, point.lowestMean);
        m_highestMean = std::min(m_highestMean, point.highestMean);
    }
}

void RateFit::remember(const Point &newest)
{
    if (m_points.empty() || newest.at - m_spacedFrom >= Spacing) {
        m_points.push_back(newest);
        m_spacedFrom = newest.at;
        if (m_points.size() > Points)
            m_points.pop_front();
        return;
    }
    if (newest.hi - newest.lo < m_points.back().hi - m_points.back().lo)
        m_points.back() = newest;
}

void RateFit::clear()
{
    *this = {};
}

std::optional<RateRange> RateFit::range() const
{
    if (m_points.size() < FewestPoints || m_newest - m_points.front().at < ShortestSpan || hasBroken())
        return std::nullopt;
    const RateRange range{std::max(m_lowestMean - WanderPpm, -RateRange::AssumedPpm),
                          std::min(m_highestMean + WanderPpm, RateRange::AssumedPpm)};
    if (range.lowestPpm > range.highestPpm)
        return std::nullopt;
    return range;
}

} // namespace Synchat
