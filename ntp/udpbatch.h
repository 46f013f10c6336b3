// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntppacket.h"
#include "ntp/ntppeer.h"

#include <memory>

class QNetworkDatagram;

namespace Synchat {

/// Many datagrams in and their answers out with one system call each, on the descriptor of a socket that
/// somebody else owns. Answers leave from the address that was asked. Linux only: elsewhere isSupported() is
/// false.
class UdpBatch
{
public:
    static constexpr int Size = 16;

    UdpBatch();
    ~UdpBatch();

    static bool isSupported();
    /// Switches on kernel receive stamps and, on a socket for all addresses, destination addresses.
    void prepare(qintptr descriptor);
    /// How many came; 0 when nothing waits.
    int receive(qintptr descriptor);
    /// Takes in one that was read through the QUdpSocket, as a batch of one, so that it too is answered from
    /// the address that was asked (for IPv4 Qt 6.4 fills in a field that Linux does not look at).
    void adopt(const QNetworkDatagram &datagram);
    /// Of the datagram `index`; nothing when it was longer than we have room for.
    std::optional<std::span<const unsigned char>> bytes(int index) const;
    std::optional<WallTime> kernelStamp(int index) const;
    NtpPeer peer(int index) const;

    void answer(int index, const NtpBytes &reply);
    /// How many were answered since receive(); they leave in the order of answer().
    int answerCount() const;
    void putTransmitTime(int answer, NtpTimestamp time);
    /// Sends them all; how many the kernel would not take.
    int sendAnswers(qintptr descriptor);

private:
    struct Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace Synchat
