// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/takeback.h"

#include "common/logging.h"
#include "server/shipping/backoff.h"
#include "server/store/historyintake.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Synchat {

namespace {

constexpr int PageSize = 1000;
constexpr auto ToldEvery = 10s;

} // namespace

TakeBack::TakeBack(const Clock &clock, const ShippingConfig &config, DocumentStore &store,
                   HistoryIntake &intake, std::function<double()> chance)
    : m_clock(clock)
    , m_config(config)
    , m_store(store)
    , m_intake(intake)
    , m_chance(std::move(chance))
    , m_lastAnswer(clock.monotonic())
    , m_lastTold(m_lastAnswer)
    , m_wait(this)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { (this->*m_waiting)(); });
}

void TakeBack::start()
{
    qCInfo(logStore, "there is no history here: the bridge is asked for the one that it holds");
    askRooms();
}

template <typename T>
DocumentStore::Answer<T> TakeBack::answerTo(Step again, std::function<void(const T &)> use)
{
    return [this, again, use = std::move(use)](const Result<T, StoreFailure> &result) {
        if (!result) {
            tryAgain(again, result.error());
            return;
        }
        m_failures = 0;
        m_lastAnswer = m_clock.monotonic();
        use(*result);
    };
}

void TakeBack::tryAgain(Step step, const StoreFailure &failure)
{
    const bool mayPass =
        failure.kind == StoreFailure::Kind::Retryable || failure.kind == StoreFailure::Kind::Unclear;
    const auto waited = m_clock.monotonic() - m_lastAnswer;
    if (!mayPass || waited >= m_config.takeBackPatience) {
        fail(
            tr("There is no history here, and the bridge that may hold it cannot be read. %1 Please see that "
               "it answers, or set [bridge] take_back = no to begin a new history.")
                .arg(failure.reason));
        return;
    }
    if (m_failures++ == 0)
        qCWarning(logStore, "the bridge: %ls", qUtf16Printable(failure.reason));
    m_waiting = step;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_config.takeBackPatience - waited);
    m_wait.start(std::min(backOff(m_failures, m_chance(), failure.retryAfter), left + 1ms));
}

void TakeBack::fail(const QString &reason)
{
    Q_EMIT failed(reason);
}

void TakeBack::askRooms()
{
    m_store.findRooms(answerTo<QList<QJsonObject>>(&TakeBack::askRooms, [this](const auto &documents) {
        m_histories = keptHistories(documents);
        if (m_histories.isEmpty()) {
            Q_EMIT finished(0);
            return;
        }
        m_newest = m_histories.constFirst();
        askWhetherKept();
    }));
}

/// The newest history that has messages; one that was begun by mistake has none.
void TakeBack::askWhetherKept()
{
    if (m_histories.isEmpty())
        return choose(m_newest);
    const KeptHistory &history = m_histories.constFirst();
    const StoredRoom &room = history.rooms.at(m_countedRoom).room;
    m_store.countMessages(room.name, room.epoch,
                          answerTo<qint64>(&TakeBack::askWhetherKept, [this](const qint64 &count) {
                              const KeptHistory asked = m_histories.constFirst();
                              if (count > 0)
                                  return choose(asked);
                              if (++m_countedRoom == asked.rooms.size()) {
                                  m_histories.removeFirst();
                                  m_countedRoom = 0;
                              }
                              askWhetherKept();
                          }));
}

void TakeBack::choose(const KeptHistory &history)
{
    if (const auto problem = m_intake.begin(history.name, history.rooms))
        return fail(*problem);
    qCInfo(logStore, "taking back a history of %lld rooms from the bridge",
           static_cast<long long>(history.rooms.size()));
    m_rooms = history.rooms;
    nextRoom();
}

void TakeBack::nextRoom()
{
    if (m_rooms.isEmpty())
        return finish();
    const ShippedRoom &shipped = m_rooms.constFirst();
    const auto position = m_intake.position(shipped.room.number);
    if (!position)
        return fail(position.error());
    if (position->lastSeq > 0)
        m_walk.emplace(position->lastSeq, position->chain);
    else
        m_walk.emplace(shipped.room.name, shipped.room.epoch);
    m_break.clear();
    askPage();
}

