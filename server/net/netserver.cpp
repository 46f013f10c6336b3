// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/netserver.h"

#include "server/net/epolldispatcher.h"
#include "server/net/ioworker.h"
#include "server/net/listener.h"
#include "server/net/wsframe.h"

#include <QThread>
#include <QTimer>

#include <vector>

namespace Synchat {

namespace {

/// Broadcasts that follow each other are put together up to this size.
constexpr qsizetype MaxJoinedBytes = 256 * 1024;

} // namespace

QByteArray HttpRequest::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

struct NetServer::Private
{
    struct Worker
    {
        std::unique_ptr<QThread> thread;
        IoWorker *worker = nullptr; ///< deletes itself when its thread ends
        QList<IoCommand> commands;  ///< not handed over yet
    };

    Private(NetServer &server, const Clock &usedClock, NetConfig usedConfig);
    ~Private();

    /// To the worker that gave out `id`.
    void post(quint64 id, IoCommand command);
    void postToAll(const IoCommand &command);
    void postBroadcast(const Broadcast &command);
    void handOver();
    void handOverLater();

    void handle(const WebSocketOpened &event) { Q_EMIT q.connectionOpened(event.connection, event.peer); }
    void handle(const FrameCame &event) { Q_EMIT q.frameReceived(event.connection, event.frame); }
    void handle(const WriteDrained &event) { Q_EMIT q.connectionDrained(event.connection); }
    void handle(const WebSocketClosed &event) { Q_EMIT q.connectionClosed(event.connection); }
    void handle(const RequestCame &event) { Q_EMIT q.requestReceived(event.exchange, event.request); }
    void handle(const SocketUpgraded &event) { listener.upgraded(event.peer); }
    void handle(const SocketGone &event);
    void finishDrain();

    NetServer &q;
    const NetConfig config;
    Listener listener;
    std::vector<Worker> workers;
    size_t nextWorker = 0;
    bool handOverPosted = false;
    bool draining = false;
    QTimer drainTimer;
};

NetServer::Private::Private(NetServer &server, const Clock &usedClock, NetConfig usedConfig)
    : q(server)
    , config(std::move(usedConfig))
    , listener(usedClock, config)
{
    // GLib's dispatcher costs 5 to 20 x with many sockets; Qt looks at this when a thread starts.
    qputenv("QT_NO_THREADED_GLIB", "1");
    workers.resize(static_cast<size_t>(qMax(1, config.ioThreads)));
    for (quint64 index = 0; index < workers.size(); ++index) {
        Worker &each = workers[index];
        each.thread = std::make_unique<QThread>();
        if (config.epollDispatcher) {
            if (auto dispatcher = makeEpollDispatcher())
                each.thread->setEventDispatcher(dispatcher.release()); // the thread owns it
        }
        each.thread->setObjectName(QStringLiteral("io-%1").arg(index));
        each.worker = new IoWorker(index, workers.size(), usedClock, config);
        each.worker->moveToThread(each.thread.get());
        connect(each.thread.get(), &QThread::started, each.worker, &IoWorker::start);
        connect(each.thread.get(), &QThread::finished, each.worker, &QObject::deleteLater);
        connect(each.worker, &IoWorker::happened, &q, [this](const QList<IoEvent> &events) {
            for (const IoEvent &event : events)
                std::visit([this](const auto &one) { handle(one); }, event);
        });
        each.thread->start();
    }
    connect(&listener, &Listener::accepted, &q, [this](const TakeSocket &socket) {
        post(nextWorker, socket);
        nextWorker = (nextWorker + 1) % workers.size();
    });
    drainTimer.setSingleShot(true);
    connect(&drainTimer, &QTimer::timeout, &q, [this] {
        postToAll(CutAll{});
        finishDrain();
    });
}

NetServer::Private::~Private()
{
    listener.close();
    for (Worker &each : workers)
        each.thread->quit();
    for (Worker &each : workers)
        each.thread->wait();
}

void NetServer::Private::post(quint64 id, IoCommand command)
{
    workers[id % workers.size()].commands.append(std::move(command));
    handOverLater();
}

void NetServer::Private::postToAll(const IoCommand &command)
{
    for (Worker &each : workers)
        each.commands.append(command);
    handOverLater();
}

void NetServer::Private::postBroadcast(const Broadcast &command)
{
    for (Worker &each : workers) {
        auto *last = each.commands.isEmpty() ? nullptr : std::get_if<Broadcast>(&each.commands.last());
        if (last && last->channel == command.channel && last->except == command.except &&
            last->wsFrames.size() < MaxJoinedBytes)
            last->wsFrames.append(command.wsFrames);
        else
            each.commands.append(command);
    }
    handOverLater();
}

void NetServer::Private::handOverLater()
{
    if (std::exchange(handOverPosted, true))
        return;
    QMetaObject::invokeMethod(
        &q, [this] { handOver(); }, Qt::QueuedConnection);
}

void NetServer::Private::handOver()
{
    handOverPosted = false;
    for (Worker &each : workers) {
        if (each.commands.isEmpty())
            continue;
        QMetaObject::invokeMethod(
            each.worker,
            [worker = each.worker, commands = std::exchange(each.commands, {})] {
                worker->execute(commands);
            },
            Qt::QueuedConnection);
    }
}

void NetServer::Private::handle(const SocketGone &event)
{
    listener.gone(event.peer, event.wasUpgraded);
    if (draining && listener.connectionCount() == 0)
        finishDrain();
}

void NetServer::Private::finishDrain()
{
    if (!std::exchange(draining, false))
        return;
    drainTimer.stop();
    Q_EMIT q.drained();
}

NetServer::NetServer(const Clock &clock, NetConfig config, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, clock, std::move(config)))
{}

