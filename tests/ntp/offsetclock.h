// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace Synchat {

/// The machine's clock, beside the truth by as much as a test says.
class OffsetClock : public SystemClock
{
public:
    explicit OffsetClock(Nanos skew = Nanos::zero())
        : m_skew(skew)
    {}

    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.wall += m_skew;
        return reading;
    }
    void setSkew(Nanos skew) { m_skew = skew; }

private:
    Nanos m_skew;
};

/// The machine's clock, but for hours that a test lets pass or sleep in no time.
class HurriedClock : public SystemClock
{
public:
    ClockReading read() const override
    {
        ClockReading reading = SystemClock::read();
        reading.wall += passed + slept;
        reading.mono += passed;
        reading.asleep += slept;
        return reading;
    }
    MonoTime monotonic() const override { return SystemClock::monotonic() + passed; }

    Nanos passed{};
    Nanos slept{};
};

} // namespace Synchat
