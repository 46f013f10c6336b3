// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpreply.h"

#include "ntp/clockestimator.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr quint8 FirstBadStratum = 16;
constexpr qint8 LargestPollExponent = 17; // RFC 5905 §7.2
constexpr std::chrono::seconds LargestRootDistance{16};
constexpr std::chrono::seconds LongestExchange{4};
constexpr double DriftPpm = ClockEstimator::UnfittedPpm;

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

Nanos pollOf(const NtpPacket &packet)
{
    const bool isSane = packet.poll > 0 && packet.poll <= LargestPollExponent;
    return isSane ? std::chrono::seconds(1LL << packet.poll) : Nanos::zero();
}

std::optional<NtpRefusal> refusalOf(const NtpPacket &packet)
{
    if (packet.stratum == 0) {
        const QString kiss = kissCode(packet.referenceId);
        const bool isSilentKiss =
            kiss.isEmpty() || kiss == QLatin1String("INIT") || kiss == QLatin1String("STEP");
        if (isSilentKiss)
            return NtpRefusal{NtpFailure::Unsynchronised, kiss, {}};
        return NtpRefusal{NtpFailure::KissOfDeath, kiss, pollOf(packet)};
    }
    if (packet.leap == 3 || packet.stratum >= FirstBadStratum)
        return NtpRefusal{NtpFailure::Unsynchronised, {}, {}};
    if (fromNtpShort(packet.rootDelay) / 2 + fromNtpShort(packet.rootDispersion) >= LargestRootDistance)
        return NtpRefusal{NtpFailure::Unsynchronised, {}, {}};
    if (packet.receive == 0 || packet.transmit == 0)
        return NtpRefusal{NtpFailure::Malformed, {}, {}};
    return std::nullopt;
}

ExchangeTimes exchangeTimes(const NtpPacket &packet, const NtpExchange &exchange)
{
    ExchangeTimes times;
    times.t1 = exchange.arrived.wallAt(exchange.t1);
    times.t4 = exchange.arrived.wallAt(exchange.t4);
    const WallTime pivot = ntpEraPivot(times.t4);
    times.t2 = fromNtpTimestamp(packet.receive, pivot);
    times.t3 = fromNtpTimestamp(packet.transmit, times.t2);
    return times;
}

/// By how much the kernel's clock was moved against the monotonic line, at most; zero when that can be how it
/// was read. Nothing: it was stepped.
std::optional<Nanos> kernelMoved(const KernelReading &from, const KernelReading &to)
{
    const Nanos jump = std::chrono::abs((to.kernel - from.kernel) - (to.before - from.before));
    const Nanos fuzz = (from.after - from.before) + (to.after - to.before);
    if (jump > fuzz + driftIn(to.after - from.before, FastestSlewPpm))
        return std::nullopt;
    return jump > fuzz ? jump + fuzz : Nanos::zero();
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

void placeStamps(NtpExchange &exchange, const PacketStamps &stamps)
{
    exchange.t1 = exchange.sent.mono;
    exchange.t4 = exchange.arrived.mono;
    const auto moved = kernelMoved(stamps.atSending, stamps.atArrival);
    if (!moved)
        return;
    if (stamps.came) {
        const MonoTime came = stamps.atArrival.latest(*stamps.came) + *moved;
        exchange.t4ByKernel = exchange.sent.mono <= came &&
                              stamps.atArrival.earliest(*stamps.came) - *moved <= exchange.arrived.mono;
        exchange.t4 = exchange.t4ByKernel ? std::min(came, exchange.arrived.mono) : exchange.t4;
    }
    if (stamps.left) {
        const MonoTime left = stamps.atSending.earliest(*stamps.left) - *moved;
        exchange.t1ByKernel =
            exchange.sent.mono <= stamps.atSending.latest(*stamps.left) + *moved && left <= exchange.t4;
        exchange.t1 = exchange.t1ByKernel ? std::max(left, exchange.sent.mono) : exchange.t1;
    }
}

Result<NtpSample, NtpRefusal> readNtpReply(std::span<const unsigned char> reply, const NtpExchange &exchange)
{
    const auto packet = decodeNtpHeader(reply);
    if (!packet || !answersRequest(reply, exchange.cookie))
        return Failure(NtpRefusal{});
    if (auto refusal = refusalOf(*packet))
        return Failure(std::move(*refusal));
    const bool slept = sleptBetween(exchange.sent, exchange.arrived);
    if (slept || exchange.arrived.mono - exchange.sent.mono > LongestExchange)
        return Failure(NtpRefusal{NtpFailure::NoAnswer, {}, {}});
    const ExchangeTimes times = exchangeTimes(*packet, exchange);
    const Nanos precision = fromNtpPrecision(packet->precision) + fromNtpPrecision(OwnNtpPrecision);
    // The two clocks run apart also while the packets are on their way.
    const auto offset =
        offsetInterval(times, precision + driftIn(exchange.arrived.mono - exchange.t1, DriftPpm));
    if (!offset)
        return Failure(NtpRefusal{});
    NtpSample sample;
    sample.offset =
        offset->widened(fromNtpShort(packet->rootDelay) / 2 + fromNtpShort(packet->rootDispersion));
    sample.delay = roundTripDelay(times);
    sample.rootDelay = fromNtpShort(packet->rootDelay);
    sample.rootDispersion = fromNtpShort(packet->rootDispersion);
    sample.at = exchange.arrived;
    sample.t1ByKernel = exchange.t1ByKernel;
    sample.t4ByKernel = exchange.t4ByKernel;
    sample.stratum = packet->stratum;
    sample.leap = packet->leap;
    sample.referenceId = packet->referenceId;
    return sample;
}

} // namespace Synchat
