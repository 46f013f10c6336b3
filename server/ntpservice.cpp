// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ntpservice.h"

namespace Synchat {

NtpService::NtpService(const Clock &clock, QObject *parent)
    : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("ntp"));
    m_there.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_there, [this, &clock] { m_server = std::make_unique<NtpServer>(clock); },
        Qt::BlockingQueuedConnection);
}

NtpService::~NtpService()
{
    QMetaObject::invokeMethod(
        &m_there, [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

bool NtpService::listen(const QHostAddress &address, const QList<quint16> &ports)
{
    bool listens = false;
    QMetaObject::invokeMethod(
        &m_there,
        [&] {
            for (const quint16 port : ports) {
                listens = m_server->listen(address, port);
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

void NtpService::setSnapshot(const SharedSnapshot &snapshot)
{
    QMetaObject::invokeMethod(
        &m_there, [this, snapshot] { m_server->setSnapshot(snapshot); }, Qt::QueuedConnection);
}

} // namespace Synchat
