// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/udpbatch.h"

#include "ntp/ntpanswer.h"

#include <QNetworkDatagram>
#include <QtEndian>

#include <algorithm>

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

/// Between loopback's addresses the kernel itself takes 127.0.0.1, and not telling it saves 4 % of an answer.
bool leavesFromWhereItCame(const in_pktinfo &asked, const sockaddr_storage &peer)
{
    constexpr in_addr_t loopbackNetwork = INADDR_LOOPBACK >> IN_CLASSA_NSHIFT;
    const auto &from = reinterpret_cast<const sockaddr_in &>(peer);
    return asked.ipi_spec_dst.s_addr == htonl(INADDR_LOOPBACK) &&
           ntohl(from.sin_addr.s_addr) >> IN_CLASSA_NSHIFT == loopbackNetwork;
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
            if (leavesFromWhereItCame(asked, slot.peer))
                continue;
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

socklen_t putAddress(sockaddr_storage &storage, const QNetworkDatagram &datagram)
{
    const QHostAddress address = datagram.senderAddress();
    const auto port = static_cast<quint16>(datagram.senderPort());
    storage = {};
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto &peer = reinterpret_cast<sockaddr_in &>(storage);
        peer.sin_family = AF_INET;
        peer.sin_port = htons(port);
        peer.sin_addr.s_addr = htonl(address.toIPv4Address());
        return sizeof peer;
    }
    auto &peer = reinterpret_cast<sockaddr_in6 &>(storage);
    peer.sin6_family = AF_INET6;
    peer.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&peer.sin6_addr, &bytes, sizeof peer.sin6_addr);
    if (address.isLinkLocal())
        peer.sin6_scope_id = datagram.interfaceIndex();
    return sizeof peer;
}

/// As readControl() does with what the kernel tells.
std::size_t putSource(Slot &slot, const QNetworkDatagram &datagram)
{
    const QHostAddress asked = datagram.destinationAddress();
    if (asked.isNull() || asked.isMulticast())
        return 0;
    if (asked.protocol() == QAbstractSocket::IPv4Protocol) {
        in_pktinfo from{};
        from.ipi_spec_dst.s_addr = htonl(asked.toIPv4Address());
        return putControl(slot, IPPROTO_IP, IP_PKTINFO, from);
    }
    in6_pktinfo from{};
    const Q_IPV6ADDR bytes = asked.toIPv6Address();
    std::memcpy(&from.ipi6_addr, &bytes, sizeof from.ipi6_addr);
    from.ipi6_ifindex = asked.isLinkLocal() ? datagram.interfaceIndex() : 0;
    return putControl(slot, IPPROTO_IPV6, IPV6_PKTINFO, from);
}

} // namespace

struct UdpBatch::Buffers
{
    void begin();
    void makeRoom(std::size_t index);

    std::array<Slot, Size> entries;
    std::array<mmsghdr, Size> incoming{};
    std::array<mmsghdr, Size> outgoing{};
    std::array<std::size_t, Size> replyControl{};
    std::array<std::size_t, Size> answered{}; ///< which entry each of the outgoing is
    std::size_t used = Size;                  ///< of `incoming`, by the receive() before
    std::size_t answers = 0;
};

void UdpBatch::Buffers::begin()
{
    for (std::size_t i = 0; i < used; ++i)
        makeRoom(i);
    used = 0;
    answers = 0;
}

