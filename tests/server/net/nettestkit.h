// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"

#include <QTcpSocket>
#include <QTest>

#include <functional>

namespace Synchat {

/// A NetServer on a free loopback port that answers by itself: `typing` frames are echoed as `{"echo":...}`
/// unless told otherwise, HTTP requests get their path back.
class EchoServer : public QObject
{
    Q_OBJECT
public:
    explicit EchoServer(NetConfig config = {}, QObject *parent = nullptr);

    NetServer &net() { return *m_net; }
    quint16 port() const { return m_net->port(); }

    bool answers = true; ///< handle and echo frames
    bool responds = true;
    QList<ConnectionId> opened;
    QList<ConnectionId> closed;
    QList<ReceivedFrame> frames;
    QList<ExchangeId> exchanges;
    QList<HttpRequest> requests;
    int drained = 0;

private:
    SystemClock m_clock;
    std::unique_ptr<NetServer> m_net;
};

/// A bare TCP client. Collects what comes.
class RawClient : public QObject
{
    Q_OBJECT
public:
    explicit RawClient(quint16 port, QObject *parent = nullptr);

    void send(const QByteArray &bytes);
    /// A masked frame, as clients must send them.
    void sendFrame(int opcode, const QByteArray &payload, bool isLast = true);
    /// The WebSocket handshake; true when it was answered 101. What follows the answer stays in `received`.
    bool upgrade(const QByteArray &extraHeaders = {});
    /// The close code, when the last bytes received are a close frame; else 0.
    int closeCode() const;
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    QTcpSocket &socket() { return m_socket; }

    static QByteArray frame(int opcode, const QByteArray &payload, bool isLast = true);
    static QByteArray upgradeRequest(const QByteArray &extraHeaders = {});

    QByteArray received;

private:
    QTcpSocket m_socket;
};

/// As QTRY_VERIFY waits, but without its pauses of 10 ms, in which the main thread serves nobody.
bool runUntil(const std::function<bool()> &condition);

/// The payloads of the whole unmasked frames at the front of `stream`, with their first byte.
struct RawFrame
{
    int opcode = 0;
    QByteArray payload;
};
QList<RawFrame> splitFrames(const QByteArray &stream);

/// What HTTP/1.1 wants in every request.
inline const QByteArray Host = "Host: a\r\n";

/// Statuses of the answers in `stream`.
QList<int> statuses(const QByteArray &stream);

} // namespace Synchat
