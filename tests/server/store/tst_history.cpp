// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_History : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void freshHistoryHasGeneral();
    void numbersFromOneInEachRoom();
    void keepsEveryField();
    void keepsNullAndAbsurdFields();
    void oneBatchIsOneTransaction();
    void batchesAreBounded();
    void postSentTwiceInOneBatch();
    void postSentTwiceAcrossRestart();
    void sameIdOfAnotherAuthorOrRoomIsAnotherPost();
    void unknownRoomIsRefusedAlone();
    void queueIsBounded();
    void answersComeBeforeCloseReturns();
    void closedHistoryTakesNothing();
    void roomsSurviveRestart();
    void roomNameIsTakenOnce();
    void secretIsKept();
    void logMovesIntoDatabase();
    void leavesNoConnections();
};

void tst_History::freshHistoryHasGeneral()
{
    HistoryFixture fixture;
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
    const QList<StoredRoom> rooms = fixture.history().rooms();
    QCOMPARE(rooms.size(), 1);
    QCOMPARE(rooms.first().name, u"general"_s);
    QCOMPARE(rooms.first().firstSeq, 0);
    QCOMPARE(rooms.first().lastSeq, 0);
    QCOMPARE_GE(rooms.first().epoch.size(), 8);
    QCOMPARE(fixture.history().problem(), QString());
}

void tst_History::numbersFromOneInEachRoom()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const auto second = fixture.createRoom(u"second"_s);
    QVERIFY(second);
    for (int i = 1; i <= 3; ++i) {
        QCOMPARE(fixture.store(sampleMessage()), i);
        QCOMPARE(fixture.store(sampleMessage(), second->number), i);
    }
    fixture.close();
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 4);
    QCOMPARE(fixture.committed.constLast().message.room, u"general"_s);
    QCOMPARE(fixture.store(sampleMessage(), second->number), 4);
    QCOMPARE(fixture.committed.constLast().message.room, u"second"_s);
}

void tst_History::keepsEveryField()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    Message message = sampleMessage(u"line one\nñandú \U0001F570 'quoted' \"double\" %1 ?"_s);
    message.kind = u"later"_s;
    message.replyTo = 2;
    QCOMPARE(fixture.store(message), 1);
    message.seq = 1;
    QCOMPARE(fixture.committed.first().message, message);
    fixture.close();
    QVERIFY(fixture.open());
    QCOMPARE(fixture.all(), QList<Message>{message});
}

void tst_History::keepsNullAndAbsurdFields()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    Message bare;
    bare.room = u"general"_s;
    bare.id = QUuid::createUuid();
    bare.text = QString(Limits::TextUnits, u'\u20ac');
    constexpr qint64 LargestExact = qint64(1) << 53; // what JSON numbers hold
    Message absurd = sampleMessage();
    absurd.stamps.live.t = -LargestExact;
    absurd.stamps.live.offset = LargestExact;
    QCOMPARE(fixture.store(bare), 1);
    QCOMPARE(fixture.store(absurd), 2);
    bare.seq = 1;
    absurd.seq = 2;
    const QList<Message> stored = fixture.all();
    QCOMPARE(stored.size(), 2);
    QCOMPARE(stored.at(0), bare);
    QCOMPARE(stored.at(1), absurd);
}

void tst_History::oneBatchIsOneTransaction()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 0; i < 400; ++i)
        QVERIFY(fixture.append(sampleMessage(QString::number(i))));
    QCOMPARE(fixture.history().queued(), 400);
    QVERIFY(fixture.waitForAnswers(400));
    QCOMPARE(fixture.history().queued(), 0);
    for (int i = 0; i < 400; ++i) {
        QCOMPARE(fixture.committed.at(i).ticket, quint64(i + 1));
        QCOMPARE(fixture.committed.at(i).message.seq, i + 1);
        QCOMPARE(fixture.committed.at(i).message.text, QString::number(i));
    }
    QCOMPARE_LT(fixture.batches.size(), 400);
}

void tst_History::batchesAreBounded()
{
    HistoryFixture fixture;
    fixture.config().maxBatch = 16;
    QVERIFY(fixture.open());
    for (int i = 0; i < 300; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    QVERIFY(fixture.waitForAnswers(300));
    for (const qsizetype size : fixture.batches)
        QCOMPARE_LE(size, 16);
    QCOMPARE(fixture.committed.constLast().message.seq, 300);
}

void tst_History::postSentTwiceInOneBatch()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const Message message = sampleMessage(u"first text"_s);
    Message again = message;
    again.text = u"another text"_s;
    const quint64 first = fixture.append(message);
    const quint64 second = fixture.append(again);
    fixture.append(sampleMessage(u"next"_s));
    QVERIFY(fixture.waitForAnswers(3));
    QCOMPARE(fixture.committed.size(), 2);
    QCOMPARE(fixture.committed.at(0).ticket, first);
    QCOMPARE(fixture.committed.at(1).message.seq, 2); // no hole
    QCOMPARE(fixture.already.size(), 1);
    QCOMPARE(fixture.already.at(0).ticket, second);
    QCOMPARE(fixture.already.at(0).message, fixture.committed.at(0).message);
}

