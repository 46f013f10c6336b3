// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QtGlobal>

#include <optional>
#include <span>

namespace Synchat {

// Receive and transmit stamps that the kernel takes, for a socket that asks (Linux; elsewhere: none, and
// receiveStamped() says so). A server that answers uses UdpBatch instead.

/// What a socket's kernel stamps, worst first.
enum class KernelStamping : quint8 {
    None,
    ReceivedOnDemand, ///< SIOCGSTAMPNS, one call more a datagram
    Received,         ///< SO_TIMESTAMPNS
    Both,             ///< SO_TIMESTAMPING: also what goes out, which comes back by the error queue
};
/// Asks for `best`, or the best below it that there is; says which.
KernelStamping enableKernelStamps(qintptr descriptor, KernelStamping best = KernelStamping::Both);

struct StampedDatagram
{
    enum class Kind : quint8 {
        Nothing,
        Datagram,
        Refused,     ///< nobody listens there
        Unreachable, ///< something on the way says that it does not get there
        Unsupported,
    };
    Kind kind = Kind::Nothing;
    std::size_t size = 0;
    std::optional<WallTime> stamp;
};
/// What a failed read says of the datagrams sent before; `error`: of `errno`.
StampedDatagram::Kind kindOfReadError(int error);
/// One datagram of a connected socket, without waiting. Longer ones are cut to `buffer`.
StampedDatagram receiveStamped(qintptr descriptor, std::span<unsigned char> buffer, KernelStamping stamping);

/// Empties the socket's error queue (left full, it wakes the event loop for ever) and gives the stamp of the
/// first datagram that went out.
std::optional<WallTime> takeTransmitStamp(qintptr descriptor);

} // namespace Synchat
