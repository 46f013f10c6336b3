// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"

namespace Synchat {

ManualClock::ManualClock(WallTime wall)
    : m_reading{wall, MonoTime(std::chrono::hours(1))}
{}

void ManualClock::advance(Nanos by)
{
    m_reading.wall += by;
    m_reading.mono += by;
}

void ManualClock::step(Nanos by)
{
    m_reading.wall += by;
}

void ManualClock::sleep(Nanos by)
{
    m_reading.wall += by;
    m_reading.asleep += by;
}

} // namespace Synchat
