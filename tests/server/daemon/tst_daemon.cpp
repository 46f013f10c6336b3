// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon.h"
#include "server/ntpservice.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// The parts wired, in this process.
class tst_Daemon : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endpoints_data();
    void endpoints();
    void ntpPorts();
    void retentionNeedsATime();
    void ntpAddresses_data();
    void ntpAddresses();
    void startsAndStops();
    void stopsTwiceAsked();
    void servesWithoutNtp();
    void refusesPortInUse();
    void refusesNtpPortInUse();
    void servesWrongTimeOnLoopbackOnly();
    void saysThatItHasHeardNobodyFromTheStart();
    void refusesUnusableFolder();

private:
    Config config() const;
    QTemporaryDir m_folder;
    SystemClock m_clock;
};

Config tst_Daemon::config() const
{
    Config config;
    config.net.address = QHostAddress(QHostAddress::LocalHost);
    config.net.port = 0;
    config.ntp.port = 0;
    config.store.dataDir = m_folder.filePath(u"data"_s);
    return config;
}

void tst_Daemon::endpoints_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << QHostAddress(QHostAddress::Any) << u"[::]:80"_s;
    QTest::newRow("all-ipv6") << QHostAddress(QHostAddress::AnyIPv6) << u"[::]:80"_s;
    QTest::newRow("all-ipv4") << QHostAddress(QHostAddress::AnyIPv4) << u"0.0.0.0:80"_s;
    QTest::newRow("ipv4") << QHostAddress(u"127.0.0.1"_s) << u"127.0.0.1:80"_s;
    QTest::newRow("ipv6") << QHostAddress(u"::1"_s) << u"[::1]:80"_s;
}

void tst_Daemon::endpoints()
{
    QFETCH(QHostAddress, address);
    QTEST(endpointText(address, 80), "text");
}

void tst_Daemon::ntpPorts()
{
    QCOMPARE(ntpPortsToTry({}), (QList<quint16>{123, 11123, 0}));
    QCOMPARE(ntpPortsToTry({.enabled = true, .port = 99, .limits = {}}), QList<quint16>{99});
    QCOMPARE(ntpPortsToTry({.enabled = false, .port = std::nullopt, .limits = {}}), QList<quint16>());
}

void tst_Daemon::retentionNeedsATime()
{
    const BestStamp sharp{.t = 1000, .bound = 10, .state = StampState::Ok};
    const BestStamp heldOver{.t = 1000, .bound = 400, .state = StampState::Holdover};
    const BestStamp unsynced{.t = 1000, .bound = {}, .state = StampState::Unsynced};
    QCOMPARE(timeForRetention(sharp, 5000), std::optional<WireMicros>(990));
    QCOMPARE(timeForRetention(heldOver, std::nullopt), std::optional<WireMicros>(600));
    QCOMPARE(timeForRetention(unsynced, 5000), std::optional<WireMicros>(5000));
    QCOMPARE(timeForRetention(unsynced, std::nullopt), std::nullopt);
    QCOMPARE(timeForRetention({}, std::nullopt), std::nullopt);
}

void tst_Daemon::ntpAddresses_data()
{
    QTest::addColumn<QHostAddress>("bind");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QList<QHostAddress>>("addresses");
    const QHostAddress any(QHostAddress::Any);
    const QHostAddress other(u"192.0.2.1"_s);
    const QList<QHostAddress> loopback{QHostAddress(QHostAddress::LocalHost),
                                       QHostAddress(QHostAddress::LocalHostIPv6)};
    QTest::newRow("all") << any << u"none"_s
                         << QList<QHostAddress>{QHostAddress(QHostAddress::AnyIPv4),
                                                QHostAddress(QHostAddress::AnyIPv6)};
    QTest::newRow("one") << other << u"none"_s << QList<QHostAddress>{other};
    QTest::newRow("all-under-a-fault") << any << u"freeze"_s << loopback;
    QTest::newRow("one-under-a-fault") << other << u"offset=1ns"_s << loopback;
    for (const QString &address : {u"127.0.0.1"_s, u"127.0.0.2"_s, u"::1"_s})
        QTest::addRow("%ls-under-a-fault", qUtf16Printable(address))
            << QHostAddress(address) << u"freeze"_s << QList<QHostAddress>{QHostAddress(address)};
}

