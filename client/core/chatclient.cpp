// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"

#include "client/core/chatclient_p.h"
#include "client/core/posttext.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::chrono::seconds SweepInterval{5};
constexpr Nanos AnswerTimeout = std::chrono::seconds(30);
constexpr double DefaultRetry = 2.0;

LinkConfig linkConfigOf(const ClientConfig &config)
{
    return {config.server, config.name, config.client, config.password, config.times, config.backoff};
}

} // namespace

ChatClient::Private::Private(ChatClient *owner, const Clock &theClock, ClientConfig theConfig)
    : q(owner)
    , clock(theClock)
    , config(std::move(theConfig))
    , state(config.stateDir, config.server, config.name)
    , link(theClock, linkConfigOf(config))
    , probe(theClock)
{
    pacing.setSingleShot(true);
    clockTimer.setSingleShot(true);
    sweeper.setInterval(SweepInterval);
}

void ChatClient::Private::connectParts()
{
    connect(&link, &ChatLink::changed, q, &ChatClient::linkChanged);
    connect(&link, &ChatLink::greeted, q, [this](const WelcomeFrame &frame) { takeWelcome(frame); });
    connect(&link, &ChatLink::lost, q, [this] { takeLoss(); });
    connect(&link, &ChatLink::tokenDropped, q, [this] { state.setToken({}); });
    connect(&link, &ChatLink::refused, q, &ChatClient::refused);
    connect(&link, &ChatLink::frameReceived, q,
            [this](const ServerFrame &frame, const QString &ref, const ClockReading &at) {
                takeFrame(frame, ref, at);
            });
    connect(&probe, &ClockProbe::timeFrameWanted, q, [this](const TimeFrame &frame) { link.send(frame); });
    connect(&probe, &ClockProbe::statusChanged, q, [this] { reportClock(); });
    connect(&clockTimer, &QTimer::timeout, q, [this] { reportClock(); });
    connect(&pacing, &QTimer::timeout, q, [this] { flush(); });
    connect(&sweeper, &QTimer::timeout, q, [this] { sweep(); });
    connect(&state, &ClientState::problemChanged, q, &ChatClient::storageProblemChanged);
}

void ChatClient::Private::takeWelcome(const WelcomeFrame &frame)
{
    welcome = frame;
    ++linkRun;
    if (frame.token)
        state.setToken(*frame.token);
    flow.setRate(frame.ratePerSecond, clock.monotonic());
    for (const auto &[name, room] : rooms)
        room->model->setPendingAuthor({frame.userId, frame.userName});
    sweeper.start();
    link.send(RoomsFrame{});
    for (const auto &[name, room] : rooms) {
        if (room->wanted)
            sendJoin(*room);
    }
    clockReport.forget();
    probe.start(link.peerAddress(), frame.ntpPort);
    Q_EMIT q->welcomed();
}

void ChatClient::Private::takeLoss()
{
    sweeper.stop();
    pacing.stop();
    probe.stop();
    flow.linkLost();
    const QHash<QString, Request> open = std::exchange(requests, {});
    const ErrorFrame lost{ErrorCode::Internal, tr("The connection was lost."), {}, std::nullopt};
    for (auto request = open.begin(); request != open.end(); ++request)
        giveUp(request.key(), *request, lost);
    for (const auto &[name, room] : rooms) {
        room->sync.linkLost();
        room->rejoined = false;
        room->createLost = room->createLost || (room->creating && room->createSent);
        room->createSent = false;
    }
}

void ChatClient::Private::takeFrame(const ServerFrame &frame, const QString &ref, const ClockReading &at)
{
    if (const auto *message = std::get_if<Message>(&frame))
        take(*message, at);
    else if (const auto *page = std::get_if<HistoryPage>(&frame))
        take(*page, ref);
    else if (const auto *joined = std::get_if<JoinedFrame>(&frame))
        take(*joined, ref);
    else if (const auto *left = std::get_if<LeftFrame>(&frame))
        take(*left);
    else if (const auto *list = std::get_if<RoomListFrame>(&frame))
        take(*list);
    else if (const auto *result = std::get_if<FoundFrame>(&frame))
        take(*result, ref);
    else if (const auto *presence = std::get_if<PresenceFrame>(&frame))
        take(*presence);
    else if (const auto *clocks = std::get_if<ClocksFrame>(&frame))
        take(*clocks);
    else if (const auto *reply = std::get_if<TimeReplyFrame>(&frame))
        probe.takeTimeReply(*reply, at);
    else if (const auto *error = std::get_if<ErrorFrame>(&frame))
        takeError(*error, ref);
}

