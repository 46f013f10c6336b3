// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/shipping/chainwalk.h"
#include "server/shipping/keptrooms.h"
#include "server/shipping/shippingconfig.h"
#include "server/store/documentstore.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace Synchat {

class HistoryIntake;

/// Takes a history back from the bridge, page by page: rooms with their epochs, messages with arrival and
/// chain, which is computed anew while they come. Killed in the middle it goes on where it was.
///
/// A room ends where its chain breaks. Behind that there may be what a crash left of the last batches, which
/// is not taken; more than that is no trace of a crash, and nothing is taken at all.
/// On the thread of the caller, between its other events; start-up only.
class TakeBack : public QObject
{
    Q_OBJECT
public:
    /// What a crash can leave behind a hole: the batch under way, and what was tried again before it.
    static constexpr qint64 MostBehindABreak = 2000;

    /// The store and the intake must outlive this.
    TakeBack(const Clock &clock, const ShippingConfig &config, DocumentStore &store, HistoryIntake &intake,
             std::function<double()> chance);

    void start();

Q_SIGNALS:
    /// `messages`: 0 where the bridge holds none.
    void finished(qint64 messages);
    void failed(const QString &reason);

private:
    using Step = void (TakeBack::*)();
    template <typename T>
    DocumentStore::Answer<T> answerTo(Step again, std::function<void(const T &)> use);
    void askRooms();
    void askWhetherKept();
    void choose(const KeptHistory &history);
    void nextRoom();
    void askPage();
    bool beginsBehindCut(const QList<QJsonObject> &page) const;
    void beginBehindCut();
    void takePage(const QList<QJsonObject> &documents);
    void askWhatIsBehind();
    void closeRoom(qint64 behind);
    void finish();
    void tellProgress();
    void tryAgain(Step step, const StoreFailure &failure);
    void fail(const QString &reason);

    const Clock &m_clock;
    const ShippingConfig m_config;
    DocumentStore &m_store;
    HistoryIntake &m_intake;
    const std::function<double()> m_chance;

    QList<KeptHistory> m_histories; ///< still to be looked at
    qsizetype m_countedRoom = 0;
    KeptHistory m_newest;
    QList<ShippedRoom> m_rooms; ///< still to be taken, the first is under way
    std::optional<ChainWalk> m_walk;
    QString m_break; ///< what is wrong behind the last good message
    qint64 m_taken = 0;
    int m_failures = 0;
    MonoTime m_lastAnswer;
    MonoTime m_lastTold;
    QTimer m_wait;
    Step m_waiting = nullptr;
};

} // namespace Synchat
