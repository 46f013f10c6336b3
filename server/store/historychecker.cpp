// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historychecker.h"

#include "server/store/roomtable.h"

namespace Synchat {

HistoryChecker::HistoryChecker(StoreAddress address)
    : m_address(std::move(address))
{}

HistoryChecker::~HistoryChecker() = default;

void HistoryChecker::begin()
{
    auto connection = StoreConnection::open(m_address, StoreConnection::Access::ReadOnly);
    if (!connection) {
        Q_EMIT gaveUp(connection.error());
        return;
    }
    const auto rooms = readRooms(**connection);
    if (!rooms) {
        Q_EMIT gaveUp(rooms.error());
        return;
    }
    m_connection = std::move(*connection);
    m_walk = std::make_unique<FileWalk>(*m_connection, *rooms);
    step();
}

void HistoryChecker::step()
{
    if (!m_walk)
        return;
    const auto done = m_walk->step();
    if (!done) {
        Q_EMIT gaveUp(done.error());
    } else if (!done->damage.isEmpty()) {
        Q_EMIT foundDamage(done->damage);
    } else if (done->isLast) {
        Q_EMIT foundWhole(m_walk->messages());
    } else {
        if (const int percent = m_walk->percent(); std::exchange(m_percent, percent) != percent)
            Q_EMIT progressed(percent);
        QMetaObject::invokeMethod(this, &HistoryChecker::step, Qt::QueuedConnection);
        return;
    }
    finish();
}

void HistoryChecker::finish()
{
    m_walk.reset();
    m_connection.reset();
}

} // namespace Synchat
