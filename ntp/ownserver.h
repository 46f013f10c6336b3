// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>

namespace Synchat {

/// Where the NTP server of this very daemon is reached, so that the daemon does not follow itself: a bound
/// that rests on one's own word rests on nothing. Pure: `machine` are the addresses of this machine.
struct OwnServer
{
    QList<QHostAddress> addresses; ///< as bound
    quint16 port = 0;              ///< 0: there is none

    /// Whoever asks there asks this daemon.
    bool isAt(const QHostAddress &address, quint16 atPort, const QList<QHostAddress> &machine) const;
    /// At loopback; 0: it is not reached there.
    quint16 loopbackPort() const;
};

/// What names the server at that address in the packets of whoever follows it (RFC 5905 §7.3).
quint32 ntpReferenceIdOf(const QHostAddress &address);

/// The server at `address` of another machine says that it follows this one. (On one machine it may well be
/// another daemon of ours that is followed there.)
bool followsThisMachine(const QHostAddress &address, int stratum, quint32 referenceId,
                        const QList<QHostAddress> &machine);

/// `0.0.0.0` and `::` name nobody, although a connection to them reaches this machine: blocked names are
/// often resolved to them.
bool namesNobody(const QHostAddress &address);

} // namespace Synchat
