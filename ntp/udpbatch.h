// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntppacket.h"

#include <memory>

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
    /// Switches on kernel receive stamps and destination addresses.
    void prepare(qintptr descriptor);
    /// How many came; 0 when nothing waits.
    int receive(qintptr descriptor);
    /// Of the datagram `index`; empty when it was longer than we have room for.
    std::span<const unsigned char> bytes(int index) const;
    std::optional<WallTime> kernelStamp(int index) const;
    void answer(int index, const NtpBytes &reply);
    /// Sends what was answered since receive(); how many the kernel took.
    int sendAnswers(qintptr descriptor);

private:
    struct Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace Synchat
