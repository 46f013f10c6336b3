// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sendpace.h"

#include <algorithm>
#include <utility>

namespace Synchat {

namespace {

constexpr int FewestCounted = 4;
constexpr Nanos Slowest{10'000};
/// The fastest of the last one to two of these counts.
constexpr int Window = 256;
constexpr int BatchesAtFirst = 16;

} // namespace

void SendPace::learn(Nanos took, int count)
{
    if (count < FewestCounted || took < Nanos::zero())
        return;
    m_fastest = std::min({m_fastest, took / count, Slowest});
    ++m_batches;
    if (m_batches >= Window) {
        m_batches = BatchesAtFirst;
        m_fastestBefore = std::exchange(m_fastest, Nanos::max());
    }
    if (m_batches >= BatchesAtFirst)
        m_each = std::min(m_fastest, m_fastestBefore) * 3 / 4;
}

} // namespace Synchat
