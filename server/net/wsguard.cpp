// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/wsguard.h"

#include "server/net/wsframe.h"

#include <QtEndian>

#include <algorithm>

namespace Synchat {

namespace {

/// How many bytes a UTF-8 character has by its first byte; 1 for what is no first byte.
int characterLength(unsigned char first)
{
    if (first >= 0xf0)
        return 4;
    if (first >= 0xe0)
        return 3;
    return first >= 0xc0 ? 2 : 1;
}

bool endsInsideCharacter(const std::array<unsigned char, 3> &tail)
{
    return characterLength(tail[2]) > 1 || characterLength(tail[1]) > 2 || characterLength(tail[0]) > 3;
}

} // namespace

WsGuard::WsGuard(quint64 maxMessageBytes)
    : m_maxMessageBytes(maxMessageBytes)
{}

std::optional<WsGuard::Violation> WsGuard::feed(QByteArrayView bytes)
{
    qsizetype frameStart = 0;
    qsizetype at = 0;
    while (at < bytes.size() || (m_inPayload && m_payloadLeft == 0)) {
        std::optional<quint16> closeCode;
        if (!m_inPayload) {
            if (m_headerHave == 0)
                frameStart = at;
            m_header[static_cast<size_t>(m_headerHave++)] = static_cast<unsigned char>(bytes[at++]);
            if (m_headerHave >= 2 && m_headerHave == headerSize())
                closeCode = beginFrame();
        } else {
            const auto part = static_cast<qsizetype>(
                std::min<quint64>(m_payloadLeft, static_cast<quint64>(bytes.size() - at)));
            takePayload(bytes.sliced(at, part));
            at += part;
            if (m_payloadLeft == 0)
                closeCode = endFrame();
        }
        if (closeCode)
            return Violation{*closeCode, frameStart};
    }
    return std::nullopt;
}

qsizetype WsGuard::headerSize() const
{
    const int length = m_header[1] & 0x7f;
    const int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    const int mask = (m_header[1] & 0x80) ? 4 : 0;
    return 2 + extended + mask;
}

std::optional<quint16> WsGuard::beginFrame()
{
    if ((m_header[1] & 0x80) == 0)
        return CloseCode::ProtocolError;
    const int opcode = m_header[0] & 0x0f;
    if (opcode == static_cast<int>(WsOpcode::Binary))
        return CloseCode::WrongData;
    const int length = m_header[1] & 0x7f;
    m_payloadLeft = static_cast<quint64>(length);
    if (length == 126)
        m_payloadLeft = qFromBigEndian<quint16>(&m_header[2]);
    else if (length == 127)
        m_payloadLeft = qFromBigEndian<quint64>(&m_header[2]);
    m_payloadTaken = 0;
    m_inPayload = true;
    if (!isData())
        return std::nullopt;
    if (opcode == static_cast<int>(WsOpcode::Text)) {
        m_messageIsText = true;
        m_messageBytes = 0;
        m_tail = {};
    }
    if (m_payloadLeft > m_maxMessageBytes || m_messageBytes + m_payloadLeft > m_maxMessageBytes)
        return CloseCode::TooLarge;
    m_messageBytes += m_payloadLeft;
    return std::nullopt;
}

void WsGuard::takePayload(QByteArrayView bytes)
{
    const auto size = static_cast<quint64>(bytes.size());
    if (isData()) {
        const auto mask = static_cast<size_t>(m_headerHave - 4);
        for (qsizetype i = std::max<qsizetype>(0, bytes.size() - 3); i < bytes.size(); ++i) {
            const auto place = static_cast<size_t>((m_payloadTaken + static_cast<quint64>(i)) % 4);
            const auto plain =
                static_cast<unsigned char>(static_cast<unsigned char>(bytes[i]) ^ m_header[mask + place]);
            m_tail = {m_tail[1], m_tail[2], plain};
        }
    }
    m_payloadTaken += size;
    m_payloadLeft -= size;
}

std::optional<quint16> WsGuard::endFrame()
{
    m_inPayload = false;
    m_headerHave = 0;
    const bool isLast = (m_header[0] & 0x80) != 0;
    if (!isData() || !isLast)
        return std::nullopt;
    const bool broken = m_messageIsText && endsInsideCharacter(m_tail);
    m_messageIsText = false;
    m_messageBytes = 0;
    return broken ? std::optional(CloseCode::InvalidText) : std::nullopt;
}

} // namespace Synchat
