// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/wsframe.h"

#include <QtEndian>

namespace Synchat {

namespace {

template <typename Number>
void appendBigEndian(QByteArray &bytes, Number number)
{
    char raw[sizeof(Number)];
    qToBigEndian(number, raw);
    bytes.append(raw, sizeof(Number));
}

} // namespace

QByteArray makeWsFrame(WsOpcode opcode, const QByteArray &payload)
{
    constexpr int Fin = 0x80;
    QByteArray frame;
    frame.reserve(payload.size() + 10);
    frame.append(static_cast<char>(Fin | static_cast<int>(opcode)));
    if (payload.size() < 126) {
        frame.append(static_cast<char>(payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame.append(char(126));
        appendBigEndian(frame, static_cast<quint16>(payload.size()));
    } else {
        frame.append(char(127));
        appendBigEndian(frame, static_cast<quint64>(payload.size()));
    }
    return frame.append(payload);
}

QByteArray makeCloseFrame(quint16 code, const QString &reason)
{
    constexpr qsizetype MaxReason = 123;
    QByteArray text = reason.toUtf8();
    if (text.size() > MaxReason) {
        qsizetype end = MaxReason;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
            --end;
        text.truncate(end);
    }
    QByteArray payload;
    appendBigEndian(payload, code);
    return makeWsFrame(WsOpcode::Close, payload.append(text));
}

} // namespace Synchat
