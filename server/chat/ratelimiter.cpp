// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/ratelimiter.h"

#include <algorithm>

namespace Synchat {

RateLimiter::RateLimiter(int perSecond, int burst)
    : m_perSecond(std::max(perSecond, 0))
    , m_burst(std::max(burst, 1))
{}

double RateLimiter::tokensAt(const Bucket &bucket, MonoTime now) const
{
    const std::chrono::duration<double> passed = now - bucket.at;
    return std::min(m_burst, bucket.tokens + std::max(passed.count(), 0.0) * m_perSecond);
}

std::optional<double> RateLimiter::take(const QString &userId, MonoTime now)
{
    if (m_perSecond <= 0)
        return std::nullopt;
    if (m_buckets.size() >= m_forgetAt)
        forgetFull(now);
    const auto found = m_buckets.find(userId);
    const double tokens = found == m_buckets.end() ? m_burst : tokensAt(*found, now);
    constexpr double Rounding = 1e-9; // a bucket that a sum of fractions filled is full
    if (tokens < 1.0 - Rounding)
        return (1.0 - tokens) / m_perSecond;
    m_buckets.insert(userId, {tokens - 1.0, now});
    return std::nullopt;
}

void RateLimiter::forgetFull(MonoTime now)
{
    m_buckets.removeIf([this, now](const auto &entry) { return tokensAt(entry.value(), now) >= m_burst; });
    m_forgetAt = std::max<qsizetype>(1024, 2 * m_buckets.size());
}

} // namespace Synchat
