// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntppacket.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

namespace Synchat {

namespace {

constexpr qint64 SecondNanos = 1'000'000'000;
constexpr qint64 UnixEpochInNtp = 2'208'988'800;                     // seconds from 1900 to 1970
constexpr WallTime OldestPivot{std::chrono::seconds(1'767'225'600)}; // 2026-01-01

template <typename T>
T readBig(const unsigned char *at)
{
    return qFromBigEndian<T>(at);
}

} // namespace

std::optional<NtpPacket> decodeNtpHeader(std::span<const unsigned char> bytes)
{
    if (bytes.size() < NtpHeaderBytes)
        return std::nullopt;
    const unsigned char *at = bytes.data();
    NtpPacket packet;
    packet.leap = at[0] >> 6;
    packet.version = (at[0] >> 3) & 7;
    packet.mode = static_cast<NtpMode>(at[0] & 7);
    packet.stratum = at[1];
    packet.poll = static_cast<qint8>(at[2]);
    packet.precision = static_cast<qint8>(at[3]);
    packet.rootDelay = readBig<quint32>(at + 4);
    packet.rootDispersion = readBig<quint32>(at + 8);
    packet.referenceId = readBig<quint32>(at + 12);
    packet.reference = readBig<quint64>(at + 16);
    packet.origin = readBig<quint64>(at + 24);
    packet.receive = readBig<quint64>(at + 32);
    packet.transmit = readBig<quint64>(at + 40);
    return packet;
}

NtpBytes encodeNtpHeader(const NtpPacket &packet)
{
    NtpBytes bytes{};
    unsigned char *at = bytes.data();
    at[0] = static_cast<unsigned char>(((packet.leap & 3) << 6) | ((packet.version & 7) << 3) |
                                       (static_cast<int>(packet.mode) & 7));
    at[1] = packet.stratum;
    at[2] = static_cast<unsigned char>(packet.poll);
    at[3] = static_cast<unsigned char>(packet.precision);
    qToBigEndian(packet.rootDelay, at + 4);
    qToBigEndian(packet.rootDispersion, at + 8);
    qToBigEndian(packet.referenceId, at + 12);
    qToBigEndian(packet.reference, at + 16);
    qToBigEndian(packet.origin, at + 24);
    qToBigEndian(packet.receive, at + 32);
    qToBigEndian(packet.transmit, at + 40);
    return bytes;
}

NtpTimestamp toNtpTimestamp(WallTime time)
{
    const qint64 sinceEpoch = time.time_since_epoch().count();
    const qint64 rest = sinceEpoch % SecondNanos;
    const qint64 seconds = sinceEpoch / SecondNanos - (rest < 0 ? 1 : 0);
    const auto nanos = static_cast<quint64>(rest < 0 ? rest + SecondNanos : rest);
    const auto whole = static_cast<quint64>(seconds + UnixEpochInNtp); // modulo 2^32 below
    const quint64 fraction = ((nanos << 32) + SecondNanos / 2) / SecondNanos;
    return (whole << 32) + fraction;
}

WallTime fromNtpTimestamp(NtpTimestamp stamp, WallTime pivot)
{
    // Split, since 2^31 seconds in 32.32 units times 10^9 does not fit into 64 bits.
    const auto difference = static_cast<qint64>(stamp - toNtpTimestamp(pivot));
    const qint64 seconds = difference >> 32; // floors
    const auto fraction = static_cast<quint64>(difference) & 0xFFFF'FFFFU;
    const auto nanos = static_cast<qint64>((fraction * SecondNanos + (quint64(1) << 31)) >> 32);
    const qint64 distance = seconds * SecondNanos + nanos;
    const qint64 base = pivot.time_since_epoch().count();
    qint64 result = 0;
    if (__builtin_add_overflow(base, distance, &result))
        return distance < 0 ? WallTime::min() : WallTime::max();
    return WallTime(Nanos(result));
}

WallTime ntpEraPivot(WallTime ownClock)
{
    return std::max(ownClock, OldestPivot);
}

quint32 toNtpShort(Nanos duration)
{
    constexpr Nanos Longest = std::chrono::seconds(65535);
    if (duration <= Nanos::zero())
        return 0;
    if (duration >= Longest)
        return std::numeric_limits<quint32>::max();
    const auto nanos = static_cast<quint64>(duration.count());
    return static_cast<quint32>(((nanos << 16) + SecondNanos - 1) / SecondNanos);
}

Nanos fromNtpShort(quint32 value)
{
    return Nanos(static_cast<qint64>((quint64(value) * SecondNanos + 0xFFFF) >> 16));
}

Nanos fromNtpPrecision(qint8 exponent)
{
    if (exponent >= 0)
        return Nanos(SecondNanos);
    return std::max(Nanos(1), Nanos(SecondNanos >> std::min(-int(exponent), 62)));
}

} // namespace Synchat
