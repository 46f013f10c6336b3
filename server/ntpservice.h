// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntpserver.h"

#include <QThread>

#include <memory>

namespace Synchat {

/// The NTP server on a thread of its own, so that its answers don't wait for the chat.
/// Every call is on the thread that made it.
class NtpService : public QObject
{
    Q_OBJECT
public:
    NtpService(const Clock &clock, const NtpRateLimits &limits, QObject *parent = nullptr);
    ~NtpService() override;

    /// On the first of the ports that can be had at all of the addresses. False: errorString(), about the
    /// last one.
    bool listen(const QList<QHostAddress> &addresses, const QList<quint16> &ports);
    quint16 port() const { return m_port; }
    QHostAddress address() const { return m_address; }
    QString errorString() const { return m_error; }
    /// So far; waits for the server's thread.
    NtpCounters counters();

public Q_SLOTS:
    void setSnapshot(const Synchat::SharedSnapshot &snapshot);

private:
    QThread m_thread;
    QObject m_there;                     ///< lives on the thread; what is invoked on it runs there
    std::unique_ptr<NtpServer> m_server; ///< made and destroyed there
    quint16 m_port = 0;
    QHostAddress m_address;
    QString m_error;
};

} // namespace Synchat
