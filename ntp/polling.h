// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

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
    Millis maxPoll = std::chrono::seconds(64);
    Millis longestPoll = std::chrono::seconds(1024); ///< for a server that asks for less
    Millis ntpTimeout = std::chrono::seconds(2);
    int httpEager = 4; ///< good answers of a web server before it is asked more seldom
    Millis httpPoll = std::chrono::seconds(60);
    Millis httpSteadyPoll = std::chrono::minutes(4);
    Millis httpLongestPoll = std::chrono::hours(1);
    Millis httpProviderGap = std::chrono::seconds(10); ///< between two requests to one provider, always
    Millis httpTimeout = std::chrono::seconds(5);
    Millis httpWarmUp = std::chrono::seconds(2); ///< before a request its connection is opened
    Millis refresh = std::chrono::seconds(8);    ///< a new snapshot at least this often
};

/// One NTP server: burst, then a poll that grows while all is well and when the server asks for it.
class NtpPolling
{
public:
    explicit NtpPolling(const TimeTimings &timings)
        : m_timings(timings)
        , m_poll(timings.minPoll)
        , m_floor(timings.minPoll)
    {}

    void answered();
    void failed();
    /// RATE: half as often from now on.
    void askedForLess();
    /// Ours to ask quickly.
    void setNearby(bool nearby) { m_nearby = nearby; }
    std::chrono::milliseconds untilNext() const;
    /// What comes no later than this is fresh.
    Nanos freshFor() const;

private:
    TimeTimings m_timings;
    std::chrono::milliseconds m_poll;
    std::chrono::milliseconds m_floor;
    bool m_nearby = false;
    int m_asked = 0;
    int m_goodInRow = 0;
};

} // namespace Synchat
