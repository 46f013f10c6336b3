// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/ui/scripteddaemon.h"

#include "common/clock.h"
#include "common/searchquery.h"
#include "common/timestamp.h"

#include <QWebSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

ScriptedDaemon::ScriptedDaemon(QObject *parent)
    : QObject(parent)
    , m_server(u"scripted"_s, QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols({u"synchat.v1"_s});
    connect(&m_server, &QWebSocketServer::newConnection, this, &ScriptedDaemon::accept);
    m_server.listen(QHostAddress::LocalHost);
    m_port = m_server.serverPort();
    addRoom(u"general"_s);
}

ScriptedDaemon::~ScriptedDaemon()
{
    goAway();
}

QUrl ScriptedDaemon::url() const
{
    return QUrl(u"ws://127.0.0.1:%1"_s.arg(m_port));
}

void ScriptedDaemon::addRoom(const QString &room, const QString &title)
{
    m_rooms[room].info = {room, title, false, 0, 0, u"epoch-"_s + room};
    QList<RoomInfo> infos;
    for (const Room &one : std::as_const(m_rooms))
        infos.append(one.info);
    sendToAll(RoomListFrame{infos});
}

WireMicros ScriptedDaemon::now() const
{
    return toWire(SystemClock().now()) + m_ahead;
}

Stamps ScriptedDaemon::stampsNow() const
{
    Stamps stamps;
    const WireMicros t = now();
    const StampState state = m_unsynced ? StampState::Unsynced : StampState::Ok;
    const OptionalMicros bound = m_unsynced ? std::nullopt : OptionalMicros(500);
    stamps.local = {t, 0, bound, state, false, u"boot"_s};
    stamps.ntp = {t, bound, 1000000, state, m_unsynced ? u"self"_s : u"ntp.example"_s};
    stamps.best = {t, bound, state};
    return stamps;
}

Message ScriptedDaemon::say(const QString &room, const QString &name, const QString &text)
{
    Message message;
    message.room = room;
    message.id = QUuid::createUuid();
    message.from = {u"u-"_s + name, name};
    message.text = text;
    message.stamps = stampsNow();
    message.stamps.live = {message.stamps.local.t, -2000, 900, StampState::Ok, ProbePath::Udp, false};
    store(message);
    return m_rooms[room].messages.constLast();
}

void ScriptedDaemon::store(Message message)
{
    Room &room = m_rooms[message.room];
    message.seq = room.messages.size() + 1;
    room.messages.append(message);
    room.info.lastSeq = message.seq;
    for (auto peer = m_peers.begin(); peer != m_peers.end(); ++peer) {
        if (peer->rooms.contains(message.room))
            send(peer.key(), message);
    }
}

void ScriptedDaemon::setMembers(const QString &room, const QList<Author> &members)
{
    m_rooms[room].members = members;
}

void ScriptedDaemon::sendToAll(const ServerFrame &frame)
{
    for (auto peer = m_peers.begin(); peer != m_peers.end(); ++peer)
        send(peer.key(), frame);
}

void ScriptedDaemon::holdPosts(bool hold)
{
    m_hold = hold;
    if (hold)
        return;
    for (const Message &message : std::exchange(m_held, {}))
        store(message);
}

void ScriptedDaemon::goAway()
{
    m_server.close();
    const QList<QWebSocket *> sockets = m_peers.keys();
    m_peers.clear();
    for (QWebSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void ScriptedDaemon::comeBack()
{
    m_server.listen(QHostAddress::LocalHost, m_port);
}

void ScriptedDaemon::accept()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        m_peers.insert(socket, {});
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) { take(socket, text); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_peers.remove(socket);
            socket->deleteLater();
        });
    }
}

void ScriptedDaemon::send(QWebSocket *socket, const ServerFrame &frame, const QString &ref)
{
    socket->sendTextMessage(QString::fromUtf8(encodeServerFrame(frame, ref)));
}

void ScriptedDaemon::take(QWebSocket *socket, const QString &text)
{
    const auto frame = parseClientFrame(text.toUtf8());
    if (frame)
        answer(socket, frame->frame, frame->ref);
    else
        send(socket, ErrorFrame{frame.error().code, frame.error().message, {}, {}}, frame.error().ref);
}

void ScriptedDaemon::answer(QWebSocket *socket, const ClientFrame &frame, const QString &ref)
{
    if (const auto *hello = std::get_if<HelloFrame>(&frame)) {
        m_peers[socket].person = {u"u-"_s + hello->name.text(), hello->name.text()};
        WelcomeFrame welcome;
        welcome.userId = m_peers[socket].person.id;
        welcome.userName = m_peers[socket].person.name;
        welcome.serverName = u"scripted"_s;
        send(socket, welcome, ref);
    } else if (std::holds_alternative<RoomsFrame>(frame)) {
        QList<RoomInfo> infos;
        for (const Room &room : std::as_const(m_rooms))
            infos.append(room.info);
        send(socket, RoomListFrame{infos}, ref);
    } else if (const auto *create = std::get_if<CreateFrame>(&frame)) {
        addRoom(create->room.text(), create->title);
        join(socket, {create->room, {}, {}, {}}, ref);
    } else if (const auto *wanted = std::get_if<JoinFrame>(&frame)) {
        join(socket, *wanted, ref);
    } else if (const auto *leave = std::get_if<LeaveFrame>(&frame)) {
        m_peers[socket].rooms.removeAll(leave->room.text());
        send(socket, LeftFrame{leave->room.text()}, ref);
    } else if (const auto *posted = std::get_if<PostFrame>(&frame)) {
        post(socket, *posted);
    } else if (const auto *history = std::get_if<HistoryFrame>(&frame)) {
        showHistory(socket, *history, ref);
    } else if (const auto *wantedWords = std::get_if<SearchFrame>(&frame)) {
        search(socket, *wantedWords, ref);
    } else if (const auto *time = std::get_if<TimeFrame>(&frame)) {
        const WireMicros t = now();
        const bool unsynced = m_unsynced;
        send(socket,
             TimeReplyFrame{time->t1, t, t, 0, unsynced ? std::nullopt : OptionalMicros(500),
                            unsynced ? StampState::Unsynced : StampState::Ok, m_fault},
             ref);
    }
}

