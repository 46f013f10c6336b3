// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace Synchat {

/// How many bytes the HTTP message takes that `bytes` begins with (RFC 9112 §6): head and body, by
/// Content-Length or chunks; without either there is no body. Nothing: it is not complete yet. For tests,
/// where nobody smuggles.
std::optional<qsizetype> httpMessageLength(const QByteArray &bytes, bool mayHaveBody = true);

/// The value of a header, without the spaces around it; empty: it is not there.
QByteArray httpHeader(const QByteArray &message, const QByteArray &name);

/// What follows the head; chunks are put together. Of a complete message.
QByteArray httpBody(const QByteArray &message);

} // namespace Synchat
