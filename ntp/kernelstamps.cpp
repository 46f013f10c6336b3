// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/kernelstamps.h"

#ifdef Q_OS_LINUX
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#endif

#include <cerrno>

namespace Synchat {

StampedDatagram::Kind kindOfReadError(int error)
{
    switch (error) {
    case ECONNREFUSED:
        return StampedDatagram::Kind::Refused;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EACCES: // a firewall on the way
        return StampedDatagram::Kind::Unreachable;
    default:
        return StampedDatagram::Kind::Nothing;
    }
}

#ifdef Q_OS_LINUX

namespace {

constexpr int LongestErrorQueue = 16;

std::optional<WallTime> toWall(const timespec &stamp)
{
    if (stamp.tv_sec == 0)
        return std::nullopt;
    return WallTime(std::chrono::seconds(stamp.tv_sec) + Nanos(stamp.tv_nsec));
}

/// SCM_TIMESTAMPING starts with the software stamp, which is all of SCM_TIMESTAMPNS.
std::optional<WallTime> stampIn(msghdr &message)
{
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        const bool isStamp = header->cmsg_type == SCM_TIMESTAMPING || header->cmsg_type == SCM_TIMESTAMPNS;
        if (header->cmsg_level != SOL_SOCKET || !isStamp)
            continue;
        timespec software{};
        std::memcpy(&software, CMSG_DATA(header), sizeof software);
        if (const auto stamp = toWall(software))
            return stamp;
    }
    return std::nullopt;
}

std::optional<WallTime> lastStamp(int descriptor)
{
    timespec stamp{};
    return ioctl(descriptor, SIOCGSTAMPNS, &stamp) == 0 ? toWall(stamp) : std::nullopt;
}

/// The first call finds nothing, and from then on there are stamps.
bool switchOnDemandOn(int descriptor)
{
    timespec stamp{};
    return ioctl(descriptor, SIOCGSTAMPNS, &stamp) == 0 || errno == ENOENT;
}

bool enable(int descriptor, KernelStamping stamping)
{
    constexpr int Flags = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
                          SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY;
    constexpr int On = 1;
    switch (stamping) {
    case KernelStamping::Both:
        return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPING, &Flags, sizeof Flags) == 0;
    case KernelStamping::Received:
        return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &On, sizeof On) == 0;
    case KernelStamping::ReceivedOnDemand:
        return switchOnDemandOn(descriptor);
    case KernelStamping::None:
        break;
    }
    return true;
}

} // namespace

KernelStamping enableKernelStamps(qintptr descriptor, KernelStamping best)
{
    using enum KernelStamping;
    for (const KernelStamping stamping : {Both, Received, ReceivedOnDemand}) {
        if (stamping <= best && enable(static_cast<int>(descriptor), stamping))
            return stamping;
    }
    return None;
}

StampedDatagram receiveStamped(qintptr descriptor, std::span<unsigned char> buffer, KernelStamping stamping)
{
    alignas(cmsghdr) std::array<unsigned char, 256> control;
    iovec data{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto size = recvmsg(static_cast<int>(descriptor), &message, MSG_DONTWAIT);
    if (size < 0)
        return {kindOfReadError(errno), 0, std::nullopt};
    const bool onDemand = stamping == KernelStamping::ReceivedOnDemand;
    return {StampedDatagram::Kind::Datagram, static_cast<std::size_t>(size),
            onDemand ? lastStamp(static_cast<int>(descriptor)) : stampIn(message)};
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

KernelStamping enableKernelStamps(qintptr, KernelStamping)
{
    return KernelStamping::None;
}

StampedDatagram receiveStamped(qintptr, std::span<unsigned char>, KernelStamping)
{
    return {StampedDatagram::Kind::Unsupported, 0, std::nullopt};
}

std::optional<WallTime> takeTransmitStamp(qintptr)
{
    return std::nullopt;
}

#endif

} // namespace Synchat
