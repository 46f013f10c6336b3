// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/pathcheck.h"

#include "ntp/clockestimator.h"

namespace Synchat {

void PathCheck::clear()
{
    *this = {};
}

void PathCheck::forgetMeasurements()
{
    m_udp.reset();
    m_frame.reset();
}

PathCheck::Verdict PathCheck::takeUdp(const PlacedOffset &measured)
{
    m_udp = measured;
    return compare();
}

PathCheck::Verdict PathCheck::takeFrame(const PlacedOffset &measured)
{
    m_frame = measured;
    return compare();
}

PathCheck::Verdict PathCheck::takeWrongClock()
{
    forgetMeasurements();
    m_contradictions = 0;
    m_isProven = true;
    return Verdict::Same;
}

bool PathCheck::doMeet() const
{
    const bool isFrameNewer = m_frame->at.mono > m_udp->at.mono;
    const PlacedOffset &older = isFrameNewer ? *m_udp : *m_frame;
    const PlacedOffset &newer = isFrameNewer ? *m_frame : *m_udp;
    if (sleptBetween(older.at, newer.at))
        return true; // nothing to tell by
    const Interval aged = agedOffset(older.offset, older.at, newer.at, RateRange::around(0.0, SlewPpm));
    return aged.intersected(newer.offset.widened(newer.at.fuzz)).has_value();
}

PathCheck::Verdict PathCheck::compare()
{
    if (m_contradictions >= PairsThatTell)
        return Verdict::Other;
    if (!m_udp || !m_frame)
        return m_isProven ? Verdict::Same : Verdict::Unknown;
    m_isProven = doMeet();
    if (m_isProven) {
        m_contradictions = 0;
        return Verdict::Same;
    }
    if (++m_contradictions >= PairsThatTell)
        return Verdict::Other;
    forgetMeasurements();
    return Verdict::Doubtful;
}

} // namespace Synchat
