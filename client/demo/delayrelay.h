// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QUdpSocket>

#include <chrono>
#include <map>
#include <memory>

namespace Synchat {

/// How long a line takes, each way.
struct LineDelays
{
    std::chrono::milliseconds there{};
    std::chrono::milliseconds back{};
};

/// A slow line to a daemon on this machine, for its TCP and its UDP port: nothing is lost or reordered, all
/// of it comes later. Only for the demo and its tests: it trusts who uses it, within bounds.
class DelayRelay : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxConnections = 16;
    static constexpr std::size_t MaxUdpClients = 64; ///< the oldest is forgotten
    static constexpr qint64 MaxBytesAtOnce = 256 * 1024;

    explicit DelayRelay(LineDelays delays, QObject *parent = nullptr);
    ~DelayRelay() override;

    /// Listens on `address`, on a free TCP port and on this UDP port (a client asks for NTP there under the
    /// daemon's own port number). False: errorString().
    bool listen(const QHostAddress &address, quint16 udpPort);
    quint16 tcpPort() const { return m_server.serverPort(); }
    QString errorString() const { return m_error; }
    /// Where the daemon is, on loopback.
    void setDaemon(quint16 tcpPort, quint16 udpPort);

private:
    void takeConnection();
    void carry(QTcpSocket *from, QTcpSocket *to, std::chrono::milliseconds delay);
    void takeRequests();
    QUdpSocket *lineFor(const QHostAddress &address, quint16 port);

    const LineDelays m_delays;
    QTcpServer m_server;
    QUdpSocket m_udp;
    std::map<std::pair<QString, quint16>, std::unique_ptr<QUdpSocket>> m_lines;
    QList<std::pair<QString, quint16>> m_order; ///< of m_lines, the oldest first
    quint16 m_daemonTcp = 0;
    quint16 m_daemonUdp = 0;
    QString m_error;
};

} // namespace Synchat
