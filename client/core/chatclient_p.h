// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatclient.h"
#include "client/core/clientroom.h"
#include "client/core/clientstate.h"
#include "client/core/clockreport.h"
#include "client/core/outbox.h"
#include "client/core/postflow.h"

#include <QHash>
#include <QMap>
#include <QTimer>

#include <map>

namespace Synchat {

/// The parts of a ChatClient and the wires between them. What is decided is decided in the parts.
/// Rooms stand in clientrooms.cpp, posts in clientposts.cpp.
struct ChatClient::Private
{
    Private(ChatClient *owner, const Clock &theClock, ClientConfig theConfig);

    /// A question that awaits its answer, by `ref`.
    struct Request
    {
        enum class Kind : quint8 { Join, Create, Sync, Gap, Place, Search, Page };
        Kind kind = Kind::Join;
        QString room;
        HistoryFrame page = {RoomName::general()}; ///< gap, place: what was asked
        MonoTime sentAt{};
    };

    // ---- the link (chatclient.cpp)
    void connectParts();
    void takeWelcome(const WelcomeFrame &frame);
    void takeLoss();
    void takeFrame(const ServerFrame &frame, const QString &ref, const ClockReading &at);
    void takeError(const ErrorFrame &error, const QString &ref);
    void sweep();
    void dealWithSilence(const QString &ref, const Request &request, const ErrorFrame &silent);
    void reportClock();
    void noteStorage(const QString &problem);
    QString remember(Request request);
    void later(std::optional<double> seconds, const std::function<void()> &action);

    // ---- rooms (clientrooms.cpp)
    ClientRoom *find(const QString &room) const;
    ClientRoom &roomFor(const RoomName &name);
    void sendJoin(ClientRoom &room);
    void take(const JoinedFrame &frame, const QString &ref);
    void take(const LeftFrame &frame);
    void take(const RoomListFrame &frame);
    void take(const PresenceFrame &frame);
    void take(const ClocksFrame &frame);
    void take(const HistoryPage &page, const QString &ref);
    void take(const Message &message, const ClockReading &at);
    void perform(ClientRoom &room, const RoomSync::Step &step);
    void askPage(ClientRoom &room, const HistoryFrame &frame, Request request);
    void startReading(ClientRoom &room, const JoinedFrame &frame);
    void noteLast(ClientRoom &room, qint64 seq);
    void askSyncAgain(ClientRoom &room, const ErrorFrame &error);
    void takeJoinError(ClientRoom &room, const ErrorFrame &error);
    void takeRequestError(const QString &ref, const Request &request, const ErrorFrame &error);
    void giveUp(const QString &ref, const Request &request, const ErrorFrame &error);

    // ---- history (clienthistory.cpp)
    QString ask(const ClientFrame &frame, Request request);
    void forgetWhatIsFar(ClientRoom &room);
    void askGap(ClientRoom &room, const HistoryFrame &frame);
    void askPlace(const QString &room, HistoryAnchor anchor, qint64 value);
    void takeGapPage(ClientRoom &room, const HistoryFrame &asked);
    void takePlacePage(const HistoryFrame &asked, const HistoryPage &page);
    void take(const FoundFrame &frame, const QString &ref);
    void retryGapLater(const Request &request, const ErrorFrame &error);

    // ---- posts (clientposts.cpp)
    void loadOutbox();
    void flush();
    void send(const OutboxEntry &entry, const ClientRoom &room);
    bool finishOwn(const QList<Message> &messages);
    void tellAnswered();
    void takePostError(const ErrorFrame &error);
    void failPost(const QUuid &id, const ErrorFrame &error);
    void failPostsOf(const QString &room, const ErrorFrame &error);
    Message pendingMessage(const OutboxEntry &entry) const;

    ChatClient *q;
    const Clock &clock;
    ClientConfig config;
    ClientState state;
    ChatLink link;
    ClockProbe probe;
    Outbox outbox;
    PostFlow flow;
    ClockReport clockReport;
    QTimer pacing;
    QTimer sweeper;
    QTimer clockTimer;

    std::optional<WelcomeFrame> welcome;
    QMap<QString, RoomInfo> infos;
    std::map<QString, std::unique_ptr<ClientRoom>> rooms; ///< never shrinks
    QHash<QString, Request> requests;
    quint64 lastRef = 0;
    quint64 linkRun = 0; ///< counts the greetings: what was put off on an earlier link is void
    int initialHistory = Limits::DefaultPage;
    QString outboxProblem;
};

} // namespace Synchat
