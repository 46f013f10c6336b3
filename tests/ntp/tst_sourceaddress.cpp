// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sourceaddress.h"

#include <QTest>

using namespace Synchat;

class tst_SourceAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void knowsWhatIsNear_data();
    void knowsWhatIsNear();
};

void tst_SourceAddress::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("name") << QStringLiteral("ntp.example") << QStringLiteral("ntp.example") << 123;
    QTest::newRow("name-port") << QStringLiteral("ntp.example:11123") << QStringLiteral("ntp.example")
                               << 11123;
    QTest::newRow("v4") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1") << 123;
    QTest::newRow("v4-port") << QStringLiteral("127.0.0.1:65535") << QStringLiteral("127.0.0.1") << 65535;
    QTest::newRow("v6") << QStringLiteral("::1") << QStringLiteral("::1") << 123;
    QTest::newRow("v6-bracketed") << QStringLiteral("[2001:db8::1]") << QStringLiteral("2001:db8::1") << 123;
    QTest::newRow("v6-port") << QStringLiteral("[::1]:5") << QStringLiteral("::1") << 5;
}

void tst_SourceAddress::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto address = SourceAddress::parse(text);
    QVERIFY(address);
    QCOMPARE(address->host, host);
    QCOMPARE(int(address->port), port);
}

void tst_SourceAddress::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",         ":123",     "host:",    "host:0",   "host:65536",
                             "host:12x", "host:+1",  "host: 1",  "a b",      "[::1",
                             "[::1]x",   "[::1]:",   "[host]:1", "[]",       "-host",
                             ".host",    "host:1:2", "a/b",      "http://x", "host:99999999999999999999"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("too-long") << QString(254, u'a');
}

void tst_SourceAddress::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!SourceAddress::parse(text));
}

void tst_SourceAddress::knowsWhatIsNear_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("near");
    for (const char *text :
         {"127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.1.1", "fe80::1", "fd00::1"})
        QTest::newRow(text) << QString::fromLatin1(text) << true;
    for (const char *text : {"192.0.2.1", "172.32.0.1", "8.8.8.8", "2001:db8::1"})
        QTest::newRow(text) << QString::fromLatin1(text) << false;
}

void tst_SourceAddress::knowsWhatIsNear()
{
    QFETCH(QString, text);
    QFETCH(bool, near);
    QCOMPARE(isNearby(QHostAddress(text)), near);
}

QTEST_APPLESS_MAIN(tst_SourceAddress)
#include "tst_sourceaddress.moc"
