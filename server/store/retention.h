// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/keeprule.h"
#include "server/store/storeconnection.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

class HistoryWriter;
struct ChainedMessage;
struct StoredRoom;

/// Deletes what rooms need not keep, on the writer's thread: a run goes from room to room, in steps that are
/// a small transaction each, with pauses in which posts are committed.
class Retention : public QObject
{
    Q_OBJECT
public:
    Retention(HistoryWriter &writer, const KeepRule &rule);
    ~Retention() override;

    // On the writer's thread.
    /// Begins a run, unless one is going on.
    void begin(const std::optional<WireMicros> &now);
    void stop();

Q_SIGNALS:
    /// Messages before this one are gone.
    void cut(qint64 room, qint64 firstSeq);
    /// The run is over.
    void finished(qint64 deleted);

private:
    void step();
    void end();
    std::optional<QSqlError> workOn(const StoreConnection &connection);
    Result<QList<ChainedMessage>, QSqlError> frontOf(const StoreConnection &connection,
                                                     const StoredRoom &room, const KeepLimits &limits);
    std::optional<QSqlError> deleteFront(const StoreConnection &connection, const StoredRoom &room,
                                         const QList<ChainedMessage> &messages);

    HistoryWriter &m_writer;
    const KeepRule m_rule;
    QTimer m_pause;
    std::optional<WireMicros> m_now;
    QList<StoredRoom> m_rooms;               ///< not gone through yet
    QList<std::pair<qint64, qint64>> m_cuts; ///< of this step, to be told once they hold
    qint64 m_deleted = 0;
    qsizetype m_roomsCut = 0;
    bool m_waitsForBridge = false;
};

} // namespace Synchat
