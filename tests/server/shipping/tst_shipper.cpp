// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/messagedocument.h"
#include "server/store/outboxtable.h"
#include "tests/server/shipping/shippingrig.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = StoreFailure::Kind;

namespace {

StoreFailure failureOf(Kind kind)
{
    return {kind, u"The bridge does not want it."_s, std::nullopt};
}

} // namespace

class tst_Shipper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shipsWhatWaitedAndWhatComes();
    void shipsInLargeBatches();
    void shipsNewRooms();
    void wakesWithoutLookingAround();
    void noticesReplay();
    void troubleLosesNothing_data();
    void troubleLosesNothing();
    void poisonBecomesADeadLetter();
    void refusedByNameBecomesADeadLetter();
    void tellsRoomsWithDeadLetters();
    void knowsDeadLettersBeforeTheyAreWritten();
    void preparesAgainWhereNothingIs();
    void alarmByRows();
    void tellsTrouble();
    void restsWhileNothingCanBeWrittenDown();
    void finishShipsTheRest();
    void finishDoesNotWaitForABridgeThatIsDown();
    void finishWhileNothingCanBeRead();
    void skipsDeletedMessages();
};

void tst_Shipper::shipsWhatWaitedAndWhatComes()
{
    Rig rig;
    QVERIFY(rig.isOpen);
    rig.append(5);
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    rig.append(5);
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 10);
    QCOMPARE(rig.bridge.rooms.size(), 1);
    const auto shipped = messageFromDocument(rig.bridge.messages.value(rig.idOf(7)));
    QVERIFY(shipped);
    QCOMPARE(shipped->message, rig.fixture.committed.at(6).message);
    QCOMPARE(rig.bridge.prepared, 1);
}

void tst_Shipper::shipsInLargeBatches()
{
    Rig rig;
    rig.append(2500);
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.batches, (QList<qsizetype>{1000, 1000, 500}));
    QCOMPARE(rig.bridge.messages.size(), 2500);
}

void tst_Shipper::shipsNewRooms()
{
    Rig rig;
    rig.start();
    QSignalSpy settled(&rig.fixture.history(), &History::outboxSettled);
    QTRY_COMPARE(settled.size(), 1); // general
    QVERIFY(rig.fixture.createRoom(u"ops"_s));
    QTRY_COMPARE(settled.size(), 2);
    rig.stop();
    QCOMPARE(rig.bridge.rooms.size(), 2);
}

void tst_Shipper::wakesWithoutLookingAround()
{
    Rig rig;
    ShippingConfig config = quickConfig();
    config.lookAround = 1h;
    rig.start(config);
    QSignalSpy drained(rig.service.get(), &ShippingService::drained);
    QVERIFY(waitUntil([&] { return !drained.isEmpty(); }));
    for (int i = 0; i < 3; ++i) {
        rig.append(1);
        QVERIFY(rig.waitUntilEmpty());
    }
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 3);
}

void tst_Shipper::noticesReplay()
{
    Rig rig;
    rig.append(20);
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    const auto other =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    QCOMPARE(*replayEverything(*other), 20);
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    qsizetype sent = 0;
    for (const qsizetype batch : rig.bridge.batches)
        sent += batch;
    QCOMPARE(sent, 40);
    QCOMPARE(rig.bridge.messages.size(), 20);
}

void tst_Shipper::troubleLosesNothing_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("worksSecretly");
    QTest::newRow("retryable") << Kind::Retryable << false;
    QTest::newRow("retryable-but-done") << Kind::Retryable << true;
    QTest::newRow("unauthorized") << Kind::Unauthorized << false;
    QTest::newRow("misplaced") << Kind::Misplaced << false;
    QTest::newRow("unclear") << Kind::Unclear << false;
}

/// About every second request comes to nothing.
void tst_Shipper::troubleLosesNothing()
{
    QFETCH(Kind, kind);
    QFETCH(bool, worksSecretly);
    Rig rig;
    rig.append(50);
    rig.bridge.worksSecretly = worksSecretly;
    QRandomGenerator dice(5);
    rig.bridge.fault = [&dice, kind](const QList<QByteArray> &) {
        return dice.bounded(2) ? std::optional(failureOf(kind)) : std::nullopt;
    };
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    rig.append(50);
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 100);
    const auto reader = *OutboxReader::open(rig.fixture.history().address());
    QCOMPARE(reader->state()->dead, 0);
}

