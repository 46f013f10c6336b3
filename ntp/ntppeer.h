// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace Synchat {

/// The address of who asked, as two numbers: compared and looked up without allocation. IPv4 in its
/// IPv6-mapped form.
struct NtpPeer
{
    quint64 high = 0; ///< host order: the upper half, which is the /64 network
    quint64 low = 0;

    static NtpPeer fromIpv4(quint32 address);
    /// `bytes`: 16 of them, in the order of the wire.
    static NtpPeer fromIpv6(const unsigned char *bytes);
    static NtpPeer from(const QHostAddress &address);

    bool isIpv4() const;
    /// Loopback, private, link-local or unique local: not somebody else's network.
    bool isNearby() const;
    /// All the addresses that one customer has at will count as one: IPv6 by its /64.
    NtpPeer network() const;

    friend bool operator==(const NtpPeer &, const NtpPeer &) = default;
};

} // namespace Synchat
