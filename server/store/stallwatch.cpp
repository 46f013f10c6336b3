// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/stallwatch.h"

#include "common/logging.h"

namespace Synchat {

StallWatch::StallWatch(QObject &worker, ConnectionBreaker &breaker, std::chrono::milliseconds limit)
    : m_worker(worker)
    , m_breaker(breaker)
    , m_limit(limit)
    , m_timer(this)
{
    m_timer.setInterval(limit / 4);
    connect(&m_timer, &QTimer::timeout, this, &StallWatch::look);
    m_timer.start();
}

void StallWatch::look()
{
    if (!m_asked.isValid()) {
        m_asked.start();
        QMetaObject::invokeMethod(
            &m_worker,
            [this] {
                QMetaObject::invokeMethod(
                    this, [this] { m_asked.invalidate(); }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
        return;
    }
    if (!m_asked.hasExpired(m_limit.count()))
        return;
    if (m_breaker.breakNow())
        qCWarning(logStore, "the database server does not answer: a connection is given up");
}

} // namespace Synchat
