// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/websocketconnection.h"

#include "server/net/fastsocket.h"
#include "server/net/wsframe.h"

#include <QWebSocket>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

/// How long the other side has to take what is queued and to close too.
constexpr std::chrono::seconds ClosingTimeout{2};

} // namespace

WebSocketConnection::WebSocketConnection(ConnectionId id, FastSocket *tcp, QWebSocket *webSocket,
                                         const PeerInfo &peer, const Clock &clock, const NetConfig &config,
                                         QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_tcp(tcp)
    , m_webSocket(webSocket)
    , m_peer(peer)
    , m_clock(clock)
    , m_config(config)
    , m_guard(Limits::ClientFrameBytes)
    , m_receivedAt(clock.read())
    , m_openedAt(m_receivedAt.mono)
    , m_heardAt(m_openedAt)
    , m_pingedAt(m_openedAt)
{
    m_tcp->setParent(this);
    m_webSocket->setParent(this);
    m_webSocket->setMaxAllowedIncomingFrameSize(Limits::ClientFrameBytes);
    m_webSocket->setMaxAllowedIncomingMessageSize(Limits::ClientFrameBytes);
    connect(m_webSocket, &QWebSocket::textMessageReceived, this, &WebSocketConnection::onTextMessage);
    connect(m_tcp, &FastSocket::aboutToDeliver, this, &WebSocketConnection::inspect);
    connect(m_tcp, &QTcpSocket::readyRead, this,
            &WebSocketConnection::afterDelivery); // QWebSocket came first
    connect(m_tcp, &FastSocket::closingBegan, this, &WebSocketConnection::onClosingBegan);
    connect(m_tcp, &QTcpSocket::bytesWritten, this, &WebSocketConnection::reportDrained);
    connect(m_tcp, &QTcpSocket::disconnected, this, &WebSocketConnection::onDisconnected);
}

WebSocketConnection::~WebSocketConnection()
{
    m_webSocket->disconnect(this);
    if (!m_tcp)
        return;
    m_tcp->disconnect(this);
    m_tcp->cut();
}

void WebSocketConnection::start()
{
    m_tcp->openGate();
}

bool WebSocketConnection::append(const QByteArray &wsFrames)
{
    if (m_closing)
        return false;
    const bool wasEmpty = m_pending.isEmpty();
    if (wasEmpty)
        m_pending = wsFrames; // shared with the other members of a channel
    else
        m_pending.append(wsFrames);
    return wasEmpty;
}

void WebSocketConnection::flush()
{
    if (m_closing)
        return;
    if (!m_pending.isEmpty()) {
        m_tcp->write(m_pending);
        m_pending.clear();
    }
    if (m_tcp->bytesToWrite() > m_config.maxPendingBytes) {
        close(CloseCode::TryLater, u"too slow a reader"_s);
        return;
    }
    reportDrained();
}

void WebSocketConnection::frameHandled()
{
    --m_unhandled;
    if (!m_tcp->isGateOpen() && m_unhandled <= m_config.maxUnhandledFrames / 2)
        m_tcp->openGate();
}

void WebSocketConnection::notifyDrained()
{
    m_drainWanted = true;
}

void WebSocketConnection::close(quint16 code, const QString &reason)
{
    if (m_closing)
        return;
    m_tcp->write(m_pending + makeCloseFrame(code, reason));
    m_pending.clear();
    // Not QWebSocket::close(): it ends the TCP connection before the other side has read the close frame.
    m_tcp->close();
}

void WebSocketConnection::cut()
{
    m_tcp->cut();
}

void WebSocketConnection::sweep(MonoTime now)
{
    if (m_closing) {
        if (now - m_closingAt >= ClosingTimeout)
            m_tcp->cut();
        return;
    }
    if (m_heard || !m_tcp->isGateOpen()) { // behind a closed gate we are who does not listen
        m_heardAt = now;
        m_heard = false;
    }
    if (m_tcp->state() != QAbstractSocket::ConnectedState || now - m_heardAt >= m_config.silenceTimeout) {
        m_tcp->cut();
    } else if (!m_greeted && now - m_openedAt >= m_config.helloTimeout) {
        close(CloseCode::Policy, u"no hello in time"_s);
    } else if (now - m_pingedAt >= m_config.pingInterval) {
        m_pingedAt = now;
        if (m_tcp->bytesToWrite() == 0)
            m_tcp->write(makeWsFrame(WsOpcode::Ping, {}));
    }
}

void WebSocketConnection::inspect()
{
    const qint64 buffered = m_tcp->bytesBuffered();
    const qint64 fresh = buffered - m_inspected;
    if (m_violation || fresh <= 0)
        return;
    m_heard = true;
    m_receivedAt = m_clock.read();
    const QByteArray bytes = m_tcp->peek(buffered);
    if (const auto violation = m_guard.feed(QByteArrayView(bytes).last(fresh))) {
        m_violation = violation->closeCode;
        m_tcp->hideTail(fresh - violation->offset); // what came before is still delivered
    }
}

void WebSocketConnection::afterDelivery()
{
    m_inspected = m_tcp->bytesBuffered();
    if (m_violation)
        close(*m_violation, u"refused by the rules of WebSocket or of this chat"_s);
}

void WebSocketConnection::onTextMessage(const QString &message)
{
    if (m_closing)
        return;
    ++m_unhandled;
    Q_EMIT frameReceived(ReceivedFrame{parseClientFrame(message.toUtf8()), m_receivedAt});
    if (m_unhandled >= m_config.maxUnhandledFrames)
        m_tcp->closeGate();
}

void WebSocketConnection::onClosingBegan()
{
    m_closing = true;
    m_closingAt = m_clock.monotonic();
    m_pending.clear();
    Q_EMIT closing();
}

void WebSocketConnection::onDisconnected()
{
    if (m_gone)
        return;
    m_gone = true;
    if (!m_closing) {
        m_closing = true;
        Q_EMIT closing();
    }
    Q_EMIT gone();
}

void WebSocketConnection::reportDrained()
{
    if (!m_drainWanted || m_closing || !m_pending.isEmpty() || m_tcp->bytesToWrite() > 0)
        return;
    m_drainWanted = false;
    Q_EMIT writeDrained();
}

} // namespace Synchat
