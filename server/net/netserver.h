// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/protocol.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrlQuery>

#include <chrono>
#include <memory>

namespace Synchat {

// What crosses between the network and the rest of the daemon. `net` knows frames and HTTP, no chat.

/// Names one WebSocket connection for the life of the daemon; never used again.
using ConnectionId = quint64;
/// Names one group of connections that get the same bytes (chat: one a room).
using ChannelId = quint64;
/// Names one HTTP request that waits for its response.
using ExchangeId = quint64;

struct PeerInfo
{
    QHostAddress address;
    quint16 port = 0;
};

/// One text message from a client, already parsed; `receivedAt` is read as early as can be (t2 of a `time`
/// frame).
struct ReceivedFrame
{
    Result<ParsedClientFrame, FrameRefusal> frame;
    ClockReading receivedAt;
};

struct HttpRequest
{
    QByteArray method; ///< GET, HEAD, POST, ...
    QString path;      ///< percent-decoded, starts with /
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    PeerInfo peer;

    QByteArray header(const QByteArray &lowerCaseName) const;
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

/// Section [net] of the configuration, checked.
struct NetConfig
{
    QHostAddress address = QHostAddress::Any;
    quint16 port = 8737;                      ///< 0: a free one
    QStringList allowedOrigins;               ///< besides the daemon's own host; `scheme://host[:port]`
    int maxConnections = 10000;               ///< more are answered 503 or closed with 1013
    int maxHttpPerPeer = 64;                  ///< connections that are not (yet) WebSockets, from one address
    qint64 maxPendingBytes = 4 * 1024 * 1024; ///< written but not taken by a reader, before it is cut (1013)
    std::chrono::milliseconds headTimeout{
        10000}; ///< for a whole request head, first byte to blank line or idle
    std::chrono::milliseconds helloTimeout = Limits::HelloTimeout;
    std::chrono::milliseconds pingInterval = Limits::PingInterval;
    std::chrono::milliseconds silenceTimeout = Limits::SilenceTimeout;
    /// Frames received and not yet handled by the chat, for one connection, before its socket is not read any
    /// more.
    int maxUnhandledFrames = 256;
    int ioThreads = 1;
    bool epollDispatcher = true; ///< false: Qt's own in the I/O threads
};

/// The one TCP port: WebSocket on /ws, HTTP on the other paths. Owns the I/O threads.
/// Lives on the main thread; every call and signal is on that thread.
/// Not for rules of the chat: it carries what it is told to whom it is told.
class NetServer : public QObject
{
    Q_OBJECT
public:
    NetServer(const Clock &clock, NetConfig config, QObject *parent = nullptr);
    ~NetServer() override;

    bool listen(); ///< false: errorString()
    QString errorString() const;
    quint16 port() const;
    QHostAddress address() const;
    int connectionCount() const; ///< TCP connections of both kinds, those that are just closing included

    // What the chat tells the network. Calls for a connection that is gone do nothing. For one connection
    // they take effect in the order of the calls, broadcasts included.
    void send(ConnectionId connection, const QByteArray &json);
    void subscribe(ConnectionId connection, ChannelId channel);
    void unsubscribe(ConnectionId connection, ChannelId channel);
    /// The frame is built once and written to each member once a turn of the I/O loop.
    void broadcast(ChannelId channel, const QByteArray &json);
    /// As broadcast, to all but one (typing, presence).
    void broadcastExcept(ChannelId channel, ConnectionId except, const QByteArray &json);
    /// Sends what is queued, then the close frame; cut after 2 s if the other side does not answer.
    void closeConnection(ConnectionId connection, quint16 closeCode, const QString &reason);
    /// The chat has greeted this connection: its hello time-out is off.
    void markGreeted(ConnectionId connection);
    /// One received frame has been handled (flow control: see maxUnhandledFrames). Exactly once a
    /// frameReceived.
    void frameHandled(ConnectionId connection);
    /// Asks for connectionDrained() when all that was sent so far has been taken by the kernel: who sends
    /// much (a catch-up of many pages) waits for it, so that a healthy reader is not cut by maxPendingBytes.
    void notifyDrained(ConnectionId connection);
    void respond(ExchangeId exchange, const HttpResponse &response);

    /// No new connections from now on. Those that are there stay.
    void stopListening();
    /// Closes all with 1001 and the reason; drained() when the last one is gone or after the time-out.
    void drain(const QString &reason, std::chrono::milliseconds timeout);

Q_SIGNALS:
    void connectionOpened(Synchat::ConnectionId connection, const Synchat::PeerInfo &peer);
    void frameReceived(Synchat::ConnectionId connection, const Synchat::ReceivedFrame &frame);
    /// Exactly once for each connectionOpened; nothing comes for this id afterwards.
    void connectionClosed(Synchat::ConnectionId connection);
    /// The answer to notifyDrained(), unless the connection closes before.
    void connectionDrained(Synchat::ConnectionId connection);
    void requestReceived(Synchat::ExchangeId exchange, const Synchat::HttpRequest &request);
    void drained();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
