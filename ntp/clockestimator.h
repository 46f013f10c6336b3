// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"

#include <deque>
#include <optional>

namespace Synchat {

/// One exchange as RFC 5905 §8 has it: four readings. T1 and T4 by the asking clock, T2 and T3 by the other.
struct ExchangeTimes
{
    WallTime t1;
    WallTime t2;
    WallTime t3;
    WallTime t4;
};

/// [T3-T4, T2-T1], widened by `precision` of both ends. Nothing when it cannot be true: negative delay beyond
/// the precision (mixed stamps), T3 before T2, or more than 4 s between T2 and T3 or T1 and T4.
std::optional<Interval> offsetInterval(const ExchangeTimes &times, Nanos precision);
/// (T4-T1) - (T3-T2), at least 0.
Nanos roundTripDelay(const ExchangeTimes &times);

/// By how much our wall clock jumped (or was slewed) against the monotonic line between two readings.
/// An offset measured at `from` is smaller by this at `to`.
Nanos clockJump(const ClockReading &from, const ClockReading &to);
/// An offset known at `from`, as it stands at `to`: moved along with our clock, widened by `driftPpm` with
/// age and by how closely `to` was read.
Interval agedOffset(const Interval &offset, const ClockReading &from, const ClockReading &to,
                    double driftPpm);
/// How much a bound grows in `age` (negative counts as 0), rounded up.
Nanos driftIn(Nanos age, double driftPpm);

/// The running estimate of one clock against one other: the intersection of the last exchanges' aged
/// intervals. Pure: fed with samples and moments, asks nobody. On a monotonic line; a step of either clock
/// shows as an empty intersection, after which only the newest sample counts.
class ClockEstimator
{
public:
    static constexpr std::size_t Window = 64;
    static constexpr double UnfittedPpm = 100.0;

    /// `reading` is our own clock when the sample was taken: a jump of wall against mono since the last one
    /// is a step of our clock, and the older samples are moved along with it.
    void feed(const Interval &offset, const ClockReading &reading);
    void clear();

    bool hasSamples() const { return !m_samples.empty(); }
    std::size_t sampleCount() const { return m_samples.size(); }
    /// Nothing before the first sample. Grows with age. `reading` as in feed().
    std::optional<Interval> estimate(const ClockReading &reading) const;
    std::optional<MonoTime> lastFed() const;
    /// Steps seen so far (of either clock).
    int steps() const { return m_steps; }
    double driftPpm() const { return UnfittedPpm; }

private:
    struct Sample
    {
        Interval offset;
        ClockReading reading;
    };
    std::deque<Sample> m_samples;
    int m_steps = 0;
};

} // namespace Synchat