void ChatClient::Private::takeError(const ErrorFrame &error, const QString &ref)
{
    if (!error.postId.isEmpty()) {
        takePostError(error);
        return;
    }
    if (requests.contains(ref)) {
        takeRequestError(ref, requests.take(ref), error);
        return;
    }
    Q_EMIT q->errorReceived(error);
}

/// What was never answered on a link that lives: asked again, or given up visibly.
void ChatClient::Private::sweep()
{
    const MonoTime now = clock.monotonic();
    QHash<QString, Request> overdue;
    for (auto it = requests.begin(); it != requests.end();) {
        if (now - it->sentAt < AnswerTimeout) {
            ++it;
            continue;
        }
        overdue.insert(it.key(), *it);
        it = requests.erase(it);
    }
    const ErrorFrame silent{ErrorCode::Internal, tr("The server did not answer."), {}, std::nullopt};
    for (auto request = overdue.cbegin(); request != overdue.cend(); ++request)
        dealWithSilence(request.key(), *request, silent);
    for (const auto &[name, room] : rooms) {
        if (room->sync.state() == RoomSync::State::CatchingUp && now - room->lastProgress >= AnswerTimeout) {
            room->lastProgress = now;
            perform(*room, room->sync.askAgain());
        }
    }
    flow.forgetStale(now);
    flush();
}

void ChatClient::Private::dealWithSilence(const QString &ref, const Request &request,
                                          const ErrorFrame &silent)
{
    const bool joining = request.kind == Request::Kind::Join || request.kind == Request::Kind::Create;
    ClientRoom *room = find(request.room);
    if (request.kind == Request::Kind::Sync)
        perform(*room, room->sync.askAgain());
    else if (!joining)
        giveUp(ref, request, silent);
    else if (room->wanted && !room->sync.isJoined())
        sendJoin(*room);
}

void ChatClient::Private::reportClock()
{
    const ClockStatus status = probe.status();
    const MonoTime now = clock.monotonic();
    if (link.state() != LinkState::Online || !clockReport.isNews(status, now))
        return;
    const Nanos wait = clockReport.waitTime(now);
    if (wait > Nanos(0)) {
        clockTimer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
        return;
    }
    clockReport.told(status, now);
    ClockFrame frame;
    frame.clock = probe.liveStamp();
    frame.clock.t.reset();
    link.send(frame);
}

void ChatClient::Private::noteStorage(const QString &problem)
{
    if (outboxProblem == problem)
        return;
    outboxProblem = problem;
    Q_EMIT q->storageProblemChanged();
}

QString ChatClient::Private::remember(Request request)
{
    request.sentAt = clock.monotonic();
    const QString ref = u'r' + QString::number(++lastRef);
    requests.insert(ref, request);
    return ref;
}

void ChatClient::Private::later(std::optional<double> seconds, const std::function<void()> &action)
{
    const double wait = std::clamp(seconds.value_or(DefaultRetry), 0.05, 600.0);
    QTimer::singleShot(std::chrono::milliseconds(static_cast<int>(wait * 1000)), q, action);
}

ChatClient::ChatClient(const Clock &clock, ClientConfig config, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, clock, std::move(config)))
{
    d->connectParts();
    d->link.setToken(d->state.token());
    d->loadOutbox();
}

ChatClient::~ChatClient()
{
    // Nothing of what is told while the parts go may reach us any more.
    d->link.disconnect(this);
    d->probe.disconnect(this);
    d->state.disconnect(this);
    d->link.stop();
}

void ChatClient::start()
{
    d->link.start();
}

void ChatClient::stop()
{
    d->link.stop();
    d->state.flush();
}

void ChatClient::reconnectNow()
{
    d->link.reconnectNow();
}

LinkState ChatClient::linkState() const
{
    return d->link.state();
}

QString ChatClient::linkSentence() const
{
    return d->link.sentence();
}

std::optional<int> ChatClient::roundTripMs() const
{
    return d->link.roundTripMs();
}

const std::optional<WelcomeFrame> &ChatClient::welcome() const
{
    return d->welcome;
}

QString ChatClient::userId() const
{
    return d->welcome ? d->welcome->userId : QString();
}

ClientConfig ChatClient::config() const
{
    return d->config;
}

QString ChatClient::storageProblem() const
{
    return d->state.problem().isEmpty() ? d->outboxProblem : d->state.problem();
}

void ChatClient::setInitialHistory(int messages)
{
    d->initialHistory = messages;
    for (const auto &[name, room] : d->rooms) {
        if (!room->sync.isJoined() && room->sync.epoch().isEmpty())
            room->sync = RoomSync(room->name, messages);
    }
}

ClockProbe &ChatClient::clockProbe()
{
    return d->probe;
}

} // namespace Synchat
