// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/shipper.h"

#include "common/logging.h"
#include "server/shipping/backoff.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Synchat {

namespace {

/// Read between two turns of the event loop, which a request under way needs, too.
constexpr qint64 RowsInOneTurn = 100;
constexpr int RoomsAtOnce = 100;
constexpr auto ReadAgainAfter = 5s;
constexpr int MisplacedBeforePause = 5; ///< failures in a row

} // namespace

Shipper::Shipper(const Clock &clock, ShippingConfig config, Parts parts)
    : m_clock(clock)
    , m_config(config)
    , m_parts(std::move(parts))
    , m_source(m_parts.database)
    , m_log(clock)
    , m_alarm(config.alarmRows, config.alarmAge)
    , m_wait(this)
    , m_look(this)
    , m_deadline(this)
{
    m_wait.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Shipper::step);
    connect(&m_look, &QTimer::timeout, this, &Shipper::lookAround);
    connect(&m_deadline, &QTimer::timeout, this, &Shipper::end);
}

Shipper::~Shipper() = default;

void Shipper::start()
{
    m_store = m_parts.makeStore();
    m_look.start(m_config.lookAround);
    lookAround();
    step();
}

void Shipper::wake()
{
    step();
}

void Shipper::settle(quint64 ticket)
{
    m_settledTicket = ticket;
    m_source.settled(ticket);
}

void Shipper::finish(std::chrono::milliseconds within)
{
    if (m_stage != Stage::Working)
        return;
    m_stage = Stage::Finishing;
    m_deadline.start(within);
    m_wait.stop();
    step();
}