void ScriptedDaemon::showHistory(QWebSocket *socket, const HistoryFrame &frame, const QString &ref)
{
    if (m_holdHistory)
        return;
    const Room &room = m_rooms[frame.room.text()];
    HistoryPage answer = page(room, 0);
    const auto from =
        std::find_if(answer.messages.begin(), answer.messages.end(), [&frame](const auto &message) {
            const qint64 value =
                frame.anchor == HistoryAnchor::At ? message.stamps.best.t.value_or(0) : message.seq;
            return frame.anchor == HistoryAnchor::After ? value > frame.value : value >= frame.value;
        });
    const qsizetype at = from - answer.messages.begin();
    const qsizetype count = answer.messages.size();
    qsizetype first = at; // after
    if (frame.anchor == HistoryAnchor::Newest)
        first = count - frame.limit;
    else if (frame.anchor == HistoryAnchor::Before)
        first = at - frame.limit;
    else if (frame.anchor != HistoryAnchor::After)
        first = std::min(at, count) - frame.limit / 2;
    const qsizetype end = frame.anchor == HistoryAnchor::Before ? at : first + frame.limit;
    first = std::max<qsizetype>(first, 0);
    answer.messages = answer.messages.mid(first, std::max<qsizetype>(end - first, 0));
    answer.complete = frame.anchor == HistoryAnchor::After ? end >= count : first == 0;
    send(socket, answer, ref);
}

void ScriptedDaemon::search(QWebSocket *socket, const SearchFrame &frame, const QString &ref)
{
    m_searches.append(frame);
    if (m_searchError) {
        send(socket, *m_searchError, ref);
        return;
    }
    if (m_endsSearchesEarly) {
        send(socket, FoundFrame{{}, frame.cursor.isEmpty() ? u"0"_s : frame.cursor}, ref);
        return;
    }
    const auto query = SearchQuery::parse(frame.query);
    FoundFrame found;
    qsizetype passed = 0;
    for (const Room &room : std::as_const(m_rooms)) {
        if (frame.room && frame.room->text() != room.info.room)
            continue;
        for (qsizetype i = room.messages.size() - 1; i >= 0; --i) {
            const Message &message = room.messages.at(i);
            if (!query->matches(message.text) || (!frame.from.isEmpty() && frame.from != message.from.name))
                continue;
            if (++passed > frame.cursor.toLongLong() && found.messages.size() < frame.limit)
                found.messages.append(message);
        }
    }
    const qsizetype end = frame.cursor.toLongLong() + found.messages.size();
    found.cursor = end < passed ? QString::number(end) : QString();
    send(socket, found, ref);
}

void ScriptedDaemon::setTime(const QString &room, qint64 seq, WireMicros time)
{
    Message &message = m_rooms[room].messages[seq - 1];
    message.stamps.best.t = time;
    message.stamps.local.t = time;
}

HistoryPage ScriptedDaemon::page(const Room &room, qint64 after) const
{
    HistoryPage page{
        room.info.room, room.info.epoch, {}, room.messages.isEmpty() ? 0 : 1, room.info.lastSeq, true};
    for (const Message &message : room.messages) {
        if (message.seq > after)
            page.messages.append(message);
    }
    return page;
}

void ScriptedDaemon::join(QWebSocket *socket, const JoinFrame &frame, const QString &ref)
{
    const QString name = frame.room.text();
    if (!m_rooms.contains(name)) {
        send(socket, ErrorFrame{ErrorCode::RoomUnknown, u"There is no such room."_s, {}, {}}, ref);
        return;
    }
    const Room &room = m_rooms[name];
    m_peers[socket].rooms.append(name);
    QList<Author> members = room.members;
    members.append(m_peers[socket].person);
    send(socket,
         JoinedFrame{name, room.info.title, false, room.info.epoch, room.messages.isEmpty() ? 0 : 1,
                     room.info.lastSeq, members, false},
         ref);
    if (frame.after)
        send(socket, page(room, *frame.after));
}

void ScriptedDaemon::post(QWebSocket *socket, const PostFrame &frame)
{
    m_posted.append(frame.text);
    const QString id = frame.id.toString(QUuid::WithoutBraces);
    if (m_refusal) {
        send(socket, ErrorFrame{*m_refusal, u"It could not be stored."_s, id, {}});
        return;
    }
    Message message;
    message.room = frame.room.text();
    message.id = frame.id;
    message.from = m_peers[socket].person;
    message.text = frame.text;
    message.replyTo = frame.replyTo;
    message.stamps = stampsNow();
    message.stamps.live = frame.live;
    if (m_hold)
        m_held.append(message);
    else
        store(message);
}

} // namespace Synchat
