// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sendpace.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr int FewestCounted = 4;
constexpr Nanos Slowest{10'000};
constexpr int SlowingDown = 64;

} // namespace

void SendPace::learn(Nanos took, int count)
{
    if (count < FewestCounted || took < Nanos::zero())
        return;
    const Nanos each = std::min(took / count, Slowest);
    if (m_each == Nanos::zero() || each < m_each)
        m_each = each;
    else
        m_each += (each - m_each) / SlowingDown;
}

} // namespace Synchat
