// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/delayrelay.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace Synchat {

namespace {

constexpr qint64 LargestDatagram = 1500;

} // namespace

DelayRelay::DelayRelay(LineDelays delays, QObject *parent)
    : QObject(parent)
    , m_delays(delays)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    m_udp.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, &DelayRelay::takeConnection);
    connect(&m_udp, &QUdpSocket::readyRead, this, &DelayRelay::takeRequests);
}

DelayRelay::~DelayRelay() = default;

bool DelayRelay::listen(const QHostAddress &address, quint16 udpPort)
{
    if (!m_udp.bind(address, udpPort, QAbstractSocket::DontShareAddress)) {
        m_error = m_udp.errorString();
        return false;
    }
    if (!m_server.listen(address, 0)) {
        m_error = m_server.errorString();
        return false;
    }
    return true;
}

void DelayRelay::setDaemon(quint16 tcpPort, quint16 udpPort)
{
    m_daemonTcp = tcpPort;
    m_daemonUdp = udpPort;
}

void DelayRelay::takeConnection()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        if (m_server.findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly).size() > MaxConnections) {
            client->abort();
            continue;
        }
        auto *daemon = new QTcpSocket(client); // ends with it
        daemon->setProxy(QNetworkProxy::NoProxy);
        for (QTcpSocket *end : {client, daemon}) {
            end->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            end->setReadBufferSize(MaxBytesAtOnce);
        }
        connect(daemon, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(daemon, &QTcpSocket::errorOccurred, client, &QTcpSocket::disconnectFromHost);
        daemon->connectToHost(QHostAddress(QHostAddress::LocalHost), m_daemonTcp);
        carry(client, daemon, m_delays.there);
        carry(daemon, client, m_delays.back);
    }
}

// Timers of one length end in the order in which they were started, so that the bytes stay in theirs.
void DelayRelay::carry(QTcpSocket *from, QTcpSocket *to, std::chrono::milliseconds delay)
{
    connect(from, &QTcpSocket::readyRead, to, [from, to, delay] {
        if (to->bytesToWrite() > MaxBytesAtOnce) {
            from->abort(); // who does not read is not waited for
            return;
        }
        QTimer::singleShot(delay, Qt::PreciseTimer, to, [to, bytes = from->readAll()] { to->write(bytes); });
    });
}

void DelayRelay::takeRequests()
{
    while (m_udp.hasPendingDatagrams()) {
        const QNetworkDatagram request = m_udp.receiveDatagram(LargestDatagram);
        if (!request.isValid())
            continue;
        const QPointer<QUdpSocket> line(
            lineFor(request.senderAddress(), static_cast<quint16>(request.senderPort())));
        QTimer::singleShot(m_delays.there, Qt::PreciseTimer, this, [this, line, bytes = request.data()] {
            if (line)
                line->writeDatagram(bytes, QHostAddress(QHostAddress::LocalHost), m_daemonUdp);
        });
    }
}

QUdpSocket *DelayRelay::lineFor(const QHostAddress &address, quint16 port)
{
    const std::pair key(address.toString(), port);
    if (const auto found = m_lines.find(key); found != m_lines.end())
        return found->second.get();
    if (m_lines.size() == MaxUdpClients)
        m_lines.erase(m_order.takeFirst());
    auto &line = m_lines[key] = std::make_unique<QUdpSocket>();
    m_order.append(key);
    line->setProxy(QNetworkProxy::NoProxy);
    line->bind(QHostAddress(QHostAddress::LocalHost));
    connect(line.get(), &QUdpSocket::readyRead, this, [this, socket = line.get(), address, port] {
        while (socket->hasPendingDatagrams()) {
            const QNetworkDatagram reply = socket->receiveDatagram(LargestDatagram);
            QTimer::singleShot(
                m_delays.back, Qt::PreciseTimer, this,
                [this, bytes = reply.data(), address, port] { m_udp.writeDatagram(bytes, address, port); });
        }
    });
    return line.get();
}

} // namespace Synchat
