// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/probeplan.h"

#include <algorithm>
#include <utility>

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
    m_isProven = false;
    m_asksBoth = false;
    m_trouble = NtpTrouble::None;
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
    const bool asksBoth = std::exchange(m_asksBoth, false);
    if (!m_timeFrames) {
        if (first || asksBoth || (!m_isProven && m_burstLeft == 0))
            return {true, true};
        const bool isFrameRound = m_burstLeft == 0 && m_calmRounds++ % RoundsPerFrame == 0;
        return {!isFrameRound, isFrameRound};
    }
    const bool isTryDue = now >= m_udpRetryAt && m_trouble != NtpTrouble::OtherServer;
    const bool triesUdp = m_udpPossible && (isTryDue || asksBoth);
    if (triesUdp)
        setTrouble(m_trouble, now);
    return {triesUdp, !triesUdp || asksBoth || m_trouble == NtpTrouble::NoTime};
}

Nanos ProbePlan::waitTime(MonoTime now) const
{
    return m_started ? std::max(m_nextAt - now, Nanos(0)) : Nanos(0);
}

void ProbePlan::takeUdpAnswer(MonoTime now)
{
    m_failures = 0;
    if (m_timeFrames)
        m_asksBoth = true; // until it is proven
    else
        countBurst(now);
}

void ProbePlan::takeProof(MonoTime now)
{
    m_isProven = true;
    if (!m_timeFrames)
        return;
    m_timeFrames = false;
    m_asksBoth = false;
    m_burstLeft = BurstLength;
    m_nextAt = now + BurstSpacing;
}

void ProbePlan::takeDoubt(MonoTime now)
{
    m_isProven = false;
    m_asksBoth = true;
    m_nextAt = now + BurstSpacing;
}

void ProbePlan::takeOtherServer(MonoTime now)
{
    m_isProven = false;
    m_asksBoth = false;
    fallBack(NtpTrouble::OtherServer, now);
}

void ProbePlan::takeUdpFailure(MonoTime now)
{
    const bool isOneTooMany = ++m_failures >= FailuresToFallBack;
    if (m_timeFrames) {
        // It was only a try. Who answered a moment ago may just have lost a packet.
        if (isOneTooMany && m_trouble == NtpTrouble::NoTime)
            setTrouble(NtpTrouble::Blocked, now);
        return;
    }
    if (isOneTooMany)
        fallBack(NtpTrouble::Blocked, now);
    else
        m_nextAt = now + BurstSpacing;
}

void ProbePlan::takeNoTime(MonoTime now)
{
    m_failures = 0;
    if (m_timeFrames)
        setTrouble(NtpTrouble::NoTime, now);
    else
        fallBack(NtpTrouble::NoTime, now);
}

void ProbePlan::takeKiss(const QString &code, MonoTime now)
{
    if (code == u"DENY"_s || code == u"RSTR"_s) {
        fallBack(NtpTrouble::Blocked, now);
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

void ProbePlan::fallBack(NtpTrouble trouble, MonoTime now)
{
    setTrouble(trouble, now);
    m_timeFrames = true;
    m_burstLeft = BurstLength;
    m_failures = 0;
    m_nextAt = now;
}

void ProbePlan::setTrouble(NtpTrouble trouble, MonoTime now)
{
    m_trouble = trouble;
    m_udpRetryAt = now + (trouble == NtpTrouble::NoTime ? Interval : UdpRetry);
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