void UdpBatch::Buffers::makeRoom(std::size_t index)
{
    Slot &slot = entries[index];
    slot.stamp.reset();
    slot.in = {slot.data.data(), slot.data.size()};
    msghdr &header = incoming[index].msg_hdr;
    header.msg_name = &slot.peer;
    header.msg_namelen = sizeof slot.peer;
    header.msg_iov = &slot.in;
    header.msg_iovlen = 1;
    header.msg_control = slot.control.data();
    header.msg_controllen = slot.control.size();
    header.msg_flags = 0;
}

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
    const int fd = static_cast<int>(descriptor);
    const auto set = [fd](int level, int option, int value) {
        setsockopt(fd, level, option, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    if (getsockname(fd, reinterpret_cast<sockaddr *>(&bound), &length) != 0)
        return;
    // QUdpSocket asks for hop limits, which nobody here looks at. What we send is never split into fragments,
    // so the kernel need not think about them.
    if (bound.ss_family == AF_INET6) {
        const auto &address = reinterpret_cast<const sockaddr_in6 *>(&bound)->sin6_addr;
        set(IPPROTO_IPV6, IPV6_RECVPKTINFO, IN6_IS_ADDR_UNSPECIFIED(&address) ? 1 : 0);
        set(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 0);
        set(IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
    } else if (bound.ss_family == AF_INET) {
        const auto &address = reinterpret_cast<const sockaddr_in *>(&bound)->sin_addr;
        set(IPPROTO_IP, IP_PKTINFO, address.s_addr == INADDR_ANY ? 1 : 0);
        set(IPPROTO_IP, IP_RECVTTL, 0);
        set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    }
}

int UdpBatch::receive(qintptr descriptor)
{
    m_buffers->begin();
    const int count =
        recvmmsg(static_cast<int>(descriptor), m_buffers->incoming.data(), Size, MSG_DONTWAIT, nullptr);
    if (count <= 0)
        return 0;
    m_buffers->used = static_cast<std::size_t>(count);
    for (std::size_t i = 0; i < m_buffers->used; ++i)
        m_buffers->replyControl[i] = readControl(m_buffers->entries[i], m_buffers->incoming[i].msg_hdr);
    return count;
}

void UdpBatch::adopt(const QNetworkDatagram &datagram)
{
    m_buffers->begin();
    Slot &slot = m_buffers->entries[0];
    mmsghdr &message = m_buffers->incoming[0];
    const QByteArray data = datagram.data();
    const auto length = std::min(static_cast<std::size_t>(data.size()), slot.data.size());
    std::copy_n(data.cbegin(), length, slot.data.begin());
    message.msg_len = static_cast<unsigned>(length);
    message.msg_hdr.msg_flags = static_cast<std::size_t>(data.size()) > length ? MSG_TRUNC : 0;
    message.msg_hdr.msg_namelen = putAddress(slot.peer, datagram);
    m_buffers->replyControl[0] = putSource(slot, datagram);
    m_buffers->used = 1;
}

std::optional<std::span<const unsigned char>> UdpBatch::bytes(int index) const
{
    const auto i = static_cast<std::size_t>(index);
    const mmsghdr &message = m_buffers->incoming[i];
    if ((message.msg_hdr.msg_flags & MSG_TRUNC) != 0)
        return std::nullopt;
    return std::span<const unsigned char>(m_buffers->entries[i].data).first(message.msg_len);
}

std::optional<WallTime> UdpBatch::kernelStamp(int index) const
{
    return m_buffers->entries[static_cast<std::size_t>(index)].stamp;
}

NtpPeer UdpBatch::peer(int index) const
{
    const sockaddr_storage &peer = m_buffers->entries[static_cast<std::size_t>(index)].peer;
    if (peer.ss_family == AF_INET)
        return NtpPeer::fromIpv4(
            qFromBigEndian(reinterpret_cast<const sockaddr_in *>(&peer)->sin_addr.s_addr));
    return NtpPeer::fromIpv6(reinterpret_cast<const sockaddr_in6 *>(&peer)->sin6_addr.s6_addr);
}

void UdpBatch::answer(int index, const NtpBytes &reply)
{
    const auto i = static_cast<std::size_t>(index);
    Slot &slot = m_buffers->entries[i];
    slot.reply = reply;
    slot.out = {slot.reply.data(), slot.reply.size()};
    m_buffers->answered[m_buffers->answers] = i;
    msghdr &header = m_buffers->outgoing[m_buffers->answers++].msg_hdr;
    header.msg_name = &slot.peer;
    header.msg_namelen = m_buffers->incoming[i].msg_hdr.msg_namelen;
    header.msg_iov = &slot.out;
    header.msg_iovlen = 1;
    header.msg_controllen = m_buffers->replyControl[i];
    header.msg_control = header.msg_controllen > 0 ? slot.replyControl.data() : nullptr;
}

int UdpBatch::answerCount() const
{
    return static_cast<int>(m_buffers->answers);
}

void UdpBatch::putTransmitTime(int answer, NtpTimestamp time)
{
    const std::size_t entry = m_buffers->answered[static_cast<std::size_t>(answer)];
    Synchat::putTransmitTime(m_buffers->entries[entry].reply, time);
}

int UdpBatch::sendAnswers(qintptr descriptor)
{
    int refused = 0;
    for (std::size_t sent = 0; sent < m_buffers->answers;) {
        const int count = sendmmsg(static_cast<int>(descriptor), m_buffers->outgoing.data() + sent,
                                   static_cast<unsigned>(m_buffers->answers - sent), MSG_DONTWAIT);
        if (count > 0) {
            sent += static_cast<std::size_t>(count);
            continue;
        }
        ++refused; // this one cannot be sent (no route, full queue): the others still can
        ++sent;
    }
    return refused;
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

void UdpBatch::adopt(const QNetworkDatagram &) {}

std::optional<std::span<const unsigned char>> UdpBatch::bytes(int) const
{
    return std::nullopt;
}

std::optional<WallTime> UdpBatch::kernelStamp(int) const
{
    return std::nullopt;
}

NtpPeer UdpBatch::peer(int) const
{
    return {};
}

void UdpBatch::answer(int, const NtpBytes &) {}

int UdpBatch::answerCount() const
{
    return 0;
}

void UdpBatch::putTransmitTime(int, NtpTimestamp) {}

int UdpBatch::sendAnswers(qintptr)
{
    return 0;
}

#endif

} // namespace Synchat
