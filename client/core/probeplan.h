// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/message.h"

#include <QString>

namespace Synchat {

/// Why the daemon's NTP is offered, but not in use.
enum class NtpTrouble : quint8 {
    None,
    Blocked,     ///< no answer comes back over UDP
    NoTime,      ///< the daemon answers that it does not know the time
    OtherServer, ///< what answers there is not this daemon
};

/// When the clock probe asks, and over which path: a burst first, then now and then; UDP until it fails three
/// times in a row, then `time` frames, with a try by UDP every five minutes in place of one. A daemon that
/// says over UDP that it does not know the time is asked so again with every `time` frame. As long as it is
/// not proven that it is the daemon that answers over UDP, both paths are asked together; when it is not, UDP
/// is left alone until the next begin(). Else one exchange at a time, but for the first. Pure; the moment is
/// handed in.
class ProbePlan
{
public:
    static constexpr int BurstLength = 8;
    static constexpr int FailuresToFallBack = 3;
    static constexpr Nanos BurstSpacing = std::chrono::milliseconds(100);
    static constexpr Nanos Interval = std::chrono::seconds(16);
    static constexpr Nanos LongestInterval = std::chrono::seconds(256);
    static constexpr Nanos UdpRetry = std::chrono::minutes(5);
    /// While UDP is in use every so many rounds a `time` frame takes its place: its reply also says what the
    /// reference is worth.
    static constexpr int RoundsPerFrame = 4;

    struct Action
    {
        bool udp = false;
        bool timeFrame = false;
    };

    void begin(bool udpPossible);
    /// What to ask now. Nothing when it is too early, so that a timer that fires early does no harm.
    Action next(MonoTime now);
    Nanos waitTime(MonoTime now) const;

    void takeUdpAnswer(MonoTime now);
    /// It is the daemon that answers over UDP: from now on that path is used.
    void takeProof(MonoTime now);
    /// It may be somebody else: both paths are asked again at once.
    void takeDoubt(MonoTime now);
    void takeOtherServer(MonoTime now);
    void takeUdpFailure(MonoTime now);
    void takeNoTime(MonoTime now);
    void takeKiss(const QString &code, MonoTime now);
    void takeTimeReply(MonoTime now);

    bool usesTimeFrames() const { return m_timeFrames; }
    NtpTrouble trouble() const { return m_udpPossible && m_timeFrames ? m_trouble : NtpTrouble::None; }
    Nanos interval() const { return m_interval; }

private:
    void fallBack(NtpTrouble trouble, MonoTime now);
    void setTrouble(NtpTrouble trouble, MonoTime now);
    void countBurst(MonoTime now);

    bool m_udpPossible = false;
    bool m_timeFrames = true;
    bool m_started = false;
    bool m_isProven = false;
    bool m_asksBoth = false; ///< in the next round
    NtpTrouble m_trouble = NtpTrouble::None;
    int m_burstLeft = 0;
    int m_calmRounds = 0;
    int m_failures = 0;
    Nanos m_interval = Interval;
    MonoTime m_nextAt{};
    MonoTime m_udpRetryAt{};
};

/// What a measurement of our own clock is worth.
StampState probeState(Nanos bound, Nanos age, Nanos interval);

} // namespace Synchat
