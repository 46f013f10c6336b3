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

} // namespace Synchat
