// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any datagram, as the NTP client sees it.
#include "ntp/ntpreply.h"

#include "tests/fuzz/demand.h"
#include "tests/ntp/oddrequests.h"

#include <QtEndian>

#include <algorithm>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

NtpExchange exchange()
{
    NtpExchange exchange;
    exchange.cookie = OddCookie;
    exchange.sent = {WallTime(1'764'000'000s), MonoTime(1h)};
    exchange.arrived = {exchange.sent.wall + 1ms, exchange.sent.mono + 1ms};
    exchange.t1 = exchange.sent.mono;
    exchange.t4 = exchange.arrived.mono;
    return exchange;
}

void read(std::span<const unsigned char> bytes)
{
    const bool isAnswer = answersRequest(bytes, OddCookie);
    demand(!isAnswer || bytes.size() >= NtpHeaderBytes, "what is too short is no answer");
    const auto sample = readNtpReply(bytes, exchange());
    if (!sample)
        return;
    demand(isAnswer, "only an answer gives a sample");
    demand(sample->offset.lo() <= sample->offset.hi(), "an interval is not empty");
    demand(sample->offset.bound() > Nanos::zero(), "nothing is known exactly");
    demand(sample->delay >= Nanos::zero(), "no delay is negative");
    demand(sample->stratum >= 1 && sample->stratum <= 15, "a sample is of a synchronised server");
    demand(sample->leap >= 0 && sample->leap <= 2, "a sample is of a server that knows the time");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    std::vector<unsigned char> bytes(data, data + size);
    read(bytes);
    if (size < NtpHeaderBytes)
        return 0;
    const auto packet = decodeNtpHeader(bytes);
    const NtpBytes written = encodeNtpHeader(*packet);
    demand(std::equal(written.begin(), written.end(), bytes.begin()), "what is read is written again");
    // Past the first guard, which chance alone would hardly pass.
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0xC0) | 0x24);
    qToBigEndian(OddCookie, bytes.data() + 24);
    read(bytes);
    return 0;
}
