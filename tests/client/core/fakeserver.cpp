// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/core/fakeserver.h"

#include <QWebSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

Message testMessage(qint64 seq, const QString &text, const Author &from, const QUuid &id)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    message.id = id;
    message.from = from;
    message.text = text;
    message.stamps.best = {1'764'000'000'000'000 + seq, 1000, StampState::Ok};
    message.stamps.local = {1'764'000'000'000'000 + seq, 0, 1000, StampState::Ok, false, u"b1"_s};
    return message;
}

FakeServer::FakeServer()
    : m_server(u"fake"_s, QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols({u"synchat.v1"_s});
    connect(&m_server, &QWebSocketServer::newConnection, this, &FakeServer::accept);
    listen();
}

FakeServer::~FakeServer()
{
    close();
}

bool FakeServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port);
}

void FakeServer::close()
{
    m_server.close();
    cutAll();
}

QUrl FakeServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

void FakeServer::accept()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        m_sockets.append(socket);
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) { take(socket, text); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_sockets.removeAll(socket);
            m_joined.remove(socket);
            m_users.remove(socket);
            socket->deleteLater();
        });
    }
}

void FakeServer::take(QWebSocket *socket, const QString &text)
{
    const auto parsed = parseClientFrame(text.toUtf8());
    if (!parsed) {
        qCritical() << "the client sent a frame that makes no sense:" << text << parsed.error().message;
        return;
    }
    received.append(*parsed);
    if (hook && hook(socket, *parsed))
        return;
    const QString &ref = parsed->ref;
    if (const auto *hello = std::get_if<HelloFrame>(&parsed->frame))
        greet(socket, *hello);
    else if (std::holds_alternative<RoomsFrame>(parsed->frame))
        send(socket, RoomListFrame{{{u"general"_s, u"All"_s, false, 1, history.size(), epoch}}}, ref);
    else if (const auto *join = std::get_if<JoinFrame>(&parsed->frame))
        takeJoin(socket, *join, ref);
    else if (const auto *post = std::get_if<PostFrame>(&parsed->frame))
        takePost(socket, *post);
    else if (const auto *request = std::get_if<HistoryFrame>(&parsed->frame))
        send(socket, page(*request), ref);
    else if (const auto *leave = std::get_if<LeaveFrame>(&parsed->frame)) {
        m_joined.remove(socket);
        send(socket, LeftFrame{leave->room.text()}, ref);
    }
}

void FakeServer::greet(QWebSocket *socket, const HelloFrame &hello)
{
    ++hellos;
    if (!answersHello)
        return;
    QString token = hello.token.value_or(QString());
    if (!m_tokens.contains(token)) {
        token = u"token-%1"_s.arg(m_tokens.size() + 1);
        m_tokens.insert(token, {u"u%1"_s.arg(m_tokens.size() + 1), hello.name.text()});
    }
    const Author user = m_tokens.value(token);
    m_users.insert(socket, user);
    WelcomeFrame welcome;
    welcome.userId = user.id;
    welcome.userName = user.name;
    welcome.serverName = u"fake"_s;
    welcome.serverVersion = u"1"_s;
    welcome.ratePerSecond = ratePerSecond;
    welcome.token = token;
    send(socket, welcome);
}

void FakeServer::takeJoin(QWebSocket *socket, const JoinFrame &join, const QString &ref)
{
    if (join.room.text() != u"general"_s) {
        send(socket, ErrorFrame{ErrorCode::RoomUnknown, u"There is no such room."_s, {}, {}}, ref);
        return;
    }
    const qint64 last = history.isEmpty() ? 0 : history.last().seq;
    const bool reset = join.after && ((join.epoch && *join.epoch != epoch) || *join.after > last);
    JoinedFrame joined{
        u"general"_s, u"All"_s,         false, epoch, history.isEmpty() ? 0 : history.first().seq,
        last,         {userOf(socket)}, reset};
    send(socket, joined, ref);
    m_joined.insert(socket);
    if (!join.after)
        return;
    qint64 after = reset ? 0 : *join.after;
    for (bool complete = false; !complete;) {
        const HistoryPage next = page({join.room, HistoryAnchor::After, after, pageLimit});
        send(socket, next);
        complete = next.complete;
        after = next.messages.isEmpty() ? after : next.messages.last().seq;
    }
}

