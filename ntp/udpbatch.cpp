// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/udpbatch.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <ctime>
#endif

namespace Synchat {

#ifdef Q_OS_LINUX

namespace {

constexpr std::size_t DatagramBytes = 2048;
constexpr std::size_t ControlBytes = 256;

struct Slot
{
    alignas(8) std::array<unsigned char, DatagramBytes> data;
    alignas(cmsghdr) std::array<unsigned char, ControlBytes> control;
    alignas(cmsghdr) std::array<unsigned char, CMSG_SPACE(sizeof(in6_pktinfo))> replyControl;
    sockaddr_storage peer;
    iovec in;
    iovec out;
    NtpBytes reply;
    std::optional<WallTime> stamp;
};

template <typename T>
T payloadOf(const cmsghdr *header)
{
    T value{};
    std::memcpy(&value, CMSG_DATA(header), sizeof value);
    return value;
}

template <typename T>
std::size_t putControl(Slot &slot, int level, int type, const T &value)
{
    msghdr message{};
    message.msg_control = slot.replyControl.data();
    message.msg_controllen = CMSG_SPACE(sizeof value);
    slot.replyControl.fill(0);
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(CMSG_DATA(header), &value, sizeof value);
    return message.msg_controllen;
}

/// Takes the kernel stamp, and writes down the address that was asked as the one to answer from.
std::size_t readControl(Slot &slot, msghdr &message)
{
    std::size_t replyControl = 0;
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_TIMESTAMPNS) {
            const auto time = payloadOf<timespec>(header);
            slot.stamp = WallTime(std::chrono::seconds(time.tv_sec) + Nanos(time.tv_nsec));
        } else if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            const auto asked = payloadOf<in_pktinfo>(header);
            in_pktinfo from{};
            from.ipi_spec_dst = asked.ipi_spec_dst;
            replyControl = putControl(slot, IPPROTO_IP, IP_PKTINFO, from);
        } else if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
            auto asked = payloadOf<in6_pktinfo>(header);
            if (IN6_IS_ADDR_MULTICAST(&asked.ipi6_addr))
                continue;
            if (!IN6_IS_ADDR_LINKLOCAL(&asked.ipi6_addr))
                asked.ipi6_ifindex = 0;
            replyControl = putControl(slot, IPPROTO_IPV6, IPV6_PKTINFO, asked);
        }
    }
    return replyControl;
}

} // namespace

struct UdpBatch::Buffers
{
    std::array<Slot, Size> entries;
    std::array<mmsghdr, Size> incoming;
    std::array<mmsghdr, Size> outgoing;
    std::array<std::size_t, Size> replyControl;
    unsigned answers = 0;
};

UdpBatch::UdpBatch()
    : m_buffers(std::make_unique<Buffers>())
{}

UdpBatch::~UdpBatch() = default;

bool UdpBatch::isSupported()
{
    return true;
}

void UdpBatch::prepare(qintptr descriptor)
{
    const int on = 1;
    const int fd = static_cast<int>(descriptor);
    // Each may fail on the wrong address family: then there is nothing to switch on.
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    if (getsockname(fd, reinterpret_cast<sockaddr *>(&bound), &length) == 0 && bound.ss_family == AF_INET)
        setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
}

int UdpBatch::receive(qintptr descriptor)
{
    for (std::size_t i = 0; i < Size; ++i) {
        Slot &slot = m_buffers->entries[i];
        slot.in = {slot.data.data(), slot.data.size()};
        msghdr &header = m_buffers->incoming[i].msg_hdr;
        header = {};
        header.msg_name = &slot.peer;
        header.msg_namelen = sizeof slot.peer;
        header.msg_iov = &slot.in;
        header.msg_iovlen = 1;
        header.msg_control = slot.control.data();
        header.msg_controllen = slot.control.size();
    }
    m_buffers->answers = 0;
    const int count =
        recvmmsg(static_cast<int>(descriptor), m_buffers->incoming.data(), Size, MSG_DONTWAIT, nullptr);
    for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i) {
        m_buffers->entries[i].stamp.reset();
        m_buffers->replyControl[i] = readControl(m_buffers->entries[i], m_buffers->incoming[i].msg_hdr);
    }
    return std::max(count, 0);
}

std::span<const unsigned char> UdpBatch::bytes(int index) const
{
    const auto i = static_cast<std::size_t>(index);
    const mmsghdr &message = m_buffers->incoming[i];
    if ((message.msg_hdr.msg_flags & MSG_TRUNC) != 0)
        return {};
    return std::span<const unsigned char>(m_buffers->entries[i].data).first(message.msg_len);
}

std::optional<WallTime> UdpBatch::kernelStamp(int index) const
{
    return m_buffers->entries[static_cast<std::size_t>(index)].stamp;
}

void UdpBatch::answer(int index, const NtpBytes &reply)
{
    const auto i = static_cast<std::size_t>(index);
    Slot &slot = m_buffers->entries[i];
    slot.reply = reply;
    slot.out = {slot.reply.data(), slot.reply.size()};
    msghdr &header = m_buffers->outgoing[m_buffers->answers++].msg_hdr;
    header = {};
    header.msg_name = &slot.peer;
    header.msg_namelen = m_buffers->incoming[i].msg_hdr.msg_namelen;
    header.msg_iov = &slot.out;
    header.msg_iovlen = 1;
    if (m_buffers->replyControl[i] > 0) {
        header.msg_control = slot.replyControl.data();
        header.msg_controllen = m_buffers->replyControl[i];
    }
}

int UdpBatch::sendAnswers(qintptr descriptor)
{
    unsigned sent = 0;
    int taken = 0;
    while (sent < m_buffers->answers) {
        const int count = sendmmsg(static_cast<int>(descriptor), m_buffers->outgoing.data() + sent,
                                   m_buffers->answers - sent, MSG_DONTWAIT);
        if (count > 0) {
            sent += static_cast<unsigned>(count);
            taken += count;
            continue;
        }
        ++sent; // this one cannot be sent (no route, full queue): the others still can
    }
    m_buffers->answers = 0;
    return taken;
}

#else

struct UdpBatch::Buffers
{};

UdpBatch::UdpBatch() = default;
UdpBatch::~UdpBatch() = default;

bool UdpBatch::isSupported()
{
    return false;
}

void UdpBatch::prepare(qintptr) {}

int UdpBatch::receive(qintptr)
{
    return 0;
}

std::span<const unsigned char> UdpBatch::bytes(int) const
{
    return {};
}

std::optional<WallTime> UdpBatch::kernelStamp(int) const
{
    return std::nullopt;
}

void UdpBatch::answer(int, const NtpBytes &) {}

int UdpBatch::sendAnswers(qintptr)
{
    return 0;
}

#endif

} // namespace Synchat
