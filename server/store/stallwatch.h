// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/connectionbreaker.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Synchat {

/// Asks an object on another thread, again and again, whether its event loop still turns. When it does not
/// for longer than `limit`, the connection that it must be waiting for is broken.
class StallWatch : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive this, and the thread must have ended before this goes.
    StallWatch(QObject &worker, ConnectionBreaker &breaker, std::chrono::milliseconds limit);

private:
    void look();

    QObject &m_worker;
    ConnectionBreaker &m_breaker;
    const std::chrono::milliseconds m_limit;
    QTimer m_timer;
    QElapsedTimer m_asked; ///< invalid: no question is open
};

} // namespace Synchat
