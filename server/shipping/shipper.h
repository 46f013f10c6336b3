// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/shipping/batchlimit.h"
#include "server/shipping/lagalarm.h"
#include "server/shipping/parcelsource.h"
#include "server/shipping/shippingconfig.h"
#include "server/shipping/troublelog.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Synchat {

/// How the bridge is, for people.
struct BridgeState
{
    bool answers = false; ///< it took what it was sent last
    QString problem;      ///< a whole sentence; empty: none
    OutboxState outbox;
    QSet<qint64> refusedRooms; ///< numbers of those that hold a message which it refuses for good
    bool isAlarm = false;      ///< too much waits, or for too long

    friend bool operator==(const BridgeState &, const BridgeState &) = default;
};

/// Sends what waits in the outbox to the bridge, for ever: one request under way, the next one being made
/// ready meanwhile. What came of it is told to the history's writer; so what is sent twice after a crash was
/// taken before, and replaces itself. Memory is two batches, however much waits.
/// On a thread of its own; knows neither sockets nor the history's threads: shippingservice.h joins them.
class Shipper : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        std::function<std::unique_ptr<DocumentStore>()> makeStore; ///< called on the shipper's thread
        StoreAddress database;
        std::function<double()> chance; ///< 0 to 1
    };
    Shipper(const Clock &clock, ShippingConfig config, Parts parts);
    ~Shipper() override;

    // On the shipper's thread.
    void start();
    /// Something is in the outbox, after growthWanted().
    void wake();
    /// What was to be written down is, up to and with this ticket.
    void settle(quint64 ticket);
    /// Sends what waits for so long, while the bridge takes it, and then says finished(). For good.
    void finish(std::chrono::milliseconds within);
    /// At once; finished() follows. The connection to the database is closed and the store gone by then.
    void end();

Q_SIGNALS:
    void settleWanted(quint64 ticket, const Synchat::OutboxChange &change);
    void growthWanted(qint64 arrival);
    /// Everything that waited was taken or refused.
    void drained();
    void stateChanged(const Synchat::BridgeState &state);
    void finished();

private:
    template <typename T>
    DocumentStore::Answer<T> answerTo(void (Shipper::*method)(const Result<T, StoreFailure> &));
    void step();
    void prepare();
    void sendRooms();
    void sendSlice();
    void probe();
    void readAhead();
    /// Whether there is a parcel to send now.
    bool nextParcel();
    bool loadRooms();
    void rest();
    void lookAround();

    void prepared(const Result<StoreDone, StoreFailure> &result);
    void roomsAnswered(const Result<UpsertOutcome, StoreFailure> &result);
    void sliceAnswered(const Result<UpsertOutcome, StoreFailure> &result);
    void probeAnswered(const Result<UpsertOutcome, StoreFailure> &result);
    void follow(Shipment::Next next, const StoreFailure *failure);
    void report();
    void wait(std::chrono::milliseconds time);

    void failed(const StoreFailure &failure);
    void worked();
    void readingFailed(const QString &reason);
    void tellState();

    const Clock &m_clock;
    const ShippingConfig m_config;
    const Parts m_parts;
    std::unique_ptr<DocumentStore> m_store;
    ParcelSource m_source;
    bool m_isPrepared = false;
    bool m_isBusy = false; ///< a request is under way
    bool m_isProbeDue = false;
    bool m_isReadingAhead = false;
    enum class Stage { Working, Finishing, Ended };
    Stage m_stage = Stage::Working;

    QList<RoomLetter> m_rooms; ///< to be sent before the parcel
    Parcel m_parcel;
    Shipment m_shipment{0};
    Parcel m_next;
    BatchLimit m_limit;
    quint64 m_ticket = 0;
    quint64 m_settledTicket = 0;

    int m_failures = 0;  ///< in a row
    int m_misplaced = 0; ///< of these, the last ones in a row that were of the address
    TroubleLog m_log;
    LagAlarm m_alarm;
    BridgeState m_state;
    BridgeState m_toldState;
    QTimer m_wait;
    QTimer m_look;
    QTimer m_deadline;
};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::BridgeState)
