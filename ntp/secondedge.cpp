// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/secondedge.h"

#include <algorithm>
#include <utility>

namespace Synchat {

namespace {

/// A longest search: enough to get from a second to 2 ms.
constexpr int LongestSearch = 12;
/// Sharper than the round trip and this it does not get.
constexpr std::chrono::milliseconds SharpEnough{4};
/// At the edge, behind it, at the edge, before it.
constexpr int Round = 4;
constexpr int BehindTheEdge = 1;
constexpr int BeforeTheEdge = 3;
constexpr std::chrono::milliseconds WellBeside{50};
constexpr std::chrono::milliseconds FarthestBeside{450};
/// So many replies without a contradiction (half of them at the edge) before a server is believed again.
constexpr int QuietEnough = 64;
constexpr int MostRelapses = 6; // doublings: 4096 replies

/// How far the two are apart; negative when they overlap.
Nanos gapBetween(const Interval &one, const Interval &other)
{
    return std::max(one.lo(), other.lo()) - std::min(one.hi(), other.hi());
}

} // namespace

void SecondEdge::noteSlip()
{
    if (!std::exchange(m_stale, true))
        m_relapses = std::min(m_relapses + 1, MostRelapses + 1);
    m_quiet = 0;
}

void SecondEdge::noteQuiet()
{
    if (!m_stale || ++m_quiet < QuietEnough << (m_relapses - 1))
        return;
    m_stale = false;
    m_steps = 0;
}

SecondEdge::Taken SecondEdge::feed(const Interval &raw, Nanos tolerance, const ClockReading &reading,
                                   Nanos delay)
{
    if (m_known && sleptBetween(m_at, reading))
        m_known.reset();
    const auto before = m_known ? std::optional(agedOffset(*m_known, m_at, reading, RateRange())) : m_known;
    m_at = reading;
    m_delay = std::min(m_delay, delay);
    m_tolerance = tolerance;
    m_fed = (m_fed + 1) % Round;
    const Nanos gap = before ? gapBetween(*before, raw) : Nanos::zero();
    const Nanos allowed = 2 * tolerance;
    const bool isSlip = gap > allowed && gap <= Resolution + allowed;
    const bool isStep = gap > Resolution + allowed;
    const bool startsAnew = isStep || (isSlip && !m_stale);
    if (isSlip)
        noteSlip();
    else
        noteQuiet();
    m_steps = startsAnew ? 1 : std::min(m_steps + 1, LongestSearch);
    if (!before || isSlip || isStep)
        m_known = raw;
    else if (gap > Nanos::zero()) // within what the server's clock may be wrong by: the edge is in between
        m_known = Interval::between(std::min(before->hi(), raw.hi()), std::max(before->lo(), raw.lo()));
    else
        m_known = before->intersected(raw);
    const auto late = Interval::between(raw.lo(), raw.hi() + Resolution);
    return {m_stale && late ? *late : raw, startsAnew};
}

bool SecondEdge::isSearching() const
{
    return m_known && !m_stale && m_steps < LongestSearch &&
           2 * m_known->bound() > m_delay + Nanos(SharpEnough);
}

/// How long after the edge the next question should arrive.
Nanos SecondEdge::besideTheEdge(const Interval &known) const
{
    if (isSearching() || (m_fed != BehindTheEdge && m_fed != BeforeTheEdge))
        return Nanos::zero();
    const Nanos margin = std::min<Nanos>(known.bound() + 2 * m_tolerance + WellBeside, FarthestBeside);
    return m_fed == BehindTheEdge ? margin : -margin;
}

MonoTime SecondEdge::nextAt(MonoTime earliest, const ClockReading &now) const
{
    if (!m_known || sleptBetween(m_at, now))
        return earliest;
    const Interval known = agedOffset(*m_known, m_at, now, RateRange());
    const WallTime there =
        now.wall + (earliest - now.mono) + m_delay / 2 + known.midpoint() - besideTheEdge(known);
    const Nanos since = there - std::chrono::floor<std::chrono::seconds>(there);
    return since == Nanos::zero() ? earliest : earliest + Resolution - since;
}

} // namespace Synchat
