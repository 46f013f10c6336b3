// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/ioworker.h"

#include "server/net/httpconnection.h"
#include "server/net/websocketconnection.h"
#include "server/net/wsframe.h"

#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <unistd.h>

#include <algorithm>

namespace Synchat {

using namespace Qt::StringLiterals;

IoWorker::IoWorker(quint64 index, quint64 count, const Clock &clock, const NetConfig &config)
    : m_index(index)
    , m_count(count)
    , m_clock(clock)
    , m_config(config)
{}

IoWorker::~IoWorker() = default;

void IoWorker::start()
{
    m_upgrader = new QWebSocketServer(QString(), QWebSocketServer::NonSecureMode, this);
    m_upgrader->setSupportedSubprotocols({u"synchat.v1"_s});
    connect(m_upgrader, &QWebSocketServer::newConnection, this, &IoWorker::finishUpgrade);

    using std::chrono::milliseconds;
    const milliseconds shortest = std::min(
        {m_config.headTimeout, m_config.helloTimeout, m_config.pingInterval, m_config.silenceTimeout});
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &IoWorker::sweep);
    timer->start(std::clamp(shortest / 4, milliseconds(10), milliseconds(500)));
}

void IoWorker::execute(const QList<IoCommand> &commands)
{
    for (const IoCommand &command : commands)
        std::visit([this](const auto &each) { run(each); }, command);
}

