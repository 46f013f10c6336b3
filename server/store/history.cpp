// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/history.h"

#include "common/logging.h"
#include "server/store/checkpointer.h"
#include "server/store/commitgate.h"
#include "server/store/datafolder.h"
#include "server/store/historychecker.h"
#include "server/store/historyreader.h"
#include "server/store/historysearcher.h"
#include "server/store/historywriter.h"
#include "server/store/openedhistory.h"
#include "server/store/retention.h"
#include "server/store/stallwatch.h"
#include "server/store/workerthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int MaxWaitingReads = 4096;
constexpr int MaxWaitingSearches = 64;

QString checkingText(int percent)
{
    return History::tr("the history is being checked: %1 %").arg(percent);
}

} // namespace

struct History::Private
{
    StoreConfig config;
    std::optional<DataFolder> folder;
    QList<StoredRoom> rooms;
    QByteArray secret;
    WorkerThread<HistoryWriter> writer;
    WorkerThread<HistoryReader> reader;
    WorkerThread<HistorySearcher> searcher;
    WorkerThread<Checkpointer> checkpointer;
    std::unique_ptr<StallWatch> writerWatch; ///< with PostgreSQL
    std::unique_ptr<StallWatch> readerWatch;
    std::unique_ptr<StallWatch> searcherWatch;
    WorkerThread<HistoryChecker> checker;
    std::unique_ptr<Retention> retention; ///< on the writer's thread
    bool isWhole = true; ///< as far as is known: false from an unclean end to the end of the check
    QString activity;
    QString damage;
    QString problem;
    CommitGate gate;
    bool bridgeAnswers = false;
    QSet<qint64> refusedRooms;
    int queued = 0;
    int waitingReads = 0;
    int waitingSearches = 0;
    bool closed = true;
};

StoreAddress StoreConfig::address() const
{
    return postgresql ? *postgresql : StoreAddress::sqliteFile(DataFolder::databasePathIn(dataDir));
}

History::History()
    : d(std::make_unique<Private>())
{}

History::~History()
{
    close();
}

Result<std::unique_ptr<History>, QString> History::open(const StoreConfig &config)
{
    auto folder = DataFolder::open(config.dataDir);
    if (!folder)
        return Failure(folder.error());
    if (!config.postgresql) {
        if (const auto problem = folder->makeDatabaseFile())
            return Failure(*problem);
    }
    const QString place = config.postgresql ? config.postgresql->text() : folder->path();
    const StoreAddress address = config.address();
    auto prepared = openHistory(address, config);
    if (!prepared)
        return Failure(tr("The history in %1 cannot be opened. %2").arg(place, prepared.error()));

    std::unique_ptr<History> history(new History);
    history->d->config = config;
    history->d->folder = std::move(*folder);
    history->d->rooms = std::move(prepared->rooms);
    history->d->secret = std::move(prepared->secret);
    history->d->isWhole = prepared->isWhole;
    if (const auto problem = history->launch())
        return Failure(tr("The history in %1 cannot be opened. %2").arg(place, *problem));
    return Result<std::unique_ptr<History>, QString>(std::move(history));
}

std::optional<QString> History::launch()
{
    const StoreAddress address = d->config.address();
    d->writer.launch(std::make_unique<HistoryWriter>(address, d->config), u"store-writer"_s);
    d->reader.launch(std::make_unique<HistoryReader>(address), u"store-reader"_s);
    d->searcher.launch(std::make_unique<HistorySearcher>(address, d->config.searchPace), u"store-searcher"_s);
    if (!address.isPostgresql())
        d->checkpointer.launch(std::make_unique<Checkpointer>(address), u"store-checkpoint"_s);
    d->closed = false;
    connectWorkers();
    if (d->config.keep.isOn()) {
        d->retention = std::make_unique<Retention>(*d->writer.worker, d->config.keep);
        d->retention->moveToThread(&d->writer.thread);
        connect(d->retention.get(), &Retention::cut, this, &History::frontCut);
    }
    if (const auto problem = d->writer.start())
        return problem;
    if (const auto problem = d->reader.start())
        return problem;
    // A server of PostgreSQL looks after its own files, and has recovered by itself.
    if (address.isPostgresql()) {
        d->isWhole = true;
        watchForStalls();
    }
    if (!d->isWhole)
        checkInBackground();
    return std::nullopt;
}

