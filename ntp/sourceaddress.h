// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace Synchat {

/// `host[:port]` of a time server, checked. A name or an address; IPv6 in brackets when a port follows.
struct SourceAddress
{
    static constexpr quint16 NtpPort = 123;

    QString host;
    quint16 port = NtpPort;
    /// Nothing when it makes no sense.
    static std::optional<SourceAddress> parse(const QString &text);

    friend bool operator==(const SourceAddress &, const SourceAddress &) = default;
};

/// Loopback, private, link-local or unique local: ours to ask as often as we like.
bool isNearby(const QHostAddress &address);

} // namespace Synchat
