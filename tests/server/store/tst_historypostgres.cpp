// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/writerlock.h"
#include "tests/server/store/historyfixture.h"

#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

StoreConfig configFor(const QTemporaryDir &folder, const QString &url)
{
    StoreConfig config;
    config.dataDir = folder.filePath(u"data"_s);
    if (const auto address = StoreAddress::parse(url))
        config.postgresql = *address;
    return config;
}

} // namespace

/// What is PostgreSQL's alone: its server goes and comes, others use it too.
class tst_HistoryPostgres : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void readOnlyDatabaseIsSaid();
    void endedConnectionsAreOpenedAgain();
    void commitThatNobodyAnsweredHolds();
    void commitThatNobodyAnsweredDoesNotHold();
    void commitOfLostConnectionIsWaitedFor();
    void serverRestarts();
    void serverIsKilledUnderLoad();
    void frozenServerIsGivenUp();
    void roomIsMadeOnceOverLostConnection();
    void closeWithoutServerAnswersEveryPost();
    void absentServerIsSaid();

private:
    RealPostgres m_server;
};

void tst_HistoryPostgres::initTestCase()
{
    if (const auto problem = RealPostgres::problem()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL(qPrintable(u"In CI nothing may be left out: "_s + *problem));
        QSKIP(qPrintable(u"LEFT OUT: "_s + *problem));
    }
    QVERIFY2(m_server.start({.fsync = false}), qPrintable(m_server.error())); // it is killed, not its machine
}

/// A test that failed may have left the server down.
void tst_HistoryPostgres::cleanup()
{
    QVERIFY(m_server.isRunning() || m_server.restart());
}

void tst_HistoryPostgres::readOnlyDatabaseIsSaid()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    database.run(u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(database.name()));
    QVERIFY(database.endConnections() > 0); // it counts for new ones
    QCOMPARE(fixture.store(sampleMessage()), 0);
    QVERIFY2(fixture.refused.constLast().reason.contains(u"read-only"_s),
             qPrintable(fixture.refused.constLast().reason));
    QCOMPARE(fixture.all().size(), 1); // what is there can be read
    database.run({u"SET default_transaction_read_only = off"_s,
                  u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(database.name())});
    QVERIFY(database.endConnections() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    QCOMPARE(fixture.store(sampleMessage()), 2);
}

/// What waits in an idle connection's place is neither lost nor refused.
void tst_HistoryPostgres::endedConnectionsAreOpenedAgain()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QVERIFY(fixture.read({.room = fixture.general(), .upTo = 1}));
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(database.endConnections(), 2);
        QCOMPARE(fixture.store(sampleMessage()), round + 2);
        const auto page = fixture.read({.room = fixture.general(), .upTo = 100});
        QVERIFY(page);
        QCOMPARE(page->messages.size(), round + 2);
    }
    QVERIFY(fixture.refused.isEmpty());
    QVERIFY(fixture.problems.isEmpty());
}

/// The server has committed, and its answer never comes.
void tst_HistoryPostgres::commitThatNobodyAnsweredHolds()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    // A standby that does not exist: a commit is on disk and waits for it. Ending the wait ends the
    // connection.
    database.run({u"ALTER SYSTEM SET synchronous_standby_names = 'nobody'"_s, u"SELECT pg_reload_conf()"_s});
    const QString waiting = u"SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"_s;
    QTRY_COMPARE(database.run(u"SHOW synchronous_standby_names"_s), u"nobody"_s);
    const Message message = sampleMessage();
    QVERIFY(fixture.append(message));
    QTRY_COMPARE(database.run(waiting), u"1"_s);
    QCOMPARE(fixture.committed.size(), 1);
    database.run({u"SET synchronous_commit = local"_s,
                  u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"_s,
                  u"ALTER SYSTEM RESET synchronous_standby_names"_s, u"SELECT pg_reload_conf()"_s});
    QVERIFY(fixture.waitForAnswers(2));
    QVERIFY(fixture.refused.isEmpty());
    QCOMPARE(fixture.committed.size(), 2);
    QCOMPARE(fixture.committed.constLast().message.seq, 2);
    QCOMPARE(fixture.committed.constLast().message.id, message.id);
    QCOMPARE(fixture.store(sampleMessage()), 3);
    QCOMPARE(fixture.all().size(), 3);
}

/// The connection ends in the commit, before anything holds.
void tst_HistoryPostgres::commitThatNobodyAnsweredDoesNotHold()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    database.run({u"CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
                  " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"_s,
                  u"CREATE CONSTRAINT TRIGGER die AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED"
                  " FOR EACH ROW EXECUTE FUNCTION die()"_s});
    const Message message = sampleMessage();
    QCOMPARE(fixture.store(message), 0);
    QCOMPARE(fixture.refused.size(), 1);
    QCOMPARE(fixture.committed.size(), 1);
    database.run(u"DROP TRIGGER die ON message"_s);
    QCOMPARE(fixture.store(message), 2);
    QCOMPARE(fixture.all().size(), 2);
}

