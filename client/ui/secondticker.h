// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

/// Ticks when the second of the injected clock turns, and each time aims at the next turn afresh, so that it
/// neither drifts nor shows a second late after a step. Never ticks before the turn.
class SecondTicker : public QObject
{
    Q_OBJECT
public:
    explicit SecondTicker(const Clock &clock, QObject *parent = nullptr);

    void start();
    void stop() { m_timer.stop(); }
    bool isRunning() const { return m_timer.isActive(); }

    /// From 1 to 1000 ms, rounded up.
    static std::chrono::milliseconds untilNextSecond(WallTime now);
    /// The same, doubled for each time in a row that the second had not turned: a clock that stands still (an
    /// injected fault, a suspended machine) must not make the program spin. At most 1000 ms.
    static std::chrono::milliseconds pause(WallTime now, int misses);

Q_SIGNALS:
    void ticked();

private:
    void aim();

    const Clock &m_clock;
    QTimer m_timer;
    std::chrono::sys_seconds m_second{};
    int m_misses = 0;
};

} // namespace Synchat
