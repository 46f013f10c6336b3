// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/polling.h"

#include "ntp/clockestimator.h"

#include <algorithm>
#include <bit>

namespace Synchat {

namespace {

constexpr int GoodPollsBeforeSlower = 8;
/// Up to here a poll grows in any case: other people's servers are not asked every 16 s for ever.
constexpr std::chrono::seconds PolitePoll{64};
/// A packet or two get lost; then it is worth asking sooner. After many nobody is there.
constexpr int MissesThatHurry = 2;
constexpr int MissesThatTell = 3;
constexpr int MissesUntilLost = 8;
constexpr int MostDoublings = 20;         // enough for any waiting time
constexpr int ContradictionsThatTell = 3; // it is no single step of its clock

} // namespace

bool isUnsteady(quint8 contradictions)
{
    return std::popcount(contradictions) >= ContradictionsThatTell;
}

void NtpPolling::setPoll(std::chrono::milliseconds poll)
{
    const auto longest = std::max(m_timings.maxPoll, m_floor);
    m_poll = std::clamp(poll, m_floor, longest);
}

void NtpPolling::answered(Nanos bound, double driftPpm)
{
    // After a long silence a burst again, which the first answer belongs to.
    const bool wasLost = m_missedInRow >= MissesUntilLost;
    m_missedInRow = 0;
    m_unsentInRow = 0;
    if (wasLost)
        startOver();
    ++m_asked;
    if (++m_goodInRow < GoodPollsBeforeSlower || m_nearby)
        return;
    m_goodInRow = 0;
    const auto longer = 2 * m_poll;
    if (longer <= PolitePoll || driftIn(longer, driftPpm) <= bound)
        setPoll(longer);
    else if (m_poll > PolitePoll && driftIn(m_poll, driftPpm) > 2 * bound)
        setPoll(m_poll / 2);
}

void NtpPolling::failed()
{
    const bool wasBurst = !isBurstOver();
    ++m_asked;
    m_goodInRow = 0;
    ++m_missedInRow;
    m_unsentInRow = 0;
    if (wasBurst || m_nearby)
        return;
    if (m_missedInRow <= MissesThatHurry)
        setPoll(m_poll / 2);
    else if (m_missedInRow > MissesUntilLost)
        setPoll(2 * m_poll);
}

void NtpPolling::couldNotAsk()
{
    m_unsentInRow = std::min(m_unsentInRow + 1, MostDoublings);
}

void NtpPolling::askedForLess(Nanos wanted)
{
    m_asked = std::max(m_timings.burst, m_timings.nearbyBurst); // no more hurry
    m_goodInRow = 0;
    m_unsentInRow = 0;
    const auto asked = std::chrono::ceil<std::chrono::milliseconds>(wanted);
    ++m_missedInRow;
    m_floor = std::max({m_floor, std::min(2 * std::max(m_floor, m_poll), m_timings.longestPoll), asked});
    setPoll(m_floor);
}

void NtpPolling::stepped()
{
    m_goodInRow = 0;
    setPoll(m_timings.minPoll);
}

void NtpPolling::startOver()
{
    stepped();
    m_missedInRow = 0;
    m_unsentInRow = 0;
    const bool isHushed = m_floor > m_timings.minPoll;
    m_asked = isHushed ? m_asked : 0;
}

std::chrono::milliseconds NtpPolling::untilNext() const
{
    if (m_unsentInRow > 0)
        return std::min(m_timings.burstGap * (1 << (m_unsentInRow - 1)), m_timings.longestUnsent);
    if (isBurstOver())
        return m_poll;
    return m_nearby ? m_timings.nearbyBurstGap : m_timings.burstGap;
}

Nanos NtpPolling::freshFor() const
{
    // Backing off does not make an old answer fresh.
    const auto poll = m_missedInRow >= MissesThatTell ? m_timings.minPoll : m_poll;
    return 4 * poll + m_timings.ntpTimeout;
}

bool AddressTurns::missed(bool wasAsked, qsizetype count)
{
    if (wasAsked && ++m_misses < MissesEach)
        return true;
    m_misses = 0;
    if (++m_index < count)
        return true;
    m_index = 0;
    return false;
}

void AddressTurns::startOver()
{
    *this = {};
}

} // namespace Synchat
