// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/polling.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr int GoodPollsBeforeSlower = 8;

} // namespace

void NtpPolling::answered()
{
    ++m_asked;
    if (++m_goodInRow < GoodPollsBeforeSlower || m_nearby)
        return;
    m_goodInRow = 0;
    m_poll = std::min(m_poll * 2, std::max(m_timings.maxPoll, m_floor));
}

void NtpPolling::failed()
{
    ++m_asked;
    m_goodInRow = 0;
    const bool isBurstOver = m_asked > (m_nearby ? m_timings.nearbyBurst : m_timings.burst);
    if (isBurstOver && !m_nearby)
        m_poll = std::min(m_poll * 2, std::max(m_timings.maxPoll, m_floor));
}

void NtpPolling::askedForLess()
{
    m_asked = std::max(m_timings.burst, m_timings.nearbyBurst); // no more hurry
    m_goodInRow = 0;
    m_floor = std::min(m_floor * 2, m_timings.longestPoll);
    m_poll = std::max(std::min(m_poll * 2, m_timings.longestPoll), m_floor);
}

std::chrono::milliseconds NtpPolling::untilNext() const
{
    if (m_nearby)
        return m_asked < m_timings.nearbyBurst ? m_timings.nearbyBurstGap : m_poll;
    return m_asked < m_timings.burst ? m_timings.burstGap : m_poll;
}

Nanos NtpPolling::freshFor() const
{
    return 4 * m_poll + m_timings.ntpTimeout;
}

} // namespace Synchat
