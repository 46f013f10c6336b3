// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"
#include "common/searchwords.h"
#include "server/store/messagerow.h"
#include "server/store/schema.h"
#include "tests/server/store/historyfixture.h"

#include <QDir>
#include <QFile>
#include <QSqlRecord>
#include <QTest>
#include <QVariant>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

using Row = QVariantList;

/// Reads past the program, on a connection of the test's own.
QList<Row> rows(const HistoryFixture &fixture, const QString &sql)
{
    const auto connection =
        StoreConnection::open(fixture.config().address(), StoreConnection::Access::ReadWrite);
    QList<Row> result;
    if (!connection)
        return result;
    QSqlQuery query = (*connection)->prepared(sql);
    if (!query.exec())
        qWarning() << query.lastError();
    const int columns = query.record().count();
    while (query.next()) {
        Row row;
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
        result.append(row);
    }
    return result;
}

/// What the full-text index finds, asked in the words of either database.
QList<qint64> arrivalsWith(const HistoryFixture &fixture, const QString &match, const QString &tsquery)
{
    const QString sql =
        testsUsePostgresql()
            ? u"SELECT arrival FROM message WHERE words @@ '%1'::tsquery ORDER BY arrival"_s.arg(
                  QString(tsquery).replace(u'\'', u"''"_s))
            : u"SELECT rowid FROM message_words WHERE message_words MATCH '%1' ORDER BY rowid"_s.arg(match);
    QList<qint64> arrivals;
    for (const Row &row : rows(fixture, sql))
        arrivals.append(row.constFirst().toLongLong());
    return arrivals;
}

QList<QByteArray> expectedChain(const QList<Message> &messages, const QString &room, const QString &epoch)
{
    QList<QByteArray> chain;
    QByteArray hash = chainStart(room, epoch);
    for (const Message &message : messages) {
        hash = chainNext(hash, canonicalMessage(message));
        chain.append(hash);
    }
    return chain;
}

QList<QByteArray> storedChain(const HistoryFixture &fixture, qint64 room)
{
    QList<QByteArray> chain;
    for (const Row &row :
         rows(fixture, u"SELECT chain FROM message WHERE position >> 40 = %1 ORDER BY position"_s.arg(room)))
        chain.append(row.constFirst().toByteArray());
    return chain;
}

} // namespace

/// What the writer leaves beside each message: arrival, chain hash, words, and the outbox.
class tst_HistoryMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void chainHoldsOverReopening();
    void arrivalsCountAcrossRooms();
    void postSentTwiceTakesNoArrival();
    void wordsAreFound();
    void outboxHasTransactions();
    void outboxIsEmptyWithoutBridge();
    void firstSchemaIsFilled();
};

void tst_HistoryMarks::chainHoldsOverReopening()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage(u"one"_s)), 1);
    QCOMPARE(fixture.store(sampleMessage(u"two"_s)), 2);
    fixture.close();
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage(u"three \u0001\b \U0001F4BE"_s)), 3);
    const StoredRoom room = fixture.history().rooms().constFirst();
    const QList<Message> messages = fixture.all();
    fixture.close();
    QCOMPARE(storedChain(fixture, room.number), expectedChain(messages, room.name, room.epoch));
}

void tst_HistoryMarks::arrivalsCountAcrossRooms()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const auto lab = fixture.createRoom(u"lab"_s);
    QVERIFY(lab);
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QCOMPARE(fixture.store(sampleMessage(), lab->number), 1);
    QCOMPARE(fixture.store(sampleMessage()), 2);
    QList<qint64> arrivals;
    for (const CommittedMessage &item : fixture.committed)
        arrivals.append(item.arrival);
    QCOMPARE(arrivals, (QList<qint64>{1, 2, 3}));
    const QList<Message> inLab = fixture.all(lab->number);
    fixture.close();
    QCOMPARE(storedChain(fixture, lab->number), expectedChain(inLab, lab->name, lab->epoch));
}

void tst_HistoryMarks::postSentTwiceTakesNoArrival()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const Message post = sampleMessage();
    QVERIFY(fixture.append(post));
    QVERIFY(fixture.append(post));
    QVERIFY(fixture.append(sampleMessage(u"next"_s)));
    QVERIFY(fixture.waitForAnswers(3));
    QCOMPARE(fixture.already.size(), 1);
    QCOMPARE(fixture.committed.constLast().arrival, 2);
    const StoredRoom room = fixture.history().rooms().constFirst();
    const QList<Message> messages = fixture.all();
    fixture.close();
    QCOMPARE(storedChain(fixture, room.number), expectedChain(messages, room.name, room.epoch));
    QCOMPARE(arrivalsWith(fixture, u"hello OR next"_s, u"hello | next"_s), (QList<qint64>{1, 2}));
}

