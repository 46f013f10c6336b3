// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"

#include <optional>

namespace Synchat {

/// When the others are told what our clock is worth: when it has changed by more than its bound, at most once
/// a second, and now and then without news, so that they can tell a steady clock from one that fell silent.
/// Pure; the moment is handed in.
class ClockReport
{
public:
    static constexpr Nanos Pause = std::chrono::seconds(1);

    static constexpr Nanos SameAgain = std::chrono::minutes(1);

    /// A new link: everything has to be told again.
    void forget() { m_told.reset(); }
    bool isNews(const ClockStatus &status, MonoTime now) const;
    /// How long until it may be told.
    Nanos waitTime(MonoTime now) const;
    void told(const ClockStatus &status, MonoTime now);

private:
    std::optional<ClockStatus> m_told;
    std::optional<MonoTime> m_toldAt;
};

/// What a bound that somebody reported `age` ago (0 or more) is worth by now: as loose as two unfitted clocks
/// can have run apart since. Saturates.
WireMicros agedReportBound(WireMicros bound, Nanos age);

} // namespace Synchat
