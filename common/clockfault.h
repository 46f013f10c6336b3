// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/result.h"

#include <QString>

#include <compare>
#include <optional>
#include <vector>

namespace Synchat {

/// What is made wrong with a clock, to teach and to test: a value that cannot be wrong itself. What reads
/// the clock through it is `FaultClock`.
/// Written as `offset=+250ms,drift=40ppm,jitter=5ms,freeze@30s,step=-3.7s@60s`, each part at most once but
/// `step`; `none` or nothing is no fault. Units are ns, us, ms, s, min and h.
class ClockFault
{
public:
    static constexpr Nanos MaxShift = std::chrono::hours(24 * 3652); ///< offset and step: ten years
    static constexpr Nanos MaxJitter = std::chrono::hours(1);
    static constexpr Nanos MaxDelay = std::chrono::hours(24 * 365); ///< until a step or freeze
    static constexpr qint64 MaxDriftPpm = 100'000;
    static constexpr std::size_t MaxSteps = 16;

    ClockFault() = default; ///< none
    /// The error is one whole sentence that names the part.
    static Result<ClockFault, QString> parse(const QString &text);
    /// What `parse` takes for the same fault; `none` for none.
    QString toText() const;
    bool isNone() const { return *this == ClockFault(); }

    /// What the faulty wall clock shows when the true clock reads `truth`, for a fault that began at `start`:
    /// the truth plus offset, drift since then, steps that are due, and jitter. From a freeze on it stands at
    /// what it showed at that moment, without jitter and without the steps that come later. Time that the
    /// machine sleeps does not count. Pure: jitter, uniform in [-jitter, jitter], depends on the moment and
    /// the seed alone.
    WallTime shown(const ClockReading &start, const ClockReading &truth, quint64 seed) const;

    friend bool operator==(const ClockFault &, const ClockFault &) = default;

private:
    struct Step
    {
        Nanos after{};
        Nanos by{};
        friend auto operator<=>(const Step &, const Step &) = default;
    };
    friend class ClockFaultParser;
    Nanos shiftAfter(Nanos elapsed) const;

    Nanos m_offset{};
    qint64 m_driftPpb = 0; ///< nanoseconds in a second
    Nanos m_jitter{};
    std::optional<Nanos> m_freezeAfter;
    std::vector<Step> m_steps; ///< in the order of time
};

} // namespace Synchat
