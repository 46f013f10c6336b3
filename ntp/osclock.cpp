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

namespace {

/// More than the kernel's 500 ppm (MAXFREQ), which it adds once a second: 2 ms are room for that.
constexpr int GrowsByOneIn = 1000;
constexpr std::chrono::milliseconds GrowsAtOnce{2};

} // namespace

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

bool OsClockTrust::isSetAnew(const OsClockReading &os, const ClockReading &now) const
{
    const Nanos growth = (now.mono - m_lastAt->mono) / GrowsByOneIn + GrowsAtOnce;
    return os.maxError < m_lastError || os.maxError > m_lastError + growth;
}

bool OsClockTrust::isTrusted(const std::optional<OsClockReading> &os, const ClockReading &now)
{
    if (!os || !os->synchronised) {
        m_lastAt.reset(); // whoever says "synchronised" after this says it anew
        m_isVoid = false;
        return false;
    }
    if (m_lastAt && sleptBetween(*m_lastAt, now))
        m_isVoid = true;
    else if (m_lastAt && isSetAnew(*os, now))
        m_isVoid = false;
    m_lastAt = now;
    m_lastError = os->maxError;
    return !m_isVoid;
}

} // namespace Synchat
