// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Synchat {

// Frames of RFC 6455 as a server sends them: whole, unmasked. Pure.

enum class WsOpcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

namespace CloseCode {
constexpr quint16 Normal = 1000;
constexpr quint16 GoingAway = 1001;
constexpr quint16 ProtocolError = 1002;
constexpr quint16 WrongData = 1003;
constexpr quint16 InvalidText = 1007;
constexpr quint16 Policy = 1008;
constexpr quint16 TooLarge = 1009;
constexpr quint16 TryLater = 1013;
} // namespace CloseCode

/// One unfragmented frame with FIN set.
QByteArray makeWsFrame(WsOpcode opcode, const QByteArray &payload);
/// A close frame; the reason is cut to 123 bytes at a code point.
QByteArray makeCloseFrame(quint16 code, const QString &reason);

} // namespace Synchat
