// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlerrors.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_SqlErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void explains_data();
    void explains();
    void knowsLostConnection();
};

void tst_SqlErrors::explains_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("sentence"); // the beginning
    const auto sqlite = [](const char *name, int code, const QString &sentence) {
        QTest::newRow(name) << u"Unable to fetch row"_s << QString::number(code) << u"words"_s << sentence;
    };
    sqlite("sqlite-full", 13, u"The disk that holds the history is full."_s);
    sqlite("sqlite-busy-snapshot", 517, u"The history is locked by another program."_s);
    sqlite("sqlite-corrupt-index", 779, u"The history is damaged (words)."_s);
    sqlite("sqlite-other", 1, u"The history reports an error"_s);

    const auto server = [](const char *name, const char *code, const char *words, const QString &sentence) {
        QTest::newRow(name) << u"QPSQL: Unable to create query"_s << QString::fromLatin1(code)
                            << QString::fromLatin1(words) << sentence;
    };
    server("full", "53100", "ERROR:  could not extend file", u"The disk of the database server is full."_s);
    server("too-many", "53300", "", u"The database server takes no more connections."_s);
    server("read-only", "25006", "", u"The history cannot be written to: the database is read-only."_s);
    server("privilege", "42501", "ERROR:  permission denied for table message\n(42501)",
           u"The database does not allow that to this user (permission denied for table message). Let"_s);
    server("lock", "55P03", "", u"The history is locked by another program."_s);
    server("too-slow", "57014", "", u"The database server took too long."_s);
    server("disk-error", "58030", "ERROR: could not read block 5.\n",
           u"The disk of the database server reports an error (could not read block 5)."_s);
    server("damaged", "XX001", "ERROR:  invalid page", u"The history is damaged (invalid page)."_s);
    server(
        "ended-by-administrator", "57P01",
        "FATAL:  terminating connection due to administrator command\nserver closed the connection",
        u"The connection to the database server is lost (terminating connection due to administrator command)."_s);
    server("lost", "", "server closed the connection unexpectedly\n\tThis probably means",
           u"The connection to the database server is lost (server closed the connection unexpectedly)."_s);
    server("nothing-said", "", "", u"The connection to the database server is lost (no reason given)."_s);
    server("other", "42601", "ERROR:  syntax error at end of input\n(42601)",
           u"The database server reports an error (syntax error at end of input, code 42601)."_s);

    const auto connecting = [](const char *name, const char *words, const QString &sentence) {
        QTest::newRow(name) << u"connecting"_s << QString() << QString::fromLatin1(words) << sentence;
    };
    connecting("refused", "connection to server at \"h\" (::1), port 5 failed: Connection refused\n\tIs it",
               u"The database server cannot be reached (connection to server at \"h\" (::1), port 5 failed: "
               u"Connection refused)."_s);
    connecting("password", "failed: FATAL:  password authentication failed for user \"u\"",
               u"The database server refuses this user or password (failed:"_s);
    connecting("no-password", "failed: fe_sendauth: no password supplied",
               u"The database server wants a password"_s);
    connecting("no-role", "failed: FATAL:  role \"u\" does not exist",
               u"The database server refuses this user or password"_s);
    connecting("no-database", "failed: FATAL:  database \"d\" does not exist",
               u"There is no such database on the server"_s);
    connecting("no-slot", "failed: FATAL:  sorry, too many clients already",
               u"The database server takes no more connections."_s);
}

void tst_SqlErrors::explains()
{
    QFETCH(QString, driver);
    QFETCH(QString, code);
    QFETCH(QString, words);
    QFETCH(QString, sentence);
    const bool connecting = driver == u"connecting"_s;
    const QSqlError error(connecting ? u"QPSQL: Unable to connect"_s : driver, words,
                          connecting ? QSqlError::ConnectionError : QSqlError::StatementError, code);
    const QString said = explainSqlError(error);
    QVERIFY2(said.startsWith(sentence), qPrintable(said));
    QVERIFY2(said.endsWith(u'.'), qPrintable(said));
}

void tst_SqlErrors::knowsLostConnection()
{
    const auto error = [](const QString &driver, const QString &code) {
        return QSqlError(driver, u"words"_s, QSqlError::StatementError, code);
    };
    QVERIFY(isConnectionLost(connectionLostError()));
    for (const QString &code : {u""_s, u"08006"_s, u"57P01"_s, u"57P02"_s})
        QVERIFY(isConnectionLost(error(u"QPSQL: x"_s, code)));
    for (const QString &code : {u"53100"_s, u"57014"_s, u"23505"_s})
        QVERIFY(!isConnectionLost(error(u"QPSQL: x"_s, code)));
    QVERIFY(!isConnectionLost(error(u"Unable to fetch row"_s, u"10"_s)));
    QVERIFY(!isConnectionLost(error(u"Unable to fetch row"_s, u""_s)));
}

QTEST_GUILESS_MAIN(tst_SqlErrors)
#include "tst_sqlerrors.moc"