void tst_HistoryMarks::wordsAreFound()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage(u"Crème on db2"_s)), 1);
    QCOMPARE(fixture.store(sampleMessage(u"東京 creme"_s)), 2);
    QCOMPARE(fixture.store(sampleMessage(u"हालत क्या है"_s)), 3);
    const QString room = roomToken(fixture.general());
    const QString author = authorToken(sampleMessage().from.name);
    fixture.close();
    QCOMPARE(arrivalsWith(fixture, u"creme"_s, u"creme"_s), (QList<qint64>{1, 2}));
    QCOMPARE(arrivalsWith(fixture, u"cre*"_s, u"cre:*"_s), (QList<qint64>{1, 2}));
    QCOMPARE(arrivalsWith(fixture, u"\"京\""_s, u"'京'"_s), (QList<qint64>{2}));
    QCOMPARE(arrivalsWith(fixture, u"\"क्या\""_s, u"'क्या'"_s), (QList<qint64>{3}));
    QCOMPARE(
        arrivalsWith(fixture, u"\"%1\" AND \"%2\""_s.arg(room, author), u"'%1' & '%2'"_s.arg(room, author)),
        (QList<qint64>{1, 2, 3}));
    QCOMPARE(arrivalsWith(fixture, u"r1"_s, u"r1"_s), QList<qint64>());
}

void tst_HistoryMarks::outboxHasTransactions()
{
    HistoryFixture fixture;
    fixture.config().ships = true;
    QVERIFY(fixture.open());
    const Message twice = sampleMessage();
    QCOMPARE(fixture.store(twice), 1);
    QCOMPARE(fixture.store(twice), 0); // stored before: its transaction leaves nothing
    for (int i = 0; i < 5; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    QVERIFY(fixture.waitForAnswers(7));
    fixture.close();
    qint64 next = 1;
    for (const Row &range : rows(fixture, u"SELECT first, last FROM outbox ORDER BY first"_s)) {
        QCOMPARE(range.at(0).toLongLong(), next);
        next = range.at(1).toLongLong() + 1;
    }
    QCOMPARE(next, 7);
}

void tst_HistoryMarks::outboxIsEmptyWithoutBridge()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    fixture.close();
    QCOMPARE(rows(fixture, u"SELECT first FROM outbox"_s).size(), 0);
}

void tst_HistoryMarks::firstSchemaIsFilled()
{
    if (testsUsePostgresql())
        QSKIP("The first schema was of SQLite alone.");
    HistoryFixture fixture;
    QVERIFY(QDir().mkpath(fixture.dataDir()));
    const QString path = fixture.dataDir() + u"/synchat.db"_s;
    QVERIFY(QFile::copy(QFINDTESTDATA("schema1.db"), path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
    const QList<StoredRoom> rooms = fixture.history().rooms();
    QCOMPARE(rooms.size(), 2);
    QList<QList<Message>> messages;
    for (const StoredRoom &room : rooms)
        messages.append(fixture.all(room.number));
    QCOMPARE(messages[0].size(), 3);
    QCOMPARE(messages[1].size(), 2);
    QCOMPARE(fixture.store(sampleMessage(u"after"_s)), 4);
    QCOMPARE(fixture.committed.constLast().arrival, 6);
    messages[0] = fixture.all(rooms[0].number);
    fixture.close();
    for (int i = 0; i < 2; ++i)
        QCOMPARE(storedChain(fixture, rooms[i].number),
                 expectedChain(messages[i], rooms[i].name, rooms[i].epoch));
    // By time, but the second of general, whose clock fell back, not before the first.
    QStringList order;
    for (const Row &row : rows(fixture, u"SELECT text FROM message ORDER BY arrival"_s))
        order.append(row.constFirst().toString());
    QCOMPARE(order, (QStringList{u"g1"_s, u"g2 back"_s, u"l1"_s, u"l2"_s, u"g3"_s, u"after"_s}));
    QCOMPARE(arrivalsWith(fixture, u"back OR after"_s, u"back | after"_s), (QList<qint64>{2, 6}));
}

QTEST_GUILESS_MAIN(tst_HistoryMarks)

#include "tst_historymarks.moc"
