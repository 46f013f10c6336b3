// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

#include <array>
#include <cstddef>
#include <span>

namespace Synchat {

// The NTP packet of RFC 5905 §7.3, and what a server says to a request. Pure, without allocation.

constexpr std::size_t NtpHeaderBytes = 48;
using NtpBytes = std::array<unsigned char, NtpHeaderBytes>;
/// 32.32 fixed point seconds since 1900, modulo 2^64 (era 0 ends on 2036-02-07 06:28:16 UTC).
using NtpTimestamp = quint64;

enum class NtpMode : quint8 {
    Reserved,
    SymmetricActive,
    SymmetricPassive,
    Client,
    Server,
    Broadcast,
    Control,
    Private
};

struct NtpPacket
{
    int leap = 0;    ///< 0 to 3
    int version = 4; ///< 0 to 7
    NtpMode mode = NtpMode::Client;
    quint8 stratum = 0;
    qint8 poll = 0;             ///< log2 s
    qint8 precision = 0;        ///< log2 s
    quint32 rootDelay = 0;      ///< 16.16 fixed point seconds
    quint32 rootDispersion = 0; ///< the same
    quint32 referenceId = 0;    ///< host order
    NtpTimestamp reference = 0;
    NtpTimestamp origin = 0;
    NtpTimestamp receive = 0;
    NtpTimestamp transmit = 0;

    friend bool operator==(const NtpPacket &, const NtpPacket &) = default;
};

/// Nothing when there are fewer than 48 bytes. What follows the header is not looked at.
std::optional<NtpPacket> decodeNtpHeader(std::span<const unsigned char> bytes);
NtpBytes encodeNtpHeader(const NtpPacket &packet);

NtpTimestamp toNtpTimestamp(WallTime time);
/// An NTP timestamp does not say its era: of all the moments that it can mean, the one nearest to `pivot`
/// (so within 68 years of it). Saturates at the ends of WallTime.
WallTime fromNtpTimestamp(NtpTimestamp stamp, WallTime pivot);
/// A pivot for who has only their own clock: that clock, or 2026 if it is older (a machine that woke up in
/// 1970).
WallTime ntpEraPivot(WallTime ownClock);

/// 16.16 fixed point; rounds up (a dispersion may grow by rounding, never shrink) and saturates. Negative is
/// 0.
quint32 toNtpShort(Nanos duration);
Nanos fromNtpShort(quint32 value);
/// 2^`exponent` seconds, kept inside 1 ns to 1 s.
Nanos fromNtpPrecision(qint8 exponent);

constexpr qint8 OwnNtpPrecision = -23; ///< about 0.1 us: a clock read in user space

/// A request that a server may answer: 48 bytes or more, a multiple of 4, versions 1 to 4, mode 3, and
/// behind the header nothing but well formed extension fields of NTPv4 that ask for no authentication
/// (RFC 7822: at least 16 bytes each and 28 for the last; 20 or 24 bytes at the end are a MAC, whose key
/// nobody has).
bool isPlainNtpRequest(std::span<const unsigned char> request);

/// What all replies of one moment share.
struct NtpServedState
{
    int leap = 3;
    quint8 stratum = 0;
    quint32 rootDispersion = 0;
    quint32 referenceId = 0;
    NtpTimestamp reference = 0;
    Nanos offset{}; ///< to add to our own clock to get what is served
};
NtpServedState servedStateAt(const ReferenceSnapshot &snapshot, const ClockReading &now);

/// `receivedAt` and `now` are readings of our own clock; the served time is those plus the reference's
/// offset. Nothing: no answer. A reply is 48 bytes, so never longer than a request.
std::optional<NtpBytes> replyToNtpRequest(std::span<const unsigned char> request, WallTime receivedAt,
                                          const NtpServedState &state, WallTime now);
std::optional<NtpBytes> replyToNtpRequest(std::span<const unsigned char> request, WallTime receivedAt,
                                          const ReferenceSnapshot &snapshot, const ClockReading &now);

} // namespace Synchat