void History::checkInBackground()
{
    qCInfo(logStore, "the last run did not end cleanly: the history is being checked");
    d->activity = checkingText(0);
    d->checker.launch(std::make_unique<HistoryChecker>(d->config.address()), u"store-check"_s,
                      QThread::IdlePriority);
    HistoryChecker *checker = d->checker.worker.get();
    connect(checker, &HistoryChecker::progressed, this,
            [this](int percent) { d->activity = checkingText(percent); });
    connect(checker, &HistoryChecker::foundWhole, this, [this](qint64 messages) {
        qCInfo(logStore, "the history was checked: %lld messages, nothing wrong", messages);
        d->isWhole = true;
        d->activity.clear();
    });
    connect(checker, &HistoryChecker::gaveUp, this, [this](const QString &reason) {
        qCWarning(logStore, "the history could not be checked: %ls", qUtf16Printable(reason));
        d->activity = tr("the history could not be checked");
    });
    connect(checker, &HistoryChecker::foundDamage, this, &History::takeDamage);
    d->checker.post([checker] { checker->begin(); });
}

void History::takeDamage(const QString &sentence)
{
    qCCritical(logStore, "%ls From now on nothing is stored; \"synchatd restore\" puts a backup back",
               qUtf16Printable(sentence));
    d->activity.clear();
    d->damage = tr("%1 Nothing is stored until it has been restored from a backup.").arg(sentence);
    HistoryWriter *writer = d->writer.worker.get();
    d->writer.post([writer, damage = d->damage] { writer->refuseAll(damage); });
}

QString History::activity() const
{
    return d->activity;
}

void History::trim(const std::optional<WireMicros> &now)
{
    if (d->closed || !d->retention)
        return;
    Retention *retention = d->retention.get();
    d->writer.post([retention, now] { retention->begin(now); });
}

void History::watchForStalls()
{
    HistoryWriter &writer = *d->writer.worker;
    HistoryReader &reader = *d->reader.worker;
    d->writerWatch = std::make_unique<StallWatch>(writer, writer.breaker(), d->config.stallLimit);
    HistorySearcher &searcher = *d->searcher.worker;
    d->searcherWatch = std::make_unique<StallWatch>(searcher, searcher.breaker(), d->config.stallLimit);
    d->readerWatch = std::make_unique<StallWatch>(reader, reader.breaker(), d->config.stallLimit);
}

void History::connectWorkers()
{
    HistoryWriter *writer = d->writer.worker.get();
    connect(writer, &HistoryWriter::committed, this, [this](const QList<CommittedMessage> &messages) {
        if (d->config.waitsForBridge)
            announce(d->gate.hold(messages).committed);
        else
            announce(messages);
    });
    connect(writer, &HistoryWriter::alreadyStored, this, [this](quint64 ticket, const Message &original) {
        if (d->config.waitsForBridge && d->gate.holdOriginal(ticket, original))
            return;
        --d->queued;
        Q_EMIT alreadyStored(ticket, original);
    });
    connect(writer, &HistoryWriter::notStored, this,
            [this](const QList<quint64> &tickets, const QString &reason) {
                d->queued -= int(tickets.size());
                Q_EMIT notStored(tickets, reason);
            });
    connect(writer, &HistoryWriter::problemChanged, this, [this](const QString &problem) {
        d->problem = problem;
        Q_EMIT problemChanged(problem);
    });
    connect(writer, &HistoryWriter::outboxSettled, this, &History::outboxSettled);
    connect(writer, &HistoryWriter::outboxGrew, this, &History::outboxGrew);
    connect(writer, &HistoryWriter::roomCreated, this, &History::roomCreated);
    connect(writer, &HistoryWriter::roomRefused, this, &History::roomRefused);

    if (Checkpointer *checkpointer = d->checkpointer.worker.get())
        connect(writer, &HistoryWriter::checkpointDue, checkpointer, &Checkpointer::checkpoint);

    HistoryReader *reader = d->reader.worker.get();
    connect(reader, &HistoryReader::pageRead, this, [this](quint64 ticket, const StoredPage &page) {
        --d->waitingReads;
        Q_EMIT pageRead(ticket, page);
    });
    connect(reader, &HistoryReader::pageFailed, this, [this](quint64 ticket, const QString &reason) {
        --d->waitingReads;
        Q_EMIT pageFailed(ticket, reason);
    });

    HistorySearcher *searcher = d->searcher.worker.get();
    connect(searcher, &HistorySearcher::searched, this, [this](quint64 ticket, const StoredFinds &finds) {
        --d->waitingSearches;
        Q_EMIT searched(ticket, finds);
    });
    connect(searcher, &HistorySearcher::searchFailed, this, [this](quint64 ticket, const QString &reason) {
        --d->waitingSearches;
        Q_EMIT searchFailed(ticket, reason);
    });
}

