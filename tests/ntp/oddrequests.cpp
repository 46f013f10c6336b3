// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ntp/oddrequests.h"

namespace Synchat {

namespace {

using Bytes = std::vector<unsigned char>;
using Kind = NtpRequestKind;

Bytes plus(Bytes bytes, const Bytes &tail)
{
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return bytes;
}

/// An extension field of `length` bytes that says `told` of itself.
Bytes field(int type, int length, int told = -1)
{
    Bytes bytes(static_cast<std::size_t>(length), 0xAA);
    const int written = told < 0 ? length : told;
    bytes[0] = static_cast<unsigned char>(type >> 8);
    bytes[1] = static_cast<unsigned char>(type);
    bytes[2] = static_cast<unsigned char>(written >> 8);
    bytes[3] = static_cast<unsigned char>(written);
    return bytes;
}

Bytes zeros(int length)
{
    return Bytes(static_cast<std::size_t>(length), 0);
}

Bytes withPoll(int poll)
{
    Bytes bytes = ntpRequestHeader(4, 3);
    bytes[2] = static_cast<unsigned char>(poll);
    return bytes;
}

void addVersionsAndModes(std::vector<OddRequest> &requests)
{
    for (int version = 0; version <= 7; ++version) {
        const bool known = version >= 1 && version <= 4;
        const std::string name = "v" + std::to_string(version);
        requests.push_back({name, ntpRequestHeader(version, 3), known ? Kind::Plain : Kind::BadVersion});
        for (const int mode : {0, 1, 2, 4, 5, 6, 7}) {
            requests.push_back({name + "-mode-" + std::to_string(mode), ntpRequestHeader(version, mode),
                                known ? Kind::BadMode : Kind::BadVersion});
        }
    }
}

void addTails(std::vector<OddRequest> &requests)
{
    const auto add = [&](const char *name, int version, const Bytes &tail, Kind kind) {
        requests.push_back({name, plus(ntpRequestHeader(version, 3), tail), kind});
    };
    add("length-49", 4, zeros(1), Kind::Malformed);
    add("length-50", 4, zeros(2), Kind::Malformed);
    add("length-51", 4, zeros(3), Kind::Malformed);
    add("field-of-28", 4, field(0x4321, 28), Kind::Plain);
    add("field-of-32", 4, field(0x4321, 32), Kind::Plain);
    add("field-of-16-alone", 4, field(0x4321, 16), Kind::Malformed);
    add("field-of-16-and-of-28", 4, plus(field(1, 16), field(2, 28)), Kind::Plain);
    add("field-of-12", 4, field(0x4321, 12), Kind::Malformed);
    add("field-that-says-0", 4, field(0x4321, 28, 0), Kind::Malformed);
    add("field-longer-than-the-packet", 4, field(0x4321, 28, 32), Kind::Malformed);
    add("field-not-a-multiple-of-4", 4, field(0x4321, 40, 30), Kind::Malformed);
    add("two-fields-of-30", 4, plus(field(1, 30), field(2, 30)), Kind::Malformed);
    add("field-leaves-a-rest", 4, field(0x4321, 40, 32), Kind::Malformed);
    add("crypto-nak", 4, zeros(4), Kind::Malformed);
    add("mac-20", 4, field(0, 20), Kind::Malformed);
    add("mac-24", 4, field(0, 24), Kind::Malformed);
    add("field-then-mac", 4, plus(field(1, 28), field(0, 20)), Kind::Malformed);
    add("v3-with-a-mac", 3, field(0, 20), Kind::Malformed);
    add("v3-with-a-field", 3, field(0x4321, 28), Kind::Malformed);
    add("v1-with-a-tail", 1, zeros(12), Kind::Malformed);
    add("nts-unique-id", 4, field(0x0104, 36), Kind::Malformed);
    add("nts-cookie", 4, field(0x0204, 100), Kind::Malformed);
    add("nts-authenticator", 4, field(0x0404, 40), Kind::Malformed);
    add("client-then-1352-zeros", 4, zeros(1352), Kind::Malformed);
}

} // namespace

std::vector<unsigned char> ntpRequestHeader(int version, int mode, int leap, NtpTimestamp transmit)
{
    NtpPacket packet;
    packet.version = version;
    packet.mode = static_cast<NtpMode>(mode);
    packet.leap = leap;
    packet.transmit = transmit;
    const NtpBytes bytes = encodeNtpHeader(packet);
    return {bytes.begin(), bytes.end()};
}

std::vector<OddRequest> oddRequests()
{
    std::vector<OddRequest> requests;
    addVersionsAndModes(requests);
    addTails(requests);
    Bytes shortened = ntpRequestHeader(4, 3);
    shortened.pop_back();
    requests.push_back({"empty", {}, Kind::TooShort});
    requests.push_back({"one-byte", {0x23}, Kind::TooShort});
    requests.push_back({"one-byte-short", shortened, Kind::TooShort});
    // What ntpq sends: 12 bytes, answered by 360 where it is answered.
    requests.push_back({"control-12", {0x16, 0x02, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, Kind::TooShort});
    requests.push_back({"1400-zeros", zeros(1400), Kind::BadVersion});
    requests.push_back({"leap-3-in-the-request", ntpRequestHeader(4, 3, 3), Kind::Plain});
    requests.push_back({"transmit-zero", ntpRequestHeader(4, 3, 0, 0), Kind::Plain});
    requests.push_back({"poll-0", withPoll(0), Kind::Plain});
    requests.push_back({"poll-17", withPoll(17), Kind::Plain});
    requests.push_back({"poll-minus-6", withPoll(-6), Kind::Plain});
    return requests;
}

} // namespace Synchat
