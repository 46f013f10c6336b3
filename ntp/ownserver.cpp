// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ownserver.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace Synchat {

namespace {

/// Without the interface of a link-local address, and IPv4 as IPv4.
QHostAddress bare(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4);
    QHostAddress v6(address);
    v6.setScopeId({});
    return v6;
}

bool isEvery(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4) ||
           address == QHostAddress(QHostAddress::AnyIPv6);
}

bool isOfThisMachine(const QHostAddress &address, const QList<QHostAddress> &machine)
{
    return address.isLoopback() ||
           std::any_of(machine.cbegin(), machine.cend(),
                       [&](const QHostAddress &own) { return bare(own) == bare(address); });
}

} // namespace

bool OwnServer::isAt(const QHostAddress &address, quint16 atPort, const QList<QHostAddress> &machine) const
{
    if (port == 0 || atPort != port)
        return false;
    return std::any_of(addresses.cbegin(), addresses.cend(), [&](const QHostAddress &bound) {
        return isEvery(bound) ? isOfThisMachine(address, machine) : bare(bound) == bare(address);
    });
}

quint16 OwnServer::loopbackPort() const
{
    const bool isReached = std::any_of(addresses.cbegin(), addresses.cend(), [](const QHostAddress &bound) {
        return isEvery(bound) || bound.isLoopback();
    });
    return isReached ? port : quint16(0);
}

quint32 ntpReferenceIdOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return v4;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const QByteArray digest = QCryptographicHash::hash(
        QByteArray(reinterpret_cast<const char *>(&bytes), sizeof bytes), QCryptographicHash::Md5);
    return qFromBigEndian<quint32>(digest.constData());
}

bool followsThisMachine(const QHostAddress &address, int stratum, quint32 referenceId,
                        const QList<QHostAddress> &machine)
{
    if (stratum < 2 || isOfThisMachine(address, machine))
        return false;
    return std::any_of(machine.cbegin(), machine.cend(), [&](const QHostAddress &own) {
        return !own.isLoopback() && ntpReferenceIdOf(own) == referenceId;
    });
}

bool namesNobody(const QHostAddress &address)
{
    return isEvery(bare(address));
}

} // namespace Synchat
