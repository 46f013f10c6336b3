// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/listener.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Synchat {

namespace {

constexpr int Backlog = 1024;
constexpr std::chrono::milliseconds RetryAccept{100};
constexpr std::chrono::milliseconds LookForLate{250};

PeerInfo peerOf(qintptr descriptor)
{
    sockaddr_storage storage = {};
    socklen_t size = sizeof(storage);
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(static_cast<int>(descriptor), address, &size) != 0)
        return {};
    PeerInfo peer;
    peer.address.setAddress(address);
    if (storage.ss_family == AF_INET6)
        peer.port = ntohs(reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port);
    else
        peer.port = ntohs(reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
    bool isMapped = false;
    const quint32 v4 = peer.address.toIPv4Address(&isMapped);
    if (isMapped)
        peer.address = QHostAddress(v4);
    return peer;
}

} // namespace

Listener::Listener(const Clock &clock, const NetConfig &config, QObject *parent)
    : QTcpServer(parent)
    , m_clock(clock)
    , m_patience(config.headTimeout)
    , m_admission(config.maxConnections, config.maxHttpPerPeer)
{
    setListenBacklogSize(Backlog);
    connect(&m_lateTimer, &QTimer::timeout, this, &Listener::dropLate);
    // Out of descriptors: Qt stops accepting, and would not begin again by itself.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(RetryAccept, this, &QTcpServer::resumeAccepting); });
}

Listener::~Listener()
{
    turnAwayWaiting();
}

void Listener::incomingConnection(qintptr descriptor)
{
    TakeSocket socket{descriptor, peerOf(descriptor)};
    switch (m_admission.admit(socket.peer.address)) {
    case Admission::Verdict::TellFull:
        socket.full = true;
        [[fallthrough]];
    case Admission::Verdict::Serve:
        Q_EMIT accepted(socket);
        return;
    case Admission::Verdict::Wait:
        m_waiting.append({socket, m_clock.monotonic()});
        if (!m_lateTimer.isActive())
            m_lateTimer.start(LookForLate);
        return;
    case Admission::Verdict::TurnAway:
        ::close(static_cast<int>(descriptor));
        return;
    }
}

void Listener::upgraded(const QHostAddress &peer)
{
    m_admission.upgraded(peer);
    serveWaiting(peer);
}

void Listener::gone(const QHostAddress &peer, bool wasUpgraded)
{
    m_admission.gone(peer, wasUpgraded);
    serveWaiting(peer);
}

void Listener::serveWaiting(const QHostAddress &peer)
{
    for (qsizetype i = 0; i < m_waiting.size() && m_admission.hasTurn(peer);) {
        if (m_waiting[i].socket.peer.address != peer) {
            ++i;
            continue;
        }
        m_admission.serveWaiting(peer);
        Q_EMIT accepted(m_waiting.takeAt(i).socket);
    }
}

void Listener::dropLate()
{
    const MonoTime now = m_clock.monotonic();
    while (!m_waiting.isEmpty() && now - m_waiting.first().since >= m_patience) {
        const Waiting late = m_waiting.takeFirst();
        ::close(static_cast<int>(late.socket.descriptor));
        m_admission.dropWaiting(late.socket.peer.address);
    }
    if (m_waiting.isEmpty())
        m_lateTimer.stop();
}

void Listener::turnAwayWaiting()
{
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        ::close(static_cast<int>(waiting.socket.descriptor));
        m_admission.dropWaiting(waiting.socket.peer.address);
    }
    m_lateTimer.stop();
}

} // namespace Synchat
