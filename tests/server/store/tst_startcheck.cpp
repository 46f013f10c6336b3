// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/filewalk.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"
#include "tests/server/store/historyfixture.h"
#include "tests/server/store/troublekit.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

const QString ForgetCleanEnd = u"DELETE FROM meta WHERE name = 'clean_end'"_s;

QString in(qint64 room, qint64 seq)
{
    return QString::number(positionOf(room, seq));
}

} // namespace

/// What a start does after an end that was not clean.
class tst_StartCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanEndIsBelieved();
    void uncleanEndIsChecked();
    void endInTroubleIsNotClean();
    void damagedEndIsRefused_data();
    void damagedEndIsRefused();
    void damageInTheMiddleEndsStoring();
    void interruptedCheckIsMadeAgain();
    void walkFinds_data();
    void walkFinds();
    void walkLetsRetentionPass();

private:
    /// A history of so many messages in two rooms, closed.
    void fill(int messages);
    bool isMarkedClean();
    QString file() const { return m_fixture->dataDir() + u"/synchat.db"_s; }
    std::unique_ptr<HistoryFixture> m_fixture;
};

void tst_StartCheck::init()
{
    m_fixture = std::make_unique<HistoryFixture>();
}

void tst_StartCheck::fill(int messages)
{
    QVERIFY(m_fixture->open());
    const auto ops = m_fixture->createRoom(u"ops"_s);
    QVERIFY(ops);
    for (int i = 1; i <= messages; ++i)
        QVERIFY(m_fixture->append(sampleMessage(u"in general, number %1."_s.arg(i))));
    for (int i = 1; i <= 12; ++i)
        QVERIFY(m_fixture->append(sampleMessage(u"in ops, number %1."_s.arg(i)), ops->number));
    QVERIFY(m_fixture->waitForAnswers(messages + 12));
    m_fixture->close();
}

bool tst_StartCheck::isMarkedClean()
{
    const auto connection = StoreConnection::open(file(), StoreConnection::Access::ReadOnly);
    return connection &&
           (*connection)->run(u"SELECT count(*) FROM meta WHERE name = 'clean_end'"_s)->toInt() == 1;
}

void tst_StartCheck::cleanEndIsBelieved()
{
    fill(3);
    QVERIFY(isMarkedClean());
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->history().activity(), QString());
    QVERIFY(!isMarkedClean()); // from the start on
    QCOMPARE(m_fixture->store(sampleMessage()), 4);
    m_fixture->close();
    QVERIFY(isMarkedClean());
}

void tst_StartCheck::uncleanEndIsChecked()
{
    fill(30);
    QVERIFY(runOn(file(), {ForgetCleanEnd}));
    QVERIFY2(m_fixture->open(), qPrintable(m_fixture->error()));
    QVERIFY2(m_fixture->history().activity().startsWith(u"the history is being checked: "_s),
             qPrintable(m_fixture->history().activity()));
    QCOMPARE(m_fixture->store(sampleMessage()), 31); // serves meanwhile
    QTRY_COMPARE(m_fixture->history().activity(), QString());
    QCOMPARE(m_fixture->history().problem(), QString());
    m_fixture->close();
    QVERIFY(isMarkedClean());
}

void tst_StartCheck::endInTroubleIsNotClean()
{
    fill(3);
    QVERIFY(m_fixture->open());
    {
        const FileSizeLimit limit(0);
        QCOMPARE(m_fixture->store(sampleMessage()), 0);
        m_fixture->close();
    }
    QVERIFY(!isMarkedClean());
    QVERIFY2(m_fixture->open(), qPrintable(m_fixture->error()));
    QCOMPARE(m_fixture->all().size(), 3);
}

void tst_StartCheck::damagedEndIsRefused_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("named");
    QTest::newRow("changed") << u"UPDATE message SET text = 'x' WHERE position = "_s + in(1, 28)
                             << u"Room general, message 28: The message does not fit"_s;
    QTest::newRow("missing") << u"DELETE FROM message WHERE position = "_s + in(2, 11)
                             << u"Room ops, message 11: The message is missing"_s;
    QTest::newRow("last-missing") << u"DELETE FROM message WHERE position = "_s + in(1, 30)
                                  << u"Room general, message 30: The message is missing"_s;
    QTest::newRow("all-missing") << u"DELETE FROM message WHERE position > "_s + in(2, 0)
                                 << u"Room ops, message 12: The message is missing"_s;
}

void tst_StartCheck::damagedEndIsRefused()
{
    QFETCH(QString, statement);
    QFETCH(QString, named);
    fill(30);
    QVERIFY(runOn(file(), {statement, ForgetCleanEnd}));
    QVERIFY(!m_fixture->open());
    for (const QString &word : {m_fixture->dataDir(), named, u"synchatd check"_s, u"synchatd restore"_s})
        QVERIFY2(m_fixture->error().contains(word), qPrintable(m_fixture->error()));
    QVERIFY(!m_fixture->open()); // still
}

