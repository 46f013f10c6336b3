// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntpanswer.h"
#include "ntp/ntpratelimiter.h"
#include "ntp/receivemoments.h"

namespace Synchat {

/// What became of the datagrams that came: `received` is the sum of the others but the last.
struct NtpCounters
{
    quint64 received = 0;
    quint64 answered = 0;
    quint64 tooShort = 0;
    quint64 badVersion = 0;
    quint64 badMode = 0;
    quint64 malformed = 0;   ///< length, extension fields, a MAC, or longer than any request
    quint64 rateLimited = 0; ///< passed over
    quint64 kissed = 0;      ///< told that they ask too often
    quint64 sendFailed = 0;  ///< of those answered or kissed

    /// Without an answer, because they may not have one.
    quint64 ignored() const { return tooShort + badVersion + badMode + malformed + rateLimited; }
};

/// Decides what a server does with each datagram, and with which times. No sockets; the clock is handed in
/// and read once a batch, so that all the times of a batch are on one line: T3 never precedes T2, whatever a
/// stepped, jittering or frozen clock does between two readings. No allocation.
class NtpResponder
{
public:
    NtpResponder(const Clock &clock, const NtpRateLimits &limits, quint64 secret);

    void setSnapshot(const SharedSnapshot &snapshot); ///< null is ignored

    /// `stamp`: the kernel's receive stamp of the batch's first datagram, if there is one.
    void beginBatch(std::optional<WallTime> stamp);
    /// The reply, still without T3. `request`: nothing when it was longer than there was room for.
    std::optional<NtpBytes> reply(std::optional<std::span<const unsigned char>> request,
                                  std::optional<WallTime> stamp, const NtpPeer &peer);
    /// Right now, and never before the batch began.
    MonoTime now() const;
    /// T3 of what is sent at that moment.
    NtpTimestamp transmitTime(MonoTime moment) const { return m_state.timeAt(moment); }

    void countSendFailures(int count) { m_counters.sendFailed += static_cast<quint64>(count); }
    const NtpCounters &counters() const { return m_counters; }

private:
    const Clock &m_clock;
    SharedSnapshot m_snapshot;
    NtpRateLimiter m_limiter;
    ReceiveMoments m_moments;
    NtpServedState m_state;
    NtpCounters m_counters;
};

} // namespace Synchat
