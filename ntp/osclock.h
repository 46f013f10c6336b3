// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"

#include <functional>
#include <optional>

namespace Synchat {

/// What the operating system says of its own clock. Only ever read.
struct OsClockReading
{
    WallTime time;
    bool synchronised = false;
    Nanos maxError{};
};
/// Nothing: this system does not tell.
using OsClockReader = std::function<std::optional<OsClockReading>()>;
/// adjtimex(2) without any change, past any preloaded library.
std::optional<OsClockReading> readOsClock();

/// The offset of our clock to the operating system's, which lies at most its own `maxError` beside the truth.
/// `before` and `after` are our clock around the reading. Nothing when the OS does not claim to be
/// synchronised.
std::optional<Interval> osClockOffset(const OsClockReading &os, WallTime before, WallTime after);

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
