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
constexpr quint32 UnsynchronisedId = 0x494E4954;                     // "INIT"

constexpr std::size_t MinExtensionField = 16;
constexpr std::size_t MinLastExtensionField = 28;
constexpr std::size_t MinMac = 20;
constexpr std::size_t MaxMac = 24;

template <typename T>
T readBig(const unsigned char *at)
{
    return qFromBigEndian<T>(at);
}

bool isNtsField(quint16 type)
{
    // RFC 8915 §5.7: unique identifier, cookie, cookie placeholder, authenticator.
    return type == 0x0104 || type == 0x0204 || type == 0x0304 || type == 0x0404;
}

bool isPlainTail(std::span<const unsigned char> tail, int version)
{
    if (tail.empty())
        return true;
    if (version <= 3) {
        return false; // anything behind the header is a MAC there
    }
    while (!tail.empty()) {
        if (tail.size() >= MinMac && tail.size() <= MaxMac)
            return false;
        if (tail.size() < MinExtensionField) {
            return false; // a crypto-NAK, or rubbish
        }
        const std::size_t length = readBig<quint16>(tail.data() + 2);
        const bool isLast = length == tail.size();
        if (length < (isLast ? MinLastExtensionField : MinExtensionField) || length % 4 != 0 ||
            length > tail.size() || isNtsField(readBig<quint16>(tail.data()))) {
            return false;
        }
        tail = tail.subspan(length);
    }
    return true;
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

bool isPlainNtpRequest(std::span<const unsigned char> request)
{
    if (request.size() < NtpHeaderBytes || request.size() % 4 != 0)
        return false;
    const int version = (request[0] >> 3) & 7;
    if (version < 1 || version > 4 || static_cast<NtpMode>(request[0] & 7) != NtpMode::Client)
        return false;
    return isPlainTail(request.subspan(NtpHeaderBytes), version);
}

NtpServedState servedStateAt(const ReferenceSnapshot &snapshot, const ClockReading &now)
{
    NtpServedState state;
    const auto offset = offsetAt(snapshot, now);
    if (!offset && !snapshot.sourcesConfigured) {
        // Nobody to ask and nobody to compare with: an honest local clock, at a stratum that loses to any
        // other.
        state.leap = 0;
        state.stratum = static_cast<quint8>(snapshot.stratum);
        state.referenceId = snapshot.referenceId;
        state.reference = toNtpTimestamp(now.wall);
        return state;
    }
    if (!offset) {
        state.referenceId = UnsynchronisedId;
        state.rootDispersion = toNtpShort(std::chrono::seconds(16));
        return state;
    }
    state.offset = offset->midpoint();
    state.rootDispersion = toNtpShort(offset->bound());
    if (snapshot.lastUpdate)
        state.reference = toNtpTimestamp(now.wall + state.offset - (now.mono - *snapshot.lastUpdate));
    if (stateAt(snapshot, now) == StampState::Unsynced) {
        state.referenceId = UnsynchronisedId;
        return state;
    }
    state.leap = snapshot.leap;
    state.stratum = static_cast<quint8>(snapshot.stratum);
    state.referenceId = snapshot.referenceId;
    return state;
}

std::optional<NtpBytes> replyToNtpRequest(std::span<const unsigned char> request, WallTime receivedAt,
                                          const NtpServedState &state, WallTime now)
{
    if (!isPlainNtpRequest(request))
        return std::nullopt;
    NtpPacket reply;
    reply.leap = state.leap;
    reply.version = (request[0] >> 3) & 7;
    reply.mode = NtpMode::Server;
    reply.stratum = state.stratum;
    reply.poll = static_cast<qint8>(request[2]);
    reply.precision = OwnNtpPrecision;
    reply.rootDispersion = state.rootDispersion;
    reply.referenceId = state.referenceId;
    reply.reference = state.reference;
    reply.origin = readBig<quint64>(request.data() + 40);
    reply.receive = toNtpTimestamp(receivedAt + state.offset);
    reply.transmit = toNtpTimestamp(std::max(now, receivedAt) + state.offset);
    return encodeNtpHeader(reply);
}

std::optional<NtpBytes> replyToNtpRequest(std::span<const unsigned char> request, WallTime receivedAt,
                                          const ReferenceSnapshot &snapshot, const ClockReading &now)
{
    return replyToNtpRequest(request, receivedAt, servedStateAt(snapshot, now), now.wall);
}

} // namespace Synchat
