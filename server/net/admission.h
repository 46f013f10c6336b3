// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

namespace Synchat {

/// Counts the TCP connections and says what becomes of a new one. Pure.
/// Those of one address that are not WebSockets (yet) have a limit; what is above it waits its turn, since
/// a school or an office behind one address may well come back all at once after a restart.
class Admission
{
public:
    Admission(int maxConnections, int maxHttpPerPeer);

    enum class Verdict : quint8 {
        Serve,
        Wait,     ///< its address has too many at the moment
        TellFull, ///< the daemon is full: take it, say so, close
        TurnAway, ///< close without a word; nothing is counted
    };
    Verdict admit(const QHostAddress &peer);
    bool hasTurn(const QHostAddress &peer) const; ///< one that waits may be served
    void serveWaiting(const QHostAddress &peer);
    void dropWaiting(const QHostAddress &peer);

    void upgraded(const QHostAddress &peer);
    void gone(const QHostAddress &peer, bool wasUpgraded);

    int total() const { return m_total; }

private:
    struct Peer
    {
        int http = 0;
        int waiting = 0;
    };
    void release(QHash<QHostAddress, Peer>::iterator peer);

    const int m_maxConnections;
    const int m_maxHttpPerPeer;
    int m_total = 0;
    QHash<QHostAddress, Peer> m_peers;
};

} // namespace Synchat
