// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"
#include "tests/server/store/troublekit.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <algorithm>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// Another program that holds the database's write lock.
class ForeignLock
{
public:
    explicit ForeignLock(const QString &file)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"foreign"_s);
        database.setDatabaseName(file);
        m_holds = database.open() && QSqlQuery(database).exec(u"BEGIN IMMEDIATE"_s);
    }
    ~ForeignLock()
    {
        QSqlQuery(QSqlDatabase::database(u"foreign"_s)).exec(u"ROLLBACK"_s);
        QSqlDatabase::removeDatabase(u"foreign"_s);
    }
    ForeignLock(const ForeignLock &) = delete;
    ForeignLock &operator=(const ForeignLock &) = delete;
    bool holds() const { return m_holds; }

private:
    bool m_holds = false;
};

} // namespace

/// Storing fails, and works again: nothing that was refused is there, nothing that was committed is lost.
class tst_HistoryTrouble : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fullDisk();
    void fullDiskFailsWholeTransaction();
    void lockedDatabase();
    void roomIsRefusedInTrouble();
    void historyIsReadInTrouble();
    void closeInTroubleAnswersEveryPost();
    void vanishedFileIsNotMadeAnew();

private:
    static QString fileOf(const HistoryFixture &fixture) { return fixture.dataDir() + u"/synchat.db"_s; }
};

void tst_HistoryTrouble::fullDisk()
{
    HistoryFixture fixture;
    fixture.config().maxBatch = 4;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QList<Message> posts;
    {
        const FileSizeLimit limit(QFileInfo(fileOf(fixture) + u"-wal"_s).size() + 300'000);
        for (int i = 0; i < 400; ++i) {
            posts.append(sampleMessage(QString(1000, u'x')));
            QVERIFY(fixture.append(posts.constLast()));
        }
        QVERIFY(fixture.waitForAnswers(401));
        QCOMPARE_GT(fixture.committed.size(), 1); // the limit lies in the middle
        QCOMPARE_GT(fixture.refused.size(), 0);
        QCOMPARE(fixture.history().queued(), 0);
        // Told at least once: it may work again for a moment, as long as a little still fits.
        QVERIFY(std::any_of(fixture.problems.cbegin(), fixture.problems.cend(),
                            [](const QString &problem) { return !problem.isEmpty(); }));
        for (const auto &refused : fixture.refused)
            QVERIFY2(refused.reason.contains(u"disk"_s), qPrintable(refused.reason));
    }
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(),
                              20000); // by itself, with nothing queued
    QCOMPARE(fixture.problems.constLast(), QString());

    const qsizetype stored = fixture.committed.size();
    for (const auto &refused : QList(fixture.refused))
        QVERIFY(fixture.store(posts.at(qsizetype(refused.ticket) - 2)) > 0); // ticket 1 was before the posts
    QVERIFY(fixture.already.isEmpty());
    for (qsizetype i = 0; i < fixture.committed.size(); ++i)
        QCOMPARE(fixture.committed.at(i).message.seq, i + 1); // no hole
    QCOMPARE_GT(fixture.committed.size(), stored);

    fixture.close();
    QVERIFY(fixture.open());
    const QList<Message> all = fixture.all();
    QCOMPARE(all.size(), fixture.committed.size());
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all.at(i), fixture.committed.at(i).message);
}

void tst_HistoryTrouble::fullDiskFailsWholeTransaction()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    const Message first = sampleMessage();
    QCOMPARE(fixture.store(first), 1);
    {
        const FileSizeLimit limit(QFileInfo(fileOf(fixture) + u"-wal"_s).size());
        fixture.append(sampleMessage());
        fixture.append(first); // stored long ago, but its transaction fails
        QVERIFY(fixture.waitForAnswers(3));
    }
    QCOMPARE(fixture.committed.size(), 1);
    QCOMPARE(fixture.refused.size() + fixture.already.size(), 2);
    QCOMPARE_GE(fixture.refused.size(), 1);
    QCOMPARE(fixture.store(sampleMessage()), 2);
    QCOMPARE(fixture.history().problem(), QString()); // a success clears it
}

void tst_HistoryTrouble::lockedDatabase()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    {
        const ForeignLock lock(fileOf(fixture));
        QVERIFY(lock.holds());
        QCOMPARE(fixture.store(sampleMessage()), 0);
        QCOMPARE(fixture.refused.size(), 1);
        QVERIFY2(fixture.refused.first().reason.contains(u"locked"_s),
                 qPrintable(fixture.refused.first().reason));
        QCOMPARE(fixture.history().problem(), fixture.refused.first().reason);
        QCOMPARE(fixture.store(sampleMessage()), 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    QCOMPARE(fixture.store(sampleMessage()), 2);
}

void tst_HistoryTrouble::roomIsRefusedInTrouble()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QSignalSpy refused(&fixture.history(), &History::roomRefused);
    {
        const ForeignLock lock(fileOf(fixture));
        QVERIFY(!fixture.createRoom(u"late"_s));
        QCOMPARE(refused.at(0).at(1).toBool(), false);
        QVERIFY(!fixture.history().problem().isEmpty());
    }
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    QVERIFY(fixture.createRoom(u"late"_s));
}

void tst_HistoryTrouble::historyIsReadInTrouble()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    const ForeignLock lock(fileOf(fixture));
    QCOMPARE(fixture.store(sampleMessage()), 0);
    const auto page = fixture.read({.room = fixture.general(), .upTo = 1});
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 1);
}

void tst_HistoryTrouble::closeInTroubleAnswersEveryPost()
{
    HistoryFixture fixture;
    fixture.config().maxBatch = 10;
    QVERIFY(fixture.open());
    const ForeignLock lock(fileOf(fixture));
    for (int i = 0; i < 100; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    fixture.history().close();
    QCOMPARE(fixture.refused.size(), 100);
    QCOMPARE(fixture.history().queued(), 0);
}

void tst_HistoryTrouble::vanishedFileIsNotMadeAnew()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    {
        const ForeignLock lock(fileOf(fixture)); // makes the writer open the file again
        QCOMPARE(fixture.store(sampleMessage()), 0);
        for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
            QVERIFY(QFile::remove(fileOf(fixture) + end));
    }
    QCOMPARE(fixture.store(sampleMessage()), 0);
    QVERIFY(!QFileInfo::exists(fileOf(fixture)));
    QVERIFY(!fixture.history().problem().isEmpty());
}

QTEST_GUILESS_MAIN(tst_HistoryTrouble)
#include "tst_historytrouble.moc"
