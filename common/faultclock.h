// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockfault.h"

namespace Synchat {

/// Another clock, seen through a fault: its wall clock is wrong, its monotonic line and time asleep never
/// are. Without a fault it is that clock. For teaching and testing; no real clock is touched.
/// Reading is safe on several threads as long as nobody sets another fault.
class FaultClock : public Clock
{
public:
    /// `truth` must outlive it. The seed is that of the jitter.
    FaultClock(const Clock &truth, ClockFault fault, quint64 seed);

    ClockReading read() const override;
    MonoTime monotonic() const override { return m_truth.monotonic(); }
    /// As long as there is a fault, also while it does nothing yet (a step that is not due).
    bool isFaulty() const override { return !m_fault.isNone(); }

    const ClockFault &fault() const { return m_fault; }
    /// It begins now. Not while another thread reads.
    void setFault(ClockFault fault);

private:
    const Clock &m_truth;
    const quint64 m_seed;
    ClockFault m_fault;
    ClockReading m_start;
};

} // namespace Synchat
