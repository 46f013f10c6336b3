// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/bridgefault.h"

#include <QTcpServer>

namespace Synchat {

/// Stands in front of a real bridge, on loopback, and shows the faults that a real one cannot be made to
/// show. Both sides speak HTTP/1.1; replies are passed on when they are complete.
class FaultProxy : public QTcpServer
{
public:
    explicit FaultProxy(quint16 upstreamPort);

    /// Port 0: a free one. False: the port is taken.
    bool start(quint16 port = 0);
    quint16 port() const { return m_port; }

    /// For every request from now on.
    void setFault(const BridgeFault &fault);
    /// Step after step, and from the first again: flapping.
    void setSchedule(const QList<FaultStep> &steps);
    /// Nobody listens on the port, and all connections are cut.
    void setDown(bool down);

    int requests() const { return m_requests; } ///< that came
    int faults() const { return m_faults; }     ///< that were given one

    quint16 upstreamPort() const { return m_upstreamPort; }
    /// Of the next request. Counts.
    BridgeFault nextFault(const QByteArray &body);

private:
    void takeConnections();

    quint16 m_upstreamPort = 0;
    quint16 m_port = 0;
    QList<FaultStep> m_steps{FaultStep()};
    qsizetype m_step = 0;
    int m_usedOfStep = 0;
    int m_requests = 0;
    int m_faults = 0;
};

} // namespace Synchat
