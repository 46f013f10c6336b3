// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sourceaddress.h"

#include "ntp/ntppeer.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr qsizetype LongestName = 253;

bool isHostName(const QString &host)
{
    if (host.isEmpty() || host.size() > LongestName || host.startsWith(u'.') || host.startsWith(u'-'))
        return false;
    return std::all_of(host.cbegin(), host.cend(),
                       [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u'_'; });
}

bool isIPv6(const QString &host)
{
    const QHostAddress address(host);
    return address.protocol() == QAbstractSocket::IPv6Protocol;
}

std::optional<quint16> parsePort(const QString &text)
{
    const bool digits = !text.isEmpty() && std::all_of(text.cbegin(), text.cend(),
                                                       [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool ok = false;
    const uint port = digits ? text.toUInt(&ok) : 0;
    if (!ok || port == 0 || port > 65535)
        return std::nullopt;
    return static_cast<quint16>(port);
}

std::optional<SourceAddress> parseBracketed(const QString &text)
{
    const qsizetype end = text.indexOf(u']');
    if (end < 0 || !isIPv6(text.mid(1, end - 1)))
        return std::nullopt;
    SourceAddress address{text.mid(1, end - 1)};
    if (end + 1 == text.size())
        return address;
    const auto port = text.at(end + 1) == u':' ? parsePort(text.mid(end + 2)) : std::nullopt;
    if (!port)
        return std::nullopt;
    address.port = *port;
    return address;
}

} // namespace

std::optional<SourceAddress> SourceAddress::parse(const QString &text)
{
    if (text.startsWith(u'['))
        return parseBracketed(text);
    if (isIPv6(text))
        return SourceAddress{text};
    const qsizetype colon = text.indexOf(u':');
    SourceAddress address{text.left(colon)}; // all of it without a colon
    if (!isHostName(address.host))
        return std::nullopt;
    if (colon < 0)
        return address;
    const auto port = parsePort(text.mid(colon + 1));
    if (!port)
        return std::nullopt;
    address.port = *port;
    return address;
}

bool isNearby(const QHostAddress &address)
{
    return NtpPeer::from(address).isNearby();
}

} // namespace Synchat
