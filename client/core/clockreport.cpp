// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clockreport.h"

#include "ntp/clockestimator.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace Synchat {

bool ClockReport::isNews(const ClockStatus &status, MonoTime now) const
{
    if (!status.measured())
        return false;
    if (!m_told || !m_toldAt || now - *m_toldAt >= SameAgain)
        return true;
    if (status.state != m_told->state || status.via != m_told->via || status.fault != m_told->fault)
        return true;
    const WireMicros bound = status.bound.value_or(0);
    const WireMicros toldBound = m_told->bound.value_or(0);
    if (std::abs(*status.offset - *m_told->offset) > std::max(bound, toldBound))
        return true;
    return bound > 2 * toldBound || 2 * bound < toldBound;
}

Nanos ClockReport::waitTime(MonoTime now) const
{
    return m_toldAt ? std::max(*m_toldAt + Pause - now, Nanos(0)) : Nanos(0);
}

void ClockReport::told(const ClockStatus &status, MonoTime now)
{
    m_told = status;
    m_toldAt = now;
}

WireMicros agedReportBound(WireMicros bound, Nanos age)
{
    WireMicros aged = 0;
    if (__builtin_add_overflow(bound, boundToWire(driftIn(age, ClockEstimator::UnfittedPpm)), &aged))
        return std::numeric_limits<WireMicros>::max();
    return aged;
}

} // namespace Synchat
