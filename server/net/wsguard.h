// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>
#include <optional>

namespace Synchat {

/// Follows the frames that a client sends and finds what QWebSocket of Qt 6.4 lets pass: frames that are not
/// masked (RFC 6455 §5.1), text that ends inside a character, messages over the limit by bytes (Qt counts
/// UTF-16 units), and binary messages, seen here at their first byte instead of after the last. Pure. Not a
/// parser: it gives no payload, and what QWebSocket refuses by itself is left to it.
class WsGuard
{
public:
    explicit WsGuard(quint64 maxMessageBytes);

    struct Violation
    {
        quint16 closeCode = 0;
        qsizetype offset = 0; ///< in the bytes given last: from here on they must not be used; can be 0
    };
    /// The next bytes of the stream, cut anywhere. After a violation it must not be fed again.
    std::optional<Violation> feed(QByteArrayView bytes);

private:
    qsizetype headerSize() const;
    std::optional<quint16> beginFrame();
    void takePayload(QByteArrayView bytes);
    std::optional<quint16> endFrame();
    bool isData() const { return (m_header[0] & 0x08) == 0; }

    quint64 m_maxMessageBytes;
    std::array<unsigned char, 14> m_header{};
    qsizetype m_headerHave = 0;
    bool m_inPayload = false;
    quint64 m_payloadLeft = 0;
    quint64 m_payloadTaken = 0;
    quint64 m_messageBytes = 0;
    bool m_messageIsText = false;
    /// The last bytes of the text so far, unmasked: enough for a character that has begun.
    std::array<unsigned char, 3> m_tail{};
};

} // namespace Synchat
