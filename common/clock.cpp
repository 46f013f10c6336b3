// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace Synchat {

namespace {

constexpr std::chrono::seconds OldestKernelStamp{10};
/// Between the two readings of a pair; a longer gap means that the program was interrupted in between.
constexpr Nanos TightGap{1000};
constexpr int TightAttempts = 3;

Nanos toNanos(const timespec &time)
{
    return std::chrono::seconds(time.tv_sec) + Nanos(time.tv_nsec);
}

Nanos readClock(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return toNanos(time);
}

} // namespace

WallTime Clock::fromKernelStamp(WallTime kernelStamp) const
{
    const WallTime kernel = kernelNow();
    const WallTime own = now();
    if (kernelStamp > kernel || kernelStamp <= kernel - OldestKernelStamp)
        return own;
    return own - (kernel - kernelStamp);
}

WallTime Clock::kernelNow() const
{
    timespec time{};
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &time);
    return WallTime(toNanos(time));
}

ClockReading SystemClock::read() const
{
    ClockReading best;
    Nanos bestGap = Nanos::max();
    for (int attempt = 0; attempt < TightAttempts && bestGap > TightGap; ++attempt) {
        const Nanos before = readClock(CLOCK_MONOTONIC_RAW);
        const Nanos wall = readClock(CLOCK_REALTIME);
        const Nanos gap = readClock(CLOCK_MONOTONIC_RAW) - before;
        if (gap >= bestGap)
            continue;
        bestGap = gap;
        best = {WallTime(wall), MonoTime(before + gap / 2)};
    }
    return best;
}

} // namespace Synchat
