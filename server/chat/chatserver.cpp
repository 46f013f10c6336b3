// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/chatserver.h"

#include "server/chat/boundedframes.h"
#include "server/chat/chatstate.h"
#include "server/chat/clocksdesk.h"
#include "server/chat/greeting.h"
#include "server/chat/pagedesk.h"
#include "server/chat/postdesk.h"
#include "server/chat/refusals.h"
#include "server/chat/roomdesk.h"
#include "server/chat/searchrules.h"

namespace Synchat {
namespace {

template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

struct ChatServer::Private
{
    Private(const Clock &clock, ChatConfig config, NetServer &net, History &history)
        : state{.clock = clock, .config = std::move(config), .net = net, .history = history}
        , posts(state)
        , pages(state)
        , clocks(state)
        , roomDesk(state, pages, clocks)
    {
        for (const StoredRoom &room : history.rooms())
            state.rooms.add(room);
    }

    void open(ConnectionId connection);
    void close(ConnectionId connection);
    void receive(ConnectionId connection, const ReceivedFrame &received);
    void take(ConnectionId connection, Session &session, const ParsedClientFrame &parsed,
              const ClockReading &receivedAt);
    bool takeBeforeHello(ConnectionId connection, Session &session, const ReceivedFrame &received);
    void greet(ConnectionId connection, Session &session, const HelloFrame &hello, const QString &ref);
    void tellTime(ConnectionId connection, const TimeFrame &frame, const ClockReading &receivedAt,
                  const QString &ref);

    void settle(ChatServer &chat);

