// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/fastsocket.h"

#include "common/limits.h"

#include <sys/socket.h>

namespace Synchat {

namespace {

/// One frame as large as is allowed and its header must fit, since QWebSocket takes a payload only when all
/// of it is here; a smaller buffer would wait for ever.
constexpr qint64 ReadBufferBytes = Limits::ClientFrameBytes + 8 * 1024;

} // namespace

FastSocket::FastSocket(QObject *parent)
    : QTcpSocket(parent)
{
    setReadBufferSize(ReadBufferBytes);
    connect(this, &QTcpSocket::readyRead, this, &FastSocket::onReadyRead);
    connect(this, &QTcpSocket::bytesWritten, this, &FastSocket::onBytesWritten);
}

void FastSocket::closeGate()
{
    m_gateOpen = false;
    setReadBufferSize(1); // the kernel is read no further; 0 would mean without limit
}

void FastSocket::openGate()
{
    if (m_gateOpen || m_closing)
        return;
    m_gateOpen = true;
    setReadBufferSize(
        ReadBufferBytes); // a changed size also wakes a read notifier that a full buffer put to sleep
    if (bytesAvailable() > 0)
        Q_EMIT readyRead();
}

void FastSocket::cut()
{
    m_cut = true;
    abort();
}

qint64 FastSocket::bytesAvailable() const
{
    if (!m_gateOpen)
        return 0;
    return qMax<qint64>(0, bytesBuffered() - m_hiddenTail);
}

void FastSocket::close()
{
    // abort() comes here too, from cut() and, with an error set, from inside QAbstractSocket.
    if (m_cut || state() != ConnectedState || error() != UnknownSocketError) {
        QTcpSocket::close();
        return;
    }
    if (m_closing)
        return;
    m_closing = true;
    m_gateOpen = false;
    setReadBufferSize(ReadBufferBytes);
    if (bytesToWrite() == 0)
        endStream();
    onReadyRead();
    Q_EMIT closingBegan();
}

qint64 FastSocket::writeData(const char *data, qint64 length)
{
    if (m_closing)
        return length; // the close frame was the last
    if (m_closeGateOnWrite) {
        m_closeGateOnWrite = false;
        m_gateOpen = false;
    }
    qint64 sent = 0;
    if (state() == ConnectedState && bytesToWrite() == 0) {
        const auto result = ::send(static_cast<int>(socketDescriptor()), data, static_cast<size_t>(length),
                                   MSG_DONTWAIT | MSG_NOSIGNAL);
        sent = qMax<qint64>(0, result); // what went wrong, the queue will find out
        if (sent == length)
            return length;
    }
    const qint64 queued = QTcpSocket::writeData(data + sent, length - sent);
    return queued < 0 ? queued : sent + queued;
}

void FastSocket::onReadyRead()
{
    if (m_closing)
        skip(bytesBuffered());
    else
        Q_EMIT aboutToDeliver();
}

void FastSocket::onBytesWritten()
{
    if (m_closing && bytesToWrite() == 0)
        endStream();
}

void FastSocket::endStream()
{
    ::shutdown(static_cast<int>(socketDescriptor()), SHUT_WR);
}

} // namespace Synchat
