// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/iomessages.h"

#include <QHash>
#include <QObject>
#include <QSet>

class QWebSocketServer;

namespace Synchat {

class HttpConnection;
class WebSocketConnection;

/// One thread's share of the connections. Executes what the main thread tells, reports what happens; both in
/// batches, so that a burst costs one wake-up. Knows who is subscribed to what, and nothing else of the chat.
class IoWorker : public QObject
{
    Q_OBJECT
public:
    /// Ids that this worker gives out are `index` modulo `count`.
    IoWorker(quint64 index, quint64 count, const Clock &clock, const NetConfig &config);
    ~IoWorker() override;

    void start(); ///< in its own thread
    void execute(const QList<IoCommand> &commands);

Q_SIGNALS:
    void happened(const QList<Synchat::IoEvent> &events);

private:
    using PeerKey = std::pair<QHostAddress, quint16>;

    void run(const TakeSocket &command);
    void run(const SendFrame &command);
    void run(const Subscribe &command);
    void run(const Unsubscribe &command);
    void run(const Broadcast &command);
    void run(const CloseWebSocket &command);
    void run(const MarkGreeted &command);
    void run(const FrameHandled &command);
    void run(const NotifyDrained &command);
    void run(const Respond &command);
    void run(const Drain &command);
    void run(const CutAll &command);

    void beginUpgrade(HttpConnection *http);
    void finishUpgrade();
    void announce(WebSocketConnection *connection);
    void onRequest(HttpConnection *http, const HttpRequest &request);
    void onHttpGone(HttpConnection *http);
    void onWebSocketGone(WebSocketConnection *connection);
    void leaveChannels(WebSocketConnection *connection);

    WebSocketConnection *find(ConnectionId id) const; ///< nullptr: gone, or about to go
    void append(WebSocketConnection *connection, const QByteArray &wsFrames);
    void markDirty(WebSocketConnection *connection);
    void flush();
    void sweep();
    void report(IoEvent event);
    quint64 nextId() { return m_count * ++m_lastId + m_index; }

    const quint64 m_index;
    const quint64 m_count;
    const Clock &m_clock;
    const NetConfig m_config;

    QWebSocketServer *m_upgrader = nullptr;
    QSet<HttpConnection *> m_http;
    QHash<PeerKey, HttpConnection *> m_upgrading;
    QHash<ConnectionId, WebSocketConnection *> m_webSockets;
    QHash<ChannelId, QList<WebSocketConnection *>> m_channels;
    QHash<ExchangeId, HttpConnection *> m_exchanges;

    QSet<WebSocketConnection *> m_dirty; ///< with something to write this turn
    QList<IoEvent> m_events;             ///< of this turn
    quint64 m_lastId = 0;
    bool m_draining = false;
};

} // namespace Synchat
