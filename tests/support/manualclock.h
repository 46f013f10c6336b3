// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace Synchat {

/// A clock that a test moves by hand.
class ManualClock : public Clock
{
public:
    explicit ManualClock(WallTime wall = WallTime(std::chrono::seconds(1'764'000'000)));

    ClockReading read() const override { return m_reading; }
    /// Both lines go on, as time does.
    void advance(Nanos by);
    /// The wall clock jumps; the monotonic line does not.
    void step(Nanos by);
    /// The machine sleeps: the wall clock and the time asleep go on, the monotonic line does not.
    void sleep(Nanos by);

private:
    ClockReading m_reading;
};

} // namespace Synchat