    ChatState state;
    PostDesk posts;
    PageDesk pages;
    ClocksDesk clocks;
    RoomDesk roomDesk;
    std::optional<quint16> ntpPort;
    std::optional<QString> publicKey;
    bool settled = false;
};

void ChatServer::Private::open(ConnectionId connection)
{
    state.sessions.try_emplace(connection);
}

void ChatServer::Private::close(ConnectionId connection)
{
    Session *const session = state.session(connection);
    if (!session)
        return;
    pages.forget(connection);
    roomDesk.leaveAll(connection, *session);
    if (!session->userId().isEmpty())
        state.people.leave(session->userId());
    state.sessions.erase(connection);
}

void ChatServer::Private::receive(ConnectionId connection, const ReceivedFrame &received)
{
    Session *const session = state.session(connection);
    if (!session || session->phase() == Session::Phase::Closing ||
        takeBeforeHello(connection, *session, received)) {
        state.net.frameHandled(connection);
        return;
    }
    if (received.frame) {
        take(connection, *session, *received.frame, received.receivedAt);
        return;
    }
    const FrameRefusal &refusal = received.frame.error();
    state.refuse(connection, toErrorFrame(refusal), refusal.ref);
    state.net.frameHandled(connection);
}

/// False: the connection has been greeted before.
bool ChatServer::Private::takeBeforeHello(ConnectionId connection, Session &session,
                                          const ReceivedFrame &received)
{
    if (session.phase() != Session::Phase::Unknown)
        return false;
    if (!received.frame) {
        const FrameRefusal &refusal = received.frame.error();
        const ErrorFrame error = refusalBeforeHello(refusal);
        if (isRefusedHello(refusal))
            state.refuseAndClose(connection, error, refusal.ref);
        else
            state.refuse(connection, error, refusal.ref);
        return true;
    }
    if (const auto *const hello = std::get_if<HelloFrame>(&received.frame->frame))
        greet(connection, session, *hello, received.frame->ref);
    else
        state.refuse(connection, refusalBeforeHello(received.frame->frame), received.frame->ref);
    return true;
}

void ChatServer::Private::greet(ConnectionId connection, Session &session, const HelloFrame &hello,
                                const QString &ref)
{
    const Result<Greeting, ErrorFrame> greeting =
        decideGreeting(hello, state.people, state.history.secret(), *QRandomGenerator::system());
    if (!greeting) {
        state.refuseAndClose(connection, greeting.error(), ref);
        return;
    }
    const bool renamed = state.people.enter(greeting->userId, hello.name);
    session.greet(greeting->userId);
    state.net.markGreeted(connection);
    WelcomeFrame welcome;
    welcome.userId = greeting->userId;
    welcome.userName = hello.name.text();
    welcome.serverName = state.config.serverName;
    welcome.serverVersion = QStringLiteral(SYNCHAT_VERSION);
    welcome.ratePerSecond = state.config.ratePerSecond;
    welcome.ntpPort = ntpPort;
    welcome.token = greeting->token;
    welcome.key = publicKey;
    state.send(connection, welcome, ref);
    if (renamed)
        roomDesk.tellNewName(connection, greeting->userId);
}

void ChatServer::Private::take(ConnectionId connection, Session &session, const ParsedClientFrame &parsed,
                               const ClockReading &receivedAt)
{
    const QString &ref = parsed.ref;
    bool isHandled = true; // the others answer for frameHandled themselves, when the answer is there
    std::visit(Overloaded{
                   [&](const HelloFrame &) { state.refuse(connection, Refusals::helloTwice(), ref); },
                   [&](const RoomsFrame &) {
                       state.sendBytes(connection, encodeRoomList(state.rooms.infos(), ref));
                   },
                   [&](const CreateFrame &frame) {
                       isHandled = false;
                       roomDesk.create(connection, session, frame, ref);
                   },
                   [&](const JoinFrame &frame) { roomDesk.join(connection, session, frame, ref); },
                   [&](const LeaveFrame &frame) { roomDesk.leave(connection, session, frame, ref); },
                   [&](const PostFrame &frame) {
                       isHandled = false;
                       posts.post(connection, session, frame, ref);
                   },
                   [&](const HistoryFrame &frame) {
                       isHandled = false;
                       pages.readHistory(connection, session, frame, ref);
                   },
                   [&](const SearchFrame &frame) {
                       isHandled = false;
                       pages.search(connection, session, frame, ref);
                   },
                   [&](const TimeFrame &frame) { tellTime(connection, frame, receivedAt, ref); },
                   [&](const ClockFrame &frame) { clocks.report(session, frame.clock); },
                   [&](const TypingFrame &frame) { roomDesk.type(connection, session, frame, ref); },
               },
               parsed.frame);
    if (isHandled)
        state.net.frameHandled(connection);
}

void ChatServer::Private::tellTime(ConnectionId connection, const TimeFrame &frame,
                                   const ClockReading &receivedAt, const QString &ref)
{
    const LocalStamp local = stampsAt(*state.snapshot, receivedAt).local;
    TimeReplyFrame reply;
    reply.t1 = frame.t1;
    reply.t2 = toWire(receivedAt.wall);
    reply.offset = local.offset;
    reply.bound = local.bound;
    reply.state = local.state;
    reply.fault = local.fault;
    // On the line of the first reading, whose offset is told beside: a second one of a clock that jitters
    // or is stepped would not fit.
    reply.t3 = toWire(receivedAt.wallAt(state.clock.monotonic()));
    state.send(connection, reply, ref);
}

void ChatServer::Private::settle(ChatServer &chat)
{
    if (!state.stopping || settled || !posts.isIdle())
        return;
    settled = true;
    Q_EMIT chat.allSettled();
}

ChatServer::ChatServer(const Clock &clock, ChatConfig config, NetServer &net, History &history,
                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock, std::move(config), net, history))
{
    connect(&net, &NetServer::connectionOpened, this,
            [this](ConnectionId connection) { d->open(connection); });
    connect(&net, &NetServer::connectionClosed, this,
            [this](ConnectionId connection) { d->close(connection); });
    connect(&net, &NetServer::frameReceived, this,
            [this](ConnectionId connection, const ReceivedFrame &frame) { d->receive(connection, frame); });
    connect(&history, &History::frontCut, this, [this](qint64 number, qint64 firstSeq) {
        if (Room *const room = d->state.rooms.find(number))
            room->cutFront(firstSeq);
    });
    connect(&d->posts, &PostDesk::accepted, this, &ChatServer::postAccepted);
    connect(&d->posts, &PostDesk::becameIdle, this, [this] { d->settle(*this); });
}

ChatServer::~ChatServer() = default;

void ChatServer::setNtpPort(std::optional<quint16> port)
{
    d->ntpPort = port;
}

void ChatServer::setPublicKey(const QString &base64)
{
    d->publicKey = base64;
}

void ChatServer::setSnapshot(const SharedSnapshot &snapshot)
{
    if (snapshot)
        d->state.snapshot = snapshot;
}

QList<RoomInfo> ChatServer::publicRooms() const
{
    return d->state.rooms.infos();
}

std::optional<RoomInfo> ChatServer::publicRoom(const QString &name) const
{
    const Room *const room = std::as_const(d->state.rooms).find(name);
    return room ? std::optional(room->info()) : std::nullopt;
}

std::optional<qint64> ChatServer::publicRoomNumber(const QString &name) const
{
    const Room *const room = std::as_const(d->state.rooms).find(name);
    return room ? std::optional(room->number()) : std::nullopt;
}

QList<SearchedRoom> ChatServer::searchedRooms(const Search &search) const
{
    return searchedPublicRooms(search, d->state.rooms);
}

void ChatServer::beginStop()
{
    if (std::exchange(d->state.stopping, true))
        return;
    // not inside the call: who stops may not be ready for the answer
    QMetaObject::invokeMethod(
        this, [this] { d->settle(*this); }, Qt::QueuedConnection);
}

} // namespace Synchat
