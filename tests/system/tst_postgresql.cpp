// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresprograms.h"
#include "tests/support/realpostgres.h"
#include "tests/system/storagekit.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// The daemon with its history in PostgreSQL, as people start it: by SYNCHAT_STORE_URL.
class tst_Postgresql : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void historySurvivesKill();
    void commandFindsHistory();
    void newerHistoryIsRefused();
    void dumpComesBack();
    void secondDaemonIsRefused();
    void badAddressIsRefused();

private:
    std::unique_ptr<PostgresDatabase> m_database;
};

void tst_Postgresql::initTestCase()
{
    if (const auto problem = RealPostgres::problem()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL(qPrintable(u"In CI nothing may be left out: "_s + *problem));
        QSKIP(qPrintable(u"LEFT OUT: "_s + *problem));
    }
    m_database = std::make_unique<PostgresDatabase>();
    QVERIFY2(m_database->error().isEmpty(), qPrintable(m_database->error()));
}

void tst_Postgresql::historySurvivesKill()
{
    constexpr int Rounds = 3;
    constexpr int Each = 40;
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_STORE_URL"_s, m_database->url());
    daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    TerminalClient ana(daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    for (int round = 0; round < Rounds; ++round) {
        for (int i = 0; i < Each; ++i)
            ana.post(u"%1.%2"_s.arg(round).arg(i));
        QVERIFY2(ana.waitForMessages(round * Each + Each / 2), qPrintable(ana.standardError()));
        daemon.kill();
        QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
        QVERIFY2(ana.waitForMessages((round + 1) * Each, 60000), qPrintable(ana.standardError()));
    }
    QCOMPARE(ana.messages().size(), Each * Rounds);
    QCOMPARE(problemInSequence(ana.messages()), QString());
    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"2000"_s});
    QVERIFY2(late.waitForMessages(Each * Rounds), qPrintable(late.standardError()));
    QCOMPARE(late.messages(), ana.messages());
    QCOMPARE(m_database->run(u"SELECT count(*) FROM message"_s), QString::number(Each * Rounds));
    QVERIFY(!QFile::exists(dir.filePath(u"synchat.db"_s)));
    const QString password = QUrl(m_database->url()).password();
    QVERIFY(!password.isEmpty());
    const QString log = daemon.standardError();
    QVERIFY2(log.contains(m_database->name()) && !log.contains(password), qPrintable(log));
    QCOMPARE(daemon.terminate(), 0);
}

void tst_Postgresql::commandFindsHistory()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_STORE_URL"_s, m_database->url());
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    CommandProcess check({u"check"_s}, dir.path(), m_database->url());
    QVERIFY2(check.waitForEnd() == 0 && check.said().contains(u" messages in 1 rooms"_s),
             qPrintable(check.said()));
}

void tst_Postgresql::newerHistoryIsRefused()
{
    const PostgresDatabase database;
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_STORE_URL"_s, database.url());
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    QCOMPARE(daemon.terminate(), 0);
    const QString everything =
        u"SELECT (SELECT string_agg(name || encode(value, 'hex'), ',' ORDER BY name) FROM meta)"
        " || (SELECT string_agg(room::text, ',') FROM room)"_s;
    database.run(u"UPDATE meta SET value = 'synchat 999' WHERE name = 'schema'"_s);
    const QString before = database.run(everything);
    QVERIFY(!daemon.start());
    QCOMPARE(daemon.waitForEnd(), 1);
    for (const QString &word :
         {database.name(), u"newer version"_s, u"schema 999"_s, u"update the program"_s})
        QVERIFY2(daemon.standardError().contains(word), qPrintable(daemon.standardError()));
    QCOMPARE(database.run(everything), before);
}

/// `backup` and `restore` say what to type for a history in PostgreSQL; that is typed, by an administrator
/// who has set PGPASSWORD.
void tst_Postgresql::dumpComesBack()
{
    const PostgresDatabase database;
    QTemporaryDir dir;
    QTemporaryDir safe;
    const QString file = safe.filePath(u"backup.dump"_s);
    const auto type = [&](const QString &program, const QString &sentence) {
        const QRegularExpression form(program + u" --[^\n]*?(?=, and after it|\n)"_s);
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, postgresPrograms() + u':' + qEnvironmentVariable("PATH"));
        environment.insert(u"PGPASSWORD"_s, QUrl(database.url()).password(QUrl::FullyDecoded));
        shell.setProcessEnvironment(environment);
        shell.setProcessChannelMode(QProcess::MergedChannels);
        shell.start(u"sh"_s, {u"-c"_s, form.match(sentence).captured()});
        const bool isDone = shell.waitForFinished() && shell.exitStatus() == QProcess::NormalExit;
        return QString::fromUtf8(shell.readAll()) +
               (isDone && shell.exitCode() == 0 ? QString() : u"It failed."_s);
    };
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_STORE_URL"_s, database.url());
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    RawClient author(daemon, u"author"_s);
    author.post(1, u"kept"_s);
    QVERIFY(waitUntil([&] { return author.answers() == 1; }));
    CommandProcess backup({u"backup"_s, file}, dir.path(), database.url());
    QCOMPARE(backup.waitForEnd(), 1);
    QCOMPARE(type(u"pg_dump"_s, backup.said()), QString());
    author.post(2, u"after the backup"_s);
    QVERIFY(waitUntil([&] { return author.ofType(u"message"_s).size() == 2; }));
    const QJsonValue epoch = generalOf(daemon).value(u"epoch"_s);
    QCOMPARE(daemon.terminate(), 0);

    CommandProcess restore({u"restore"_s, file}, dir.path(), database.url());
    QCOMPARE(restore.waitForEnd(), 1);
    QCOMPARE(type(u"pg_restore"_s, restore.said()), QString());
    CommandProcess renew({u"restore"_s, u"--new-epochs"_s}, dir.path(), database.url());
    QVERIFY2(renew.waitForEnd() == 0, qPrintable(renew.said()));
    CommandProcess check({u"check"_s}, dir.path(), database.url());
    QVERIFY2(check.waitForEnd() == 0, qPrintable(check.said()));
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    QVERIFY(generalOf(daemon).value(u"epoch"_s).isString() && generalOf(daemon).value(u"epoch"_s) != epoch);
    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"100"_s});
    QVERIFY2(late.waitForText(u"kept"_s), qPrintable(late.standardError()));
    QCOMPARE(late.messages(), author.ofType(u"message"_s).first(1));
}

void tst_Postgresql::secondDaemonIsRefused()
{
    QTemporaryDir dir;
    QTemporaryDir other;
    DaemonProcess first(dir.path());
    first.setEnvironment(u"SYNCHAT_STORE_URL"_s, m_database->url());
    QVERIFY2(first.start(), qPrintable(first.standardError()));
    DaemonProcess second(other.path());
    second.setEnvironment(u"SYNCHAT_STORE_URL"_s, m_database->url());
    QVERIFY(!second.start());
    QCOMPARE(second.waitForEnd(), 1);
    QVERIFY2(second.standardError().contains(u"Another daemon already uses this database."_s),
             qPrintable(second.standardError()));
}

void tst_Postgresql::badAddressIsRefused()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_STORE_URL"_s, u"postgresql://ana:pa55@host"_s);
    QVERIFY(!daemon.start());
    QCOMPARE(daemon.waitForEnd(), 2);
    QVERIFY2(daemon.standardError().contains(u"the name of the database is missing"_s) &&
                 !daemon.standardError().contains(u"pa55"_s),
             qPrintable(daemon.standardError()));
}

QTEST_GUILESS_MAIN(tst_Postgresql)
#include "tst_postgresql.moc"
