// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QtGlobal>

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace Synchat {

// The NTP packet of RFC 5905 §7.3. Pure, without allocation. What a server says with it: ntpanswer.h.

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

} // namespace Synchat
