// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"
#include "ntp/referencesnapshot.h"

#include <memory>

namespace Synchat {

/// The machine's clock, off by a known amount, and unsteady on request.
class UnsteadyClock : public SystemClock
{
public:
    explicit UnsteadyClock(Nanos by, Nanos jitter = Nanos::zero())
        : m_by(by)
        , m_jitter(jitter)
    {}
    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.wall += m_by + (m_odd ? m_jitter : Nanos::zero());
        m_odd = !m_odd;
        return reading;
    }
    bool isFaulty() const override { return m_jitter != Nanos::zero(); }

private:
    Nanos m_by;
    Nanos m_jitter;
    mutable bool m_odd = false;
};

/// What a daemon with this clock serves whose sources say that it is `offset` ± `bound` beside the truth.
inline SharedSnapshot snapshotOf(const Clock &clock, Nanos offset, Nanos bound)
{
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    const ClockReading reading = clock.read();
    snapshot->at = reading.mono;
    snapshot->wallAt = reading.wall;
    snapshot->asleepAt = reading.asleep;
    snapshot->offset = Interval::around(offset, bound);
    snapshot->state = StampState::Ok;
    snapshot->stratum = 2;
    snapshot->sourcesConfigured = true;
    snapshot->lastUpdate = reading.mono;
    return snapshot;
}

/// Whether what was measured keeps its promise.
inline bool covers(const ClockStatus &status, WireMicros trueOffset)
{
    return status.offset && status.bound && *status.offset - *status.bound <= trueOffset &&
           trueOffset <= *status.offset + *status.bound;
}

} // namespace Synchat