void IoWorker::run(const TakeSocket &command)
{
    auto *socket = new FastSocket(this);
    if (m_draining || !socket->setSocketDescriptor(command.descriptor)) {
        socket->deleteLater();
        ::close(static_cast<int>(command.descriptor));
        report(SocketGone{command.peer.address, false});
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *http = new HttpConnection(socket, command.peer, command.full, m_clock, m_config, this);
    m_http.insert(http);
    connect(http, &HttpConnection::requestReceived, this,
            [this, http](const HttpRequest &request) { onRequest(http, request); });
    connect(http, &HttpConnection::upgradeRequested, this, [this, http] { beginUpgrade(http); });
    connect(http, &HttpConnection::gone, this, [this, http] { onHttpGone(http); });
}

void IoWorker::run(const SendFrame &command)
{
    if (auto *connection = find(command.connection))
        append(connection, command.wsFrame);
}

void IoWorker::run(const Subscribe &command)
{
    auto *connection = find(command.connection);
    if (!connection || connection->channels.contains(command.channel))
        return;
    connection->channels.insert(command.channel);
    m_channels[command.channel].append(connection);
}

void IoWorker::run(const Unsubscribe &command)
{
    auto *connection = find(command.connection);
    if (!connection || !connection->channels.remove(command.channel))
        return;
    const auto channel = m_channels.find(command.channel);
    channel->removeOne(connection);
    if (channel->isEmpty())
        m_channels.erase(channel);
}

void IoWorker::run(const Broadcast &command)
{
    const auto channel = m_channels.constFind(command.channel);
    if (channel == m_channels.constEnd())
        return;
    for (WebSocketConnection *member : *channel) {
        if (member->id() != command.except)
            append(member, command.wsFrames);
    }
}

void IoWorker::run(const CloseWebSocket &command)
{
    if (auto *connection = find(command.connection))
        connection->close(command.code, command.reason);
}

void IoWorker::run(const MarkGreeted &command)
{
    if (auto *connection = find(command.connection))
        connection->markGreeted();
}

void IoWorker::run(const FrameHandled &command)
{
    if (auto *connection = find(command.connection))
        connection->frameHandled();
}

void IoWorker::run(const NotifyDrained &command)
{
    if (auto *connection = find(command.connection)) {
        connection->notifyDrained();
        markDirty(connection);
    }
}

void IoWorker::run(const Respond &command)
{
    if (auto *http = m_exchanges.take(command.exchange))
        http->respond(command.response);
}

void IoWorker::run(const Drain &command)
{
    m_draining = true;
    const auto webSockets = m_webSockets.values();
    for (WebSocketConnection *connection : webSockets)
        connection->close(CloseCode::GoingAway, command.reason);
    const auto http = m_http.values();
    for (HttpConnection *connection : http)
        connection->drain();
}

void IoWorker::run(const CutAll &)
{
    const auto webSockets = m_webSockets.values();
    for (WebSocketConnection *connection : webSockets)
        connection->cut();
    const auto http = m_http.values();
    for (HttpConnection *connection : http)
        connection->cut();
}

void IoWorker::beginUpgrade(HttpConnection *http)
{
    FastSocket *socket = http->socket();
    m_upgrading.insert({socket->peerAddress(), socket->peerPort()}, http);
    socket->closeGateOnWrite();
    m_upgrader->handleConnection(socket);
}

void IoWorker::finishUpgrade()
{
    QWebSocket *webSocket = m_upgrader->nextPendingConnection();
    HttpConnection *http = m_upgrading.take({webSocket->peerAddress(), webSocket->peerPort()});
    if (!http) { // a second handshake on a socket that had one
        webSocket->deleteLater();
        return;
    }
    auto *connection =
        new WebSocketConnection(nextId(), http->socket(), webSocket, http->peer(), m_clock, m_config, this);
    const bool full = http->isFull();
    http->releaseSocket();
    m_http.remove(http);
    http->deleteLater();

    m_webSockets.insert(connection->id(), connection);
    connect(connection, &WebSocketConnection::gone, this,
            [this, connection] { onWebSocketGone(connection); });
    report(SocketUpgraded{connection->peer().address});
    if (full) {
        connection->close(CloseCode::TryLater, u"the daemon is full"_s);
        return;
    }
    announce(connection);
    connection->start();
}

void IoWorker::announce(WebSocketConnection *connection)
{
    const ConnectionId id = connection->id();
    connect(connection, &WebSocketConnection::frameReceived, this, [this, id](const ReceivedFrame &frame) {
        report(FrameCame{id, frame});
    });
    connect(connection, &WebSocketConnection::writeDrained, this, [this, id] { report(WriteDrained{id}); });
    connect(connection, &WebSocketConnection::closing, this, [this, connection] {
        leaveChannels(connection);
        report(WebSocketClosed{connection->id()});
    });
    report(WebSocketOpened{id, connection->peer()});
}

void IoWorker::onRequest(HttpConnection *http, const HttpRequest &request)
{
    const ExchangeId id = nextId();
    m_exchanges.insert(id, http);
    report(RequestCame{id, request});
}

void IoWorker::onHttpGone(HttpConnection *http)
{
    m_http.remove(http);
    m_upgrading.removeIf([http](const auto &entry) { return entry.value() == http; });
    m_exchanges.removeIf([http](const auto &entry) { return entry.value() == http; });
    report(SocketGone{http->peer().address, false});
    http->deleteLater();
}

void IoWorker::onWebSocketGone(WebSocketConnection *connection)
{
    m_webSockets.remove(connection->id());
    m_dirty.remove(connection);
    report(SocketGone{connection->peer().address, true});
    connection->deleteLater();
}

void IoWorker::leaveChannels(WebSocketConnection *connection)
{
    for (const ChannelId id : std::as_const(connection->channels)) {
        const auto channel = m_channels.find(id);
        channel->removeOne(connection);
        if (channel->isEmpty())
            m_channels.erase(channel);
    }
    connection->channels.clear();
}

WebSocketConnection *IoWorker::find(ConnectionId id) const
{
    WebSocketConnection *connection = m_webSockets.value(id);
    return connection && !connection->isClosing() ? connection : nullptr;
}

void IoWorker::append(WebSocketConnection *connection, const QByteArray &wsFrames)
{
    if (connection->append(wsFrames))
        markDirty(connection);
}

void IoWorker::markDirty(WebSocketConnection *connection)
{
    if (m_dirty.isEmpty()) // one write per member for all batches that have come by then
        QMetaObject::invokeMethod(this, &IoWorker::flush, Qt::QueuedConnection);
    m_dirty.insert(connection);
}

void IoWorker::flush()
{
    const auto dirty = std::exchange(m_dirty, {});
    for (WebSocketConnection *connection : dirty)
        connection->flush();
}

void IoWorker::sweep()
{
    const MonoTime now = m_clock.monotonic();
    const auto webSockets = m_webSockets.values();
    for (WebSocketConnection *connection : webSockets)
        connection->sweep(now);
    const auto http = m_http.values();
    for (HttpConnection *connection : http)
        connection->sweep(now);
}

void IoWorker::report(IoEvent event)
{
    if (m_events.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT happened(std::exchange(m_events, {})); }, Qt::QueuedConnection);
    }
    m_events.append(std::move(event));
}

} // namespace Synchat
