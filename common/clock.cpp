// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace Synchat {

namespace {

constexpr std::chrono::seconds OldestKernelStamp{10};
/// Between the two readings of a pair; a longer gap means that the program was interrupted in between.
constexpr Nanos TightGap{1000};
constexpr int TightAttempts = 3;
/// Less than this is how the time asleep was read.
constexpr std::chrono::milliseconds ShortestSleep{1};

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

/// CLOCK_BOOTTIME goes on while the machine sleeps, CLOCK_MONOTONIC does not.
Nanos readTimeAsleep()
{
    Nanos best{};
    Nanos bestGap = Nanos::max();
    for (int attempt = 0; attempt < TightAttempts && bestGap > TightGap; ++attempt) {
        const Nanos before = readClock(CLOCK_MONOTONIC);
        const Nanos sinceBoot = readClock(CLOCK_BOOTTIME);
        const Nanos gap = readClock(CLOCK_MONOTONIC) - before;
        if (gap >= bestGap)
            continue;
        bestGap = gap;
        best = sinceBoot - before;
    }
    return best;
}

/// Nothing: no believable age.
std::optional<Nanos> ageOf(WallTime kernelStamp, WallTime kernelNow)
{
    if (kernelStamp > kernelNow || kernelStamp <= kernelNow - OldestKernelStamp)
        return std::nullopt;
    return kernelNow - kernelStamp;
}

} // namespace

bool sleptBetween(const ClockReading &from, const ClockReading &to)
{
    return to.asleep - from.asleep > ShortestSleep;
}

Nanos driftIn(Nanos age, double driftPpm)
{
    const double nanos = std::ceil(static_cast<double>(age.count()) * driftPpm * 1e-6);
    return Nanos(static_cast<std::int64_t>(std::clamp(nanos, 0.0, 9e18)));
}

Nanos KernelReading::slewSince(WallTime stamp) const
{
    return driftIn(std::chrono::abs(stamp - kernel), FastestSlewPpm);
}

WallTime Clock::fromKernelStamp(WallTime kernelStamp) const
{
    const auto age = ageOf(kernelStamp, kernelNow());
    return now() - age.value_or(Nanos::zero());
}

std::optional<MonoTime> Clock::monoFromKernelStamp(WallTime kernelStamp) const
{
    const auto age = ageOf(kernelStamp, kernelNow());
    return age ? std::optional(monotonic() - *age) : std::nullopt;
}

KernelReading Clock::readKernel() const
{
    KernelReading best;
    Nanos bestGap = Nanos::max();
    for (int attempt = 0; attempt < TightAttempts && bestGap > TightGap; ++attempt) {
        const MonoTime before = monotonic();
        const WallTime kernel = kernelNow();
        const MonoTime after = monotonic();
        if (after - before >= bestGap)
            continue;
        bestGap = after - before;
        best = {kernel, before, after};
    }
    return best;
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
        best = {WallTime(wall), MonoTime(before + gap / 2), {}, gap / 2 + Nanos(1)};
    }
    best.asleep = readTimeAsleep();
    return best;
}

MonoTime SystemClock::monotonic() const
{
    return MonoTime(readClock(CLOCK_MONOTONIC_RAW));
}

} // namespace Synchat
