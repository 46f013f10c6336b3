// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/messagedocument.h"
#include "server/store/outboxreader.h"
#include "server/store/outboxtable.h"
#include "tests/server/store/historyfixture.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

using Ranges = QList<ArrivalRange>;

namespace {

/// A history that ships, closed again, with a connection of the test's own.
class Bench
{
public:
    explicit Bench(int messages)
    {
        fixture.config().ships = true;
        if (!fixture.open())
            return;
        for (int i = 0; i < messages; ++i)
            fixture.store(sampleMessage(QString::number(i)));
        const StoreAddress address = fixture.history().address();
        fixture.close();
        connection = std::move(*StoreConnection::open(address, StoreConnection::Access::ReadWrite));
        reader = std::move(*OutboxReader::open(address));
    }

    Ranges ranges() const
    {
        QSqlQuery query = connection->prepared(u"SELECT first, last FROM outbox ORDER BY first"_s);
        Ranges ranges;
        for (query.exec(); query.next();)
            ranges.append({query.value(0).toLongLong(), query.value(1).toLongLong()});
        return ranges;
    }
    void put(const Ranges &ranges) const
    {
        (void)connection->run(u"DELETE FROM outbox"_s);
        for (const ArrivalRange &range : ranges)
            (void)connection->run(u"INSERT INTO outbox VALUES (%1, %2)"_s.arg(range.first).arg(range.last));
    }

    HistoryFixture fixture;
    std::unique_ptr<StoreConnection> connection;
    std::unique_ptr<OutboxReader> reader;
};

QList<qint64> arrivalsOf(const OutboxPart &part)
{
    QList<qint64> arrivals;
    for (const Letter &letter : part.letters)
        arrivals.append(letter.arrival);
    return arrivals;
}

} // namespace

class tst_OutboxTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void taken_data();
    void taken();
    void deadLettersLeaveTheOutbox();
    void reads_data();
    void reads();
    void readsDocuments();
    void skipsWhatWasDeleted();
    void roomsAreShippedOnce();
    void stateTellsTheOldest();
    void replaysEverything();
    void replaysWhatIsStillThere();
    void replaysARoom();
    void replaysDeadLetters();
    void newTargetGetsEverything();
    void writerSettles();
    void writerSettlesWithTheNextCommit();
    void tellsOfGrowthOnce();
    void tellsOfRoomMadeBefore();
};

void tst_OutboxTable::taken_data()
{
    QTest::addColumn<Ranges>("before");
    QTest::addColumn<ArrivalRange>("range");
    QTest::addColumn<Ranges>("after");
    QTest::newRow("exactly") << Ranges{{1, 5}} << ArrivalRange{1, 5} << Ranges{};
    QTest::newRow("several") << Ranges{{1, 1}, {2, 5}, {6, 6}} << ArrivalRange{1, 6} << Ranges{};
    QTest::newRow("front") << Ranges{{1, 5}} << ArrivalRange{1, 3} << Ranges{{4, 5}};
    QTest::newRow("end") << Ranges{{1, 5}} << ArrivalRange{3, 5} << Ranges{{1, 2}};
    QTest::newRow("middle") << Ranges{{1, 5}} << ArrivalRange{3, 3} << Ranges{{1, 2}, {4, 5}};
    QTest::newRow("over-two") << Ranges{{1, 5}, {7, 9}} << ArrivalRange{3, 8} << Ranges{{1, 2}, {9, 9}};
    QTest::newRow("between") << Ranges{{1, 2}, {7, 9}} << ArrivalRange{3, 6} << Ranges{{1, 2}, {7, 9}};
    QTest::newRow("not-there") << Ranges{{7, 9}} << ArrivalRange{1, 2} << Ranges{{7, 9}};
}

void tst_OutboxTable::taken()
{
    QFETCH(Ranges, before);
    QFETCH(ArrivalRange, range);
    const Bench bench(0);
    QVERIFY(bench.connection);
    bench.put(before);
    QVERIFY(!writeOutboxChange(*bench.connection, {.taken = {range}}));
    QTEST(bench.ranges(), "after");
}

void tst_OutboxTable::deadLettersLeaveTheOutbox()
{
    const Bench bench(5);
    bench.put({{1, 5}});
    QVERIFY(!writeOutboxChange(*bench.connection, {.taken = {{1, 2}}, .dead = {{4, u"no"_s, 17}}}));
    QCOMPARE(bench.ranges(), (Ranges{{3, 3}, {5, 5}}));
    QCOMPARE(*readDeadLetters(*bench.connection, 10), (QList<DeadLetter>{{4, u"no"_s, 17, u"general"_s, 4}}));
    QVERIFY(!writeOutboxChange(*bench.connection, {.dead = {{4, u"still no"_s, 18}}}));
    QCOMPARE(*readDeadLetters(*bench.connection, 10),
             (QList<DeadLetter>{{4, u"still no"_s, 17, u"general"_s, 4}}));
    QCOMPARE(bench.reader->state()->dead, 1);
}

