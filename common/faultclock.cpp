// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/faultclock.h"

namespace Synchat {

FaultClock::FaultClock(const Clock &truth, ClockFault fault, quint64 seed)
    : m_truth(truth)
    , m_seed(seed)
    , m_fault(std::move(fault))
    , m_start(truth.read())
{}

ClockReading FaultClock::read() const
{
    ClockReading reading = m_truth.read();
    reading.wall = m_fault.shown(m_start, reading, m_seed);
    return reading;
}

void FaultClock::setFault(ClockFault fault)
{
    m_fault = std::move(fault);
    m_start = m_truth.read();
}

} // namespace Synchat
