// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "ntp/ratefit.h"

#include <cstdint>
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
/// An offset known at `from`, as it stands at `to`: moved along with our clock, aged at these rates, widened
/// by how closely `to` was read. Means nothing when sleptBetween() the two.
Interval agedOffset(const Interval &offset, const ClockReading &from, const ClockReading &to,
                    const RateRange &rates);

/// What a new sample showed beside the offset.
enum class ClockEvent : std::uint8_t {
    None,
    OwnStep,   ///< our wall clock was stepped; nothing is lost, what was known moves along
    OtherStep, ///< the other clock was stepped, or the sample contradicts what was promised of the rates
    RateBreak, ///< the rate is not what it was: what was known before is dropped
    Slept,     ///< this machine slept since the last sample: what was known before is void
};

/// The running estimate of one clock against one other: the intersection of the last exchanges' aged
/// intervals. Everything is kept as the difference of the other clock to our monotonic line, so that nothing
/// done to our wall clock touches it. Samples age by AssumedPpm until RateFit allows less (facts and promises
/// there). Pure: fed with samples and moments, asks nobody. feed() is O(Window), estimate() O(1).
class ClockEstimator
{
public:
    static constexpr std::size_t Window = 64;
    static constexpr double UnfittedPpm = RateRange::AssumedPpm;

    /// `offset` is that of `reading`'s wall clock.
    ClockEvent feed(const Interval &offset, const ClockReading &reading);
    void clear();

    bool hasSamples() const { return !m_samples.empty(); }
    std::size_t sampleCount() const { return m_samples.size(); }
    /// The offset of this very reading. Grows with age. Nothing before the first sample, and after a sleep
    /// until the next one.
    std::optional<Interval> estimate(const ClockReading &reading) const;
    std::optional<MonoTime> lastFed() const;
    /// Steps seen so far, of either clock, and breaks of the rate.
    int steps() const { return m_steps; }
    int sleeps() const { return m_sleeps; }
    /// At which rates the estimate ages.
    const RateRange &rates() const { return m_rates; }
    double frequencyPpm() const { return m_rates.middlePpm(); }
    double driftPpm() const { return m_rates.halfWidthPpm(); }
    /// The rates were measured.
    bool isFitted() const { return m_fit.range().has_value(); }

private:
    struct Sample
    {
        MonoTime at;
        Interval difference; ///< the other clock minus our monotonic line
    };
    ClockEvent takeJudged(const Sample &sample);
    void remember(const Sample &sample);
    std::optional<Interval> commonAt(MonoTime at) const;
    void forget();

    std::deque<Sample> m_samples;
    RateFit m_fit;
    RateRange m_rates;
    ClockReading m_newest;                                  ///< reading of the newest sample
    Interval m_common = Interval::around(Nanos(), Nanos()); ///< of all samples, as of `m_newest`
    int m_steps = 0;
    int m_sleeps = 0;
};

} // namespace Synchat
