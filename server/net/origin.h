// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Synchat {

/// A host name, an IPv4 address or an IPv6 address in brackets, with an optional port (RFC 9110 §7.2); no
/// user.
bool isHostAndPort(const QByteArray &text);

/// Whether a browser's page of `origin` may open a WebSocket here: it must come from the host that the
/// request is for (same host and port, where a port left out is that of the origin's scheme), or be listed,
/// as `scheme://host[:port]`. Stops foreign pages from using a visitor's place in the network.
bool isOriginAllowed(const QByteArray &origin, const QByteArray &host, const QStringList &allowedOrigins);

} // namespace Synchat
