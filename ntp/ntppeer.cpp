// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntppeer.h"

#include <QtEndian>

#include <algorithm>
#include <iterator>

namespace Synchat {

namespace {

constexpr quint64 MappedPrefix = 0xFFFF;

struct Ipv4Net
{
    quint32 address;
    int prefix;
};
constexpr Ipv4Net NearbyIpv4[] = {
    {0x7F00'0000, 8},  // loopback
    {0x0A00'0000, 8},  // private (RFC 1918)
    {0xAC10'0000, 12}, // private
    {0xC0A8'0000, 16}, // private
    {0xA9FE'0000, 16}, // link-local
};

bool isNearbyIpv4(quint32 address)
{
    return std::any_of(std::begin(NearbyIpv4), std::end(NearbyIpv4), [address](const Ipv4Net &net) {
        return (address ^ net.address) >> (32 - net.prefix) == 0;
    });
}

} // namespace

NtpPeer NtpPeer::fromIpv4(quint32 address)
{
    return {0, (MappedPrefix << 32) | address};
}

NtpPeer NtpPeer::fromIpv6(const unsigned char *bytes)
{
    return {qFromBigEndian<quint64>(bytes), qFromBigEndian<quint64>(bytes + 8)};
}

NtpPeer NtpPeer::from(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return fromIpv4(address.toIPv4Address());
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return fromIpv6(bytes.c);
}

bool NtpPeer::isIpv4() const
{
    return high == 0 && low >> 32 == MappedPrefix;
}

bool NtpPeer::isNearby() const
{
    if (isIpv4())
        return isNearbyIpv4(static_cast<quint32>(low));
    const bool isLoopback = high == 0 && low == 1;
    const bool isLinkLocal = high >> 54 == 0xFE80 >> 6;
    const bool isUniqueLocal = high >> 57 == 0xFC >> 1;
    return isLoopback || isLinkLocal || isUniqueLocal;
}

NtpPeer NtpPeer::network() const
{
    return isIpv4() ? *this : NtpPeer{high, 0};
}

} // namespace Synchat
