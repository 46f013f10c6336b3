// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timestamp.h"
#include "server/daemon.h"
#include "server/timereport.h"
#include "tests/support/manualclock.h"

#include <QJsonArray>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TimeReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsReferenceAndSources();
    void tellsThatNothingConfirms();
    void endpoints_data();
    void endpoints();
    void ntpPorts();
};

void tst_TimeReport::tellsReferenceAndSources()
{
    ManualClock clock;
    ReferenceSnapshot snapshot;
    snapshot.at = clock.monotonic();
    snapshot.wallAt = clock.now();
    snapshot.offset = Interval::around(5ms, 2ms);
    snapshot.state = StampState::Ok;
    snapshot.driftPpm = 0;
    snapshot.boot = u"k3f9"_s;
    SourceStatus source;
    source.name = u"ntp.example"_s;
    source.state = StampState::Ok;
    source.mark = u'*';
    source.interval = Interval::around(5ms, 2ms);
    source.delay = 800us;
    source.fedAt = clock.monotonic();
    source.reach = 255;
    source.stratum = 2;
    snapshot.sources = {source};
    clock.advance(3s);

    const QJsonObject report = timeReport(snapshot, clock.read());
    QCOMPARE(report[u"t"_s].toInteger(), toWire(clock.now() + 5ms));
    QCOMPARE(report[u"bound"_s].toInteger(), 2000);
    QCOMPARE(report[u"state"_s].toString(), u"ok"_s);
    QCOMPARE(report[u"offset"_s].toInteger(), 5000);
    QCOMPARE(report[u"boot"_s].toString(), u"k3f9"_s);
    const QJsonObject expected{{u"name"_s, u"ntp.example"_s},
                               {u"kind"_s, u"ntp"_s},
                               {u"state"_s, u"ok"_s},
                               {u"mark"_s, u"*"_s},
                               {u"offset"_s, 5000},
                               {u"bound"_s, 2000},
                               {u"delay"_s, 800},
                               {u"age"_s, 3000000},
                               {u"reach"_s, 255},
                               {u"stratum"_s, 2},
                               {u"reason"_s, QString()}};
    QCOMPARE(report[u"sources"_s].toArray(), QJsonArray{expected});
}

void tst_TimeReport::tellsThatNothingConfirms()
{
    ManualClock clock;
    ReferenceSnapshot snapshot;
    snapshot.at = clock.monotonic();
    snapshot.wallAt = clock.now();
    SourceStatus source;
    source.kind = SourceKind::Http;
    snapshot.sources = {source};
    const QJsonObject report = timeReport(snapshot, clock.read());
    QCOMPARE(report[u"t"_s].toInteger(), toWire(clock.now()));
    QVERIFY(report[u"bound"_s].isNull());
    QCOMPARE(report[u"state"_s].toString(), u"unsynced"_s);
    const QJsonObject unheard = report[u"sources"_s].toArray().first().toObject();
    for (const QString &field : {u"offset"_s, u"bound"_s, u"delay"_s, u"age"_s, u"stratum"_s})
        QVERIFY2(unheard[field].isNull(), qPrintable(field));
    QCOMPARE(unheard[u"kind"_s].toString(), u"http"_s);
}

void tst_TimeReport::endpoints_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << QHostAddress(QHostAddress::Any) << u"[::]:80"_s;
    QTest::newRow("all-ipv6") << QHostAddress(QHostAddress::AnyIPv6) << u"[::]:80"_s;
    QTest::newRow("all-ipv4") << QHostAddress(QHostAddress::AnyIPv4) << u"0.0.0.0:80"_s;
    QTest::newRow("ipv4") << QHostAddress(u"127.0.0.1"_s) << u"127.0.0.1:80"_s;
    QTest::newRow("ipv6") << QHostAddress(u"::1"_s) << u"[::1]:80"_s;
}

void tst_TimeReport::endpoints()
{
    QFETCH(QHostAddress, address);
    QTEST(endpointText(address, 80), "text");
}

void tst_TimeReport::ntpPorts()
{
    QCOMPARE(ntpPortsToTry({}), (QList<quint16>{123, 11123, 0}));
    QCOMPARE(ntpPortsToTry({.enabled = true, .port = 99}), QList<quint16>{99});
    QCOMPARE(ntpPortsToTry({.enabled = false, .port = std::nullopt}), QList<quint16>());
}

QTEST_APPLESS_MAIN(tst_TimeReport)
#include "tst_timereport.moc"
