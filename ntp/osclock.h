// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "common/message.h"

#include <functional>
#include <optional>

struct timex;

namespace Synchat {

/// What the operating system says of its own clock. Only ever read.
struct OsClockReading
{
    WallTime time;
    bool synchronised = false;
    Nanos maxError{};  ///< as those who set it last have said, grown since by the kernel's 500 ppm
    Nanos estimated{}; ///< what they take its likely error to be
    Nanos pending{};   ///< by how much it is still to be slewed, either way
};
/// Nothing: this system does not tell.
using OsClockReader = std::function<std::optional<OsClockReading>()>;
/// adjtimex(2) without any change, past any preloaded library.
std::optional<OsClockReading> readOsClock();
/// What such a call told: `status` is what it returned, `leftOfAdjtime` the rest of an adjtime(3). Linux
/// only.
OsClockReading osClockReading(const timex &told, long status, Nanos leftOfAdjtime);

/// The offset of our clock to the truth, as the operating system's shows it: it lies at most all its own
/// errors and `assumedError` beside it. Whoever sets it need not have counted the way to its server, and
/// systemd-timesyncd does not: it says 0 and begins to slew. `before` and `after` are our clock around the
/// reading. Nothing when the OS does not claim to be synchronised.
std::optional<Interval> osClockOffset(const OsClockReading &os, WallTime before, WallTime after,
                                      Nanos assumedError);
/// `ok` while somebody sets it, else `holdover`: its error has grown for longer than anybody waits.
StampState osClockState(const OsClockReading &os);

/// All that the OS has said of its clock, brought to the newest reading. What it said ages by what two clocks
/// run apart at most (RateRange), where the kernel lets its error grow by 500 ppm: that would pass a second
/// before systemd-timesyncd asks again, every 34 minutes. What contradicts it takes its place. Pure.
class OsClockMemory
{
public:
    /// To be told of every offset that counts, in order, on the line of `now`.
    Interval add(const Interval &offset, const ClockReading &now);
    void clear() { m_known.reset(); }

private:
    std::optional<Interval> m_known; ///< the truth minus our monotonic line, as of `m_at`
    MonoTime m_at;
};

/// Whether the word of the OS counts. While this machine slept its clock went on by a coarse one that nobody
/// watched, and the OS still says "synchronised", with the error from before. So after a sleep its word is
/// void until somebody has set that error anew: the kernel alone only lets it grow, by 500 ppm. Pure.
class OsClockTrust
{
public:
    /// To be told of every reading, in order.
    bool isTrusted(const std::optional<OsClockReading> &os, const ClockReading &now);

private:
    bool isSetAnew(const OsClockReading &os, const ClockReading &now) const;

    bool m_isVoid = false;
    std::optional<ClockReading> m_lastAt;
    Nanos m_lastError{};
};

} // namespace Synchat
