// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/fastsocket.h"
#include "server/net/httpparser.h"
#include "server/net/netserver.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace Synchat {

/// A TCP connection as it begins, on its I/O worker's thread: looks at each request's head without taking it,
/// and either serves HTTP (one request after the other, answers in order) or leaves the socket for WebSocket.
/// Bounds sizes, times and the number of requests. What the answers are is decided elsewhere.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    /// `full`: there is no room; every request is answered 503.
    HttpConnection(FastSocket *socket, const PeerInfo &peer, bool full, const Clock &clock,
                   const NetConfig &config, QObject *parent);
    ~HttpConnection() override;

    const PeerInfo &peer() const { return m_peer; }
    bool isFull() const { return m_full; }
    FastSocket *socket() const { return m_socket; }
    /// After upgradeRequested() and a handshake that was answered: the socket is no longer this object's.
    void releaseSocket();

    void respond(const HttpResponse &response);
    void sweep(MonoTime now);
    /// The answer that is due is still sent, then the connection is closed.
    void drain();
    void cut();

Q_SIGNALS:
    void requestReceived(const Synchat::HttpRequest &request);
    /// The whole head of a proper handshake lies unread in the socket.
    void upgradeRequested();
    void gone(); ///< once

private:
    enum class State : quint8 { Head, Body, Answering, Upgrading, Closing };

    void process();
    void processLater();
    bool processHead(); ///< true: go on
    bool processBody();
    bool beginRequest(const RequestHead &head, qsizetype headLength);
    void deliver();
    void refuse(const HttpRefusal &refusal);
    void send(const HttpResponse &response, bool keepAlive);
    void onDisconnected();

    QPointer<FastSocket> m_socket; ///< QWebSocketServer deletes it when the connection is gone
    const PeerInfo m_peer;
    const bool m_full;
    const Clock &m_clock;
    const NetConfig &m_config;

    State m_state = State::Head;
    MonoTime m_since; ///< when the state began, or the writing last went on
    std::optional<HttpParser> m_parser;
    HttpRequest m_request;
    bool m_keepAlive = true;
    bool m_draining = false;
    bool m_gone = false;
    int m_requests = 0;
};

} // namespace Synchat
