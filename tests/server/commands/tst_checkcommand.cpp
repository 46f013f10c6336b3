// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/schema.h"
#include "tests/server/commands/commandkit.h"
#include "tests/server/store/historyfixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// `synchatd check` on real files: what it looks at, what it finds, and that it changes nothing.
class tst_CheckCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void goodHistory();
    void besideADaemon();
    void finds_data();
    void finds();
    void damagedPageIsFound();
    void refuses_data();
    void refuses();
    void olderSchema();
    void cutFrontIsFine();

private:
    /// Two rooms, 60 messages, closed.
    void fill();
    CommandRun check() const { return runWith({u"check"_s, u"--data-dir"_s, m_fixture->dataDir()}); }
    QString file() const { return m_fixture->dataDir() + u"/synchat.db"_s; }
    std::unique_ptr<HistoryFixture> m_fixture;
};

void tst_CheckCommand::init()
{
    m_fixture = std::make_unique<HistoryFixture>();
}

void tst_CheckCommand::fill()
{
    m_fixture->config().ships = true;
    QVERIFY(m_fixture->open());
    const auto ops = m_fixture->createRoom(u"ops"_s);
    QVERIFY(ops);
    for (int i = 0; i < 30; ++i) {
        QVERIFY(m_fixture->append(sampleMessage(u"message %1 "_s.arg(i) + QString(i * 40, u'x'))));
        QVERIFY(m_fixture->append(sampleMessage(u"in the other room"_s), ops->number));
    }
    QVERIFY(m_fixture->waitForAnswers(60));
    m_fixture->close();
}

void tst_CheckCommand::goodHistory()
{
    fill();
    const CommandRun result = check();
    QCOMPARE(result.errors, QString());
    QCOMPARE(result.status, 0);
    for (const QString &line :
         {file(), u"schema %1"_s.arg(SchemaVersion), u"structure: fine"_s, u"full-text index: fine"_s,
          u"room general: messages 1 to 30 fit"_s, u"room ops: messages 1 to 30 fit"_s,
          u"60 messages in 2 rooms"_s, u"a second"_s, u"All is as it should be."_s})
        QVERIFY2(result.output.contains(line), qPrintable(line + u'\n' + result.output));
    QVERIFY(m_fixture->open()); // as before
    QCOMPARE(m_fixture->all().size(), 30);
}

void tst_CheckCommand::besideADaemon()
{
    fill();
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->store(sampleMessage(u"only in the log yet"_s)), 31);
    const CommandRun result = check();
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(result.output.contains(u"full-text index: not looked at"_s), qPrintable(result.output));
    QVERIFY2(result.output.contains(u"room general: messages 1 to 31 fit"_s), qPrintable(result.output));
    QCOMPARE(m_fixture->store(sampleMessage()), 32);
}

void tst_CheckCommand::finds_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QString>("found");
    const auto in = [](qint64 room, qint64 seq) { return QString::number(positionOf(room, seq)); };
    QTest::newRow("changed-text") << QStringList{u"UPDATE message SET text = 'forged' WHERE position = "_s +
                                                 in(1, 17)}
                                  << u"Room general, message 17: The message does not fit"_s;
    QTest::newRow("changed-name")
        << QStringList{u"UPDATE message SET author_name = 'Eve' WHERE position = "_s + in(2, 5)}
        << u"Room ops, message 5: The message does not fit"_s;
    QTest::newRow("hole") << QStringList{u"DELETE FROM message WHERE position = "_s + in(1, 9)}
                          << u"Room general, message 9: The message is missing"_s;
    QTest::newRow("end-missing") << QStringList{u"DELETE FROM message WHERE position = "_s + in(1, 30)}
                                 << u"Room general, message 30: The message is missing"_s;
    QTest::newRow("front-missing") << QStringList{u"DELETE FROM message WHERE position = "_s + in(1, 1)}
                                   << u"Room general, message 1: The message is missing"_s;
    QTest::newRow("all-missing") << QStringList{u"DELETE FROM message WHERE position > "_s + in(2, 0)}
                                 << u"Room ops, message 1: The message is missing"_s;
    QTest::newRow("same-arrival")
        << QStringList{u"DROP INDEX message_arrival"_s,
                       u"UPDATE message SET arrival = arrival + 1 WHERE position = "_s + in(1, 4)}
        << u"Another message has the same arrival (8)"_s;
    QTest::newRow("no-room") << QStringList{u"DELETE FROM room WHERE name = 'ops'"_s}
                             << u"belong to no room"_s;
    QTest::newRow("outbox-backwards")
        << QStringList{u"UPDATE outbox SET last = first - 1 WHERE first = 1"_s} << u"1 to 0"_s;
    QTest::newRow("outbox-ahead") << QStringList{u"INSERT INTO outbox (first, last) VALUES (1000, 1001)"_s}
                                  << u"arrival 1001"_s;
    QTest::newRow("words") << QStringList{u"DELETE FROM message_words_data WHERE id > 10"_s}
                           << u"full-text index"_s;
    QTest::newRow("index-differs")
        << QStringList{u"PRAGMA writable_schema = ON"_s,
                       u"UPDATE sqlite_master SET sql = 'CREATE UNIQUE INDEX "
                       "message_arrival ON message (time)' WHERE name = 'message_arrival'"_s}
        << u"The history is damaged"_s;
}