void FakeServer::takePost(QWebSocket *socket, const PostFrame &post)
{
    const Author user = userOf(socket);
    for (const Message &message : std::as_const(history)) {
        if (message.id == post.id && message.from.id == user.id) {
            send(socket, message);
            return;
        }
    }
    Message message = testMessage(history.size() + 1, post.text, user, post.id);
    message.stamps.live = post.live;
    message.seen = post.seen;
    message.replyTo = post.replyTo;
    history.append(message);
    if (broadcasts)
        sendAll(message);
}

HistoryPage FakeServer::page(const HistoryFrame &request) const
{
    HistoryPage page;
    page.room = u"general"_s;
    page.epoch = epoch;
    page.firstSeq = history.isEmpty() ? 0 : history.first().seq;
    page.lastSeq = history.isEmpty() ? 0 : history.last().seq;
    const int limit = std::min(request.limit, pageLimit);
    if (request.anchor == HistoryAnchor::Around || request.anchor == HistoryAnchor::At) {
        const auto place = std::find_if(history.begin(), history.end(), [&request](const Message &message) {
            return (request.anchor == HistoryAnchor::At ? message.stamps.best.t.value_or(0) : message.seq) >=
                   request.value;
        });
        const qsizetype middle = place - history.begin();
        page.messages = history.mid(std::max<qsizetype>(middle - limit / 2, 0), limit);
        return page;
    }
    for (const Message &message : history) {
        const bool inside = request.anchor == HistoryAnchor::Newest ||
                            (request.anchor == HistoryAnchor::Before && message.seq < request.value) ||
                            (request.anchor == HistoryAnchor::After && message.seq > request.value);
        if (inside)
            page.messages.append(message);
    }
    page.complete = page.messages.size() <= limit;
    page.messages = request.anchor == HistoryAnchor::After
                        ? page.messages.mid(0, limit)
                        : page.messages.mid(std::max<qsizetype>(page.messages.size() - limit, 0));
    return page;
}

Message FakeServer::say(const QString &text, const QUuid &id, const Author &from)
{
    const qint64 seq = history.isEmpty() ? 1 : history.last().seq + 1;
    const Message message =
        testMessage(seq, text, from.id.isEmpty() ? Author{u"other"_s, u"bea"_s} : from, id);
    history.append(message);
    if (broadcasts)
        sendAll(message);
    return message;
}

void FakeServer::fill(int count)
{
    for (int i = 0; i < count; ++i)
        say(u"message %1"_s.arg(i + 1));
}

void FakeServer::send(QWebSocket *socket, const ServerFrame &frame, const QString &ref)
{
    socket->sendTextMessage(QString::fromUtf8(encodeServerFrame(frame, ref)));
}

void FakeServer::sendAll(const ServerFrame &frame)
{
    for (QWebSocket *socket : std::as_const(m_joined))
        send(socket, frame);
}

void FakeServer::sendRaw(const QString &text)
{
    for (QWebSocket *socket : std::as_const(m_sockets))
        socket->sendTextMessage(text);
}

void FakeServer::sendBinary(const QByteArray &bytes)
{
    for (QWebSocket *socket : std::as_const(m_sockets))
        socket->sendBinaryMessage(bytes);
}

void FakeServer::cutAll()
{
    const QList<QWebSocket *> sockets = m_sockets;
    for (QWebSocket *socket : sockets)
        socket->abort();
}

void FakeServer::closeAll(int code, const QString &reason)
{
    const QList<QWebSocket *> sockets = m_sockets;
    for (QWebSocket *socket : sockets)
        socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

} // namespace Synchat
