// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/admission.h"
#include "server/net/iomessages.h"

#include <QTcpServer>
#include <QTimer>

namespace Synchat {

/// Takes connections from the kernel and hands on those that are admitted, as bare descriptors, since a
/// socket object belongs to the thread that makes it.
class Listener : public QTcpServer
{
    Q_OBJECT
public:
    Listener(const Clock &clock, const NetConfig &config, QObject *parent = nullptr);
    ~Listener() override;

    void upgraded(const QHostAddress &peer);
    void gone(const QHostAddress &peer, bool wasUpgraded);
    int connectionCount() const { return m_admission.total(); }
    void turnAwayWaiting();

Q_SIGNALS:
    void accepted(const Synchat::TakeSocket &socket);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Waiting
    {
        TakeSocket socket;
        MonoTime since;
    };
    void serveWaiting(const QHostAddress &peer);
    void dropLate();

    const Clock &m_clock;
    const std::chrono::milliseconds m_patience;
    Admission m_admission;
    QList<Waiting> m_waiting; ///< oldest first
    QTimer m_lateTimer;
};

} // namespace Synchat
