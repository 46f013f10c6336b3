// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httppolling.h"

#include <QHostAddress>

#include <algorithm>
#include <cmath>

namespace Synchat {

namespace {

constexpr int LargestBackoff = 16; // doublings, long past any limit
constexpr std::chrono::seconds LongestUnreached{60};

std::chrono::milliseconds doubled(std::chrono::milliseconds wait, int times,
                                  std::chrono::milliseconds longest)
{
    for (int i = 0; i < times && wait < longest; ++i)
        wait *= 2;
    return std::min(wait, longest);
}

} // namespace

bool isUnreached(QNetworkReply::NetworkError error, bool isSent)
{
    if (isSent)
        return false;
    return error == QNetworkReply::HostNotFoundError || error == QNetworkReply::NetworkSessionFailedError ||
           error == QNetworkReply::UnknownNetworkError;
}

void HttpPolling::answered()
{
    m_answers = std::min(m_answers + 1, m_timings.httpEager);
    m_failures = 0;
    m_unreached = 0;
    m_isHushed = false;
    m_notBefore = {};
}

void HttpPolling::failed()
{
    m_failures = std::min(m_failures + 1, LargestBackoff);
    m_unreached = 0;
    m_notBefore = {};
}

void HttpPolling::askedForLess(std::optional<std::chrono::seconds> retryAfter)
{
    failed();
    m_isHushed = true;
    if (retryAfter)
        m_notBefore = *retryAfter;
}

void HttpPolling::unreached()
{
    m_unreached = std::min(m_unreached + 1, LargestBackoff);
}

void HttpPolling::startOver()
{
    m_answers = 0;
    m_unreached = 0;
    if (!m_isHushed)
        m_failures = 0;
}

std::chrono::milliseconds HttpPolling::interval() const
{
    const auto poll = m_answers < m_timings.httpEager ? m_timings.httpPoll : m_timings.httpSteadyPoll;
    return std::max(poll, m_timings.httpProviderGap);
}

std::chrono::milliseconds HttpPolling::untilNext(double chance) const
{
    const auto gap = m_timings.httpProviderGap;
    if (m_unreached > 0)
        return std::max(doubled(gap, m_unreached - 1, LongestUnreached), gap);
    if (m_failures == 0)
        return interval();
    auto wait =
        doubled(m_timings.httpPoll, m_failures, std::max(m_timings.httpLongestPoll, m_timings.httpPoll));
    const double spread = std::clamp(chance, 0.0, 1.0) * static_cast<double>(wait.count()) / 2;
    wait += std::chrono::milliseconds(std::llround(spread));
    return std::max({wait, m_notBefore, gap});
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