void tst_Daemon::ntpAddresses()
{
    QFETCH(QHostAddress, bind);
    QFETCH(QString, fault);
    Config config;
    config.net.address = bind;
    config.clockFault = *ClockFault::parse(fault);
    QTEST(ntpAddressesFor(config), "addresses");
}

void tst_Daemon::startsAndStops()
{
    Daemon daemon(m_clock, config());
    QCOMPARE(daemon.start(), std::nullopt);
    static const QRegularExpression form(
        u"\\Ahttp=127\\.0\\.0\\.1:[1-9][0-9]* ntp=127\\.0\\.0\\.1:[1-9][0-9]*\\z"_s);
    QVERIFY2(form.match(daemon.endpoints()).hasMatch(), qPrintable(daemon.endpoints()));
    QSignalSpy stopped(&daemon, &Daemon::stopped);
    daemon.stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 10000);
}

void tst_Daemon::stopsTwiceAsked()
{
    Daemon daemon(m_clock, config());
    QCOMPARE(daemon.start(), std::nullopt);
    QSignalSpy stopped(&daemon, &Daemon::stopped);
    daemon.stop();
    daemon.stop();
    QCOMPARE(stopped.size(), 1); // at once
    daemon.stop();
    QCoreApplication::processEvents();
    QCOMPARE(stopped.size(), 1);
}

void tst_Daemon::servesWithoutNtp()
{
    Config changed = config();
    changed.ntp.enabled = false;
    Daemon daemon(m_clock, changed);
    QCOMPARE(daemon.start(), std::nullopt);
    QVERIFY(daemon.endpoints().endsWith(u" ntp=-"_s));
}

void tst_Daemon::refusesPortInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Config changed = config();
    changed.net.port = other.serverPort();
    Daemon daemon(m_clock, changed);
    const auto problem = daemon.start();
    QVERIFY(problem);
    QVERIFY2(problem->contains(QString::number(other.serverPort())), qPrintable(*problem));
}

void tst_Daemon::refusesNtpPortInUse()
{
    QUdpSocket other;
    QVERIFY(other.bind(QHostAddress(QHostAddress::LocalHost), 0, QAbstractSocket::DontShareAddress));
    Config changed = config();
    changed.ntp.port = other.localPort();
    Daemon daemon(m_clock, changed);
    const auto problem = daemon.start();
    QVERIFY(problem);
    QVERIFY2(problem->contains(u"NTP"_s) && problem->contains(QString::number(other.localPort())),
             qPrintable(*problem));
}

void tst_Daemon::servesWrongTimeOnLoopbackOnly()
{
    Config changed = config();
    changed.net.address = QHostAddress(QHostAddress::Any);
    changed.clockFault = *ClockFault::parse(u"offset=1s"_s);
    Daemon daemon(m_clock, changed);
    QVERIFY(!daemon.start());
    QVERIFY2(daemon.endpoints().contains(u"http=[::]:"_s) && daemon.endpoints().contains(u"ntp=127.0.0.1:"_s),
             qPrintable(daemon.endpoints()));
}

void tst_Daemon::saysThatItHasHeardNobodyFromTheStart()
{
    ReferenceSnapshot snapshot;
    snapshot.sourcesConfigured = true;
    NtpService service(m_clock, {});
    service.setSnapshot(std::make_shared<const ReferenceSnapshot>(snapshot));
    QVERIFY(service.listen({QHostAddress(QHostAddress::LocalHost)}, {0}));
    QUdpSocket asking;
    QByteArray request(48, '\0');
    request[0] = 0x23;
    asking.writeDatagram(request, QHostAddress(QHostAddress::LocalHost), service.port());
    QVERIFY(asking.waitForReadyRead(5000));
    QByteArray reply(48, '\0');
    QCOMPARE(asking.readDatagram(reply.data(), 48), 48);
    QCOMPARE(uchar(reply[0]) >> 6, 3);
    QCOMPARE(int(reply[1]), 0);
}

void tst_Daemon::refusesUnusableFolder()
{
    Config changed = config();
    changed.store.dataDir = u"/proc/nowhere/data"_s;
    Daemon daemon(m_clock, changed);
    const auto problem = daemon.start();
    QVERIFY(problem);
    QVERIFY2(problem->contains(u"/proc/nowhere/data"_s), qPrintable(*problem));
}

QTEST_GUILESS_MAIN(tst_Daemon)
#include "tst_daemon.moc"
