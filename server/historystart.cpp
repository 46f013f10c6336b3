// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/historystart.h"

#include "common/logging.h"
#include "server/bridge/restheart.h"
#include "server/shipping/shippingservice.h"
#include "server/shipping/takeback.h"
#include "server/store/datafolder.h"
#include "server/store/historyintake.h"

#include <QRandomGenerator>
#include <QTimer>

namespace Synchat {

// Members in the order of dependence: what is named later goes first.
struct HistoryStart::Parts
{
    std::optional<DataFolder> folder;
    std::unique_ptr<HistoryIntake> intake;
    std::unique_ptr<DocumentStore> store;
    std::unique_ptr<TakeBack> takeBack;

    std::unique_ptr<History> history;
    std::unique_ptr<ShippingService> shipping;
    QTimer patience;
    bool wantsTakeBack = false;
};

HistoryStart::HistoryStart(const Clock &clock, const Config &config)
    : HistoryStart(clock, config, [bridge = config.bridge] { return std::make_unique<RestHeart>(bridge); })
{}

HistoryStart::HistoryStart(const Clock &clock, const Config &config, MakeStore makeStore)
    : m_clock(clock)
    , m_config(config)
    , m_makeStore(std::move(makeStore))
    , d(std::make_unique<Parts>())
{}

HistoryStart::~HistoryStart() = default;

void HistoryStart::start()
{
    if (!m_config.bridge.isWanted())
        return end();
    if (m_config.store.postgresql) // a disk of its own that lasts: nothing to take back
        return drain();
    if (const auto problem = lookAtHistory())
        return end(*problem);
    if (d->wantsTakeBack)
        return takeBack();
    drain();
}

std::optional<QString> HistoryStart::lookAtHistory()
{
    auto folder = DataFolder::open(m_config.store.dataDir);
    if (!folder)
        return folder.error();
    d->folder = std::move(*folder);
    if (const auto problem = d->folder->makeDatabaseFile())
        return problem;
    auto intake = HistoryIntake::open(m_config.store.address());
    if (!intake)
        return tr("The history in %1 cannot be opened. %2").arg(d->folder->path(), intake.error());
    d->intake = std::move(*intake);
    const auto unfinished = d->intake->unfinished();
    const auto isEmpty = d->intake->isEmpty();
    if (!unfinished || !isEmpty)
        return unfinished ? isEmpty.error() : unfinished.error();
    if (!unfinished->isEmpty() && !m_config.shipping.takesBack) {
        qCWarning(logStore, "the history was not taken back wholly; what is there is served");
        return d->intake->finish();
    }
    d->wantsTakeBack = m_config.shipping.takesBack && (*isEmpty || !unfinished->isEmpty());
    return std::nullopt;
}

void HistoryStart::takeBack()
{
    d->store = m_makeStore();
    d->takeBack = std::make_unique<TakeBack>(m_clock, m_config.shipping, *d->store, *d->intake,
                                             [] { return QRandomGenerator::global()->generateDouble(); });
    connect(d->takeBack.get(), &TakeBack::failed, this, &HistoryStart::end);
    connect(d->takeBack.get(), &TakeBack::finished, this, &HistoryStart::drain, Qt::QueuedConnection);
    d->takeBack->start();
}

void HistoryStart::drain()
{
    d->takeBack.reset();
    d->store.reset();
    d->intake.reset();
    d->folder.reset();
    if (!m_config.store.waitsForBridge)
        return end();
    auto history = History::open(m_config.store);
    if (!history)
        return end(history.error());
    d->history = std::move(*history);
    const auto outbox = OutboxReader::open(d->history->address());
    const auto waiting = outbox ? (*outbox)->state() : Result<OutboxState, QString>(Failure(outbox.error()));
    if (!waiting || waiting->rows == 0)
        return end(waiting ? QString() : waiting.error());
    ship();
}

/// For as long as the bridge takes something, however much waits.
void HistoryStart::ship()
{
    d->shipping = std::make_unique<ShippingService>(m_clock, m_config.shipping, m_makeStore, *d->history);
    connect(d->shipping.get(), &ShippingService::drained, this, [this] { end(); });
    connect(&d->patience, &QTimer::timeout, this, &HistoryStart::giveUpShipping);
    connect(d->history.get(), &History::outboxSettled, &d->patience, [this] { d->patience.start(); });
    d->patience.setSingleShot(true);
    d->patience.start(m_config.shipping.takeBackPatience);
}

void HistoryStart::giveUpShipping()
{
    const QString problem = d->shipping->state().problem;
    const auto waited = std::chrono::duration_cast<std::chrono::seconds>(m_config.shipping.takeBackPatience);
    end(tr("Messages wait for the bridge, and nobody may see them before it has taken them ([store] commit = "
           "bridge). %1 Please see that it answers, or set commit = sql to show them all the same.")
            .arg(problem.isEmpty() ? tr("It has taken none for %1 s.").arg(waited.count()) : problem));
}

void HistoryStart::end(const QString &reason)
{
    // Later: this may be within an answer of what goes now.
    QMetaObject::invokeMethod(
        this,
        [this, reason] {
            if (!d)
                return;
            d->shipping.reset();
            if (d->history)
                d->history->close();
            d.reset();
            if (reason.isEmpty())
                Q_EMIT ready();
            else
                Q_EMIT failed(reason);
        },
        Qt::QueuedConnection);
}

} // namespace Synchat
