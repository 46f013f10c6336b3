// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace Synchat {

// Two kinds of time, kept apart by their types.
// Inside the programs time has nanoseconds; on the wire it is an integer of microseconds (timestamp.h).
using Nanos = std::chrono::nanoseconds;
using Micros = std::chrono::microseconds;
/// What a wall clock shows: since 1970-01-01T00:00:00Z, as POSIX counts. Can jump.
using WallTime = std::chrono::sys_time<Nanos>;
/// A line that never jumps and that nobody slews (CLOCK_MONOTONIC_RAW); differences only, within one run.
using MonoTime = std::chrono::time_point<std::chrono::steady_clock, Nanos>;

/// One moment on both lines, read as close together as can be.
struct ClockReading
{
    WallTime wall;
    MonoTime mono;
    /// How long this machine has slept since it was started: `mono` stands still meanwhile. A difference of
    /// less than a millisecond is how it was read.
    Nanos asleep{};
    /// How far `wall` and `mono` may be from having been read at the same moment.
    Nanos fuzz{};

    /// What `wall` would have shown at another moment near to this one, had nobody touched that clock
    /// between: so all stamps of an exchange can stand on the line of one reading.
    WallTime wallAt(MonoTime moment) const { return wall + (moment - mono); }
};

/// Whether this machine slept between two readings: the monotonic line stood still for an unknown while, so
/// what was measured against it before means nothing after.
bool sleptBetween(const ClockReading &from, const ClockReading &to);

/// An operating system slews its clock by up to 500 ppm, beside what its oscillator is off; what goes beyond
/// that was a step.
constexpr double FastestSlewPpm = 600.0;
/// How far two clocks run apart in `age` (negative counts as 0) at this rate, rounded up.
Nanos driftIn(Nanos age, double driftPpm);

/// The kernel's own clock (CLOCK_REALTIME, which stamps packets), read between two moments of our monotonic
/// line.
struct KernelReading
{
    WallTime kernel;
    MonoTime before;
    MonoTime after;

    /// A kernel stamp on the monotonic line: not later, not earlier than it truly was, also while the
    /// kernel's clock is being slewed. Right for a stamp between which and this reading it was not stepped.
    MonoTime earliest(WallTime stamp) const { return before + (stamp - kernel) - slewSince(stamp); }
    MonoTime latest(WallTime stamp) const { return after + (stamp - kernel) + slewSince(stamp); }

private:
    Nanos slewSince(WallTime stamp) const;
};

/// Where a program reads the time. Handed in everywhere, so that tests and injected clock faults can
/// replace it; nobody else asks the system.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual ClockReading read() const = 0;

    WallTime now() const { return read().wall; }
    /// `read().mono`; cheaper, where the wall clock is not wanted beside it.
    virtual MonoTime monotonic() const { return read().mono; }
    KernelReading readKernel() const;

    /// A kernel packet stamp (CLOCK_REALTIME) on this clock's own scale. It goes by the stamp's age against
    /// the kernel's own clock, so that a shifted or replaced clock is not mixed with kernel time
    /// (a mix halves the skew without anybody noticing). An age outside [0, 10 s) gives `now()`.
    WallTime fromKernelStamp(WallTime kernelStamp) const;
    /// The same on the monotonic line, where a clock that jumps, jitters or stands still does no harm.
    /// An age outside [0, 10 s) gives nothing.
    std::optional<MonoTime> monoFromKernelStamp(WallTime kernelStamp) const;

    /// The readings are an injected fault, which every stamp made from them must say.
    virtual bool isFaulty() const { return false; }

protected:
    /// CLOCK_REALTIME by raw system call, past any preloaded library.
    virtual WallTime kernelNow() const;
};

/// The machine's own clocks.
class SystemClock : public Clock
{
public:
    ClockReading read() const override;
    MonoTime monotonic() const override;
};

} // namespace Synchat
