// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historywriter.h"

#include "common/logging.h"
#include "server/store/cleanend.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::chrono::milliseconds ProbeInterval{1000};
/// How long what the bridge has taken waits for a commit to go with: a sync of its own is for idle times.
constexpr std::chrono::milliseconds SettleDelay{100};
/// In trouble nobody waits for a lock: answers are wanted, and the probe comes again.
constexpr int BusyTimeoutInTrouble = 50;
constexpr int BusyTimeout = 1000;
/// 16 MiB of log. More often takes the disk from the commits, less often makes one checkpoint long.
constexpr qsizetype PagesBetweenCheckpoints = 4096;
/// A commit touches the room's page, the end of its messages, and for each one place in the index of posts.
constexpr qsizetype PagesPerCommit = 3;

QList<quint64> ticketsOf(const QList<CommittedMessage> &messages)
{
    QList<quint64> tickets;
    tickets.reserve(messages.size());
    for (const CommittedMessage &message : messages)
        tickets.append(message.ticket);
    return tickets;
}

} // namespace

HistoryWriter::HistoryWriter(StoreAddress address, StoreConfig config)
    : m_address(std::move(address))
    , m_config(std::move(config))
    , m_settleTimer(this)
    , m_probeTimer(this)
{
    m_settleTimer.setInterval(SettleDelay);
    m_settleTimer.setSingleShot(true);
    connect(&m_settleTimer, &QTimer::timeout, this, &HistoryWriter::settleAlone);
    m_probeTimer.setInterval(ProbeInterval);
    connect(&m_probeTimer, &QTimer::timeout, this, &HistoryWriter::probe);
}

HistoryWriter::~HistoryWriter() = default;

std::optional<QString> HistoryWriter::start()
{
    auto session = WriteSession::open(m_address, m_config.ships);
    if (!session)
        return session.error();
    useSession(std::move(*session));
    return std::nullopt;
}

void HistoryWriter::useSession(std::unique_ptr<WriteSession> session)
{
    m_session = std::move(session);
    m_sessionId = m_session->id();
    m_breaker.watch(m_session->connection());
}

void HistoryWriter::take(const CommittedMessage &message)
{
    m_queue.append(message);
    scheduleCommit();
}

void HistoryWriter::scheduleCommit()
{
    if (std::exchange(m_commitScheduled, true))
        return;
    // Behind every message that waits in this thread's event queue now.
    QMetaObject::invokeMethod(this, &HistoryWriter::commitQueued, Qt::QueuedConnection);
}

void HistoryWriter::commitQueued()
{
    m_commitScheduled = false;
    const qsizetype most = qMax(1, m_config.maxBatch);
    if (m_queue.size() <= most) {
        if (!m_queue.isEmpty())
            commit(std::exchange(m_queue, {}));
        return;
    }
    const QList<CommittedMessage> batch = m_queue.first(most);
    m_queue.remove(0, most);
    scheduleCommit();
    commit(batch);
}

void HistoryWriter::commit(const QList<CommittedMessage> &batch)
{
    const auto outcome = tryCommit(batch);
    if (outcome) {
        worked();
        tell(*outcome);
        tellSettled();
        tellGrowth();
        return;
    }
    const CommitFailure &failure = outcome.error();
    const bool wasTried = m_session != nullptr;
    if (failure.unsure)
        m_unsure = failure.unsure;
    failed(failure.reason);
    if (wasTried)
        probe(); // before anybody is told
    if (!failure.unsure)
        refuse(batch, failure.reason);
}

Result<BatchOutcome, CommitFailure> HistoryWriter::tryCommit(const QList<CommittedMessage> &batch)
{
    WriteSession *current = session();
    if (!current)
        return Failure(CommitFailure{m_problem});
    auto outcome = current->commit(batch, m_change);
    if (outcome || !outcome.error().connectionLost)
        return outcome;
    m_session.reset();
    current = session();
    return current ? current->commit(batch, m_change) : Failure(CommitFailure{m_problem});
}

std::optional<QString> HistoryWriter::settleUnsure(WriteSession &session)
{
    if (!m_unsure)
        return std::nullopt;
    const auto holds = session.holds(*m_unsure);
    if (!holds)
        return holds.error();
    if (!*holds) {
        giveUpUnsure();
        return std::nullopt;
    }
    tell(*std::exchange(m_unsure, std::nullopt));
    return std::nullopt;
}

void HistoryWriter::giveUpUnsure()
{
    if (!m_unsure)
        return;
    const BatchOutcome outcome = *std::exchange(m_unsure, std::nullopt);
    QList<quint64> tickets = ticketsOf(outcome.committed) + outcome.unknownRoom;
    for (const BatchOutcome::Original &original : outcome.alreadyStored)
        tickets.append(original.ticket);
    Q_EMIT notStored(tickets, m_problem);
}

void HistoryWriter::tellSettled()
{
    if (m_change.isEmpty())
        return;
    m_change = {};
    m_settleTimer.stop();
    Q_EMIT outboxSettled(m_changeTicket);
}

