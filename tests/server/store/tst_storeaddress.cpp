// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/storeaddress.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_StoreAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takes_data();
    void takes();
    void readsOptions();
    void refuses_data();
    void refuses();
    void fileIsItsOwnText();
};

void tst_StoreAddress::takes_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("parts"); // host, port, database, user, password
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << u"postgresql://ana:pw@db.example:5433/chat"_s
                         << QStringList{u"db.example"_s, u"5433"_s, u"chat"_s, u"ana"_s, u"pw"_s}
                         << u"postgresql://ana@db.example:5433/chat"_s;
    QTest::newRow("least") << u"postgresql:///chat"_s << QStringList{u""_s, u"-1"_s, u"chat"_s, u""_s, u""_s}
                           << u"postgresql:///chat"_s;
    QTest::newRow("short-scheme") << u"postgres://h/chat"_s
                                  << QStringList{u"h"_s, u"-1"_s, u"chat"_s, u""_s, u""_s}
                                  << u"postgresql://h/chat"_s;
    QTest::newRow("ipv6") << u"postgresql://[::1]:5/chat"_s
                          << QStringList{u"::1"_s, u"5"_s, u"chat"_s, u""_s, u""_s}
                          << u"postgresql://[::1]:5/chat"_s;
    QTest::newRow("encoded") << u"postgresql://a%40b:p%40%3A%2F%23%27%5C%20w@h/my%20chat"_s
                             << QStringList{u"h"_s, u"-1"_s, u"my chat"_s, u"a@b"_s, u"p@:/#'\\ w"_s}
                             << u"postgresql://a%40b@h/my chat"_s;
    QTest::newRow("local-socket") << u"postgresql:///chat?host=/run/postgresql"_s
                                  << QStringList{u"/run/postgresql"_s, u"-1"_s, u"chat"_s, u""_s, u""_s}
                                  << u"postgresql:///chat?host=/run/postgresql"_s;
}

void tst_StoreAddress::takes()
{
    QFETCH(QString, url);
    QFETCH(QStringList, parts);
    const auto address = StoreAddress::parse(url);
    QVERIFY2(address, qPrintable(address ? QString() : address.error()));
    QVERIFY(address->isPostgresql());
    QCOMPARE((QStringList{address->host(), QString::number(address->port()), address->database(),
                          address->user(), address->password()}),
             parts);
    QTEST(address->text(), "text");
}

void tst_StoreAddress::readsOptions()
{
    const auto address =
        StoreAddress::parse(u"postgresql://h/chat?sslmode=verify-full&sslrootcert=/etc/my%20ca.pem"_s);
    QVERIFY(address);
    QCOMPARE(address->sslMode(), u"verify-full"_s);
    QCOMPARE(address->sslRootCertificate(), u"/etc/my ca.pem"_s);
    QCOMPARE(address->text(), u"postgresql://h/chat"_s);
}

void tst_StoreAddress::refuses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("word"); // that the reason holds
    QTest::newRow("empty") << u""_s << u"postgresql://"_s;
    QTest::newRow("other-database") << u"mysql://u:secret@h/chat"_s << u"postgresql://"_s;
    QTest::newRow("file") << u"/var/lib/chat.db"_s << u"postgresql://"_s;
    QTest::newRow("no-slashes") << u"postgresql:chat"_s << u"postgresql://"_s;
    QTest::newRow("no-database") << u"postgresql://u:secret@h"_s << u"database is missing"_s;
    QTest::newRow("no-database-but-slash") << u"postgresql://u:secret@h/"_s << u"database is missing"_s;
    QTest::newRow("two-databases") << u"postgresql://u:secret@h/a/b"_s << u"more than"_s;
    QTest::newRow("hash-in-password") << u"postgresql://u:sec#ret@h/chat"_s << u"encoded"_s;
    QTest::newRow("space-in-password") << u"postgresql://u:sec ret@h/chat"_s << u"encoded"_s;
    QTest::newRow("port-is-word") << u"postgresql://u:secret@h:port/chat"_s << u"encoded"_s;
    QTest::newRow("port-zero") << u"postgresql://u:secret@h:0/chat"_s << u"port 0"_s;
    QTest::newRow("unknown-option") << u"postgresql://u:secret@h/chat?secret2=1"_s << u"no option"_s;
    QTest::newRow("ssl-mode") << u"postgresql://u:secret@h/chat?sslmode=secret"_s << u"verify-full"_s;
    QTest::newRow("certificate-with-semicolon")
        << u"postgresql://u:secret@h/chat?sslrootcert=/a;b"_s << u"whole path"_s;
    QTest::newRow("second-host") << u"postgresql://u:secret@h/chat?host=/run"_s << u"whole path"_s;
    QTest::newRow("control") << u"postgresql://u:secret%00@h/chat"_s << u"control"_s;
    QTest::newRow("endless") << u"postgresql://u:secret@h/"_s + QString(5000, u'x') << u"too long"_s;
}

void tst_StoreAddress::refuses()
{
    QFETCH(QString, url);
    QFETCH(QString, word);
    const auto address = StoreAddress::parse(url);
    QVERIFY(!address);
    QVERIFY2(address.error().contains(word), qPrintable(address.error()));
    QVERIFY2(!address.error().contains(u"secret@"_s) && !address.error().contains(u"sec"_s + u"ret@"_s),
             qPrintable(address.error()));
}

void tst_StoreAddress::fileIsItsOwnText()
{
    const StoreAddress address = StoreAddress::sqliteFile(u"/x/synchat.db"_s);
    QVERIFY(!address.isPostgresql());
    QCOMPARE(address.file(), u"/x/synchat.db"_s);
    QCOMPARE(address.text(), u"/x/synchat.db"_s);
}

QTEST_GUILESS_MAIN(tst_StoreAddress)
#include "tst_storeaddress.moc"
