// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/osclock.h"

#include "ntp/ratefit.h"

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
/// The longest poll of systemd-timesyncd, 2048 s, lets it grow to 1.024 s; some may be missed.
constexpr std::chrono::milliseconds LargestFreshError{1500};

#ifdef Q_OS_LINUX
/// Rounded up. Where it is in microseconds many kernels tell a negative one as if its nanoseconds were an
/// unsigned number of 32 bits; no true one is above half a second.
Nanos leftOfPhase(const timex &told)
{
    if ((told.status & STA_NANO) != 0)
        return std::chrono::abs(Nanos(told.offset));
    constexpr Nanos Wrapped{1LL << 32};
    const Nanos offset = std::chrono::abs(Nanos(Micros(told.offset)));
    if (offset > Wrapped / 2 && offset <= Wrapped)
        return Wrapped - offset;
    return offset > Nanos::zero() ? offset + Micros(1) : offset;
}
#endif

} // namespace

std::optional<OsClockReading> readOsClock()
{
#ifdef Q_OS_LINUX
    timex slew{};
    slew.modes = ADJ_OFFSET_SS_READ; // changes nothing either; first, for the rest only shrinks
    if (syscall(SYS_adjtimex, &slew) < 0)
        return std::nullopt;
    timex state{}; // modes 0: changes nothing
    const long status = syscall(SYS_adjtimex, &state);
    if (status < 0)
        return std::nullopt;
    return osClockReading(state, status, Micros(slew.offset));
#else
    return std::nullopt;
#endif
}

#ifdef Q_OS_LINUX
OsClockReading osClockReading(const timex &told, long status, Nanos leftOfAdjtime)
{
    const bool hasNanos = (told.status & STA_NANO) != 0;
    const Nanos fraction = hasNanos ? Nanos(told.time.tv_usec) : Nanos(Micros(told.time.tv_usec));
    OsClockReading reading;
    reading.time = WallTime(std::chrono::seconds(told.time.tv_sec) + fraction);
    reading.synchronised = status != TIME_ERROR && (told.status & STA_UNSYNC) == 0;
    reading.maxError = Micros(told.maxerror);
    reading.estimated = Micros(told.esterror);
    reading.pending = leftOfPhase(told) + std::chrono::abs(leftOfAdjtime);
    return reading;
}
#endif

std::optional<Interval> osClockOffset(const OsClockReading &os, WallTime before, WallTime after,
                                      Nanos assumedError)
{
    if (!os.synchronised || after < before)
        return std::nullopt;
    const auto offset = Interval::between(os.time - after, os.time - before);
    if (!offset)
        return std::nullopt;
    return offset->widened(os.maxError).widened(os.estimated).widened(os.pending).widened(assumedError);
}

StampState osClockState(const OsClockReading &os)
{
    return os.maxError <= LargestFreshError ? StampState::Ok : StampState::Holdover;
}

Interval OsClockMemory::add(const Interval &offset, const ClockReading &now)
{
    const Nanos line = now.wall.time_since_epoch() - now.mono.time_since_epoch();
    const Interval said = offset.shifted(line);
    if (m_known)
        m_known = agedBy(*m_known, now.mono - m_at, RateRange()).intersected(said);
    m_known = m_known.value_or(said);
    m_at = now.mono;
    return m_known->shifted(-line).widened(now.fuzz);
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