void HistoryWriter::tellGrowth()
{
    if (!m_awaited || !m_session)
        return;
    if (m_session->lastArrival() <= *m_awaited && !m_hasNewRoom)
        return;
    m_awaited.reset();
    m_hasNewRoom = false;
    Q_EMIT outboxGrew();
}

void HistoryWriter::settleOutbox(quint64 ticket, const OutboxChange &change)
{
    m_change.append(change);
    m_changeTicket = ticket;
    if (m_change.isEmpty())
        Q_EMIT outboxSettled(ticket);
    else if (!m_settleTimer.isActive())
        m_settleTimer.start();
}

void HistoryWriter::settleAlone()
{
    if (!m_change.isEmpty())
        commit({});
    if (!m_change.isEmpty())
        m_settleTimer.start(); // storing fails just now
}

void HistoryWriter::awaitOutbox(qint64 arrival)
{
    m_awaited = arrival;
    tellGrowth();
}

void HistoryWriter::refuse(const QList<CommittedMessage> &batch, const QString &reason)
{
    if (!batch.isEmpty())
        Q_EMIT notStored(ticketsOf(batch), reason);
}

void HistoryWriter::tell(const BatchOutcome &outcome)
{
    if (!outcome.committed.isEmpty())
        Q_EMIT committed(outcome.committed);
    for (const BatchOutcome::Original &original : outcome.alreadyStored)
        Q_EMIT alreadyStored(original.ticket, original.message);
    if (!outcome.unknownRoom.isEmpty())
        Q_EMIT notStored(outcome.unknownRoom, tr("The history does not hold this room."));
    countPages(outcome.committed.size());
}

void HistoryWriter::countPages(qsizetype messages)
{
    m_pages += PagesPerCommit + messages;
    if (m_pages < PagesBetweenCheckpoints)
        return;
    m_pages = 0;
    Q_EMIT checkpointDue();
}

void HistoryWriter::createRoom(quint64 ticket, const QString &name, const QString &title)
{
    WriteSession *current = session();
    if (!current) {
        Q_EMIT roomRefused(ticket, false, m_problem);
        return;
    }
    auto room = current->createRoom(name, title);
    if (!room && room.error().connectionLost) {
        m_session.reset();
        if (WriteSession *next = session())
            room = next->createRoomAgain(name, title);
    }
    if (room) {
        worked();
        Q_EMIT roomCreated(ticket, *room);
        m_hasNewRoom = m_config.ships;
        tellGrowth();
        return;
    }
    if (!room.error().exists) {
        failed(room.error().reason);
        probe();
    }
    Q_EMIT roomRefused(ticket, room.error().exists, room.error().reason);
}

WriteSession *HistoryWriter::session()
{
    if (m_refusesAll)
        return nullptr;
    if (m_session)
        return m_session.get();
    auto opened = WriteSession::open(m_address, m_config.ships, m_sessionId);
    const auto problem = opened ? settleUnsure(**opened) : std::optional(opened.error());
    if (problem) {
        failed(*problem);
        return nullptr;
    }
    useSession(std::move(*opened));
    m_session->setBusyTimeout(BusyTimeoutInTrouble);
    return m_session.get();
}

std::optional<QString> HistoryWriter::run(const Job &job)
{
    WriteSession *current = session();
    if (!current)
        return m_problem;
    const auto problem = current->run(job);
    if (problem) {
        failed(*problem);
        probe();
    } else {
        worked();
    }
    return problem;
}

void HistoryWriter::refuseAll(const QString &reason)
{
    m_refusesAll = true;
    m_session.reset();
    m_probeTimer.stop();
    m_problem = reason;
    Q_EMIT problemChanged(m_problem);
}

void HistoryWriter::failed(const QString &reason)
{
    m_session.reset();
    m_probeTimer.start();
    if (m_problem == reason)
        return;
    qCWarning(logStore, "storing fails: %ls", qUtf16Printable(reason));
    m_problem = reason;
    Q_EMIT problemChanged(m_problem);
}

void HistoryWriter::worked()
{
    if (m_problem.isEmpty())
        return;
    qCInfo(logStore, "storing works again");
    m_probeTimer.stop();
    m_session->setBusyTimeout(BusyTimeout);
    m_problem.clear();
    Q_EMIT problemChanged(m_problem);
}

void HistoryWriter::probe()
{
    WriteSession *current = session();
    if (!current)
        return;
    if (const auto problem = current->probe())
        failed(*problem);
    else
        worked();
}

void HistoryWriter::finish()
{
    while (!m_queue.isEmpty())
        commitQueued();
    if (!m_change.isEmpty())
        commit({});
    m_settleTimer.stop();
    if (m_unsure)
        (void)session();
    giveUpUnsure();
    if (m_endsClean && m_session && m_problem.isEmpty())
        (void)run([](const StoreConnection &connection) { return noteCleanEnd(connection); });
    m_probeTimer.stop();
    m_session.reset();
}

} // namespace Synchat
