// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/restore.h"
#include "server/store/writerlock.h"
#include "tests/server/store/historyfixture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

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

/// What a start says to a server of PostgreSQL, and to who else uses it.
class tst_PostgresOpen : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void secondDaemonIsRefused();
    void otherSchemaIsAnotherHistory();
    void foreignTablesAreRefused_data();
    void foreignTablesAreRefused();
    void newerSchemaIsRefused();
    void wrongPasswordIsSaid();
    void missingDatabaseIsSaid();
    void unprivilegedUserIsTold();
    void otherEncodingIsRefused();
    void fileBesideIsToldOf();
    void epochsAreNotRenewedBelowAWriter();

private:
    RealPostgres m_server;
};

void tst_PostgresOpen::initTestCase()
{
    if (const auto problem = RealPostgres::problem()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL(qPrintable(u"In CI nothing may be left out: "_s + *problem));
        QSKIP(qPrintable(u"LEFT OUT: "_s + *problem));
    }
    QVERIFY2(m_server.start({.fsync = false}), qPrintable(m_server.error())); // it is killed, not its machine
}

void tst_PostgresOpen::secondDaemonIsRefused()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    QTemporaryDir other;
    HistoryFixture first(configFor(folder, database.url()));
    QVERIFY2(first.open(), qPrintable(first.error()));
    HistoryFixture second(configFor(other, database.url()));
    QVERIFY(!second.open());
    QVERIFY2(second.error().contains(u"Another daemon"_s) && second.error().contains(database.name()),
             qPrintable(second.error()));
    QCOMPARE(first.store(sampleMessage()), 1); // undisturbed
    first.close();
    QVERIFY2(second.open(), qPrintable(second.error()));
}

void tst_PostgresOpen::otherSchemaIsAnotherHistory()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    QTemporaryDir other;
    HistoryFixture first(configFor(folder, database.url()));
    QVERIFY(first.open());
    database.run(
        {u"CREATE SCHEMA apart"_s, u"ALTER DATABASE %1 SET search_path = apart"_s.arg(database.name())});
    HistoryFixture second(configFor(other, database.url()));
    QVERIFY2(second.open(), qPrintable(second.error()));
    QCOMPARE(first.store(sampleMessage()), 1);
    QCOMPARE(second.store(sampleMessage()), 1);
    QVERIFY(first.history().rooms().constFirst().epoch != second.history().rooms().constFirst().epoch);
    QCOMPARE(database.run(u"SELECT count(*) FROM apart.message"_s), u"1"_s);
}

void tst_PostgresOpen::foreignTablesAreRefused_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("message") << u"CREATE TABLE message (a INT)"_s;
    QTest::newRow("view") << u"CREATE VIEW room AS SELECT 1"_s;
    QTest::newRow("meta-of-another") << u"CREATE TABLE meta (name TEXT, value TEXT)"_s;
    QTest::newRow("meta-with-other-columns") << u"CREATE TABLE meta (a INT)"_s;
}

void tst_PostgresOpen::foreignTablesAreRefused()
{
    QFETCH(QString, statement);
    const PostgresDatabase database(m_server.url());
    database.run(statement);
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"some other program"_s), qPrintable(fixture.error()));
    QCOMPARE(database.run(u"SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"_s),
             u"1"_s); // nothing was made
}

void tst_PostgresOpen::newerSchemaIsRefused()
{
    const PostgresDatabase database(m_server.url());
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    fixture.close();
    const QString before = database.run(u"SELECT encode(value, 'escape') FROM meta WHERE name = 'schema'"_s);
    database.run(u"UPDATE meta SET value = 'synchat 999' WHERE name = 'schema'"_s);
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"newer"_s) && fixture.error().contains(u"999"_s),
             qPrintable(fixture.error()));
    database.run(u"UPDATE meta SET value = '%1' WHERE name = 'schema'"_s.arg(before));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.all().size(), 1);
}

void tst_PostgresOpen::wrongPasswordIsSaid()
{
    QUrl url(m_server.url());
    url.setPassword(u"wrong-one"_s);
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, QString::fromLatin1(url.toEncoded())));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"refuses this user or password"_s), qPrintable(fixture.error()));
    QVERIFY2(!fixture.error().contains(u"wrong-one"_s), qPrintable(fixture.error()));
}

void tst_PostgresOpen::missingDatabaseIsSaid()
{
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, m_server.url(u"nowhere"_s)));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"no such database"_s), qPrintable(fixture.error()));
}

void tst_PostgresOpen::unprivilegedUserIsTold()
{
    const PostgresDatabase database(m_server.url());
    database.run({u"DROP ROLE IF EXISTS guest"_s, u"CREATE ROLE guest LOGIN PASSWORD 'pw'"_s});
    QUrl url(database.url());
    url.setUserName(u"guest"_s);
    url.setPassword(u"pw"_s);
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, QString::fromLatin1(url.toEncoded())));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"does not allow"_s), qPrintable(fixture.error()));
    QCOMPARE(database.run(u"SELECT to_regclass('meta') IS NULL"_s), u"true"_s);
}

void tst_PostgresOpen::otherEncodingIsRefused()
{
    const PostgresDatabase database(m_server.url());
    database.run({u"CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"_s});
    QTemporaryDir folder;
    HistoryFixture fixture(configFor(folder, m_server.url(u"old"_s)));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"LATIN1"_s), qPrintable(fixture.error()));
    database.run(u"DROP DATABASE old"_s);
}

void tst_PostgresOpen::fileBesideIsToldOf()
{
    const QTemporaryDir folder;
    const PostgresDatabase database(m_server.url());
    HistoryFixture fixture(configFor(folder, database.url()));
    QVERIFY(QDir(folder.path()).mkdir(u"data"_s));
    QVERIFY(runOn(folder.filePath(u"data/synchat.db"_s), {u"CREATE TABLE anything (x)"_s}));
    const QString words = u"The history is in PostgreSQL; the one in %1/data/synchat.db is not shown."_s;
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QRegularExpression::escape(words.arg(folder.path())) + u'$'));
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
}

/// A data folder of its own does not make it another history.
void tst_PostgresOpen::epochsAreNotRenewedBelowAWriter()
{
    const PostgresDatabase database(m_server.url());
    const StoreAddress address = *StoreAddress::parse(database.url());
    const auto writer = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    QVERIFY(writer);
    QVERIFY(!takeWriterLock(**writer));
    const QTemporaryDir elsewhere;
    QVERIFY(!renewHistory(elsewhere.path(), address, [](qint64) {}));
}

QTEST_GUILESS_MAIN(tst_PostgresOpen)
#include "tst_postgresopen.moc"
