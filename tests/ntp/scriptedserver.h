// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "ntp/ntppacket.h"

#include <QNetworkDatagram>
#include <QObject>
#include <QUdpSocket>

#include <functional>

namespace Synchat {

inline QByteArray toArray(const NtpBytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

inline std::optional<NtpPacket> decode(const QByteArray &bytes)
{
    return decodeNtpHeader(
        {reinterpret_cast<const unsigned char *>(bytes.constData()), std::size_t(bytes.size())});
}

/// A server that a test writes line by line: gets each request, sends what it likes.
class ScriptedServer : public QObject
{
public:
    using Script = std::function<void(QUdpSocket &, const QNetworkDatagram &)>;
    explicit ScriptedServer(Script script)
        : m_script(std::move(script))
    {
        m_socket.bind(QHostAddress(QHostAddress::LocalHost), 0);
        connect(&m_socket, &QUdpSocket::readyRead, this, [this] {
            while (m_socket.hasPendingDatagrams()) {
                requests.append(m_socket.receiveDatagram());
                m_script(m_socket, requests.last());
            }
        });
    }
    quint16 port() const { return m_socket.localPort(); }
    QList<QNetworkDatagram> requests;

private:
    QUdpSocket m_socket;
    Script m_script;
};

inline NtpPacket goodReply(const QNetworkDatagram &asked)
{
    NtpPacket packet;
    packet.mode = NtpMode::Server;
    packet.stratum = 1;
    packet.precision = -20;
    packet.origin = decode(asked.data())->transmit;
    packet.receive = toNtpTimestamp(SystemClock().now());
    packet.transmit = packet.receive;
    return packet;
}

} // namespace Synchat