void TakeBack::askPage()
{
    const StoredRoom &room = m_rooms.constFirst().room;
    m_store.findMessages({room.name, room.epoch, m_walk->lastSeq(), PageSize},
                         answerTo<QList<QJsonObject>>(
                             &TakeBack::askPage, [this](const auto &documents) { takePage(documents); }));
}

/// Where the front had been deleted before anything was shipped, the room begins later. That its document
/// names a cut does not say so: retention deletes here, never at the bridge, which may hold the front still.
bool TakeBack::beginsBehindCut(const QList<QJsonObject> &page) const
{
    const qint64 cutSeq = m_rooms.constFirst().cutSeq;
    if (m_walk->lastSeq() > 0 || cutSeq == 0 || page.isEmpty())
        return false;
    const auto first = messageFromDocument(page.constFirst());
    return first && first->message.seq > 1 && first->message.seq <= cutSeq + 1;
}

void TakeBack::beginBehindCut()
{
    const ShippedRoom &shipped = m_rooms.constFirst();
    if (const auto problem = m_intake.beginAt(shipped.room.number, shipped.cutSeq, shipped.cutChain))
        return fail(*problem);
    m_walk.emplace(shipped.cutSeq, shipped.cutChain);
    askPage();
}

void TakeBack::takePage(const QList<QJsonObject> &documents)
{
    const ShippedRoom &shipped = m_rooms.constFirst();
    if (beginsBehindCut(documents))
        return beginBehindCut();
    QList<ShippedMessage> good;
    for (const QJsonObject &document : documents) {
        const auto message = messageFromDocument(document);
        if (!message) {
            m_break = tr("The document behind message %1 is none of ours.").arg(m_walk->lastSeq());
            break;
        }
        if (const auto problem = m_walk->step(*message)) {
            m_break = *problem;
            break;
        }
        good.append(*message);
    }
    if (const auto problem = m_intake.add(shipped.room.number, good))
        return fail(*problem);
    m_taken += good.size();
    tellProgress();
    if (!m_break.isEmpty())
        return askWhatIsBehind();
    if (documents.size() < PageSize)
        return closeRoom(0);
    askPage();
}

void TakeBack::askWhatIsBehind()
{
    const StoredRoom &room = m_rooms.constFirst().room;
    // One more than may be: whether there are more does not matter.
    m_store.findMessages(
        {room.name, room.epoch, m_walk->lastSeq() + MostBehindABreak, 1, {u"seq"_s}},
        answerTo<QList<QJsonObject>>(&TakeBack::askWhatIsBehind, [this](const auto &documents) {
            closeRoom(documents.isEmpty() ? 1 : MostBehindABreak + 1);
        }));
}

void TakeBack::closeRoom(qint64 behind)
{
    const ShippedRoom shipped = m_rooms.takeFirst();
    if (behind > MostBehindABreak)
        return fail(
            tr("The history that the bridge holds is damaged, in the room %1: %2 Nothing is served, so "
               "that nothing is lost. Please mend it in MongoDB, or set [bridge] take_back = no to "
               "begin a new history.")
                .arg(shipped.room.name, m_break));
    if (behind > 0) {
        qCWarning(logStore,
                  "room %ls: what the bridge holds behind message %lld is not whole, and is not taken: %ls",
                  qUtf16Printable(shipped.room.name), static_cast<long long>(m_walk->lastSeq()),
                  qUtf16Printable(m_break));
    }
    nextRoom();
}

void TakeBack::finish()
{
    if (const auto problem = m_intake.finish())
        return fail(*problem);
    qCInfo(logStore, "%lld messages were taken back; what had not reached the bridge before the end is lost",
           static_cast<long long>(m_taken));
    Q_EMIT finished(m_taken);
}

void TakeBack::tellProgress()
{
    const MonoTime now = m_clock.monotonic();
    if (now - m_lastTold < ToldEvery)
        return;
    m_lastTold = now;
    qCInfo(logStore, "%lld messages taken back so far", static_cast<long long>(m_taken));
}

} // namespace Synchat