QList<StoredRoom> History::rooms() const
{
    return d->rooms;
}

QByteArray History::secret() const
{
    return d->secret;
}

bool History::append(quint64 ticket, qint64 room, const Message &message)
{
    if (d->closed || d->queued >= d->config.maxQueued || (d->config.waitsForBridge && !d->bridgeAnswers))
        return false;
    if (isRefusedByBridge(room))
        return false;
    ++d->queued;
    HistoryWriter *writer = d->writer.worker.get();
    d->writer.post([writer, item = CommittedMessage{ticket, room, message}] { writer->take(item); });
    return true;
}

void History::createRoom(quint64 ticket, const QString &name, const QString &title)
{
    if (d->closed) {
        // Never inside the call: the caller may not be ready for the answer.
        QMetaObject::invokeMethod(
            this, [this, ticket] { Q_EMIT roomRefused(ticket, false, tr("The history is closed.")); },
            Qt::QueuedConnection);
        return;
    }
    HistoryWriter *writer = d->writer.worker.get();
    d->writer.post([writer, ticket, name, title] { writer->createRoom(ticket, name, title); });
}

bool History::readPage(quint64 ticket, const PageRequest &request)
{
    if (d->closed || d->waitingReads >= MaxWaitingReads)
        return false;
    ++d->waitingReads;
    HistoryReader *reader = d->reader.worker.get();
    d->reader.post([reader, ticket, request] { reader->readPage(ticket, request); });
    return true;
}

bool History::search(quint64 ticket, const SearchRequest &request)
{
    if (d->closed || d->waitingSearches >= MaxWaitingSearches)
        return false;
    ++d->waitingSearches;
    HistorySearcher *searcher = d->searcher.worker.get();
    d->searcher.post([searcher, ticket, request] { searcher->search(ticket, request); });
    return true;
}

void History::announce(const QList<CommittedMessage> &messages)
{
    if (messages.isEmpty())
        return;
    d->queued -= int(messages.size());
    Q_EMIT committed(messages);
}

void History::setBridgeAnswers(bool answers)
{
    d->bridgeAnswers = answers;
}

void History::setRefusedRooms(const QSet<qint64> &rooms)
{
    d->refusedRooms = rooms;
}

bool History::isRefusedByBridge(qint64 room) const
{
    return d->config.waitsForBridge && d->refusedRooms.contains(room);
}

void History::settleOutbox(quint64 ticket, const OutboxChange &change)
{
    if (d->config.waitsForBridge) {
        const CommitGate::Released released = d->gate.release(change);
        announce(released.committed);
        for (const CommitGate::Original &original : released.originals) {
            --d->queued;
            Q_EMIT alreadyStored(original.ticket, original.message);
        }
    }
    if (d->closed)
        return;
    HistoryWriter *writer = d->writer.worker.get();
    d->writer.post([writer, ticket, change] { writer->settleOutbox(ticket, change); });
}

void History::awaitOutbox(qint64 arrival)
{
    if (d->closed)
        return;
    HistoryWriter *writer = d->writer.worker.get();
    d->writer.post([writer, arrival] { writer->awaitOutbox(arrival); });
}

StoreAddress History::address() const
{
    return d->config.address();
}

int History::queued() const
{
    return d->queued;
}

QString History::problem() const
{
    return d->problem;
}

void History::close()
{
    if (std::exchange(d->closed, true))
        return;
    d->checker.stop();
    d->searcher.stop();
    d->reader.stop();
    d->checkpointer.stop();
    d->writer.post([writer = d->writer.worker.get(), retention = d->retention.get(),
                    endsClean = d->isWhole && d->damage.isEmpty()] {
        if (retention)
            retention->stop();
        writer->setEndsClean(endsClean);
    });
    // Last, because only a connection that can write takes the log away when it is the last to close.
    d->writer.stop();
    // What the threads told this object as their last.
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

} // namespace Synchat
