// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ownserver.h"

#include <QTest>

using namespace Synchat;

namespace {

using Addresses = QList<QHostAddress>;

QHostAddress at(const char *text)
{
    return QHostAddress(QString::fromLatin1(text));
}

Addresses everywhere()
{
    return {QHostAddress(QHostAddress::AnyIPv4), QHostAddress(QHostAddress::AnyIPv6)};
}

/// Of a machine with one network.
Addresses machine()
{
    return {at("127.0.0.1"), at("::1"), at("192.0.2.2"), at("2001:db8::2"), at("fe80::2%eth0")};
}

} // namespace

class tst_OwnServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsItself_data();
    void knowsItself();
    void isReachedOnLoopback_data();
    void isReachedOnLoopback();
    void seesWhoFollowsIt_data();
    void seesWhoFollowsIt();
    void knowsAddressesOfNobody_data();
    void knowsAddressesOfNobody();
};

void tst_OwnServer::knowsItself_data()
{
    QTest::addColumn<Addresses>("bound");
    QTest::addColumn<QHostAddress>("asked");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("loopback") << everywhere() << at("127.0.0.1") << true;
    QTest::newRow("loopback-v6") << everywhere() << at("::1") << true;
    QTest::newRow("its-network") << everywhere() << at("192.0.2.2") << true;
    QTest::newRow("mapped") << everywhere() << at("::ffff:192.0.2.2") << true;
    QTest::newRow("link-local") << everywhere() << at("fe80::2%eth0") << true;
    QTest::newRow("link-local-by-number") << everywhere() << at("fe80::2%2") << true;
    QTest::newRow("both-families-in-one")
        << Addresses{QHostAddress(QHostAddress::Any)} << at("192.0.2.2") << true;
    QTest::newRow("another-machine") << everywhere() << at("192.0.2.3") << false;
    QTest::newRow("bound-to-one") << Addresses{at("192.0.2.2")} << at("192.0.2.2") << true;
    QTest::newRow("bound-to-another") << Addresses{at("192.0.2.2")} << at("127.0.0.1") << false;
    QTest::newRow("bound-to-loopback") << Addresses{at("127.0.0.1"), at("::1")} << at("::1") << true;
    QTest::newRow("second-of-loopback") << Addresses{at("127.0.0.1")} << at("127.0.0.2") << false;
}

void tst_OwnServer::knowsItself()
{
    QFETCH(const Addresses, bound);
    QFETCH(const QHostAddress, asked);
    const OwnServer own{bound, 123};
    QTEST(own.isAt(asked, 123, machine()), "isOurs");
    QVERIFY(!own.isAt(asked, 124, machine()));
    QVERIFY(!(OwnServer{bound, 0}.isAt(asked, 0, machine())));
    QVERIFY(!OwnServer().isAt(asked, 0, machine()));
}

void tst_OwnServer::isReachedOnLoopback_data()
{
    QTest::addColumn<Addresses>("bound");
    QTest::addColumn<int>("port");
    QTest::newRow("everywhere") << everywhere() << 123;
    QTest::newRow("loopback") << Addresses{at("::1")} << 123;
    QTest::newRow("network") << Addresses{at("192.0.2.2")} << 0;
    QTest::newRow("nowhere") << Addresses() << 0;
}

void tst_OwnServer::isReachedOnLoopback()
{
    QFETCH(const Addresses, bound);
    QTEST(int((OwnServer{bound, 123}.loopbackPort())), "port");
}

void tst_OwnServer::seesWhoFollowsIt_data()
{
    QTest::addColumn<QHostAddress>("server");
    QTest::addColumn<int>("stratum");
    QTest::addColumn<QHostAddress>("followed");
    QTest::addColumn<bool>("isUs");
    QTest::newRow("us") << at("192.0.2.3") << 3 << at("192.0.2.2") << true;
    QTest::newRow("us-by-v6") << at("2001:db8::3") << 11 << at("2001:db8::2") << true;
    QTest::newRow("somebody-else") << at("192.0.2.3") << 3 << at("192.0.2.4") << false;
    QTest::newRow("a-clock-of-its-own") << at("192.0.2.3") << 1 << at("192.0.2.2") << false;
    QTest::newRow("loopback-of-its-own") << at("192.0.2.3") << 3 << at("127.0.0.1") << false;
    QTest::newRow("on-this-machine") << at("127.0.0.1") << 3 << at("192.0.2.2") << false;
    QTest::newRow("on-this-machine-by-network") << at("192.0.2.2") << 3 << at("192.0.2.2") << false;
}

void tst_OwnServer::seesWhoFollowsIt()
{
    QFETCH(const QHostAddress, server);
    QFETCH(const int, stratum);
    QFETCH(const QHostAddress, followed);
    QTEST(followsThisMachine(server, stratum, ntpReferenceIdOf(followed), machine()), "isUs");
}

void tst_OwnServer::knowsAddressesOfNobody_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<bool>("isNobody");
    QTest::newRow("v4") << at("0.0.0.0") << true;
    QTest::newRow("v6") << at("::") << true;
    QTest::newRow("mapped") << at("::ffff:0.0.0.0") << true;
    QTest::newRow("loopback") << at("127.0.0.1") << false;
    QTest::newRow("somebody") << at("192.0.2.1") << false;
}

void tst_OwnServer::knowsAddressesOfNobody()
{
    QFETCH(const QHostAddress, address);
    QTEST(namesNobody(address), "isNobody");
}

QTEST_APPLESS_MAIN(tst_OwnServer)
#include "tst_ownserver.moc"