NetServer::~NetServer() = default;

bool NetServer::listen()
{
    return d->listener.listen(d->config.address, d->config.port);
}

QString NetServer::errorString() const
{
    return d->listener.errorString();
}

quint16 NetServer::port() const
{
    return d->listener.serverPort();
}

QHostAddress NetServer::address() const
{
    return d->listener.serverAddress();
}

int NetServer::connectionCount() const
{
    return d->listener.connectionCount();
}

void NetServer::send(ConnectionId connection, const QByteArray &json)
{
    d->post(connection, SendFrame{connection, makeWsFrame(WsOpcode::Text, json)});
}

void NetServer::subscribe(ConnectionId connection, ChannelId channel)
{
    d->post(connection, Subscribe{connection, channel});
}

void NetServer::unsubscribe(ConnectionId connection, ChannelId channel)
{
    d->post(connection, Unsubscribe{connection, channel});
}

void NetServer::broadcast(ChannelId channel, const QByteArray &json)
{
    broadcastExcept(channel, 0, json);
}

void NetServer::broadcastExcept(ChannelId channel, ConnectionId except, const QByteArray &json)
{
    d->postBroadcast({channel, except, makeWsFrame(WsOpcode::Text, json)});
}

void NetServer::closeConnection(ConnectionId connection, quint16 closeCode, const QString &reason)
{
    d->post(connection, CloseWebSocket{connection, closeCode, reason});
}

void NetServer::markGreeted(ConnectionId connection)
{
    d->post(connection, MarkGreeted{connection});
}

void NetServer::frameHandled(ConnectionId connection)
{
    d->post(connection, FrameHandled{connection});
}

void NetServer::notifyDrained(ConnectionId connection)
{
    d->post(connection, NotifyDrained{connection});
}

void NetServer::respond(ExchangeId exchange, const HttpResponse &response)
{
    d->post(exchange, Respond{exchange, response});
}

void NetServer::stopListening()
{
    d->listener.close();
    d->listener.turnAwayWaiting();
}

void NetServer::drain(const QString &reason, std::chrono::milliseconds timeout)
{
    stopListening();
    d->draining = true;
    d->postToAll(Drain{reason});
    d->drainTimer.start(timeout);
    if (connectionCount() == 0)
        QMetaObject::invokeMethod(
            this, [this] { d->finishDrain(); }, Qt::QueuedConnection);
}

} // namespace Synchat