void Shipper::end()
{
    if (m_stage == Stage::Ended)
        return;
    m_stage = Stage::Ended;
    m_wait.stop();
    m_look.stop();
    m_deadline.stop();
    // Not at once: this may be within an answer of the store.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_store.reset();
            m_source.close();
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

/// What is done next. Every answer and every timer comes back here.
void Shipper::step()
{
    if (m_stage == Stage::Ended || m_isBusy || m_wait.isActive())
        return;
    if (!m_isPrepared)
        return prepare();
    if (m_isProbeDue)
        return probe();
    if (m_shipment.isDone() && !nextParcel())
        return;
    if (!m_rooms.isEmpty())
        return sendRooms();
    if (!m_shipment.isDone())
        return sendSlice();
    report(); // a parcel of messages that were deleted meanwhile
    QMetaObject::invokeMethod(this, &Shipper::step, Qt::QueuedConnection);
}

bool Shipper::nextParcel()
{
    m_parcel = std::exchange(m_next, {});
    const auto last = m_source.lastArrival();
    if (!last) {
        readingFailed(last.error());
        return false;
    }
    for (bool goesOn = true; goesOn && !m_parcel.isFull(m_limit.documents());) {
        const auto more = m_source.readOn(m_parcel, RowsInOneTurn);
        if (!more) {
            readingFailed(more.error());
            return false;
        }
        goesOn = *more;
    }
    if (!loadRooms()) // behind the messages, so that none comes before its room
        return false;
    m_shipment = Shipment(m_parcel.size());
    if (!m_parcel.isEmpty() || !m_rooms.isEmpty())
        return true;
    Q_EMIT growthWanted(*last);
    rest();
    return false;
}

bool Shipper::loadRooms()
{
    const auto rooms = m_source.roomsToShip(toWire(m_clock.now()), RoomsAtOnce);
    if (!rooms) {
        readingFailed(rooms.error());
        return false;
    }
    m_rooms = *rooms;
    return true;
}

void Shipper::readAhead()
{
    m_isReadingAhead = false;
    if (!m_isBusy || m_stage == Stage::Ended || m_next.isFull(m_limit.documents()))
        return;
    const auto more = m_source.readOn(m_next, RowsInOneTurn);
    if (!more)
        return readingFailed(more.error());
    if (!*more)
        return;
    m_isReadingAhead = true;
    QMetaObject::invokeMethod(this, &Shipper::readAhead, Qt::QueuedConnection);
}

/// Nothing waits that has not been taken.
void Shipper::rest()
{
    Q_EMIT drained();
    if (m_stage == Stage::Finishing)
        end();
}

template <typename T>
DocumentStore::Answer<T> Shipper::answerTo(void (Shipper::*method)(const Result<T, StoreFailure> &))
{
    m_isBusy = true;
    return [this, method](const Result<T, StoreFailure> &result) {
        m_isBusy = false;
        (this->*method)(result);
        step();
    };
}

void Shipper::prepare()
{
    m_store->prepare(answerTo(&Shipper::prepared));
}

void Shipper::prepared(const Result<StoreDone, StoreFailure> &result)
{
    if (result) {
        m_isPrepared = true;
        worked();
        return;
    }
    failed(result.error());
    const auto kind = result.error().kind;
    const bool mayPass = kind == StoreFailure::Kind::Retryable || kind == StoreFailure::Kind::Unclear;
    follow(mayPass ? Shipment::Next::Later : Shipment::Next::Pause, &result.error());
}

void Shipper::sendRooms()
{
    QList<QByteArray> documents;
    for (const RoomLetter &room : m_rooms)
        documents.append(room.document);
    m_store->upsertRooms(documents, answerTo(&Shipper::roomsAnswered));
}

void Shipper::roomsAnswered(const Result<UpsertOutcome, StoreFailure> &result)
{
    // A room that is refused is no letter that can be laid aside: without it its messages have no home.
    const StoreFailure refused{StoreFailure::Kind::Poison,
                               result && !result->refusals.isEmpty() ? result->refusals.constFirst().reason
                                                                     : QString(),
                               std::nullopt};
    if (!result || !result->refusals.isEmpty()) {
        const StoreFailure &failure = result ? refused : result.error();
        failed(failure);
        const bool mayPass =
            failure.kind == StoreFailure::Kind::Retryable || failure.kind == StoreFailure::Kind::Unclear;
        follow(mayPass ? Shipment::Next::Later : Shipment::Next::Pause, &failure);
        return;
    }
    worked();
    OutboxChange change;
    ++m_ticket;
    for (const RoomLetter &room : std::exchange(m_rooms, {})) {
        change.rooms.append(room.number);
        m_source.roomTaken(room.number, m_ticket);
    }
    Q_EMIT settleWanted(m_ticket, change);
}

void Shipper::sendSlice()
{
    const Shipment::Slice slice = m_shipment.current(m_limit.documents());
    m_store->upsertMessages(m_parcel.documents(slice), answerTo(&Shipper::sliceAnswered));
    if (!m_isReadingAhead)
        QMetaObject::invokeMethod(this, &Shipper::readAhead, Qt::QueuedConnection);
}

void Shipper::sliceAnswered(const Result<UpsertOutcome, StoreFailure> &result)
{
    if (result) {
        worked();
        m_limit.taken();
        follow(m_shipment.taken(result->refusals), nullptr);
        report();
        return;
    }
    const StoreFailure &failure = result.error();
    failed(failure);
    if (failure.kind == StoreFailure::Kind::TooLarge)
        m_limit.tooLarge(m_shipment.current(m_limit.documents()).count);
    else if (failure.kind == StoreFailure::Kind::Retryable)
        m_limit.failed(m_failures);
    follow(m_shipment.failed(failure), &failure);
}

/// Whether another document is taken: one that is there already, a room's.
void Shipper::probe()
{
    const auto room = m_source.someRoom(toWire(m_clock.now()));
    if (!room)
        return readingFailed(room.error());
    if (!*room)
        return wait(m_config.pause);
    m_store->upsertRooms({(*room)->document}, answerTo(&Shipper::probeAnswered));
}

void Shipper::probeAnswered(const Result<UpsertOutcome, StoreFailure> &result)
{
    m_isProbeDue = false;
    const StoreFailure refused{StoreFailure::Kind::Poison, {}, std::nullopt};
    const StoreFailure *failure = !result ? &result.error() : nullptr;
    if (result && !result->refusals.isEmpty())
        failure = &refused;
    const Shipment::Next next = m_shipment.probed(failure);
    report();
    follow(next, failure);
}

void Shipper::follow(Shipment::Next next, const StoreFailure *failure)
{
    if (next == Shipment::Next::Probe)
        m_isProbeDue = true;
    if (next != Shipment::Next::Later && next != Shipment::Next::Pause)
        return;
    if (m_stage == Stage::Finishing)
        return end();
    const auto retryAfter = failure ? failure->retryAfter : std::nullopt;
    if (next == Shipment::Next::Later)
        return wait(backOff(m_failures, m_parts.chance(), retryAfter));
    m_isPrepared = false; // what was there may be gone
    // A collection that was dropped is made anew, and a proxy that talked nonsense may have been restarted.
    const bool isMisplaced = failure && failure->kind == StoreFailure::Kind::Misplaced;
    if (isMisplaced && m_failures == 1)
        return;
    if (isMisplaced && m_misplaced < MisplacedBeforePause)
        return wait(backOff(m_failures, m_parts.chance(), retryAfter));
    wait(std::max(m_config.pause, backOff(1, 0, retryAfter)));
}

/// Tells what became of documents, and at the end of the parcel of all that it covers.
void Shipper::report()
{
    const OutboxChange change = m_parcel.changeBy(m_shipment, toWire(m_clock.now()));
    if (!change.isEmpty())
        ++m_ticket;
    for (const DeadLetter &letter : change.dead) {
        const qint64 room = m_parcel.roomOf(letter.arrival);
        m_source.letterRefused(room, m_ticket);
        m_state.refusedRooms.insert(room);
        qCWarning(logStore, "the bridge refuses message %lld for good: %ls (see synchatd mongo status)",
                  static_cast<long long>(letter.arrival), qUtf16Printable(letter.reason));
    }
    if (m_shipment.isDone())
        m_parcel = {};
    tellState(); // before any message behind such a one is let go
    if (!change.isEmpty())
        Q_EMIT settleWanted(m_ticket, change);
}

void Shipper::wait(std::chrono::milliseconds time)
{
    m_wait.start(time);
}

void Shipper::failed(const StoreFailure &failure)
{
    ++m_failures;
    m_misplaced = failure.kind == StoreFailure::Kind::Misplaced ? m_misplaced + 1 : 0;
    m_state.problem = failure.reason;
    const bool mayPass =
        failure.kind == StoreFailure::Kind::Retryable || failure.kind == StoreFailure::Kind::Unclear;
    if (m_failures > 1 || !mayPass)
        m_state.answers = false;
    m_log.failed(failure.reason);
    tellState();
}

void Shipper::worked()
{
    m_failures = 0;
    m_misplaced = 0;
    m_state.answers = true;
    m_state.problem.clear();
    m_log.worked();
    tellState();
}

void Shipper::readingFailed(const QString &reason)
{
    m_next = {}; // the source begins at the beginning
    m_state.problem = reason;
    m_log.failed(reason);
    tellState();
    if (m_stage == Stage::Finishing)
        end();
    else if (!m_wait.isActive())
        wait(ReadAgainAfter);
}

void Shipper::lookAround()
{
    const auto outbox = m_source.state();
    if (!outbox)
        return readingFailed(outbox.error());
    const auto refusedRooms = m_source.roomsWithDeadLetters();
    if (!refusedRooms)
        return readingFailed(refusedRooms.error());
    m_state.outbox = *outbox;
    m_state.refusedRooms = *refusedRooms;
    const WallTime oldest = wallTimeFromWire(outbox->oldest.value_or(toWire(m_clock.now())));
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now() - oldest);
    const LagAlarm::Turn turn = m_alarm.judge(outbox->rows, age);
    if (turn == LagAlarm::Turn::Raised)
        qCWarning(logStore, "%lld messages wait for the bridge, the oldest for %lld s",
                  static_cast<long long>(outbox->rows), static_cast<long long>(age.count()));
    if (turn == LagAlarm::Turn::Over)
        qCInfo(logStore, "few messages wait for the bridge again");
    m_state.isAlarm = m_alarm.isRaised();
    tellState();
    if (m_ticket == m_settledTicket && m_parcel.isEmpty() && m_next.isEmpty()) {
        m_source.startOver(); // what another program has put there
        step();
    }
}

void Shipper::tellState()
{
    if (m_state == m_toldState)
        return;
    m_toldState = m_state;
    Q_EMIT stateChanged(m_state);
}

} // namespace Synchat
