// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/polling.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr int GoodPollsBeforeSlower = 8;
constexpr int LargestBackoff = 16; // doublings, long past any limit

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

void HttpPolling::answered()
{
    m_failures = 0;
    m_notBefore = {};
}

void HttpPolling::failed()
{
    m_failures = std::min(m_failures + 1, LargestBackoff);
    m_notBefore = {};
}

void HttpPolling::askedForLess(std::optional<std::chrono::seconds> retryAfter)
{
    failed();
    if (retryAfter)
        m_notBefore = *retryAfter;
}

std::chrono::milliseconds HttpPolling::untilNext() const
{
    auto wait = m_timings.httpPoll;
    for (int i = 0; i < m_failures && wait < m_timings.httpLongestPoll; ++i)
        wait *= 2;
    wait = std::min(wait, std::max(m_timings.httpLongestPoll, m_timings.httpPoll));
    return std::max({wait, m_notBefore, m_timings.httpProviderGap});
}

Nanos ProviderGaps::admit(const QString &provider, MonoTime now)
{
    const auto last = m_lastAsked.constFind(provider);
    if (last != m_lastAsked.constEnd() && now < *last + m_gap)
        return *last + m_gap - now;
    m_lastAsked.insert(provider, now);
    return Nanos::zero();
}

} // namespace Synchat
