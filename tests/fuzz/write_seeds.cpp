// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// write_seeds DIR: the case tables of the tests as files to begin with, in DIR/ntprequest and DIR/ntpreply.
#include "tests/ntp/oddrequests.h"

#include <filesystem>
#include <fstream>
#include <string>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

void write(const std::filesystem::path &path, std::span<const unsigned char> bytes)
{
    std::ofstream file(path, std::ios::binary);
    for (const unsigned char byte : bytes)
        file.put(static_cast<char>(byte));
}

NtpPacket goodReply()
{
    NtpPacket packet;
    packet.mode = NtpMode::Server;
    packet.stratum = 1;
    packet.precision = -20;
    packet.rootDelay = toNtpShort(1ms);
    packet.rootDispersion = toNtpShort(1ms);
    packet.referenceId = 0x4750'5300;
    packet.origin = OddCookie;
    packet.receive = toNtpTimestamp(WallTime(1'764'000'000s) + 300us);
    packet.transmit = packet.receive + 0x1'0000;
    return packet;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    const std::filesystem::path requests = std::filesystem::path(argv[1]) / "ntprequest";
    const std::filesystem::path replies = std::filesystem::path(argv[1]) / "ntpreply";
    std::filesystem::create_directories(requests);
    std::filesystem::create_directories(replies);
    for (const OddRequest &odd : oddRequests())
        write(requests / odd.name, odd.bytes);
    const auto writeReply = [&replies](const char *name, auto change) {
        NtpPacket packet = goodReply();
        change(packet);
        write(replies / name, encodeNtpHeader(packet));
    };
    writeReply("good", [](NtpPacket &) {});
    writeReply("unsynchronised", [](NtpPacket &packet) { packet.leap = 3; });
    writeReply("kiss", [](NtpPacket &packet) {
        packet.stratum = 0;
        packet.referenceId = 0x5241'5445; // RATE
    });
    writeReply("no-stamps", [](NtpPacket &packet) { packet.receive = packet.transmit = 0; });
    writeReply("sent-before-received", [](NtpPacket &packet) { packet.transmit -= 0x2'0000; });
    writeReply("another-era", [](NtpPacket &packet) { packet.receive += quint64(1) << 63; });
    writeReply("far-root", [](NtpPacket &packet) { packet.rootDelay = packet.rootDispersion = ~0U; });
    return 0;
}
