// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace Synchat {

/// A TCP socket for a server that writes to very many: what the kernel takes at once goes to it by ::send,
/// past Qt's write buffer and without touching the write notifier, which costs more than the sending
/// (measured: 2 to 20 x). All writers go through write(), so order is kept by construction.
///
/// It also has a gate, which QWebSocket lacks: behind a closed gate a reader sees no bytes, and the kernel is
/// not read any more, so that the other side has to wait (flow control).
///
/// And close() is orderly: what is queued is sent, then the end of the stream, then what still comes is
/// thrown away until the other side has closed too. Closing at once would make the kernel answer unread bytes
/// with a reset, which can take the close frame or the error response from the other side before it has read
/// it. The owner bounds that time by cut().
///
/// Not for TLS; one thread only. bytesWritten() is emitted only for what had to be queued.
class FastSocket : public QTcpSocket
{
    Q_OBJECT
public:
    explicit FastSocket(QObject *parent = nullptr);

    /// A reader sees at most what is in front of the last `bytes` bytes that are buffered now.
    void hideTail(qint64 bytes) { m_hiddenTail = bytes; }
    void closeGate();
    void openGate();
    bool isGateOpen() const { return m_gateOpen; }
    /// The next write closes the gate: for the time in which QWebSocketServer answers a handshake, since it
    /// would lose frames that come right behind it.
    void closeGateOnWrite() { m_closeGateOnWrite = true; }
    /// What is really there.
    qint64 bytesBuffered() const { return QTcpSocket::bytesAvailable(); }

    bool isClosing() const { return m_closing; }
    void cut(); ///< at once

    qint64 bytesAvailable() const override;
    void close() override;

Q_SIGNALS:
    /// As readyRead(), and before anybody who is connected to that.
    void aboutToDeliver();
    /// Once: close() has been called, by whomever.
    void closingBegan();

protected:
    qint64 writeData(const char *data, qint64 length) override;

private:
    void onReadyRead();
    void onBytesWritten();
    void endStream();

    qint64 m_hiddenTail = 0;
    bool m_gateOpen = true;
    bool m_closeGateOnWrite = false;
    bool m_closing = false;
    bool m_cut = false;
};

} // namespace Synchat
