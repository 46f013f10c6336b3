// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/clockestimator.h"

namespace Synchat {

/// Where the second of a web server changes, seen through replies that tell whole seconds only, as in a Date
/// header. Each reply says on which side of the edge it was written; the next is asked for so that the edge,
/// as far as it is known, falls while the request is there: what is known halves with each reply, down to
/// about the round trip (the idea is htpdate's). Once it is known, every second question is asked well before
/// or behind the edge: a question at the edge would find it wherever it wanders. So servers that write their
/// Date string once and use it for a while contradict themselves: then what they say may be up to a second
/// old, and counts so until they have been asked the same way for long and did not contradict themselves;
/// each time that they do again it takes twice as long. One that is late by the same each time does not, and
/// only other sources can tell. Pure.
class SecondEdge
{
public:
    static constexpr Nanos Resolution = std::chrono::seconds(1);

    struct Taken
    {
        Interval offset; ///< what the reply is worth
        bool startsAnew; ///< what was said before is void
    };
    /// `raw`: the offset by one reply, the server's own error left out; that error is `tolerance`.
    /// `delay`: how long the reply took.
    Taken feed(const Interval &raw, Nanos tolerance, const ClockReading &reading, Nanos delay);

    /// More replies would make it sharper soon.
    bool isSearching() const;
    bool isStale() const { return m_stale; }
    /// The moment to ask, the first from `earliest` on: when the server's second is expected to change while
    /// the request arrives, or well beside. `earliest` itself while nothing is known.
    MonoTime nextAt(MonoTime earliest, const ClockReading &now) const;

private:
    void noteSlip();
    void noteQuiet();
    Nanos besideTheEdge(const Interval &known) const;

    std::optional<Interval> m_known;
    ClockReading m_at;
    Nanos m_delay = Resolution;
    Nanos m_tolerance{};
    int m_steps = 0;
    int m_fed = 0;
    bool m_stale = false;
    int m_quiet = 0;    ///< replies in a row that contradicted nothing
    int m_relapses = 0; ///< how often it was found stale
};

} // namespace Synchat
