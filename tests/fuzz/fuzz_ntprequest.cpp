// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any datagram, as the NTP server sees it.
#include "ntp/ntpresponder.h"

#include "tests/fuzz/demand.h"
#include "tests/support/manualclock.h"

#include <QtEndian>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

SharedSnapshot following()
{
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    const ClockReading now = ManualClock().read();
    snapshot->at = now.mono;
    snapshot->wallAt = now.wall;
    snapshot->offset = Interval::around(-250ms, 3ms);
    snapshot->rootDelay = 4ms;
    snapshot->state = StampState::Ok;
    snapshot->stratum = 2;
    snapshot->sourcesConfigured = true;
    return snapshot;
}

void checkReply(std::span<const unsigned char> request, const NtpBytes &reply)
{
    demand(reply.size() <= request.size(), "no reply is longer than its request");
    const auto answer = decodeNtpHeader(reply);
    demand(answer.has_value(), "a reply can be read");
    demand(answer->mode == NtpMode::Server, "a reply is a server's");
    demand(answer->version == ((request[0] >> 3) & 7), "a reply has the version of its request");
    demand(answer->origin == qFromBigEndian<quint64>(request.data() + 40), "the origin is echoed");
    demand(static_cast<qint64>(answer->transmit - answer->receive) >= 0, "T3 does not precede T2");
    demand(answer->stratum < 16, "stratum 16 is never on the wire");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static const ManualClock clock;
    static NtpResponder local(clock, {}, 1);
    static NtpResponder synchronised(clock, {}, 1);
    static NtpResponder strict(clock, {.perSecond = 1, .burst = 1, .limitNearby = true}, 1);
    static const bool ready = (synchronised.setSnapshot(following()), true);
    demand(ready, "the responders are set up");
    const std::span<const unsigned char> request(data, size);
    for (NtpResponder *responder : {&local, &synchronised, &strict}) {
        responder->beginBatch(clock.now());
        auto reply = responder->reply(request, clock.now(), NtpPeer::fromIpv4(0x7F00'0001));
        if (!reply)
            continue;
        putTransmitTime(*reply, responder->transmitTime(responder->now()));
        checkReply(request, *reply);
    }
    return 0;
}
