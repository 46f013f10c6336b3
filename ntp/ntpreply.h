// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"
#include "ntp/ntpclient.h"
#include "ntp/ntppacket.h"

namespace Synchat {

// What a client makes of a reply. Pure.

/// A request that tells nobody anything: version 4, mode 3, the cookie where a clock used to be, the rest
/// zero.
NtpBytes ntpRequest(NtpTimestamp cookie);

/// Our own part of an exchange, all of it on the monotonic line, where a clock that is stepped, slewed or
/// frozen meanwhile does no harm.
struct NtpExchange
{
    NtpTimestamp cookie = 0; ///< what the request carried
    ClockReading sent;       ///< before the request was given to the socket
    ClockReading arrived;    ///< after the reply was read: the offset is that of this reading's wall clock
    MonoTime t1;             ///< when the request left, or earlier
    MonoTime t4;             ///< when the reply came, or later
    bool t1ByKernel = false;
    bool t4ByKernel = false;
};

/// What the kernel stamped, and its clock next to each of the two moments.
struct PacketStamps
{
    KernelReading atSending; ///< before the request was given to the socket
    std::optional<WallTime> left;
    KernelReading atArrival; ///< after the reply was read
    std::optional<WallTime> came;
};
/// Fills in `t1` and `t4`: the kernel's stamps where they can be true, else the readings of `exchange`. When
/// the kernel's own clock was stepped between the two, neither is believed.
void placeStamps(NtpExchange &exchange, const PacketStamps &stamps);

struct NtpRefusal
{
    NtpFailure failure = NtpFailure::Malformed;
    QString kiss;
    /// What the server of a kiss-o'-death wants between two requests; zero: it does not say.
    Nanos pollWanted{};
};

/// Whether this is an answer to the request at all: long enough, from a server, with the cookie. What is not
/// must be passed over in silence (anybody can send it), and waiting goes on.
bool answersRequest(std::span<const unsigned char> reply, NtpTimestamp cookie);

/// Reads a reply for which answersRequest() is true. Refused: a kiss-o'-death, a server that says itself that
/// it does not know the time, missing stamps, a root distance of 16 s and more, times that cannot be, a reply
/// that took more than 4 s or during which this machine slept.
Result<NtpSample, NtpRefusal> readNtpReply(std::span<const unsigned char> reply, const NtpExchange &exchange);

} // namespace Synchat
