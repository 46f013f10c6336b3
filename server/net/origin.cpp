// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/origin.h"

#include <algorithm>
#include <optional>

namespace Synchat {

namespace {

struct Authority
{
    QByteArray host; ///< lower case
    int port = -1;   ///< -1: none given

    friend bool operator==(const Authority &, const Authority &) = default;
};

bool isHostName(const QByteArray &host)
{
    return !host.isEmpty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

bool isBracketedAddress(const QByteArray &host)
{
    if (host.size() < 4 || !host.startsWith('[') || !host.endsWith(']'))
        return false;
    return std::all_of(host.begin() + 1, host.end() - 1, [](char c) {
        return isxdigit(static_cast<unsigned char>(c)) || c == ':' || c == '.';
    });
}

std::optional<Authority> parseAuthority(const QByteArray &text)
{
    Authority authority{text.toLower(), -1};
    const qsizetype colon = authority.host.lastIndexOf(':');
    if (colon >= 0 && colon > authority.host.lastIndexOf(']')) {
        const QByteArray port = authority.host.sliced(colon + 1);
        const bool digits =
            std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || port.size() > 5 || port.toInt() > 65535)
            return std::nullopt;
        if (!port.isEmpty())
            authority.port = port.toInt();
        authority.host.truncate(colon);
    }
    if (!isHostName(authority.host) && !isBracketedAddress(authority.host))
        return std::nullopt;
    return authority;
}

struct Origin
{
    QByteArray scheme;
    Authority authority; ///< with a port where the scheme has a usual one

    friend bool operator==(const Origin &, const Origin &) = default;
};

int usualPort(const QByteArray &scheme)
{
    if (scheme == "http" || scheme == "ws")
        return 80;
    return scheme == "https" || scheme == "wss" ? 443 : -1;
}

std::optional<Origin> parseOrigin(const QByteArray &text)
{
    const qsizetype mark = text.indexOf("://");
    if (mark <= 0)
        return std::nullopt;
    const auto authority = parseAuthority(text.sliced(mark + 3));
    if (!authority)
        return std::nullopt;
    Origin origin{text.first(mark).toLower(), *authority};
    if (origin.authority.port < 0)
        origin.authority.port = usualPort(origin.scheme);
    return origin;
}

} // namespace

bool isHostAndPort(const QByteArray &text)
{
    return parseAuthority(text).has_value();
}

bool isOriginAllowed(const QByteArray &origin, const QByteArray &host, const QStringList &allowedOrigins)
{
    const auto asked = parseOrigin(origin);
    if (!asked)
        return allowedOrigins.contains(QString::fromLatin1(origin));
    auto own = parseAuthority(host);
    if (own && own->port < 0)
        own->port = usualPort(asked->scheme);
    if (own && *own == asked->authority)
        return true;
    return std::any_of(allowedOrigins.begin(), allowedOrigins.end(),
                       [&](const QString &listed) { return parseOrigin(listed.toLatin1()) == asked; });
}

} // namespace Synchat
