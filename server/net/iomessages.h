// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"

#include <variant>

// What crosses between the main thread and an I/O worker, in batches, each in order.

namespace Synchat {

/// To a worker.
struct TakeSocket
{
    qintptr descriptor = -1;
    PeerInfo peer;
    bool full = false; ///< the daemon has no room: tell so and close
};
struct SendFrame
{
    ConnectionId connection = 0;
    QByteArray wsFrame;
};
struct Subscribe
{
    ConnectionId connection = 0;
    ChannelId channel = 0;
};
struct Unsubscribe
{
    ConnectionId connection = 0;
    ChannelId channel = 0;
};
struct Broadcast
{
    ChannelId channel = 0;
    ConnectionId except = 0; ///< 0: nobody
    QByteArray wsFrames;
};
struct CloseWebSocket
{
    ConnectionId connection = 0;
    quint16 code = 0;
    QString reason;
};
struct MarkGreeted
{
    ConnectionId connection = 0;
};
struct FrameHandled
{
    ConnectionId connection = 0;
};
struct NotifyDrained
{
    ConnectionId connection = 0;
};
struct Respond
{
    ExchangeId exchange = 0;
    HttpResponse response;
};
struct Drain
{
    QString reason;
};
struct CutAll
{};
using IoCommand = std::variant<TakeSocket, SendFrame, Subscribe, Unsubscribe, Broadcast, CloseWebSocket,
                               MarkGreeted, FrameHandled, NotifyDrained, Respond, Drain, CutAll>;

/// From a worker.
struct WebSocketOpened
{
    ConnectionId connection = 0;
    PeerInfo peer;
};
struct FrameCame
{
    ConnectionId connection = 0;
    ReceivedFrame frame;
};
struct WriteDrained
{
    ConnectionId connection = 0;
};
struct WebSocketClosed
{
    ConnectionId connection = 0;
};
struct RequestCame
{
    ExchangeId exchange = 0;
    HttpRequest request;
};
/// A socket is not HTTP any more.
struct SocketUpgraded
{
    QHostAddress peer;
};
/// A TCP connection is gone.
struct SocketGone
{
    QHostAddress peer;
    bool wasUpgraded = false;
};
using IoEvent = std::variant<WebSocketOpened, FrameCame, WriteDrained, WebSocketClosed, RequestCame,
                             SocketUpgraded, SocketGone>;

} // namespace Synchat