void tst_OutboxTable::reads_data()
{
    QTest::addColumn<Ranges>("outbox");
    QTest::addColumn<qint64>("after");
    QTest::addColumn<qint64>("most");
    QTest::addColumn<Ranges>("ranges");
    QTest::newRow("nothing") << Ranges{} << 0LL << 100LL << Ranges{};
    QTest::newRow("all") << Ranges{{1, 1}, {2, 3}, {4, 8}} << 0LL << 100LL << Ranges{{1, 8}};
    QTest::newRow("first-part") << Ranges{{1, 2}, {3, 8}} << 0LL << 4LL << Ranges{{1, 4}};
    QTest::newRow("goes-on") << Ranges{{1, 2}, {3, 8}} << 4LL << 3LL << Ranges{{5, 7}};
    QTest::newRow("holes-are-not-covered")
        << Ranges{{1, 1}, {3, 3}, {5, 6}} << 0LL << 100LL << Ranges{{1, 1}, {3, 3}, {5, 6}};
}

void tst_OutboxTable::reads()
{
    QFETCH(Ranges, outbox);
    QFETCH(qint64, after);
    QFETCH(qint64, most);
    static const Bench bench(8);
    bench.put(outbox);
    const auto part = bench.reader->read(after, most);
    QVERIFY(part);
    QTEST(part->ranges, "ranges");
    QList<qint64> expected;
    for (const ArrivalRange &range : part->ranges) {
        for (qint64 arrival = range.first; arrival <= range.last; ++arrival)
            expected.append(arrival);
    }
    QCOMPARE(arrivalsOf(*part), expected);
}

void tst_OutboxTable::readsDocuments()
{
    Bench bench(2);
    const auto part = bench.reader->read(0, 10);
    QVERIFY(part);
    QCOMPARE(part->letters.size(), 2);
    const auto shipped = messageFromDocument(QJsonDocument::fromJson(part->letters.at(1).document).object());
    QVERIFY(shipped);
    QCOMPARE(shipped->message, bench.fixture.committed.at(1).message);
    QCOMPARE(shipped->arrival, 2);
    QCOMPARE(shipped->epoch, bench.connection->run(u"SELECT epoch FROM room"_s)->toString());
    QCOMPARE(shipped->chain,
             bench.connection->run(u"SELECT chain FROM message WHERE arrival = 2"_s)->toByteArray());
}

void tst_OutboxTable::skipsWhatWasDeleted()
{
    const Bench bench(3);
    (void)bench.connection->run(u"DELETE FROM message WHERE arrival = 2"_s);
    const auto part = bench.reader->read(0, 10);
    QVERIFY(part);
    QCOMPARE(arrivalsOf(*part), (QList<qint64>{1, 3}));
    QCOMPARE(part->ranges, (Ranges{{1, 3}}));
}

void tst_OutboxTable::roomsAreShippedOnce()
{
    const Bench bench(0);
    const auto rooms = bench.reader->roomsToShip(1764000000000000, 10);
    QVERIFY(rooms);
    QCOMPARE(rooms->size(), 1);
    const auto room = roomFromDocument(QJsonDocument::fromJson(rooms->constFirst().document).object());
    QVERIFY(room);
    QCOMPARE(room->room.name, u"general"_s);
    QCOMPARE(room->history, room->room.epoch);
    QCOMPARE(room->since, 1764000000000000);
    QVERIFY(!writeOutboxChange(*bench.connection, {.rooms = {rooms->constFirst().number}}));
    QVERIFY(bench.reader->roomsToShip(0, 10)->isEmpty());
    QVERIFY(bench.reader->someRoom(0)->has_value());
}

void tst_OutboxTable::stateTellsTheOldest()
{
    const Bench bench(3);
    QCOMPARE(*bench.reader->state(), (OutboxState{3, sampleMessage().stamps.local.t, 0}));
    bench.put({});
    QCOMPARE(*bench.reader->state(), OutboxState());
}

void tst_OutboxTable::replaysEverything()
{
    const Bench bench(3);
    bench.put({{2, 2}});
    (void)bench.connection->run(u"UPDATE room SET shipped = 1"_s);
    QVERIFY(!writeOutboxChange(*bench.connection, {.dead = {{1, u"no"_s, 1}}}));
    QCOMPARE(*replayEverything(*bench.connection), 3);
    QCOMPARE(bench.ranges(), (Ranges{{1, 3}}));
    QCOMPARE(bench.reader->state()->dead, 0);
    QCOMPARE(bench.reader->roomsToShip(0, 10)->size(), 1);
}

void tst_OutboxTable::replaysWhatIsStillThere()
{
    const Bench bench(5);
    (void)bench.connection->run(u"DELETE FROM message WHERE arrival < 4"_s);
    QCOMPARE(*replayEverything(*bench.connection), 2);
    QCOMPARE(bench.ranges(), (Ranges{{4, 5}}));
    QCOMPARE(bench.reader->state()->rows, 2);
    (void)bench.connection->run(u"DELETE FROM message"_s);
    QCOMPARE(*replayEverything(*bench.connection), 0);
    QCOMPARE(bench.ranges(), Ranges());
}

