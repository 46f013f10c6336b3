// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/kernelstamps.h"

#ifdef Q_OS_LINUX
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#endif

namespace Synchat {

#ifdef Q_OS_LINUX

namespace {

constexpr int LongestErrorQueue = 16;

std::optional<WallTime> stampIn(msghdr &message)
{
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_TIMESTAMPING)
            continue;
        scm_timestamping stamps{};
        std::memcpy(&stamps, CMSG_DATA(header), sizeof stamps);
        const timespec &software = stamps.ts[0];
        if (software.tv_sec != 0)
            return WallTime(std::chrono::seconds(software.tv_sec) + Nanos(software.tv_nsec));
    }
    return std::nullopt;
}

} // namespace

bool enableKernelStamps(qintptr descriptor)
{
    const int flags = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
                      SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY;
    return setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags) == 0;
}

StampedDatagram receiveStamped(qintptr descriptor, std::span<unsigned char> buffer)
{
    alignas(cmsghdr) std::array<unsigned char, 256> control;
    iovec data{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto size = recvmsg(static_cast<int>(descriptor), &message, MSG_DONTWAIT);
    if (size < 0) {
        const bool refused = errno == ECONNREFUSED || errno == EHOSTUNREACH || errno == ENETUNREACH;
        return {refused ? StampedDatagram::Kind::Unreachable : StampedDatagram::Kind::Nothing, 0,
                std::nullopt};
    }
    return {StampedDatagram::Kind::Datagram, static_cast<std::size_t>(size), stampIn(message)};
}

std::optional<WallTime> takeTransmitStamp(qintptr descriptor)
{
    std::optional<WallTime> first;
    for (int i = 0; i < LongestErrorQueue; ++i) {
        alignas(cmsghdr) std::array<unsigned char, 512> control;
        msghdr message{};
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        if (recvmsg(static_cast<int>(descriptor), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
            break;
        if (const auto stamp = stampIn(message); stamp && !first)
            first = stamp;
    }
    return first;
}

#else

bool enableKernelStamps(qintptr)
{
    return false;
}

StampedDatagram receiveStamped(qintptr, std::span<unsigned char>)
{
    return {StampedDatagram::Kind::Unsupported, 0, std::nullopt};
}

std::optional<WallTime> takeTransmitStamp(qintptr)
{
    return std::nullopt;
}

#endif

} // namespace Synchat