/// The server still works on a commit whose client is gone: what holds is not looked at before it has ended.
void tst_HistoryPostgres::commitOfLostConnectionIsWaitedFor()
{
    const PostgresDatabase database(m_server.url());
    const StoreAddress address = *StoreAddress::parse(database.url());
    const auto old = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    QVERIFY(old);
    QVERIFY(!takeWriterLock(**old));
    const QString id = sessionIdOf(**old);
    QVERIFY(!id.isEmpty());
    const auto next = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    QVERIFY(next);
    QVERIFY(takeWriterLock(**next)); // a stranger must wait for its end
    QVERIFY(!takeWriterLock(**next, id));
    QVERIFY((*old)->run(u"SELECT 1"_s).has_value() == false);
}

void tst_HistoryPostgres::serverRestarts()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QVERIFY(fixture.read({.room = fixture.general(), .upTo = 1}));
    m_server.stop();
    const Message message = sampleMessage();
    QCOMPARE(fixture.store(message), 0);
    QVERIFY2(fixture.refused.constLast().reason.contains(u"server"_s),
             qPrintable(fixture.refused.constLast().reason));
    QVERIFY(!fixture.history().problem().isEmpty());
    QVERIFY(!fixture.read({.room = fixture.general(), .upTo = 1}));
    QVERIFY2(m_server.restart(), qPrintable(m_server.error()));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000); // by itself
    QCOMPARE(fixture.store(message), 2);
    QCOMPARE(fixture.all().size(), 2);
}

/// Whatever was answered with a number is there once, in order; whatever was refused can be sent again.
void tst_HistoryPostgres::serverIsKilledUnderLoad()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    fixture.config().maxBatch = 16;
    QVERIFY(fixture.open());
    QList<Message> posts;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 400; ++i) {
            posts.append(sampleMessage(QString::number(posts.size())));
            QVERIFY(fixture.append(posts.constLast()));
        }
        const qsizetype before = fixture.committed.size();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.committed.size() >= before + 40, 20000);
        m_server.kill();
        QVERIFY2(m_server.restart(), qPrintable(m_server.error()));
        QVERIFY(fixture.waitForAnswers(posts.size()));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    }
    QCOMPARE_GT(fixture.refused.size(), 0);
    QVERIFY(fixture.already.isEmpty());
    const QList<Message> all = fixture.all();
    QCOMPARE(all.size(), fixture.committed.size());
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all.at(i), fixture.committed.at(i).message);
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all.at(i).seq, i + 1);
    const auto refused = fixture.refused;
    for (const HistoryFixture::Refused &each : refused)
        QVERIFY(fixture.append(posts.at(qsizetype(each.ticket) - 1)));
    QVERIFY(fixture.waitForAnswers(posts.size() + refused.size()));
    QVERIFY(fixture.already.isEmpty()); // what was refused was not there
    QCOMPARE(fixture.committed.size(), posts.size());
}

/// Its machine still acknowledges what it gets, and nothing is answered.
void tst_HistoryPostgres::frozenServerIsGivenUp()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    fixture.config().stallLimit = std::chrono::milliseconds(400);
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    m_server.suspend();
    const Message message = sampleMessage();
    QVERIFY(fixture.append(message));
    QVERIFY(!fixture.read({.room = fixture.general(), .upTo = 1}));
    QVERIFY(fixture.waitForAnswers(2));
    QCOMPARE(fixture.refused.size(), 1);
    m_server.resume();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    QCOMPARE(fixture.store(message), 2);
    QCOMPARE(fixture.all().size(), 2);
}

void tst_HistoryPostgres::roomIsMadeOnceOverLostConnection()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    database.endConnections();
    const auto room = fixture.createRoom(u"lab"_s);
    QVERIFY(room);
    QCOMPARE(fixture.store(sampleMessage(), room->number), 1);
    QCOMPARE(database.run(u"SELECT count(*) FROM room"_s), u"2"_s);
    QVERIFY(!fixture.createRoom(u"lab"_s));
}

void tst_HistoryPostgres::closeWithoutServerAnswersEveryPost()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    fixture.config().maxBatch = 10;
    QVERIFY(fixture.open());
    m_server.stop();
    for (int i = 0; i < 50; ++i)
        QVERIFY(fixture.append(sampleMessage()));
    fixture.history().close();
    QCOMPARE(fixture.refused.size(), 50);
    QCOMPARE(fixture.history().queued(), 0);
}

void tst_HistoryPostgres::absentServerIsSaid()
{
    m_server.stop();
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, m_server.url()));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"cannot be reached"_s), qPrintable(fixture.error()));
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
}

QTEST_GUILESS_MAIN(tst_HistoryPostgres)
#include "tst_historypostgres.moc"
