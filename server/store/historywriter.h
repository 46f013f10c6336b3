// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/connectionbreaker.h"
#include "server/store/writesession.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace Synchat {

/// The writer's end of the history, on the writer's thread: gathers what is queued, commits it as one
/// transaction, tells what came of it. While storing fails it tries by itself, so that the trouble is seen
/// to be over also when nobody posts.
class HistoryWriter : public QObject
{
    Q_OBJECT
public:
    HistoryWriter(StoreAddress address, StoreConfig config);
    ~HistoryWriter() override;

    /// On any thread.
    ConnectionBreaker &breaker() { return m_breaker; }

    // On the writer's thread.
    /// Nothing: fine; else a whole sentence.
    std::optional<QString> start();
    /// Commits come when everything that had been queued before is taken: batches form themselves.
    void take(const CommittedMessage &message);
    /// Goes into the next transaction; when none comes within a moment, into one of its own.
    void settleOutbox(quint64 ticket, const OutboxChange &change);
    /// Says outboxGrew() once, as soon as something later than this arrival, or a new room, is committed.
    void awaitOutbox(qint64 arrival);
    void createRoom(quint64 ticket, const QString &name, const QString &title);
    /// A small job on the connection that writes, between two commits and in a transaction of its own.
    /// Nothing: it worked; else a whole sentence.
    using Job = std::function<std::optional<QSqlError>(const StoreConnection &connection)>;
    std::optional<QString> run(const Job &job);
    /// From now on every post is refused for this reason, and the file is not written to.
    void refuseAll(const QString &reason);
    /// Whether finish() may leave the mark of a clean end.
    void setEndsClean(bool endsClean) { m_endsClean = endsClean; }
    /// Commits what is left and closes the database.
    void finish();

Q_SIGNALS:
    void committed(const QList<Synchat::CommittedMessage> &messages);
    void alreadyStored(quint64 ticket, const Synchat::Message &original);
    void notStored(const QList<quint64> &tickets, const QString &reason);
    void roomCreated(quint64 ticket, const Synchat::StoredRoom &room);
    void roomRefused(quint64 ticket, bool exists, const QString &reason);
    /// What was to be settled is, up to and with this ticket.
    void outboxSettled(quint64 ticket);
    void outboxGrew();
    void problemChanged(const QString &problem);
    /// The write-ahead log has grown by about 16 MiB since the last time.
    void checkpointDue();

private:
    /// Commits a batch, once more on a new connection where the old one was lost before anything could hold.
    Result<BatchOutcome, CommitFailure> tryCommit(const QList<CommittedMessage> &batch);
    /// Tells what came of the transaction whose commit was not answered, now that it can be seen.
    std::optional<QString> settleUnsure(WriteSession &session);
    void giveUpUnsure();
    void scheduleCommit();
    void commitQueued();
    void commit(const QList<CommittedMessage> &batch);
    void refuse(const QList<CommittedMessage> &batch, const QString &reason);
    void tell(const BatchOutcome &outcome);
    void tellSettled();
    void tellGrowth();
    void settleAlone();
    void countPages(qsizetype messages);
    /// The session, opened again after a failure; null: still failing.
    WriteSession *session();
    void failed(const QString &reason);
    void worked();
    /// Writes something without a meaning. After a commit that failed because the disk did not confirm it,
    /// this also takes its place in the write-ahead log, where it would come back after a crash.
    void probe();

    const StoreAddress m_address;
    const StoreConfig m_config;
    void useSession(std::unique_ptr<WriteSession> session);

    ConnectionBreaker m_breaker;
    std::unique_ptr<WriteSession> m_session;
    QString m_sessionId; ///< of the last session that there was
    /// May hold, or not: its posts wait for the next session, and so does whoever posts them.
    std::optional<BatchOutcome> m_unsure;
    QList<CommittedMessage> m_queue;
    bool m_commitScheduled = false;
    OutboxChange m_change;
    quint64 m_changeTicket = 0;
    QTimer m_settleTimer;
    std::optional<qint64> m_awaited;
    bool m_hasNewRoom = false; ///< made while nobody awaited anything
    qsizetype m_pages = 0;     ///< in the log since the last checkpoint, roughly
    QString m_problem;
    QTimer m_probeTimer;
    bool m_refusesAll = false;
    bool m_endsClean = false;
};

} // namespace Synchat
