// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntppeer.h"

#include <QTest>

using namespace Synchat;

class tst_NtpPeer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nearby_data();
    void nearby();
    void networks_data();
    void networks();
};

void tst_NtpPeer::nearby_data()
{
    QTest::addColumn<bool>("expected");
    for (const char *address :
         {"127.0.0.1", "127.255.255.255", "10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255",
          "192.168.0.1", "169.254.7.7", "::1", "fe80::1", "febf::1", "fc00::1", "fdff::1", "::ffff:10.1.2.3"})
        QTest::newRow(address) << true;
    for (const char *address :
         {"126.255.255.255", "128.0.0.0", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0",
          "192.167.255.255", "192.169.0.0", "169.253.255.255", "169.255.0.0", "::", "::2", "1::1", "fec0::1",
          "fe7f::1", "fbff::1", "fe00::1", "2001:db8::1", "::ffff:8.8.8.8"})
        QTest::newRow(address) << false;
}

void tst_NtpPeer::nearby()
{
    QFETCH(bool, expected);
    QCOMPARE(NtpPeer::from(QHostAddress(QString::fromLatin1(QTest::currentDataTag()))).isNearby(), expected);
}

void tst_NtpPeer::networks_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, const char *one, const char *other, bool same) {
        QTest::newRow(name) << QString::fromLatin1(one) << QString::fromLatin1(other) << same;
    };
    row("v4", "192.0.2.1", "192.0.2.1", true);
    row("v4-neighbour", "192.0.2.1", "192.0.2.2", false);
    row("v4-mapped", "192.0.2.1", "::ffff:192.0.2.1", true);
    row("v6-in-one-64", "2001:db8::1", "2001:db8::ffff:1:2:3", true);
    row("v6-in-another-64", "2001:db8::1", "2001:db8:0:1::1", false);
    row("v6-is-never-v4", "::1:ffff:c000:201", "192.0.2.1", false);
}

void tst_NtpPeer::networks()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, same);
    QCOMPARE(NtpPeer::from(QHostAddress(one)).network() == NtpPeer::from(QHostAddress(other)).network(),
             same);
}

QTEST_APPLESS_MAIN(tst_NtpPeer)
#include "tst_ntppeer.moc"
