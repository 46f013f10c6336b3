// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/secondticker.h"

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
    aim();
}

void SecondTicker::aim()
{
    m_timer.start(untilNextSecond(m_clock.now()));
}

milliseconds SecondTicker::untilNextSecond(WallTime now)
{
    const Nanos rest = floor<seconds>(now) + seconds(1) - now;
    return ceil<milliseconds>(rest);
}

} // namespace Synchat
