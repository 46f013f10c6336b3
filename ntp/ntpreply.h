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

struct NtpExchange
{
    NtpTimestamp cookie = 0; ///< what the request carried
    WallTime t1;             ///< our clock when it left
    ClockReading sent;       ///< both lines when it was given to the socket
    WallTime t4;             ///< our clock when the reply came
    ClockReading arrived;    ///< both lines when it was read
};

struct NtpRefusal
{
    NtpFailure failure = NtpFailure::Malformed;
    QString kiss;
};

/// Whether this is an answer to the request at all: long enough, from a server, with the cookie. What is not
/// must be passed over in silence (anybody can send it), and waiting goes on.
bool answersRequest(std::span<const unsigned char> reply, NtpTimestamp cookie);

/// Reads a reply for which answersRequest() is true. Refused: a kiss-o'-death, a server that says itself that
/// it does not know the time, missing stamps, a root distance of 16 s and more, times that cannot be.
Result<NtpSample, NtpRefusal> readNtpReply(std::span<const unsigned char> reply, const NtpExchange &exchange);

} // namespace Synchat
