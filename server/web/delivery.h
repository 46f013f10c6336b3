// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"
#include "server/web/acceptencoding.h"

namespace Synchat {

constexpr qsizetype LeastGzippedBytes = 1024; ///< below that a packet is a packet

/// What a request says of how its answer may be sent.
struct DeliveryTerms
{
    ContentCoding coding = ContentCoding::Identity;
    QByteArray ifNoneMatch;

    static DeliveryTerms of(const HttpRequest &request);
};

/// The answer as it goes out: with a tag where it may be kept (anything but `Cache-Control: no-store`), as
/// 304 when the other side has it, coded with gzip where that pays, and then with `Vary`. Pure.
HttpResponse delivered(HttpResponse answer, const DeliveryTerms &terms);

} // namespace Synchat
