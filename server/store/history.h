// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"
#include "common/protocol.h"
#include "common/result.h"
#include "common/searchquery.h"
#include "server/store/keeprule.h"
#include "server/store/outbox.h"
#include "server/store/storeaddress.h"

#include <QObject>
#include <QSet>

#include <chrono>
#include <memory>
#include <optional>

namespace Synchat {

/// How long one search keeps the others waiting, and how long it goes on in all.
struct SearchPace
{
    std::chrono::milliseconds turn{100}; ///< then the next one has its turn
    int turns = 20;                      ///< as long as nothing is found
    int turnsWithFinds = 3;              ///< once something is
};

/// Section [store] of the configuration, checked.
struct StoreConfig
{
    QString dataDir; ///< holds synchat.db, and what is the daemon's alone; made when missing, 0700
    /// Nothing: SQLite in the data folder.
    std::optional<StoreAddress> postgresql = {};
    int maxQueued = 10000; ///< messages waiting for the writer, before append() says no
    int maxBatch = 512;    ///< messages in one transaction
    SearchPace searchPace = {};
    /// So long a server of PostgreSQL may leave a thread without an answer; longer than any of its own
    /// limits.
    std::chrono::milliseconds stallLimit{30000};
    KeepRule keep = {};   ///< what retention leaves of each room
    bool ships = false;   ///< messages go on to a bridge: each transaction leaves its range in the outbox
    QString shipsTo = {}; ///< names that bridge: another one gets the whole history
    /// What was committed in SQL counts only once the bridge has taken it. Needs `ships`.
    bool waitsForBridge = false;

    /// Where the history is, for whoever opens a connection of its own.
    StoreAddress address() const;
};

/// A room as the history knows it. `channel` is its number in the database.
struct StoredRoom
{
    qint64 number = 0;
    QString name;
    QString title;
    QString epoch;
    qint64 firstSeq = 0; ///< 0: empty
    qint64 lastSeq = 0;
};

struct PageRequest
{
    qint64 room = 0; ///< StoredRoom::number
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;
    int limit = Limits::DefaultPage;
    /// Nothing newer than this is read, so that a page never runs ahead of what the chat has announced.
    qint64 upTo = 0;
};

struct StoredPage
{
    QList<Message> messages; ///< ascending
    qint64 firstSeq = 0;     ///< of the room (at reading)
    /// Nothing older / newer (up to `upTo`) exists beyond the page.
    bool reachesFirst = false;
    bool reachesLast = false;
};

struct SearchedRoom
{
    qint64 number = 0; ///< StoredRoom::number
    QString name;
    qint64 upTo = 0; ///< the last seq that may be found
};
struct SearchRequest
{
    SearchQuery query;
    QString from; ///< author's name; empty: anybody
    QList<SearchedRoom> rooms;
    OptionalMicros since; ///< both ends count
    OptionalMicros until;
    int limit = Limits::DefaultPage;
    std::optional<qint64> before; ///< only what arrived before this one
};
struct FoundMessage
{
    qint64 arrival = 0;
    Message message;
};
struct StoredFinds
{
    QList<FoundMessage> finds; ///< the latest arrival first
    /// Where to go on (SearchRequest::before), also when time was up before anything was found; nothing: this
    /// is all there is.
    std::optional<qint64> next;
};

struct CommittedMessage
{
    quint64 ticket = 0;
    qint64 room = 0;
    Message message;
    qint64 arrival = 0; ///< given at the commit: counts the messages of all rooms
};

/// The history in SQL. Thin on the main thread: one writer thread that commits whatever is queued as one
/// transaction, one thread that reads pages, one that searches. Every signal is on the thread where the
/// object lives. Knows no sockets and no rules of the chat.
class History : public QObject
{
    Q_OBJECT
public:
    /// Opens or makes the database, brings its schema up to date, loads the rooms, and makes `general`.
    /// The error is a whole sentence for people. Blocks (start-up only).
    static Result<std::unique_ptr<History>, QString> open(const StoreConfig &config);
    ~History() override;

    /// As of open().
    QList<StoredRoom> rooms() const;
    /// 32 random bytes made with the database: signs the tokens of guests.
    QByteArray secret() const;

    /// Takes a message without seq. False: the queue is full, or the store is closed (answer `busy`).
    /// Exactly one of committed, alreadyStored, notStored follows. Messages of one room are numbered in the
    /// order of these calls.
    bool append(quint64 ticket, qint64 room, const Message &message);
    /// roomCreated or roomRefused follows.
    void createRoom(quint64 ticket, const QString &name, const QString &title);
    /// pageRead or pageFailed follows. False: too many readings wait (answer `busy`).
    bool readPage(quint64 ticket, const PageRequest &request);
    /// With `waitsForBridge`: while it does not answer, append() says no. At first it does not.
    void setBridgeAnswers(bool answers);
    /// With `waitsForBridge`: numbers of the rooms that hold a message which the bridge refuses for good. For
    /// these append() says no: what came behind such a one could not be taken back.
    void setRefusedRooms(const QSet<qint64> &rooms);
    bool isRefusedByBridge(qint64 room) const;
    /// What the bridge has taken or refused: outboxSettled follows once it is written down.
    void settleOutbox(quint64 ticket, const OutboxChange &change);
    /// outboxGrew follows once, as soon as something later than this arrival, or a new room, is committed.
    void awaitOutbox(qint64 arrival);
    /// For readers of their own.
    StoreAddress address() const;
    /// searched or searchFailed follows, in the time that SearchPace allows. False: too many searches wait
    /// (answer `busy`).
    bool search(quint64 ticket, const SearchRequest &request);
    /// Messages taken and not yet answered.
    int queued() const;

    /// Empty: able to store. Else why not, a sentence (`/readyz`).
    QString problem() const;
    /// What goes on beside serving, words to go on from "ready; "; empty: nothing (`/readyz`).
    QString activity() const;
    /// Deletes from the front of each room what it need not keep, in small steps between commits. `now`:
    /// nothing while the time is not known, then only numbers count. frontCut follows for each room that got
    /// shorter.
    void trim(const std::optional<WireMicros> &now);
    /// Commits what is queued and stops all threads. Blocks; signals for it have been delivered afterwards.
    void close();

Q_SIGNALS:
    /// One transaction's messages, in the order in which they were committed.
    void committed(const QList<Synchat::CommittedMessage> &messages);
    /// The same post (author, room, id) was stored before: the original.
    void alreadyStored(quint64 ticket, const Synchat::Message &original);
    void notStored(const QList<quint64> &tickets, const QString &reason);
    void roomCreated(quint64 ticket, const Synchat::StoredRoom &room);
    void roomRefused(quint64 ticket, bool exists, const QString &reason);
    void pageRead(quint64 ticket, const Synchat::StoredPage &page);
    void pageFailed(quint64 ticket, const QString &reason);
    void searched(quint64 ticket, const Synchat::StoredFinds &finds);
    void searchFailed(quint64 ticket, const QString &reason);
    void problemChanged(const QString &problem);
    void outboxSettled(quint64 ticket);
    void outboxGrew();
    /// Messages before this one are gone.
    void frontCut(qint64 room, qint64 firstSeq);

private:
    History();
    std::optional<QString> launch();
    void connectWorkers();
    void watchForStalls();
    void checkInBackground();
    void takeDamage(const QString &sentence);
    void announce(const QList<CommittedMessage> &messages);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
