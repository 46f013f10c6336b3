// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpratelimiter.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr quint32 ExcessPerKiss = 8;
constexpr std::chrono::seconds KissGap{1};

/// SplitMix64's finisher: every bit of the input moves about half of the output.
quint64 mixed(quint64 value)
{
    value = (value ^ (value >> 30)) * 0xBF58'476D'1CE4'E5B9;
    value = (value ^ (value >> 27)) * 0x94D0'49BB'1331'11EB;
    return value ^ (value >> 31);
}

} // namespace

NtpRateLimiter::NtpRateLimiter(const NtpRateLimits &limits, quint64 secret)
    : m_limits(limits)
    , m_secret(secret)
{
    if (limits.perSecond <= 0)
        return;
    m_price = Nanos(std::chrono::seconds(1)) / limits.perSecond;
    m_largest = m_price * std::max(limits.burst, 1);
    m_sets.resize(Capacity / Ways);
}

NtpRateLimiter::Entry &NtpRateLimiter::entryOf(const NtpPeer &network)
{
    const quint64 hash = mixed(mixed(network.high ^ m_secret) ^ network.low);
    Set &set = m_sets[hash % m_sets.size()];
    Entry *oldest = set.data();
    for (Entry &entry : set) {
        if (entry.network == network)
            return entry;
        if (entry.seen < oldest->seen)
            oldest = &entry;
    }
    *oldest = Entry{};
    oldest->network = network;
    return *oldest;
}

NtpRateVerdict NtpRateLimiter::judge(const NtpPeer &peer, MonoTime now)
{
    if (m_sets.empty() || (!m_limits.limitNearby && peer.isNearby()))
        return NtpRateVerdict::Answer;
    Entry &entry = entryOf(peer.network());
    entry.seen = now;
    const MonoTime paidUntil = std::max(entry.paidUntil, now) + m_price;
    if (paidUntil <= now + m_largest) {
        entry.paidUntil = paidUntil;
        return NtpRateVerdict::Answer;
    }
    const bool isTurn = entry.excess++ % ExcessPerKiss == 0;
    if (!isTurn || (entry.kissed != MonoTime::min() && now - entry.kissed < KissGap))
        return NtpRateVerdict::Drop;
    entry.kissed = now;
    return NtpRateVerdict::Kiss;
}

} // namespace Synchat
