// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/admission.h"

namespace Synchat {

namespace {

constexpr int MaxWaitingPerPeer = 1024;
/// Above the maximum so many at a time are told that the daemon is full.
constexpr int MaxToldFull = 64;

} // namespace

Admission::Admission(int maxConnections, int maxHttpPerPeer)
    : m_maxConnections(maxConnections)
    , m_maxHttpPerPeer(maxHttpPerPeer)
{}

Admission::Verdict Admission::admit(const QHostAddress &peer)
{
    if (m_total >= m_maxConnections + MaxToldFull)
        return Verdict::TurnAway;
    Peer &counts = m_peers[peer];
    if (counts.http < m_maxHttpPerPeer) {
        ++counts.http;
        return ++m_total > m_maxConnections ? Verdict::TellFull : Verdict::Serve;
    }
    if (m_total >= m_maxConnections || counts.waiting >= MaxWaitingPerPeer)
        return Verdict::TurnAway;
    ++counts.waiting;
    ++m_total;
    return Verdict::Wait;
}

bool Admission::hasTurn(const QHostAddress &peer) const
{
    return m_peers.value(peer).http < m_maxHttpPerPeer;
}

void Admission::serveWaiting(const QHostAddress &peer)
{
    Peer &counts = m_peers[peer];
    --counts.waiting;
    ++counts.http;
}

void Admission::dropWaiting(const QHostAddress &peer)
{
    const auto counts = m_peers.find(peer);
    --counts->waiting;
    --m_total;
    release(counts);
}

void Admission::upgraded(const QHostAddress &peer)
{
    const auto counts = m_peers.find(peer);
    --counts->http;
    release(counts);
}

void Admission::gone(const QHostAddress &peer, bool wasUpgraded)
{
    --m_total;
    if (!wasUpgraded)
        upgraded(peer);
}

void Admission::release(QHash<QHostAddress, Peer>::iterator peer)
{
    if (peer->http == 0 && peer->waiting == 0)
        m_peers.erase(peer);
}

} // namespace Synchat
