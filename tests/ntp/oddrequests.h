// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntpanswer.h"

#include <string>
#include <vector>

namespace Synchat {

/// A request that a server may meet, and what it is worth: the case list of RFC 5905, 7822 and 8915, as
/// chronyd decides it (mode 1 apart, which gets nothing here). Read by tests and by the fuzzer's seeds.
struct OddRequest
{
    std::string name;
    std::vector<unsigned char> bytes;
    NtpRequestKind kind = NtpRequestKind::Plain;
};

constexpr NtpTimestamp OddCookie = 0x0123'4567'89AB'CDEF;

std::vector<unsigned char> ntpRequestHeader(int version, int mode, int leap = 0,
                                            NtpTimestamp transmit = OddCookie);
std::vector<OddRequest> oddRequests();

} // namespace Synchat
