// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/receivemoments.h"

#include <cstdlib>

namespace Synchat {

namespace {

constexpr std::chrono::seconds OldestStamp{10};
/// More than this, or faster than a system slews, is a step of the kernel's clock (or an interruption in the
/// middle of the comparison, which is as bad).
constexpr std::chrono::milliseconds SmallestStep{1};

} // namespace

void ReceiveMoments::beginBatch(std::optional<WallTime> stamp, std::optional<MonoTime> moment, MonoTime now)
{
    m_now = now;
    m_kernelMinusLine.reset();
    if (!stamp || !moment)
        return;
    const Comparison comparison{stamp->time_since_epoch() - moment->time_since_epoch(), now};
    bool isStepped = false;
    if (m_last) {
        const Nanos change = comparison.kernelMinusLine - m_last->kernelMinusLine;
        isStepped =
            std::abs(change.count()) > (SmallestStep + driftIn(now - m_last->at, FastestSlewPpm)).count();
    }
    m_last = comparison;
    if (!isStepped)
        m_kernelMinusLine = comparison.kernelMinusLine;
}

MonoTime ReceiveMoments::of(std::optional<WallTime> stamp) const
{
    if (!stamp || !m_kernelMinusLine)
        return m_now;
    const MonoTime moment(stamp->time_since_epoch() - *m_kernelMinusLine);
    const bool isBelievable = moment <= m_now && moment > m_now - OldestStamp;
    return isBelievable ? moment : m_now;
}

} // namespace Synchat