void tst_OutboxTable::replaysARoom()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    const auto room = fixture.createRoom(u"ops"_s);
    QVERIFY(room);
    for (int i = 0; i < 6; ++i)
        QVERIFY(fixture.store(sampleMessage(QString::number(i)), i % 3 == 0 ? 0 : room->number));
    auto connection = *StoreConnection::open(fixture.history().address(), StoreConnection::Access::ReadWrite);
    (void)connection->run(u"DELETE FROM outbox"_s);
    (void)connection->run(u"INSERT INTO outbox VALUES (3, 4)"_s);
    QVERIFY(!writeOutboxChange(*connection, {.dead = {{1, u"no"_s, 1}, {5, u"no"_s, 1}}}));
    QCOMPARE(*replayRoom(*connection, room->number), 4);
    QCOMPARE(connection->run(u"SELECT arrival FROM outbox_dead"_s)->toLongLong(), 1);
    const auto reader = *OutboxReader::open(fixture.history().address());
    QCOMPARE(arrivalsOf(*reader->read(0, 100)), (QList<qint64>{2, 3, 4, 5, 6}));
}

void tst_OutboxTable::replaysDeadLetters()
{
    const Bench bench(5);
    QVERIFY(!writeOutboxChange(
        *bench.connection, {.taken = {{1, 5}}, .dead = {{2, u"a"_s, 1}, {3, u"b"_s, 1}, {5, u"c"_s, 1}}}));
    QCOMPARE(bench.ranges(), Ranges());
    QCOMPARE(*replayDeadLetters(*bench.connection), 3);
    QCOMPARE(bench.ranges(), (Ranges{{2, 3}, {5, 5}}));
    QCOMPARE(bench.reader->state()->dead, 0);
}

void tst_OutboxTable::newTargetGetsEverything()
{
    const Bench bench(4);
    bench.put({});
    QVERIFY(!setShippingTarget(*bench.connection, u"http://a/b"_s));
    QCOMPARE(bench.ranges(), (Ranges{{1, 4}}));
    bench.put({{3, 3}});
    QVERIFY(!setShippingTarget(*bench.connection, u"http://a/b"_s)); // the same: nothing to do
    QCOMPARE(bench.ranges(), (Ranges{{3, 3}}));
    QVERIFY(!setShippingTarget(*bench.connection, {})); // none for a while
    QCOMPARE(bench.ranges(), Ranges());
    QVERIFY(!setShippingTarget(*bench.connection, u"http://a/b"_s));
    QCOMPARE(bench.ranges(), (Ranges{{1, 4}}));
    bench.put({});
    (void)bench.connection->run(u"UPDATE room SET epoch = 'restored'"_s);
    QVERIFY(!setShippingTarget(*bench.connection, u"http://a/b"_s));
    QCOMPARE(bench.ranges(), (Ranges{{1, 4}}));
}

void tst_OutboxTable::writerSettles()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    QVERIFY(fixture.store(sampleMessage(u"one"_s)));
    QSignalSpy settled(&fixture.history(), &History::outboxSettled);
    fixture.history().settleOutbox(7, {.taken = {{1, 1}}});
    QTRY_COMPARE(settled.size(), 1);
    QCOMPARE(settled.constFirst().constFirst().toULongLong(), 7);
    const auto reader = *OutboxReader::open(fixture.history().address());
    QCOMPARE(reader->state()->rows, 0);
}

void tst_OutboxTable::writerSettlesWithTheNextCommit()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    QVERIFY(fixture.store(sampleMessage(u"one"_s)));
    fixture.history().settleOutbox(1, {.taken = {{1, 1}}});
    QVERIFY(fixture.append(sampleMessage(u"two"_s)));
    QSignalSpy settled(&fixture.history(), &History::outboxSettled);
    fixture.history().close(); // also what nobody commits any more
    QCOMPARE(settled.size(), 1);
    const auto reader = *OutboxReader::open(fixture.history().address());
    QCOMPARE(arrivalsOf(*reader->read(0, 10)), (QList<qint64>{2}));
}

void tst_OutboxTable::tellsOfGrowthOnce()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    QSignalSpy grew(&fixture.history(), &History::outboxGrew);
    fixture.history().awaitOutbox(0);
    QVERIFY(fixture.store(sampleMessage(u"one"_s)));
    QTRY_COMPARE(grew.size(), 1);
    QVERIFY(fixture.store(sampleMessage(u"two"_s)));
    fixture.history().awaitOutbox(2);
    QVERIFY(fixture.createRoom(u"ops"_s)); // behind the call before
    QTRY_COMPARE(grew.size(), 2);
    fixture.history().awaitOutbox(1); // committed before it was asked for
    QTRY_COMPARE(grew.size(), 3);
}

void tst_OutboxTable::tellsOfRoomMadeBefore()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    QVERIFY(fixture.createRoom(u"ops"_s));
    QSignalSpy grew(&fixture.history(), &History::outboxGrew);
    fixture.history().awaitOutbox(100);
    QTRY_COMPARE(grew.size(), 1);
}

QTEST_GUILESS_MAIN(tst_OutboxTable)
#include "tst_outboxtable.moc"
