// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"
#include "tests/support/realpostgres.h"

#include <QFile>
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
    QProcess check;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SYNCHAT_STORE_URL"_s, m_database->url());
    check.setProcessEnvironment(environment);
    check.start(programPath(u"synchatd"_s), {u"check"_s, u"--data-dir"_s, dir.path()});
    QVERIFY(check.waitForFinished());
    const QByteArray said = check.readAllStandardOutput() + check.readAllStandardError();
    QVERIFY2(check.exitCode() == 0 && said.contains(" messages in 1 rooms"), said.constData());
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
