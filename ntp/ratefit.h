// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"

#include <deque>
#include <limits>
#include <optional>

namespace Synchat {

/// The rates, in 1e-6 s/s, at which an offset may move. `lowest <= highest`.
struct RateRange
{
    /// What an oscillator of a computer keeps to, and what is assumed of one that nobody has measured.
    static constexpr double AssumedPpm = 100.0;

    double lowestPpm = -AssumedPpm;
    double highestPpm = AssumedPpm;

    double middlePpm() const { return (lowestPpm + highestPpm) / 2; }
    double halfWidthPpm() const { return (highestPpm - lowestPpm) / 2; }
    static RateRange around(double middlePpm, double halfWidthPpm)
    {
        return {middlePpm - halfWidthPpm, middlePpm + halfWidthPpm};
    }

    friend bool operator==(const RateRange &, const RateRange &) = default;
};

/// An offset known now, as it stands after `age` (negative: before), when it moved at any of these rates.
/// Rounded outward.
Interval agedBy(const Interval &offset, Nanos age, const RateRange &rates);

/// Which rates a line of time may have against another, from intervals in which their difference lay. Two
/// intervals i and j leave the mean rate between them only [(lo_j - hi_i) / t, (hi_j - lo_i) / t]; the fit is
/// where all pairs agree, so its error is that of the intervals, never a guess from their scatter.
/// What is promised: a rate that varies by no more than WanderPpm in all, over what is remembered and until
/// the range is used, and that stays within RateRange::AssumedPpm, is inside `range()`. Pure.
class RateFit
{
public:
    static constexpr double WanderPpm = 15.0;
    static constexpr std::size_t Points = 64;
    static constexpr std::size_t FewestPoints = 8;
    static constexpr std::chrono::seconds ShortestSpan{256};
    /// Of what comes closer together only the narrowest is remembered, so that also quick exchanges make a
    /// long line.
    static constexpr std::chrono::seconds Spacing{16};

    /// In order of time. O(Points).
    void add(const Interval &difference, MonoTime at);
    void clear();
    /// Nothing until there are enough points, or when they contradict what is promised of the rate.
    std::optional<RateRange> range() const;
    /// The intervals show that the rate has changed by more than WanderPpm.
    bool hasBroken() const { return m_lowestMean - m_highestMean > WanderPpm; }

private:
    struct Point
    {
        MonoTime at;
        double lo = 0.0; ///< ns beside the base, so that they are exact
        double hi = 0.0;
        /// Of the mean rate from here to any later interval.
        double lowestMean = -std::numeric_limits<double>::infinity();
        double highestMean = std::numeric_limits<double>::infinity();
    };
    void remember(const Point &newest);

    std::deque<Point> m_points;
    MonoTime m_spacedFrom{}; ///< when the newest point's share of time began
    MonoTime m_newest{};
    Nanos m_base{};
    double m_lowestMean = -std::numeric_limits<double>::infinity();
    double m_highestMean = std::numeric_limits<double>::infinity();
};

} // namespace Synchat
