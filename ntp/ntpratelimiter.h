// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "ntp/ntppeer.h"

#include <array>
#include <vector>

namespace Synchat {

/// How many requests one address may send.
struct NtpRateLimits
{
    int perSecond = 8;        ///< 0: no limit
    int burst = 32;           ///< at once; below 1 counts as 1
    bool limitNearby = false; ///< loopback, private and link-local addresses too
};

enum class NtpRateVerdict : quint8 { Answer, Kiss, Drop };

/// Who has asked too often, and whether they are told (RFC 5905 §7.4) or passed over: one of eight excess
/// requests is told, and at most one a second, so that a forged sender cannot turn us against anybody.
/// A token bucket for each address, in a table that is allocated once; where it is full, whoever was silent
/// for longest is forgotten. Pure: the moments are handed in.
class NtpRateLimiter
{
public:
    static constexpr std::size_t Capacity = 8192;

    /// `secret` makes it unforeseeable which addresses push each other out of the table.
    NtpRateLimiter(const NtpRateLimits &limits, quint64 secret);

    NtpRateVerdict judge(const NtpPeer &peer, MonoTime now);

private:
    struct Entry
    {
        NtpPeer network;
        MonoTime paidUntil = MonoTime::min(); ///< the bucket is full from this moment on
        MonoTime seen = MonoTime::min();
        MonoTime kissed = MonoTime::min();
        quint32 excess = 0;
    };
    static constexpr std::size_t Ways = 4;
    using Set = std::array<Entry, Ways>;

    Entry &entryOf(const NtpPeer &network);

    NtpRateLimits m_limits;
    Nanos m_price{};   ///< of one request
    Nanos m_largest{}; ///< debt that a request may leave behind
    quint64 m_secret;
    std::vector<Set> m_sets;
};

} // namespace Synchat
