// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httppolling.h"

#include <QHostAddress>

#include <algorithm>
#include <cmath>

namespace Synchat {

namespace {

constexpr int LargestBackoff = 16; // doublings, long past any limit

} // namespace

void HttpPolling::answered()
{
    m_answers = std::min(m_answers + 1, m_timings.httpEager);
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

std::chrono::milliseconds HttpPolling::interval() const
{
    const auto poll = m_answers < m_timings.httpEager ? m_timings.httpPoll : m_timings.httpSteadyPoll;
    return std::max(poll, m_timings.httpProviderGap);
}

std::chrono::milliseconds HttpPolling::untilNext(double chance) const
{
    if (m_failures == 0)
        return interval();
    auto wait = m_timings.httpPoll;
    for (int i = 0; i < m_failures && wait < m_timings.httpLongestPoll; ++i)
        wait *= 2;
    wait = std::min(wait, std::max(m_timings.httpLongestPoll, m_timings.httpPoll));
    const double spread = std::clamp(chance, 0.0, 1.0) * static_cast<double>(wait.count()) / 2;
    wait += std::chrono::milliseconds(std::llround(spread));
    return std::max({wait, m_notBefore, m_timings.httpProviderGap});
}

Nanos HttpPolling::freshFor() const
{
    return 4 * interval() + m_timings.httpTimeout;
}

QString providerOf(const QUrl &url)
{
    const QString host = url.host().toLower();
    const bool isHere = host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
    return isHere ? host + u':' + QString::number(url.port()) : host;
}

Nanos ProviderGaps::untilFree(const QString &provider, MonoTime now) const
{
    const auto free = m_free.constFind(provider);
    return free == m_free.constEnd() ? Nanos::zero() : std::max(*free - now, Nanos::zero());
}

Nanos ProviderGaps::admit(const QString &provider, MonoTime now)
{
    const Nanos wait = untilFree(provider, now);
    if (wait == Nanos::zero())
        m_free.insert(provider, now + m_gap);
    return wait;
}

void ProviderGaps::notBefore(const QString &provider, MonoTime until)
{
    MonoTime &free = m_free[provider];
    free = std::max(free, until);
}

} // namespace Synchat