void tst_History::postSentTwiceAcrossRestart()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const Message message = sampleMessage();
    QCOMPARE(fixture.store(message), 1);
    fixture.close();
    QVERIFY(fixture.open());
    fixture.append(message);
    QVERIFY(fixture.waitForAnswers(2));
    QCOMPARE(fixture.already.size(), 1);
    QCOMPARE(fixture.already.at(0).message, fixture.committed.at(0).message);
    QCOMPARE(fixture.all().size(), 1);
}

void tst_History::sameIdOfAnotherAuthorOrRoomIsAnotherPost()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const auto second = fixture.createRoom(u"second"_s);
    QVERIFY(second);
    Message message = sampleMessage();
    QCOMPARE(fixture.store(message), 1);
    QCOMPARE(fixture.store(message, second->number), 1);
    message.from.id = u"u2"_s;
    QCOMPARE(fixture.store(message), 2);
}

void tst_History::unknownRoomIsRefusedAlone()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    fixture.append(sampleMessage());
    const quint64 lost = fixture.append(sampleMessage(), 4711);
    fixture.append(sampleMessage());
    QVERIFY(fixture.waitForAnswers(3));
    QCOMPARE(fixture.committed.size(), 2);
    QCOMPARE(fixture.refused.size(), 1);
    QCOMPARE(fixture.refused.at(0).ticket, lost);
    QVERIFY(fixture.problems.isEmpty());
}

void tst_History::queueIsBounded()
{
    HistoryFixture fixture;
    fixture.config().maxQueued = 5;
    QVERIFY(fixture.open());
    for (int i = 0; i < 5; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    QVERIFY(!fixture.append(sampleMessage())); // answers are taken on this thread, so none has come yet
    QVERIFY(fixture.waitForAnswers(5));
    QCOMPARE(fixture.store(sampleMessage()), 6);
}

void tst_History::answersComeBeforeCloseReturns()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 0; i < 1000; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    fixture.history().close();
    QCOMPARE(fixture.committed.size(), 1000);
    fixture.close();
    QVERIFY(fixture.open());
    QCOMPARE(fixture.history().rooms().constFirst().lastSeq, 1000);
    QCOMPARE(fixture.history().rooms().constFirst().firstSeq, 1);
}

void tst_History::closedHistoryTakesNothing()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    fixture.history().close();
    QVERIFY(!fixture.append(sampleMessage()));
    QVERIFY(!fixture.history().readPage(1, {.room = 1, .upTo = 1}));
    QSignalSpy refused(&fixture.history(), &History::roomRefused);
    fixture.history().createRoom(9, u"late"_s, {});
    QCOMPARE(refused.size(), 0); // not inside the call
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused.at(0).at(1).toBool(), false);
    fixture.history().close(); // twice does no harm
}

void tst_History::roomsSurviveRestart()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const QString epoch = fixture.history().rooms().constFirst().epoch;
    const auto made = fixture.createRoom(u"ops"_s);
    QVERIFY(made);
    QVERIFY(made->epoch != epoch);
    fixture.close();
    QVERIFY(fixture.open());
    const QList<StoredRoom> rooms = fixture.history().rooms();
    QCOMPARE(rooms.size(), 2);
    QCOMPARE(rooms.at(0).epoch, epoch);
    QCOMPARE(rooms.at(1).number, made->number);
    QCOMPARE(rooms.at(1).name, u"ops"_s);
    QCOMPARE(rooms.at(1).title, u"The ops room"_s);
    QCOMPARE(rooms.at(1).epoch, made->epoch);
}

void tst_History::roomNameIsTakenOnce()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QSignalSpy refused(&fixture.history(), &History::roomRefused);
    QSignalSpy created(&fixture.history(), &History::roomCreated);
    fixture.history().createRoom(1, u"general"_s, {});
    fixture.history().createRoom(2, u"fresh"_s, {});
    QTRY_COMPARE(created.size(), 1);
    QCOMPARE(created.at(0).at(0).toULongLong(), 2u);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.at(0).at(0).toULongLong(), 1u);
    QCOMPARE(refused.at(0).at(1).toBool(), true);
    QVERIFY(fixture.problems.isEmpty()); // storing works all the same
}

void tst_History::secretIsKept()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const QByteArray secret = fixture.history().secret();
    QCOMPARE(secret.size(), 32);
    fixture.close();
    QVERIFY(fixture.open());
    QCOMPARE(fixture.history().secret(), secret);
    HistoryFixture other;
    QVERIFY(other.open());
    QVERIFY(other.history().secret() != secret);
}

void tst_History::logMovesIntoDatabase()
{
    if (testsUsePostgresql())
        QSKIP("This is about the files of SQLite.");
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const QString file = fixture.dataDir() + u"/synchat.db"_s;
    const qint64 before = QFileInfo(file).size();
    constexpr int Count = 4500; // more than makes a checkpoint due, less than the writer's own limit
    for (int i = 0; i < Count; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    QVERIFY(fixture.waitForAnswers(Count));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file).size() > before + 1'000'000, 20000); // while it is open
}

void tst_History::leavesNoConnections()
{
    {
        HistoryFixture fixture;
        QTest::failOnWarning(QRegularExpression(u"QSqlDatabase"_s));
        QVERIFY(fixture.open());
        QCOMPARE(fixture.store(sampleMessage()), 1);
        QVERIFY(fixture.read({.room = fixture.general(), .upTo = 1}));
    }
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
}

QTEST_GUILESS_MAIN(tst_History)
#include "tst_history.moc"
