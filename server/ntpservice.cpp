// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ntpservice.h"

namespace Synchat {

NtpService::NtpService(const Clock &clock, const NtpRateLimits &limits, QObject *parent)
    : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("ntp"));
    m_there.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_there, [this, &clock, &limits] { m_server = std::make_unique<NtpServer>(clock, limits); },
        Qt::BlockingQueuedConnection);
}

NtpService::~NtpService()
{
    QMetaObject::invokeMethod(
        &m_there, [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

bool NtpService::listen(const QList<QHostAddress> &addresses, const QList<quint16> &ports)
{
    bool listens = false;
    QMetaObject::invokeMethod(
        &m_there,
        [&] {
            for (const quint16 port : ports) {
                listens = m_server->listen(addresses, port);
                if (listens)
                    break;
            }
            m_port = m_server->port();
            m_address = m_server->address();
            m_error = m_server->errorString();
        },
        Qt::BlockingQueuedConnection);
    return listens;
}

NtpCounters NtpService::counters()
{
    NtpCounters counters;
    QMetaObject::invokeMethod(
        &m_there, [&] { counters = m_server->counters(); }, Qt::BlockingQueuedConnection);
    return counters;
}

void NtpService::setSnapshot(const SharedSnapshot &snapshot)
{
    QMetaObject::invokeMethod(
        &m_there, [this, snapshot] { m_server->setSnapshot(snapshot); }, Qt::QueuedConnection);
}

} // namespace Synchat
