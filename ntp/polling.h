// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QtGlobal>

#include <chrono>

namespace Synchat {

// When to ask a source of time again. Pure. Other people's servers are asked seldom and never in a hurry
// (RFC 8633 §3.2); servers on our own network may be asked at once.

/// All the waiting that there is, in one place, so that tests can shorten it.
struct TimeTimings
{
    using Millis = std::chrono::milliseconds;

    int burst = 4; ///< exchanges at the start
    Millis burstGap = std::chrono::seconds(2);
    int nearbyBurst = 8;
    Millis nearbyBurstGap{50};
    Millis minPoll = std::chrono::seconds(16);
    Millis maxPoll = std::chrono::seconds(1024);
    Millis longestPoll = std::chrono::seconds(1024); ///< for a server that asks for less, not saying how much
    Millis sleepCheck = std::chrono::seconds(2);     ///< how soon it is seen that this machine has slept
    Millis ntpTimeout = std::chrono::seconds(2);
    Millis longestUnsent = std::chrono::seconds(60); ///< while a source cannot even be asked
    int httpEager = 4; ///< good answers of a web server before it is asked more seldom
    Millis httpPoll = std::chrono::seconds(60);
    Millis httpSteadyPoll = std::chrono::minutes(4);
    Millis httpLongestPoll = std::chrono::hours(1);
    Millis httpProviderGap = std::chrono::seconds(10); ///< between two requests to one provider, always
    Millis httpTimeout = std::chrono::seconds(5);
    Millis httpWarmUp = std::chrono::seconds(2); ///< before a request its connection is opened
    Millis refresh = std::chrono::seconds(8);    ///< a new snapshot at least this often
};

/// A source whose own readings contradict one another, by the last eight polls (1: it did; newest in bit 0):
/// one step of its clock is not enough. Pure.
bool isUnsteady(quint8 contradictions);

/// One NTP server: a burst, then 2^4 to 2^10 s: ever less often while the estimate stays good, more often
/// after a miss or a step, seldom again when nobody is there. Pure.
class NtpPolling
{
public:
    explicit NtpPolling(const TimeTimings &timings)
        : m_timings(timings)
        , m_poll(timings.minPoll)
        , m_floor(timings.minPoll)
    {}

    /// `bound` and `driftPpm` of the estimate: waiting longer is fine while what ageing adds meanwhile is
    /// less than what is unknown anyway.
    void answered(Nanos bound, double driftPpm);
    void failed();
    /// There was no name or no way, so nothing was sent: nobody is bothered by trying again soon, and it says
    /// nothing of the server.
    void couldNotAsk();
    /// RATE: half as often from now on, and no oftener than `wanted`.
    void askedForLess(Nanos wanted = Nanos::zero());
    /// One of the clocks was stepped or changed its rate: look more closely for a while.
    void stepped();
    /// What was known is void (this machine slept): a burst again, unless the server has asked for less.
    void startOver();
    /// Ours to ask quickly.
    void setNearby(bool nearby) { m_nearby = nearby; }
    std::chrono::milliseconds untilNext() const;
    /// What comes no later than this is fresh.
    Nanos freshFor() const;

private:
    bool isBurstOver() const { return m_asked >= (m_nearby ? m_timings.nearbyBurst : m_timings.burst); }
    void setPoll(std::chrono::milliseconds poll);

    TimeTimings m_timings;
    std::chrono::milliseconds m_poll;
    std::chrono::milliseconds m_floor;
    bool m_nearby = false;
    int m_asked = 0; ///< since the burst began
    int m_goodInRow = 0;
    int m_missedInRow = 0;
    int m_unsentInRow = 0;
};

/// Which of the addresses of a name is asked: each may miss twice before it is the next one's turn, and one
/// that could not be asked only once. Pure.
class AddressTurns
{
public:
    static constexpr int MissesEach = 2;

    qsizetype index() const { return m_index; }
    void answered() { m_misses = 0; }
    /// `count`: of the addresses. False: all had their turn, and the first is next.
    bool missed(bool wasAsked, qsizetype count);
    void startOver();

private:
    qsizetype m_index = 0;
    int m_misses = 0; ///< of this address, in a row
};

} // namespace Synchat
