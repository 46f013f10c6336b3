// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/probeplan.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr Nanos LargestBound = std::chrono::seconds(1);
constexpr int IntervalsToHoldover = 3;

} // namespace

void ProbePlan::begin(bool udpPossible)
{
    m_udpPossible = udpPossible;
    m_timeFrames = !udpPossible;
    m_started = false;
    m_tryingUdp = false;
    m_burstLeft = BurstLength;
    m_calmRounds = 0;
    m_failures = 0;
    m_interval = Interval;
}

ProbePlan::Action ProbePlan::next(MonoTime now)
{
    if (m_started && now < m_nextAt)
        return {};
    const bool first = !m_started;
    m_started = true;
    m_nextAt = now + m_interval;
    if (!m_timeFrames) {
        const bool isFrameRound = m_burstLeft == 0 && m_calmRounds++ % RoundsPerFrame == 0;
        return {!isFrameRound, first || isFrameRound};
    }
    m_tryingUdp = m_udpPossible && now >= m_udpRetryAt;
    if (m_tryingUdp)
        m_udpRetryAt = now + UdpRetry;
    return {m_tryingUdp, !m_tryingUdp};
}

Nanos ProbePlan::waitTime(MonoTime now) const
{
    return m_started ? std::max(m_nextAt - now, Nanos(0)) : Nanos(0);
}

void ProbePlan::takeUdpSuccess(MonoTime now)
{
    m_failures = 0;
    if (m_timeFrames) {
        m_timeFrames = false;
        m_tryingUdp = false;
        m_burstLeft = BurstLength;
    }
    countBurst(now);
}

void ProbePlan::takeUdpFailure(MonoTime now)
{
    if (m_timeFrames)
        return; // it was only a try
    if (++m_failures >= FailuresToFallBack)
        fallBack(now);
    else
        m_nextAt = now + BurstSpacing;
}

void ProbePlan::takeKiss(const QString &code, MonoTime now)
{
    if (code == u"DENY"_s || code == u"RSTR"_s) {
        fallBack(now);
        return;
    }
    m_burstLeft = 0;
    m_interval = std::min(m_interval * 2, LongestInterval);
    m_nextAt = now + m_interval;
}

void ProbePlan::takeTimeReply(MonoTime now)
{
    if (m_timeFrames)
        countBurst(now);
}

void ProbePlan::fallBack(MonoTime now)
{
    m_timeFrames = true;
    m_burstLeft = BurstLength;
    m_failures = 0;
    m_udpRetryAt = now + UdpRetry;
    m_nextAt = now;
}

void ProbePlan::countBurst(MonoTime now)
{
    m_burstLeft = std::max(m_burstLeft - 1, 0);
    m_nextAt = now + (m_burstLeft > 0 ? BurstSpacing : m_interval);
}

StampState probeState(Nanos bound, Nanos age, Nanos interval)
{
    if (bound > LargestBound)
        return StampState::Unsynced;
    return age > IntervalsToHoldover * interval ? StampState::Holdover : StampState::Ok;
}

} // namespace Synchat
