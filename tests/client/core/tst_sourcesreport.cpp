// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcesreport.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_SourcesReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads();
    void readsAnOldDaemon();
    void isNone_data();
    void isNone();
    void isLenient_data();
    void isLenient();
    void boundsWhatItKeeps();
    void saysHowFarASourceIsOff();
};

void tst_SourcesReport::reads()
{
    const auto report = SourcesReport::parse(R"({"t":1764000000123456,"bound":900,"state":"ok","offset":-250,
        "boot":"k3f9","note":"One.","fault":true,"new":1,"sources":[{"name":"time.example","kind":"http",
        "state":"falseticker","mark":"x","offset":5000000,"bound":130000,"delay":60000,"age":8000000,
        "reach":377,"stratum":null,"reason":"It disagrees.","frequencyPpm":-1.5,"driftPpm":15,
        "unverified":true,"assumedError":100000,"rootDelay":0,"rootDispersion":7,"poll":60000000}]})");
    QVERIFY(report);
    QCOMPARE(report->t, OptionalMicros(1'764'000'000'123'456));
    QCOMPARE(report->bound, OptionalMicros(900));
    QCOMPARE(report->state, StampState::Ok);
    QCOMPARE(report->offset, OptionalMicros(-250));
    QCOMPARE(report->boot, u"k3f9"_s);
    QCOMPARE(report->note, u"One."_s);
    QVERIFY(report->fault);
    QCOMPARE(report->sources.size(), 1);
    TimeSourceRow expected;
    expected.name = u"time.example"_s;
    expected.kind = u"http"_s;
    expected.state = StampState::Falseticker;
    expected.mark = u'x';
    expected.offset = 5'000'000;
    expected.bound = 130'000;
    expected.delay = 60'000;
    expected.age = 8'000'000;
    expected.reach = 0; // 377 fits into no byte: it was meant in octal
    expected.reason = u"It disagrees."_s;
    expected.frequencyPpm = -1.5;
    expected.driftPpm = 15.0;
    expected.unverified = true;
    expected.assumedError = 100'000;
    expected.rootDelay = 0;
    expected.rootDispersion = 7;
    expected.poll = 60'000'000;
    QCOMPARE(report->sources.first(), expected);
    QVERIFY(!report->sources.first().isUsed());
}

void tst_SourcesReport::readsAnOldDaemon()
{
    const auto report = SourcesReport::parse(R"({"t":1,"bound":null,"state":"unsynced","offset":0,"boot":"b",
        "sources":[{"name":"a","kind":"ntp","state":"ok","mark":"*","offset":1,"bound":2,"delay":3,"age":4,
        "reach":255,"stratum":2,"reason":""}]})");
    QVERIFY(report);
    QVERIFY(!report->bound);
    QVERIFY(!report->fault);
    QCOMPARE(report->sources.first().stratum, std::optional(2));
    QCOMPARE(int(report->sources.first().reach), 255);
    QVERIFY(!report->sources.first().frequencyPpm);
    QVERIFY(!report->sources.first().unverified);
    QVERIFY(report->sources.first().isUsed());
}

void tst_SourcesReport::isNone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not-json") << QByteArray("<html>");
    QTest::newRow("a-list") << QByteArray("[]");
    QTest::newRow("another-object") << QByteArray(R"({"detail":"There is nothing at this path."})");
    QTest::newRow("sources-are-a-word") << QByteArray(R"({"sources":"none"})");
}

void tst_SourcesReport::isNone()
{
    QFETCH(QByteArray, json);
    QVERIFY(!SourcesReport::parse(json));
}

void tst_SourcesReport::isLenient_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("text-for-numbers") << QByteArray(R"({"offset":"1","bound":"x","reach":"y","stratum":[]})");
    QTest::newRow("fractions") << QByteArray(R"({"offset":1.5,"bound":0.1,"age":1e300,"delay":-1e300})");
    QTest::newRow("negative-lengths") << QByteArray(R"({"bound":-1,"age":-1,"delay":-1,"assumedError":-1})");
    QTest::newRow("unknown-words") << QByteArray(R"({"state":"great","mark":"#"})");
    QTest::newRow("long-mark") << QByteArray(R"({"mark":"*+"})");
    QTest::newRow("absurd-rates") << QByteArray(R"({"frequencyPpm":1e7,"driftPpm":"fast"})");
    QTest::newRow("stratum-17") << QByteArray(R"({"stratum":17,"reach":-1})");
}

void tst_SourcesReport::isLenient()
{
    QFETCH(QByteArray, row);
    const auto report = SourcesReport::parse(R"({"sources":[1,"x",null,)" + row + "]}");
    QVERIFY(report);
    QCOMPARE(report->sources, QList<TimeSourceRow>{TimeSourceRow()});
}

void tst_SourcesReport::boundsWhatItKeeps()
{
    const QByteArray row = R"({"name":")" + QByteArray(5000, 'n') + R"("})";
    QByteArray rows = row;
    for (int i = 0; i < 1000; ++i)
        rows += ',' + row;
    const auto report = SourcesReport::parse(R"({"sources":[)" + rows + "]}");
    QVERIFY(report);
    QCOMPARE(report->sources.size(), 256);
    QCOMPARE(report->sources.first().name.size(), 1000);
}

void tst_SourcesReport::saysHowFarASourceIsOff()
{
    SourcesReport report;
    TimeSourceRow row;
    row.offset = 5'000'100;
    QVERIFY(!report.disagreement(row));
    report.offset = 100;
    QCOMPARE(report.disagreement(row), OptionalMicros(5'000'000));
    row.offset.reset();
    QVERIFY(!report.disagreement(row));
}

QTEST_APPLESS_MAIN(tst_SourcesReport)
#include "tst_sourcesreport.moc"