void tst_StartCheck::damageInTheMiddleEndsStoring()
{
    fill(400);
    QVERIFY(runOn(file(), {ForgetCleanEnd}));
    QVERIFY(spoilPageWith(file(), "in general, number 200."));
    for (int start = 0; start < 2; ++start) { // it stays found
        QVERIFY2(m_fixture->open(), qPrintable(m_fixture->error()));
        QTRY_VERIFY(!m_fixture->history().problem().isEmpty());
        const QString problem = m_fixture->history().problem();
        QVERIFY2(problem.contains(u"Room general, behind message "_s) && problem.contains(u"damaged"_s) &&
                     !problem.contains(u"message 0:"_s),
                 qPrintable(problem));
        QCOMPARE(m_fixture->history().activity(), QString());
        const qsizetype refused = m_fixture->refused.size();
        QCOMPARE(m_fixture->store(sampleMessage()), 0);
        QCOMPARE(m_fixture->refused.size(), refused + 1);
        QCOMPARE(m_fixture->refused.constLast().reason, problem);
        QVERIFY(!m_fixture->createRoom(u"new"_s));
        const auto page = m_fixture->read({.room = m_fixture->general(), .limit = 10, .upTo = 400});
        QVERIFY(page); // what can be read is shown
        QCOMPARE(page->messages.size(), 10);
        m_fixture->close();
        QVERIFY(!isMarkedClean());
    }
}

void tst_StartCheck::interruptedCheckIsMadeAgain()
{
    fill(400);
    QVERIFY(runOn(file(), {ForgetCleanEnd}));
    QVERIFY(m_fixture->open());
    const bool wasGoingOn = !m_fixture->history().activity().isEmpty();
    m_fixture->close(); // without a turn of the event loop: it has not been told the end
    QVERIFY(wasGoingOn);
    QVERIFY(!isMarkedClean());
}

void tst_StartCheck::walkFinds_data()
{
    QTest::addColumn<QString>("statement"); // empty: none
    QTest::addColumn<QString>("found");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("hole") << u"DELETE FROM message WHERE position = "_s + in(1, 2050)
                          << u"Room general, message 2050: The message is missing"_s;
    QTest::newRow("front") << u"DELETE FROM message WHERE position = "_s + in(1, 1)
                           << u"Room general, message 1: The message is missing"_s;
    QTest::newRow("end") << u"DELETE FROM message WHERE position = "_s + in(2, 12)
                         << u"Room ops, message 12: The message is missing"_s;
    QTest::newRow("no-hash") << u"UPDATE message SET chain = NULL WHERE position = "_s + in(2, 3)
                             << u"Room ops, message 1: From here to message 12 marks are missing"_s;
    QTest::newRow("short-hash") << u"UPDATE message SET chain = x'00' WHERE position = "_s + in(2, 3)
                                << u"marks are missing"_s;
    QTest::newRow("no-arrival") << u"UPDATE message SET arrival = NULL WHERE position = "_s + in(2, 3)
                                << u"marks are missing"_s;
}

void tst_StartCheck::walkFinds()
{
    QFETCH(QString, statement);
    QFETCH(QString, found);
    fill(2100);
    if (!statement.isEmpty())
        QVERIFY(runOn(file(), {statement}));
    const auto connection = StoreConnection::open(file(), StoreConnection::Access::ReadOnly);
    QVERIFY(connection);
    FileWalk walk(**connection, *readRooms(**connection));
    int steps = 0;
    for (;;) {
        const int percent = walk.percent();
        const auto step = walk.step();
        QVERIFY(step);
        ++steps;
        QCOMPARE_GE(walk.percent(), percent);
        if (!step->isLast)
            continue;
        QVERIFY2(found.isEmpty() ? step->damage.isEmpty() : step->damage.contains(found),
                 qPrintable(step->damage));
        break;
    }
    if (found.isEmpty()) {
        QCOMPARE(walk.messages(), 2112);
        QCOMPARE_GE(steps, 7);
        QCOMPARE_GE(walk.percent(), 70);
    }
}

void tst_StartCheck::walkLetsRetentionPass()
{
    fill(2100);
    const auto connection = StoreConnection::open(file(), StoreConnection::Access::ReadOnly);
    QVERIFY(connection);
    FileWalk walk(**connection, *readRooms(**connection));
    for (int i = 0; i < 2; ++i)
        QVERIFY(walk.step()); // the first 2000 of general
    QVERIFY(
        runOn(file(),
              {u"UPDATE room SET cut_seq = 2080, cut_chain = (SELECT chain FROM message WHERE position = %1)"
               " WHERE number = 1"_s.arg(in(1, 2080)),
               u"DELETE FROM message WHERE position BETWEEN %1 AND %2"_s.arg(in(1, 1), in(1, 2080))}));
    for (;;) {
        const auto step = walk.step();
        QVERIFY(step);
        QCOMPARE(step->damage, QString());
        if (step->isLast)
            break;
    }
    QCOMPARE(walk.messages(), 2000 + 20 + 12);
}

QTEST_GUILESS_MAIN(tst_StartCheck)
#include "tst_startcheck.moc"
