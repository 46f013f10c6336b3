// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/osclock.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>
#endif

namespace Synchat {

std::optional<OsClockReading> readOsClock()
{
#ifdef Q_OS_LINUX
    timex state{}; // modes 0: changes nothing
    const long status = syscall(SYS_adjtimex, &state);
    if (status < 0)
        return std::nullopt;
    const bool hasNanos = (state.status & STA_NANO) != 0;
    const Nanos fraction = hasNanos ? Nanos(state.time.tv_usec) : Nanos(Micros(state.time.tv_usec));
    OsClockReading reading;
    reading.time = WallTime(std::chrono::seconds(state.time.tv_sec) + fraction);
    reading.synchronised = status != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    reading.maxError = Micros(state.maxerror);
    return reading;
#else
    return std::nullopt;
#endif
}

std::optional<Interval> osClockOffset(const OsClockReading &os, WallTime before, WallTime after)
{
    if (!os.synchronised || after < before)
        return std::nullopt;
    const auto offset = Interval::between(os.time - after, os.time - before);
    return offset ? std::optional(offset->widened(os.maxError)) : std::nullopt;
}

} // namespace Synchat