void tst_Shipper::poisonBecomesADeadLetter()
{
    Rig rig;
    rig.append(40);
    const QByteArray bad = rig.idOf(17).toUtf8();
    rig.bridge.fault = [bad](const QList<QByteArray> &documents) -> std::optional<StoreFailure> {
        for (const QByteArray &document : documents) {
            if (document.contains('"' + bad + '"'))
                return failureOf(Kind::Poison);
        }
        return std::nullopt;
    };
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 39);
    const auto connection =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadOnly);
    const auto letters = readDeadLetters(*connection, 10);
    QCOMPARE(letters->size(), 1);
    QCOMPARE(letters->constFirst().arrival, 17);
    QCOMPARE(letters->constFirst().reason, failureOf(Kind::Poison).reason);
    QVERIFY(letters->constFirst().since > 0);
}

void tst_Shipper::refusedByNameBecomesADeadLetter()
{
    Rig rig;
    rig.append(10);
    rig.bridge.refused = {rig.idOf(3), rig.idOf(4)};
    ShippingConfig config = quickConfig();
    config.lookAround = 1h; // it is told at once
    rig.start(config);
    QVERIFY(rig.waitUntilEmpty());
    QTRY_COMPARE(rig.service->state().refusedRooms.size(), 1);
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 8);
    const auto reader = *OutboxReader::open(rig.fixture.history().address());
    QCOMPARE(reader->state()->dead, 2);
}

void tst_Shipper::tellsRoomsWithDeadLetters()
{
    Rig rig;
    QVERIFY(rig.fixture.createRoom(u"ops"_s));
    rig.append(10);
    std::atomic<bool> isWell = false;
    const QByteArray bad = rig.idOf(3).toUtf8();
    rig.bridge.fault = [&isWell, bad](const QList<QByteArray> &documents) -> std::optional<StoreFailure> {
        const bool isBad = std::any_of(documents.cbegin(), documents.cend(), [&](const QByteArray &document) {
            return document.contains('"' + bad + '"');
        });
        return isBad && !isWell ? std::optional(failureOf(Kind::Poison)) : std::nullopt;
    };
    rig.start();
    const qint64 general = rig.fixture.history().rooms().constFirst().number;
    QTRY_COMPARE(rig.service->state().refusedRooms, QSet<qint64>{general});
    QVERIFY(rig.waitUntilEmpty());
    QCOMPARE(rig.service->state().refusedRooms, QSet<qint64>{general});
    isWell = true;
    const auto other =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    QCOMPARE(*replayDeadLetters(*other), 1);
    QTRY_VERIFY(rig.service->state().refusedRooms.isEmpty());
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 10);
}

void tst_Shipper::knowsDeadLettersBeforeTheyAreWritten()
{
    Rig rig;
    ParcelSource source(rig.fixture.history().address());
    source.letterRefused(7, 3);
    QCOMPARE(*source.roomsWithDeadLetters(), QSet<qint64>{7});
    source.settled(2);
    QCOMPARE(*source.roomsWithDeadLetters(), QSet<qint64>{7});
    source.settled(3);
    QVERIFY(source.roomsWithDeadLetters()->isEmpty());
}

void tst_Shipper::preparesAgainWhereNothingIs()
{
    Rig rig;
    rig.append(3);
    rig.bridge.fault = [&](const QList<QByteArray> &documents) {
        const bool isGone = !documents.isEmpty() && rig.bridge.prepared < 2;
        return isGone ? std::optional(failureOf(Kind::Misplaced)) : std::nullopt;
    };
    ShippingConfig config = quickConfig();
    config.pause = 1h; // it does not take one
    rig.start(config);
    QVERIFY(rig.waitUntilEmpty());
}

