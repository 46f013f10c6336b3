// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatlink.h"
#include "client/core/clockprobe.h"
#include "client/core/roommodel.h"
#include "common/protocol.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace Synchat {

/// Everything that a program must know to chat; made from flags and remembered settings.
struct ClientConfig
{
    QUrl server; ///< ws://, wss://, http:// or https://; `/ws` is added when there is no path
    UserName name;
    QString client; ///< `synchat/0.1 (Linux)`
    /// Folder for the outbox, the guest's token and the last seq seen. Empty: nothing is kept on disk.
    QString stateDir;
    QString password = {}; ///< of an account; empty: a guest
    ConnectionTimes times = {};
    BackoffLimits backoff = {};
};

/// One person's chat with one daemon: connection with reconnect and catch-up, rooms, posts that survive a
/// restart, own clock. Both programs stand on it. No widgets.
class ChatClient : public QObject
{
    Q_OBJECT
public:
    ChatClient(const Clock &clock, ClientConfig config, QObject *parent = nullptr);
    ~ChatClient() override;

    void start(); ///< connects, and again whenever the link is lost (0.5 s doubling to 30 s, jitter)
    void stop();  ///< closes with 1000; what is pending stays on disk
    void reconnectNow();

    // ---- the link
    LinkState linkState() const;
    /// A whole sentence: "Connected to chat.lab.", "No connection to chat.lab: connection refused. Next try
    /// in 4 s."
    QString linkSentence() const;
    std::optional<int> roundTripMs() const;
    const std::optional<WelcomeFrame> &welcome() const; ///< of the last greeting
    QString userId() const;
    ClientConfig config() const;
    /// What a person should know about what is kept on disk, a sentence; empty when all is well. A second
    /// program with the same stateDir, server and name is the same person, but keeps its posts in memory
    /// only.
    QString storageProblem() const;

    // ---- rooms
    /// How many of the newest messages arrive at the first join of a room in this run; 0: only live ones.
    /// Before join().
    void setInitialHistory(int messages);
    QList<RoomInfo> rooms() const; ///< sorted by name; private ones only when joined
    bool isJoined(const QString &room) const;
    QList<Author> members(const QString &room) const; ///< sorted by name
    RoomInfo roomInfo(const QString &room) const;
    /// Made at first use, lives as long as the client.
    RoomModel *roomModel(const QString &room);
    /// Stays wanted across reconnects until leave(). History: the newest page, then on request.
    void join(const RoomName &room, const QString &key = {});
    void leave(const RoomName &room);
    void create(const RoomName &room, const QString &title);
    void refreshRooms();
    /// Unread: messages beyond the last read seq (kept on disk). 0 for rooms never joined.
    qint64 unread(const QString &room) const;
    qint64 lastRead(const QString &room) const;
    void markRead(const QString &room, qint64 seq);
    /// What a member last reported of its own clock, with how long ago (`age`, a lower limit when the daemon
    /// does not tell); nothing: not reported.
    std::optional<MemberClock> memberClock(const QString &room, const QString &userId) const;

    // ---- messages
    /// Reads the live clock now, puts the message into the outbox and a pending row into the model, sends it
    /// when connected and joined. Nothing: the text makes no message (blank, too long), the outbox is full,
    /// or the room was not joined: `problem` says why. Rooms in which posts wait from an earlier run are
    /// joined by start(), so that they are sent.
    std::optional<QUuid> post(const QString &room, const QString &text, std::optional<qint64> replyTo,
                              QString *problem = nullptr);
    void retry(const QUuid &id);   ///< of a failed one: the same id and the same live stamp
    void discard(const QUuid &id); ///< of a pending or failed one
    int waitingToSend() const;     ///< posts not yet answered, failed ones not counted
    bool outboxFull() const;       ///< post() takes nothing until something has been answered or discarded

    // ---- history
    /// One page of what is missing in a gap of the model, from the side that is given; the model shows that
    /// it is loading and what became of it.
    void loadGap(const QString &room, qint64 from, qint64 to, GapEnd end);
    /// Loads the messages around a place that is not held: `placeFound` or `placeFailed` follows, at once
    /// when it is held. A later call for the room takes the place of an earlier one.
    void findSeq(const QString &room, qint64 seq);
    void findTime(const QString &room, WireMicros time);
    /// Asks the history; gives the ref under which `found` or `requestFailed` answers. Not connected: fails
    /// from the event loop.
    QString search(const SearchFrame &frame);
    /// A page that goes into no model: `pageRead` or `requestFailed` answers.
    QString readPage(const HistoryFrame &frame);

    ClockProbe &clockProbe();

Q_SIGNALS:
    void linkChanged();
    void welcomed();
    void roomsChanged();
    void joined(const QString &room);
    void left(const QString &room);
    void membersChanged(const QString &room);
    void unreadChanged(const QString &room);
    void waitingChanged();
    void clocksChanged(const QString &room);
    void storageProblemChanged();
    /// Each final message of a room once, in `seq` order, after the model has it; `live` false: from history.
    /// First the initial history, then everything newer, without hole, across reconnects. What loadGap() and
    /// find...() bring goes into the model only. After a changed epoch: all of the new one, from its first.
    void messageArrived(const Synchat::Message &message, bool live);
    /// The model holds it. It is the message that was asked for, or the one nearest to the time: the first
    /// that is not earlier, else the last.
    void placeFound(const QString &room, qint64 seq);
    void placeFailed(const QString &room, const QString &sentence);
    void found(const QString &ref, const Synchat::FoundFrame &frame);
    void pageRead(const QString &ref, const Synchat::HistoryPage &page);
    void requestFailed(const QString &ref, const Synchat::ErrorFrame &error);
    void postFailed(const QUuid &id, const Synchat::ErrorFrame &error);
    void joinFailed(const QString &room, const Synchat::ErrorFrame &error);
    /// An error that belongs to nothing else, or one of which no reconnect can get rid (name taken, ...).
    void errorReceived(const Synchat::ErrorFrame &error);
    /// The daemon will not have us: `start()` again only with another name or password.
    void refused(const Synchat::ErrorFrame &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