void tst_CheckCommand::finds()
{
    QFETCH(QStringList, statements);
    QFETCH(QString, found);
    fill();
    QVERIFY(runOn(file(), statements));
    const CommandRun result = check();
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(found), qPrintable(result.errors));
    QVERIFY(result.errors.contains(u"synchatd restore"_s));
    QVERIFY(!result.output.contains(u"All is as it should be"_s));
}

void tst_CheckCommand::damagedPageIsFound()
{
    fill();
    QFile database(file());
    QVERIFY(database.open(QIODevice::ReadWrite));
    QVERIFY(database.seek(database.size() / 4096 / 2 * 4096));
    QCOMPARE(database.write(QByteArray(4096, '\x5a')), 4096);
    database.close();
    const CommandRun result = check();
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"damaged"_s), qPrintable(result.errors));
}

void tst_CheckCommand::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QString>("found");
    QTest::newRow("no-file") << QByteArray() << QStringList{} << u"no history at"_s;
    QTest::newRow("text") << QByteArray(5000, 'x') << QStringList{} << u"not a database"_s;
    QTest::newRow("other-program") << QByteArray() << QStringList{u"CREATE TABLE t (a)"_s}
                                   << u"some other program"_s;
    QTest::newRow("newer") << QByteArray()
                           << QStringList{u"PRAGMA application_id = %1"_s.arg(SchemaApplicationId),
                                          u"PRAGMA user_version = 999"_s}
                           << u"newer version"_s;
}

void tst_CheckCommand::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, statements);
    QFETCH(QString, found);
    QVERIFY(QDir().mkpath(m_fixture->dataDir()));
    if (!content.isEmpty()) {
        QFile database(file());
        QVERIFY(database.open(QIODevice::WriteOnly) && database.write(content) == content.size());
    }
    if (!statements.isEmpty())
        QVERIFY(runOn(file(), statements));
    const QStringList before = QDir(m_fixture->dataDir()).entryList(QDir::Files);
    const CommandRun result = check();
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(found), qPrintable(result.errors));
    QCOMPARE(QDir(m_fixture->dataDir()).entryList(QDir::Files), before); // nothing made
}

void tst_CheckCommand::olderSchema()
{
    QVERIFY(QDir().mkpath(m_fixture->dataDir()));
    QVERIFY(QFile::copy(QFINDTESTDATA("../store/schema1.db"), file()));
    const CommandRun result = check();
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(result.output.contains(u"schema 1"_s) && result.output.contains(u"rooms: not looked at"_s),
             qPrintable(result.output));
}

void tst_CheckCommand::cutFrontIsFine()
{
    fill();
    QVERIFY(
        runOn(file(), {u"UPDATE room SET cut_seq = 3, cut_chain = (SELECT chain FROM message WHERE position"
                       " = %1) WHERE number = 1"_s.arg(positionOf(1, 3)),
                       u"DELETE FROM message WHERE position BETWEEN %1 AND %2"_s.arg(positionOf(1, 1))
                           .arg(positionOf(1, 3))}));
    const CommandRun result = check();
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(result.output.contains(u"room general: messages 4 to 30 fit"_s), qPrintable(result.output));
}

QTEST_GUILESS_MAIN(tst_CheckCommand)
#include "tst_checkcommand.moc"
