// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/room.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Room roomWith(qint64 firstSeq, qint64 lastSeq)
{
    return Room({7, u"ops"_s, u"Operations"_s, u"e1"_s, firstSeq, lastSeq});
}

JoinFrame joinFrame(std::optional<qint64> after, std::optional<QString> epoch)
{
    return {*RoomName::parse(u"ops"_s), {}, after, epoch};
}

Message numbered(qint64 seq)
{
    Message message;
    message.seq = seq;
    return message;
}

} // namespace

class tst_Room : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plansJoin_data();
    void plansJoin();
    void presenceAtFirstAndLastConnection();
    void announces();
    void frontIsCut();
    void keepsRecentWhileSomebodyCatchesUp();
    void clocksAtMostOnceASecond();
    void clocksRarerInACrowd_data();
    void clocksRarerInACrowd();
    void tellsItself();
};

void tst_Room::plansJoin_data()
{
    using Seq = std::optional<qint64>;
    using Text = std::optional<QString>;
    QTest::addColumn<qint64>("lastSeq");
    QTest::addColumn<Seq>("after");
    QTest::addColumn<Text>("epoch");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<Seq>("from");
    QTest::newRow("newcomer") << qint64(9) << Seq() << Text() << false << Seq();
    QTest::newRow("everything") << qint64(9) << Seq(0) << Text() << false << Seq(0);
    QTest::newRow("some") << qint64(9) << Seq(4) << Text(u"e1"_s) << false << Seq(4);
    QTest::newRow("nothing-missing") << qint64(9) << Seq(9) << Text(u"e1"_s) << false << Seq(9);
    QTest::newRow("no-epoch-sent") << qint64(9) << Seq(4) << Text() << false << Seq(4);
    QTest::newRow("beyond") << qint64(9) << Seq(10) << Text(u"e1"_s) << true << Seq(0);
    QTest::newRow("beyond-without-epoch") << qint64(9) << Seq(10) << Text() << true << Seq(0);
    QTest::newRow("foreign-epoch") << qint64(9) << Seq(4) << Text(u"e0"_s) << true << Seq(0);
    QTest::newRow("empty-epoch-is-foreign") << qint64(9) << Seq(4) << Text(u""_s) << true << Seq(0);
    QTest::newRow("foreign-epoch-without-after") << qint64(9) << Seq() << Text(u"e0"_s) << true << Seq();
    QTest::newRow("empty-room") << qint64(0) << Seq(0) << Text() << false << Seq(0);
    QTest::newRow("beyond-in-empty-room") << qint64(0) << Seq(1) << Text() << true << Seq(0);
    QTest::newRow("absurd") << qint64(9) << Seq(std::numeric_limits<qint64>::max()) << Text() << true
                            << Seq(0);
}

void tst_Room::plansJoin()
{
    QFETCH(qint64, lastSeq);
    QFETCH(std::optional<qint64>, after);
    QFETCH(std::optional<QString>, epoch);
    const JoinPlan plan = roomWith(lastSeq ? 1 : 0, lastSeq).planJoin(joinFrame(after, epoch));
    QTEST(plan.reset, "reset");
    QTEST(plan.after, "from");
}

void tst_Room::presenceAtFirstAndLastConnection()
{
    Room room = roomWith(0, 0);
    QVERIFY(room.enter(u"a"_s));
    QVERIFY(!room.enter(u"a"_s));
    QVERIFY(room.enter(u"b"_s));
    QCOMPARE(room.memberIds(), (QList<QString>{u"a"_s, u"b"_s}));
    QCOMPARE(room.info().members, 2);
    QVERIFY(!room.leave(u"a"_s));
    QVERIFY(room.hasMember(u"a"_s));
    QVERIFY(room.leave(u"a"_s));
    QVERIFY(!room.leave(u"a"_s));
    QVERIFY(!room.hasMember(u"a"_s));
}

void tst_Room::announces()
{
    Room room = roomWith(0, 0);
    room.announce(numbered(1));
    QCOMPARE(room.firstSeq(), 1);
    room.announce(numbered(2));
    QCOMPARE(room.firstSeq(), 1);
    QCOMPARE(room.lastSeq(), 2);
    room.announce(numbered(1));
    QCOMPARE(room.lastSeq(), 2);
}

void tst_Room::frontIsCut()
{
    StoredRoom stored;
    stored.firstSeq = 3;
    stored.lastSeq = 9;
    Room room(stored);
    room.cutFront(5);
    QCOMPARE(room.firstSeq(), 5);
    room.cutFront(4); // told late
    QCOMPARE(room.firstSeq(), 5);
    room.cutFront(10); // told before the message was announced
    QCOMPARE(room.firstSeq(), 9);
}

void tst_Room::keepsRecentWhileSomebodyCatchesUp()
{
    Room room = roomWith(1, 5);
    room.announce(numbered(6));
    QVERIFY(!room.recent().after(6));
    room.beginCatchUp();
    room.announce(numbered(7));
    room.beginCatchUp();
    room.endCatchUp();
    QCOMPARE(room.recent().after(6)->size(), 1);
    room.endCatchUp();
    QVERIFY(!room.recent().after(6));
    room.endCatchUp();
    room.beginCatchUp();
    QVERIFY(room.recent().after(7));
}

void tst_Room::clocksAtMostOnceASecond()
{
    Room room = roomWith(0, 0);
    QVERIFY(!room.clocksDue());
    room.markClocksChanged();
    QVERIFY(*room.clocksDue() <= MonoTime());
    room.clocksSent(MonoTime(10s));
    QVERIFY(!room.clocksDue());
    room.markClocksChanged();
    QCOMPARE(*room.clocksDue(), MonoTime(11s));
    for (int i = 0; i < 300; ++i)
        room.enter(QString::number(i));
    QCOMPARE(*room.clocksDue(), MonoTime(13s));
    room.clocksNotNeeded();
    QVERIFY(!room.clocksDue());
}

void tst_Room::clocksRarerInACrowd_data()
{
    QTest::addColumn<int>("reports");
    QTest::addColumn<int>("seconds");
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("class") << 199 << 1;
    QTest::newRow("hall") << 500 << 5;
    QTest::newRow("stadium") << 10000 << 100;
}

void tst_Room::clocksRarerInACrowd()
{
    QFETCH(int, reports);
    QFETCH(int, seconds);
    QCOMPARE(clocksInterval(reports), Nanos(std::chrono::seconds(seconds)));
}

void tst_Room::tellsItself()
{
    Room room = roomWith(1, 5);
    room.enter(u"a"_s);
    QCOMPARE(room.info(), (RoomInfo{u"ops"_s, u"Operations"_s, false, 1, 5, u"e1"_s}));
}

QTEST_APPLESS_MAIN(tst_Room)
#include "tst_room.moc"
