// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpresponder.h"

#include <algorithm>

namespace Synchat {

namespace {

quint64 &counterOf(NtpCounters &counters, NtpRequestKind kind)
{
    switch (kind) {
    case NtpRequestKind::TooShort:
        return counters.tooShort;
    case NtpRequestKind::BadVersion:
        return counters.badVersion;
    case NtpRequestKind::BadMode:
        return counters.badMode;
    case NtpRequestKind::Malformed:
        return counters.malformed;
    case NtpRequestKind::Plain:
        break;
    }
    return counters.answered;
}

} // namespace

NtpResponder::NtpResponder(const Clock &clock, const NtpRateLimits &limits, quint64 secret)
    : m_clock(clock)
    , m_snapshot(std::make_shared<ReferenceSnapshot>())
    , m_limiter(limits, secret)
{}

void NtpResponder::setSnapshot(const SharedSnapshot &snapshot)
{
    if (snapshot)
        m_snapshot = snapshot;
}

void NtpResponder::beginBatch(std::optional<WallTime> stamp)
{
    const auto moment = stamp ? m_clock.monoFromKernelStamp(*stamp) : std::nullopt;
    const ClockReading now = m_clock.read();
    m_moments.beginBatch(stamp, moment, now.mono);
    m_state = servedStateAt(*m_snapshot, now);
}

std::optional<NtpBytes> NtpResponder::reply(std::optional<std::span<const unsigned char>> request,
                                            std::optional<WallTime> stamp, const NtpPeer &peer)
{
    ++m_counters.received;
    const NtpRequestKind kind = request ? kindOfNtpRequest(*request) : NtpRequestKind::Malformed;
    if (kind != NtpRequestKind::Plain) {
        ++counterOf(m_counters, kind);
        return std::nullopt;
    }
    switch (m_limiter.judge(peer, m_state.mono)) {
    case NtpRateVerdict::Drop:
        ++m_counters.rateLimited;
        return std::nullopt;
    case NtpRateVerdict::Kiss:
        ++m_counters.kissed;
        return ntpRateKiss(*request, m_moments.of(stamp), m_state);
    case NtpRateVerdict::Answer:
        break;
    }
    ++m_counters.answered;
    return ntpReply(*request, m_moments.of(stamp), m_state);
}

MonoTime NtpResponder::now() const
{
    return std::max(m_clock.monotonic(), m_state.mono);
}

} // namespace Synchat
