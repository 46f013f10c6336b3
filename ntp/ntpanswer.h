// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntppacket.h"
#include "ntp/referencesnapshot.h"

namespace Synchat {

// What a server says to a request. Pure, without allocation.

enum class NtpRequestKind : quint8 { Plain, TooShort, BadVersion, BadMode, Malformed };

/// A plain request may be answered: 48 bytes or more, a multiple of 4, versions 1 to 4, mode 3, and behind
/// the header nothing but well formed extension fields of NTPv4 that ask for no authentication (RFC 7822: at
/// least 16 bytes each and 28 for the last; 20 or 24 bytes at the end are a MAC, whose key nobody has).
NtpRequestKind kindOfNtpRequest(std::span<const unsigned char> request);

/// What all replies of one moment share.
struct NtpServedState
{
    int leap = 3;
    quint8 stratum = 0;
    quint32 rootDelay = 0;
    quint32 rootDispersion = 0;
    quint32 referenceId = 0;
    NtpTimestamp reference = 0;
    WallTime time; ///< what is served at `mono`
    MonoTime mono;

    /// What is served at another moment nearby: it goes on with the monotonic line, whatever our wall clock
    /// does meanwhile.
    NtpTimestamp timeAt(MonoTime moment) const { return toNtpTimestamp(time + (moment - mono)); }
};
/// Half the root delay and the root dispersion together cover the reference's bound at `now`, and the
/// dispersion grows with the age of the snapshot. Leap 1 and 2 are said on the last day of a month only.
NtpServedState servedStateAt(const ReferenceSnapshot &snapshot, const ClockReading &now);

/// To a plain request (kindOfNtpRequest), as long as its header: 48 bytes. T3 is T2 until putTransmitTime().
NtpBytes ntpReply(std::span<const unsigned char> request, MonoTime receivedAt, const NtpServedState &state);
/// To a plain request that came too often (RFC 5905 §7.4).
NtpBytes ntpRateKiss(std::span<const unsigned char> request, MonoTime receivedAt,
                     const NtpServedState &state);
void putTransmitTime(NtpBytes &reply, NtpTimestamp time);

} // namespace Synchat
