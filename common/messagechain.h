// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QByteArray>

namespace Synchat {

// The hash chain over a room's messages: each message's hash covers the message and the hash before it, so
// that nothing can be changed, dropped, added or moved without changing every hash from there on. What the
// chain does not prove: whoever holds the history can compute a whole new one.

constexpr qsizetype ChainHashBytes = 32;

/// The `message` object of the wire as canonical JSON (RFC 8785: keys sorted, no spaces, UTF-8). Of a message
/// that was stored and read again it is the same text.
QByteArray canonicalMessage(const Message &message);

/// What stands before the first message of a room's history: SHA-256 of `synchat-chain-1`, room and epoch,
/// each followed by a line feed. 32 bytes.
QByteArray chainStart(const QString &room, const QString &epoch);

/// SHA-256 (FIPS 180-4) of the hash before, followed by the canonical JSON. 32 bytes.
QByteArray chainNext(const QByteArray &previous, const QByteArray &canonical);

} // namespace Synchat
