// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpreply.h"

#include "ntp/clockestimator.h"

namespace Synchat {

namespace {

constexpr quint8 FirstBadStratum = 16;
constexpr std::chrono::seconds LargestRootDistance{16};
constexpr std::chrono::seconds LongestExchange{4};
constexpr double DriftPpm = ClockEstimator::UnfittedPpm;
/// Less than this between two pairs of readings is how they were read, not a clock that jumped.
constexpr Nanos JumpTolerance{5000};

/// Four letters, or nothing that anybody should print.
QString kissCode(quint32 referenceId)
{
    QString code;
    for (int shift = 24; shift >= 0; shift -= 8) {
        const auto letter = static_cast<char16_t>((referenceId >> shift) & 0xFF);
        if (letter < u'A' || letter > u'Z')
            return {};
        code += QChar(letter);
    }
    return code;
}

std::optional<NtpRefusal> refusalOf(const NtpPacket &packet)
{
    if (packet.stratum == 0) {
        const QString kiss = kissCode(packet.referenceId);
        const bool isSilentKiss =
            kiss.isEmpty() || kiss == QLatin1String("INIT") || kiss == QLatin1String("STEP");
        if (isSilentKiss)
            return NtpRefusal{NtpFailure::Unsynchronised, kiss};
        return NtpRefusal{NtpFailure::KissOfDeath, kiss};
    }
    if (packet.leap == 3 || packet.stratum >= FirstBadStratum)
        return NtpRefusal{NtpFailure::Unsynchronised, {}};
    if (fromNtpShort(packet.rootDelay) / 2 + fromNtpShort(packet.rootDispersion) >= LargestRootDistance)
        return NtpRefusal{NtpFailure::Unsynchronised, {}};
    if (packet.receive == 0 || packet.transmit == 0)
        return NtpRefusal{NtpFailure::Malformed, {}};
    return std::nullopt;
}

ExchangeTimes exchangeTimes(const NtpPacket &packet, const NtpExchange &exchange)
{
    // Both our readings on the line of the later one: our own clock may have been stepped in between.
    const Nanos jump = clockJump(exchange.sent, exchange.arrived);
    const bool stepped = std::abs(jump.count()) > JumpTolerance.count();
    ExchangeTimes times;
    times.t1 = exchange.t1 + (stepped ? jump : Nanos::zero());
    times.t4 = exchange.t4;
    const WallTime pivot = ntpEraPivot(exchange.t4);
    times.t2 = fromNtpTimestamp(packet.receive, pivot);
    times.t3 = fromNtpTimestamp(packet.transmit, times.t2);
    return times;
}

} // namespace

NtpBytes ntpRequest(NtpTimestamp cookie)
{
    NtpPacket packet;
    packet.transmit = cookie;
    return encodeNtpHeader(packet);
}

bool answersRequest(std::span<const unsigned char> reply, NtpTimestamp cookie)
{
    const auto packet = decodeNtpHeader(reply);
    return packet && packet->mode == NtpMode::Server && packet->version == 4 && packet->origin == cookie &&
           cookie != 0;
}

Result<NtpSample, NtpRefusal> readNtpReply(std::span<const unsigned char> reply, const NtpExchange &exchange)
{
    const auto packet = decodeNtpHeader(reply);
    if (!packet || !answersRequest(reply, exchange.cookie))
        return Failure(NtpRefusal{});
    if (auto refusal = refusalOf(*packet))
        return Failure(std::move(*refusal));
    if (exchange.arrived.mono - exchange.sent.mono > LongestExchange)
        return Failure(NtpRefusal{NtpFailure::NoAnswer, {}});
    const ExchangeTimes times = exchangeTimes(*packet, exchange);
    const Nanos precision = fromNtpPrecision(packet->precision) + fromNtpPrecision(OwnNtpPrecision);
    // The two clocks run apart also while the packets are on their way.
    const auto offset = offsetInterval(times, precision + driftIn(times.t4 - times.t1, DriftPpm));
    if (!offset)
        return Failure(NtpRefusal{});
    NtpSample sample{
        offset->widened(fromNtpShort(packet->rootDelay) / 2 + fromNtpShort(packet->rootDispersion)),
        roundTripDelay(times)};
    sample.rootDelay = fromNtpShort(packet->rootDelay);
    sample.rootDispersion = fromNtpShort(packet->rootDispersion);
    sample.at = exchange.arrived.mono;
    sample.stratum = packet->stratum;
    sample.leap = packet->leap;
    sample.referenceId = packet->referenceId;
    return sample;
}

} // namespace Synchat
