// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/fastsocket.h"
#include "server/net/netserver.h"
#include "server/net/wsguard.h"

#include <QObject>
#include <QPointer>
#include <QSet>

class QWebSocket;

namespace Synchat {

/// One WebSocket client, on its I/O worker's thread: passes text messages on, parsed, and takes frames that
/// are ready to send. Knows its own limits (hello, silence, slow reading, flow control); no chat.
class WebSocketConnection : public QObject
{
    Q_OBJECT
public:
    /// `tcp` and `webSocket` as the handshake left them, the gate still closed; both become this object's.
    WebSocketConnection(ConnectionId id, FastSocket *tcp, QWebSocket *webSocket, const PeerInfo &peer,
                        const Clock &clock, const NetConfig &config, QObject *parent);
    ~WebSocketConnection() override;

    ConnectionId id() const { return m_id; }
    const PeerInfo &peer() const { return m_peer; }
    bool isClosing() const { return m_closing; }
    QSet<ChannelId> channels; ///< that it is subscribed to; kept by the worker

    void start(); ///< opens the gate
    /// Whole frames, written by the next flush(); true when there was nothing to write before.
    bool append(const QByteArray &wsFrames);
    void flush();
    void markGreeted() { m_greeted = true; }
    void frameHandled();
    void notifyDrained();
    /// What is appended goes first.
    void close(quint16 code, const QString &reason);
    void cut();
    /// Time-outs and the keep-alive ping.
    void sweep(MonoTime now);

Q_SIGNALS:
    void frameReceived(const Synchat::ReceivedFrame &frame);
    void writeDrained();
    void closing(); ///< once; nothing else is emitted afterwards but gone()
    void gone();    ///< once: the TCP connection is no more

private:
    void inspect();
    void afterDelivery();
    void onTextMessage(const QString &message);
    void onClosingBegan();
    void onDisconnected();
    void reportDrained();

    const ConnectionId m_id;
    QPointer<FastSocket> m_tcp; ///< QWebSocketServer deletes it when the connection is gone
    QWebSocket *const m_webSocket;
    const PeerInfo m_peer;
    const Clock &m_clock;
    const NetConfig &m_config;

    WsGuard m_guard;
    qint64 m_inspected = 0; ///< bytes in the socket's buffer that the guard has seen
    std::optional<quint16> m_violation;
    ClockReading m_receivedAt;
    int m_unhandled = 0;
    QByteArray m_pending;
    bool m_drainWanted = false;

    MonoTime m_openedAt;
    MonoTime m_heardAt;
    MonoTime m_pingedAt;
    MonoTime m_closingAt;
    bool m_heard = false;
    bool m_greeted = false;
    bool m_closing = false;
    bool m_gone = false;
};

} // namespace Synchat