void tst_Shipper::alarmByRows()
{
    Rig rig;
    std::atomic<bool> isDown = true;
    rig.bridge.fault = [&](const QList<QByteArray> &) {
        return isDown ? std::optional(failureOf(Kind::Unauthorized)) : std::nullopt;
    };
    rig.start();
    QTRY_VERIFY(!rig.service->state().problem.isEmpty());
    QVERIFY(!rig.service->state().isAlarm);
    rig.append(60);
    QTRY_VERIFY(rig.service->state().isAlarm);
    QCOMPARE(rig.service->state().outbox.rows, 60);
    QVERIFY(!rig.service->state().answers);
    isDown = false;
    QTRY_VERIFY(!rig.service->state().isAlarm);
    QVERIFY(rig.service->state().answers);
    QCOMPARE(bridgeWords(rig.service->state()), QString());
}

void tst_Shipper::tellsTrouble()
{
    BridgeState state;
    state.outbox.dead = 2;
    QVERIFY(bridgeWords(state).contains(u'2'));
    state.outbox.rows = 70000;
    state.isAlarm = true;
    QVERIFY(bridgeWords(state).contains(u"70000"_s));
    state.problem = u"It is not there."_s;
    QCOMPARE(bridgeWords(state), state.problem);
}

/// What was taken is not sent again and again until that can be written down, and keeps nothing waiting.
void tst_Shipper::restsWhileNothingCanBeWrittenDown()
{
    Rig rig;
    constexpr int Rooms = 120; // more than are sent at once
    for (int i = 1; i < Rooms; ++i)
        QVERIFY(rig.fixture.createRoom(u"room%1"_s.arg(i)));
    rig.append(5);
    const auto other =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    QVERIFY(!other->beginWriting());
    ShippingConfig config = quickConfig();
    config.lookAround = 1ms;
    rig.start(config);
    QSignalSpy drained(rig.service.get(), &ShippingService::drained);
    QVERIFY(waitUntil([&] { return drained.size() >= 1; }));
    other->rollback();
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.rooms.size(), Rooms);
    QCOMPARE(rig.bridge.messages.size(), 5);
    QCOMPARE(rig.bridge.requests, 4); // prepare, messages, rooms twice
}

void tst_Shipper::finishShipsTheRest()
{
    Rig rig;
    rig.append(2500);
    rig.start();
    QSignalSpy finished(rig.service.get(), &ShippingService::finished);
    rig.service->finish(20s);
    QVERIFY(waitUntil([&] { return !finished.isEmpty(); }));
    rig.fixture.history().close(); // writes down what was told
    QCOMPARE(rig.waiting(), 0);
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 2500);
}

void tst_Shipper::finishDoesNotWaitForABridgeThatIsDown()
{
    Rig rig;
    rig.append(5);
    rig.bridge.fault = [](const QList<QByteArray> &) { return std::optional(failureOf(Kind::Retryable)); };
    rig.start();
    QSignalSpy finished(rig.service.get(), &ShippingService::finished);
    rig.service->finish(1h);
    QVERIFY(waitUntil([&] { return !finished.isEmpty(); }));
    QCOMPARE(rig.waiting(), 5);
}

/// The end comes between a probe that could not be read and its next time.
void tst_Shipper::finishWhileNothingCanBeRead()
{
    Rig rig;
    rig.append(1);
    const StoreAddress address = rig.fixture.history().address();
    rig.bridge.fault = [address](const QList<QByteArray> &documents) -> std::optional<StoreFailure> {
        if (documents.isEmpty() || !documents.constFirst().contains("\"text\""))
            return std::nullopt;
        (void)runOn(address.file(), {u"ALTER TABLE room RENAME TO gone"_s});
        return failureOf(Kind::Poison);
    };
    rig.start();
    QVERIFY(waitUntil([&] { return rig.service->state().problem.contains(u"room"_s); }));
    QSignalSpy finished(rig.service.get(), &ShippingService::finished);
    rig.service->finish(1h);
    QVERIFY(waitUntil([&] { return !finished.isEmpty(); }));
}

void tst_Shipper::skipsDeletedMessages()
{
    Rig rig;
    rig.append(5);
    const auto other =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    (void)other->run(u"DELETE FROM message WHERE arrival < 4"_s);
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    (void)other->run(u"DELETE FROM message"_s);
    QCOMPARE(*replayEverything(*other), 0);
    (void)other->run(u"INSERT INTO outbox VALUES (1, 5)"_s);
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    QCOMPARE(rig.bridge.messages.size(), 2);
}

QTEST_GUILESS_MAIN(tst_Shipper)
#include "tst_shipper.moc"
