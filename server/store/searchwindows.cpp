// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/searchwindows.h"

#include <algorithm>

namespace Synchat {

ArrivalWindow SearchWindows::next() const
{
    return {std::max(m_rest.first, m_rest.last - m_width + 1), m_rest.last};
}

void SearchWindows::took(std::chrono::nanoseconds time)
{
    constexpr qint64 Widest = qint64(1) << 40;
    if (time < Quick)
        m_width = std::min(m_width * 4, Widest);
    else if (time > Slow)
        m_width = std::max(m_width / 2, LeastWidth);
}

ArrivalWindow TimeBlocks::blockOf(qint64 arrival)
{
    const qint64 first = arrival / Size * Size;
    return {first, first + Size - 1};
}

const TimeBlocks::Times *TimeBlocks::find(qint64 arrival) const
{
    const auto found = m_blocks.constFind(arrival / Size);
    return found == m_blocks.cend() ? nullptr : &*found;
}

} // namespace Synchat
