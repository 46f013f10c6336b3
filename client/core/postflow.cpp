// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/postflow.h"

#include "common/limits.h"

#include <algorithm>
#include <cmath>

namespace Synchat {

namespace {

using Seconds = std::chrono::duration<double>;

// The daemon's own bucket may be refilled a moment later than ours.
constexpr double Modesty = 0.95;
constexpr double Burst = Limits::PostBurst - 2;

Nanos nanos(double seconds)
{
    return std::chrono::duration_cast<Nanos>(Seconds(seconds));
}

} // namespace

void PostFlow::setRate(int perSecond, MonoTime now)
{
    if (!m_hasRate) {
        m_tokens = Burst;
        m_refilledAt = now;
        m_hasRate = true;
    }
    refill(now);
    m_rate = std::max(perSecond, 0);
}

bool PostFlow::maySend(MonoTime now)
{
    if (now < m_heldUntil)
        return false;
    if (inFlight() >= (m_rate > 0 ? Window : UnlimitedWindow))
        return false;
    if (m_rate == 0)
        return true;
    refill(now);
    return m_tokens >= 1.0;
}

std::optional<Nanos> PostFlow::waitTime(MonoTime now)
{
    Nanos wait = std::max(m_heldUntil - now, Nanos(0));
    if (inFlight() >= (m_rate > 0 ? Window : UnlimitedWindow))
        return std::nullopt;
    if (m_rate > 0) {
        refill(now);
        if (m_tokens < 1.0)
            wait = std::max(wait, nanos((1.0 - m_tokens) / (m_rate * Modesty)) + Nanos(1));
    }
    return wait;
}

void PostFlow::sent(const QUuid &id, MonoTime now)
{
    if (m_rate > 0) {
        refill(now);
        m_tokens = std::max(0.0, m_tokens - 1.0);
    }
    m_inFlight.insert(id, now);
}

void PostFlow::answered(const QUuid &id)
{
    if (m_inFlight.remove(id))
        m_refusals = 0;
}

void PostFlow::refusedForNow(const QUuid &id, std::optional<double> retryAfterSeconds, MonoTime now)
{
    m_inFlight.remove(id);
    double wait = std::min(std::exp2(std::min(m_refusals, 10)), 30.0);
    if (retryAfterSeconds && std::isfinite(*retryAfterSeconds))
        wait = std::clamp(*retryAfterSeconds, 0.05, 600.0);
    else
        ++m_refusals;
    m_heldUntil = std::max(m_heldUntil, now + nanos(wait));
    m_tokens = std::min(m_tokens, 1.0);
}

void PostFlow::linkLost()
{
    m_inFlight.clear();
}

void PostFlow::forgetStale(MonoTime now)
{
    m_inFlight.removeIf([now](const auto &post) { return now - post.value() >= AnswerTimeout; });
}

void PostFlow::refill(MonoTime now)
{
    const double elapsed = std::max(0.0, std::chrono::duration_cast<Seconds>(now - m_refilledAt).count());
    m_refilledAt = std::max(m_refilledAt, now);
    m_tokens = std::min(Burst, m_tokens + elapsed * m_rate * Modesty);
}

} // namespace Synchat
