// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpanswer.h"

#include <QtEndian>

#include <algorithm>

namespace Synchat {

namespace {

constexpr quint32 UnsynchronisedId = 0x494E4954; // "INIT"
constexpr quint32 RateKissId = 0x52415445;       // "RATE"
constexpr quint32 LocalClockId = 0x7F7F0101;     // 127.127.1.1, as chrony and ntpd have it
constexpr int UnsynchronisedLeap = 3;
constexpr std::chrono::seconds HopelessDispersion{16};

constexpr std::size_t MinExtensionField = 16;
constexpr std::size_t MinLastExtensionField = 28;
constexpr std::size_t MinMac = 20;
constexpr std::size_t MaxMac = 24;
constexpr std::size_t TransmitAt = 40;

int versionOf(std::span<const unsigned char> request)
{
    return (request[0] >> 3) & 7;
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
        const std::size_t length = qFromBigEndian<quint16>(tail.data() + 2);
        const bool isLast = length == tail.size();
        if (length < (isLast ? MinLastExtensionField : MinExtensionField) || length % 4 != 0 ||
            length > tail.size() || isNtsField(qFromBigEndian<quint16>(tail.data()))) {
            return false;
        }
        tail = tail.subspan(length);
    }
    return true;
}

bool isLastDayOfMonth(WallTime time)
{
    const auto tomorrow = std::chrono::floor<std::chrono::days>(time) + std::chrono::days(1);
    return std::chrono::year_month_day(tomorrow).day() == std::chrono::day(1);
}

/// Nobody to ask and nobody to compare with: an honest local clock, at a stratum that loses to any other.
void serveOwnClock(NtpServedState &state, const ReferenceSnapshot &snapshot)
{
    state.leap = 0;
    state.stratum = static_cast<quint8>(snapshot.stratum);
    state.referenceId = LocalClockId;
    state.reference = toNtpTimestamp(state.time);
}

NtpPacket answerTo(std::span<const unsigned char> request, MonoTime receivedAt, const NtpServedState &state)
{
    NtpPacket reply;
    reply.version = versionOf(request);
    reply.mode = NtpMode::Server;
    reply.poll = static_cast<qint8>(request[2]);
    reply.precision = OwnNtpPrecision;
    reply.origin = qFromBigEndian<quint64>(request.data() + TransmitAt);
    reply.receive = state.timeAt(receivedAt);
    reply.transmit = reply.receive;
    return reply;
}

} // namespace

NtpRequestKind kindOfNtpRequest(std::span<const unsigned char> request)
{
    if (request.size() < NtpHeaderBytes)
        return NtpRequestKind::TooShort;
    const int version = versionOf(request);
    if (version < 1 || version > 4)
        return NtpRequestKind::BadVersion;
    if (static_cast<NtpMode>(request[0] & 7) != NtpMode::Client)
        return NtpRequestKind::BadMode;
    if (request.size() % 4 != 0 || !isPlainTail(request.subspan(NtpHeaderBytes), version))
        return NtpRequestKind::Malformed;
    return NtpRequestKind::Plain;
}

NtpServedState servedStateAt(const ReferenceSnapshot &snapshot, const ClockReading &now)
{
    NtpServedState state;
    state.time = now.wall;
    state.mono = now.mono;
    const auto offset = offsetAt(snapshot, now);
    const bool isUseless = !offset || stateAt(snapshot, now) == StampState::Unsynced;
    if (isUseless && !snapshot.sourcesConfigured) {
        serveOwnClock(state, snapshot);
        return state;
    }
    if (!offset) {
        state.referenceId = UnsynchronisedId;
        state.rootDispersion = toNtpShort(HopelessDispersion);
        return state;
    }
    state.time += offset->midpoint();
    // What several sources agree on can be sharper than the way to the one that we follow.
    const Nanos rootDelay = std::clamp(snapshot.rootDelay, Nanos::zero(), 2 * snapshot.offset->bound());
    state.rootDelay = toNtpShort(rootDelay);
    state.rootDispersion = toNtpShort(offset->bound() - rootDelay / 2);
    if (snapshot.lastUpdate)
        state.reference = state.timeAt(*snapshot.lastUpdate);
    if (isUseless || snapshot.stratum >= UnsynchronisedStratum) {
        state.referenceId = UnsynchronisedId;
        return state;
    }
    state.leap = isLastDayOfMonth(state.time) ? snapshot.leap : 0;
    state.stratum = static_cast<quint8>(snapshot.stratum);
    state.referenceId = snapshot.referenceId;
    return state;
}

NtpBytes ntpReply(std::span<const unsigned char> request, MonoTime receivedAt, const NtpServedState &state)
{
    NtpPacket reply = answerTo(request, receivedAt, state);
    reply.leap = state.leap;
    reply.stratum = state.stratum;
    reply.rootDelay = state.rootDelay;
    reply.rootDispersion = state.rootDispersion;
    reply.referenceId = state.referenceId;
    reply.reference = state.reference;
    return encodeNtpHeader(reply);
}

NtpBytes ntpRateKiss(std::span<const unsigned char> request, MonoTime receivedAt, const NtpServedState &state)
{
    NtpPacket kiss = answerTo(request, receivedAt, state);
    kiss.leap = UnsynchronisedLeap;
    kiss.stratum = 0;
    kiss.referenceId = RateKissId;
    return encodeNtpHeader(kiss);
}

void putTransmitTime(NtpBytes &reply, NtpTimestamp time)
{
    qToBigEndian(time, reply.data() + TransmitAt);
}

} // namespace Synchat
