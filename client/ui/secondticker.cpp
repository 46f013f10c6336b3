// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/secondticker.h"

#include <algorithm>

namespace Synchat {

using namespace std::chrono;

SecondTicker::SecondTicker(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        aim();
        Q_EMIT ticked();
    });
}

void SecondTicker::start()
{
    m_second = {};
    m_misses = 0;
    aim();
}

void SecondTicker::aim()
{
    const WallTime now = m_clock.now();
    const auto second = floor<seconds>(now);
    m_misses = second == m_second ? m_misses + 1 : 0;
    m_second = second;
    m_timer.start(pause(now, m_misses));
}

milliseconds SecondTicker::pause(WallTime now, int misses)
{
    constexpr int Enough = 10;
    return std::min(milliseconds(1000), untilNextSecond(now) * (1 << std::clamp(misses, 0, Enough)));
}

milliseconds SecondTicker::untilNextSecond(WallTime now)
{
    const Nanos rest = floor<seconds>(now) + seconds(1) - now;
    return ceil<milliseconds>(rest);
}

} // namespace Synchat
