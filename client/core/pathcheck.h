// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"

#include <QtGlobal>

#include <optional>

namespace Synchat {

/// An offset, and our reading that it belongs to.
struct PlacedOffset
{
    Interval offset = Interval::around(Nanos::zero(), Nanos::zero());
    ClockReading at;
};

/// Whether what answers NTP at the daemon's address is the daemon: behind a port mapping of TCP alone it is
/// whoever has the port there. Compares the last exchange over UDP with the last one over `time` frames. Both
/// bounds are honest, so two of one reference meet, however fast either clock is slewed. The reference may
/// have changed between the two: only several pairs in a row, each measured anew, tell. Pure.
class PathCheck
{
public:
    static constexpr int PairsThatTell = 3;
    /// Two kernels that slew by 500 ppm each, against one another, and their oscillators.
    static constexpr double SlewPpm = 1200.0;

    enum class Verdict : quint8 {
        Unknown,  ///< nothing to compare with yet
        Same,     ///< it is the daemon; stays so while there is nothing new to compare
        Doubtful, ///< they did not meet; both were forgotten, a fresh pair is wanted
        Other,    ///< it is not the daemon, until clear()
    };

    void clear();
    /// What was measured is void (another reference); what answers there is still the same.
    void forgetMeasurements();
    Verdict takeUdp(const PlacedOffset &measured);
    Verdict takeFrame(const PlacedOffset &measured);
    /// A frame that cannot be compared, as the daemon's clock is wrong on purpose and nothing confirms it.
    Verdict takeWrongClock();
    const std::optional<PlacedOffset> &lastFrame() const { return m_frame; }

private:
    Verdict compare();
    bool doMeet() const;

    std::optional<PlacedOffset> m_udp;
    std::optional<PlacedOffset> m_frame;
    int m_contradictions = 0; ///< in a row
    bool m_isProven = false;
};

} // namespace Synchat
