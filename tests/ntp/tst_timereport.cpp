// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/timereport.h"

#include "tests/support/manualclock.h"

#include <QJsonArray>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_TimeReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reportsSources();
    void boundCoversTheRoundingOfItsOffset_data();
    void boundCoversTheRoundingOfItsOffset();
    void saysWhatIsAssumed();
    void saysThatTheClockIsAFault();
    void reportsNothingKnown();
};

void tst_TimeReport::reportsSources()
{
    const ManualClock clock;
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    snapshot->at = clock.monotonic();
    snapshot->wallAt = clock.now();
    snapshot->boot = QStringLiteral("k3f9");
    snapshot->offset = Interval::around(250ms, 2ms);
    snapshot->state = StampState::Ok;
    SourceStatus heard;
    heard.name = QStringLiteral("ntp.example");
    heard.state = StampState::Ok;
    heard.mark = u'*';
    heard.interval = snapshot->offset;
    heard.delay = 3ms;
    heard.fedAt = snapshot->at - 5s;
    heard.reach = 0xFF;
    heard.stratum = 2;
    heard.frequencyPpm = -12.5;
    heard.driftPpm = 15.25;
    heard.rootDelay = 20ms;
    heard.rootDispersion = 1001ns;
    heard.poll = 64s;
    SourceStatus silent;
    silent.name = QStringLiteral("time.example");
    silent.kind = SourceKind::Http;
    silent.reason = QStringLiteral("It has not been heard yet.");
    snapshot->sources = {heard, silent};

    const QJsonObject report = timeReport(snapshot, clock.read());
    QCOMPARE(report.value(QStringLiteral("t")).toInteger(), toWire(clock.now()) + 250'000);
    QCOMPARE(report.value(QStringLiteral("bound")).toInteger(), 2000);
    QCOMPARE(report.value(QStringLiteral("offset")).toInteger(), 250'000);
    QCOMPARE(report.value(QStringLiteral("state")).toString(), QStringLiteral("ok"));
    QCOMPARE(report.value(QStringLiteral("boot")).toString(), QStringLiteral("k3f9"));
    const QJsonObject first = report.value(QStringLiteral("sources")).toArray().at(0).toObject();
    const QJsonObject expected{{QStringLiteral("name"), QStringLiteral("ntp.example")},
                               {QStringLiteral("kind"), QStringLiteral("ntp")},
                               {QStringLiteral("state"), QStringLiteral("ok")},
                               {QStringLiteral("mark"), QStringLiteral("*")},
                               {QStringLiteral("offset"), 250'000},
                               {QStringLiteral("bound"), 2000},
                               {QStringLiteral("delay"), 3000},
                               {QStringLiteral("age"), 5'000'000},
                               {QStringLiteral("reach"), 255},
                               {QStringLiteral("stratum"), 2},
                               {QStringLiteral("reason"), QString()},
                               {QStringLiteral("frequencyPpm"), -12.5},
                               {QStringLiteral("driftPpm"), 15.25},
                               {QStringLiteral("unverified"), false},
                               {QStringLiteral("assumedError"), QJsonValue::Null},
                               {QStringLiteral("rootDelay"), 20'000},
                               {QStringLiteral("rootDispersion"), 2}, // up: a bound is a promise
                               {QStringLiteral("poll"), 64'000'000}};
    QCOMPARE(first, expected);
    const QJsonObject second = report.value(QStringLiteral("sources")).toArray().at(1).toObject();
    for (const QString &field :
         {QStringLiteral("offset"), QStringLiteral("bound"), QStringLiteral("delay"), QStringLiteral("age"),
          QStringLiteral("stratum"), QStringLiteral("frequencyPpm"), QStringLiteral("driftPpm"),
          QStringLiteral("assumedError"), QStringLiteral("rootDelay"), QStringLiteral("rootDispersion"),
          QStringLiteral("poll")})
        QVERIFY2(second.contains(field) && second.value(field).isNull(), qPrintable(field));
    QCOMPARE(second.value(QStringLiteral("mark")).toString(), QStringLiteral("?"));
    QCOMPARE(second.value(QStringLiteral("state")).toString(), QStringLiteral("none"));
}

void tst_TimeReport::boundCoversTheRoundingOfItsOffset_data()
{
    QTest::addColumn<Nanos>("middle");
    for (const Nanos middle : {Nanos(0), Nanos(250'000'499), Nanos(250'000'500), Nanos(-250'000'499),
                               Nanos(-250'000'500), Nanos(999), Nanos(-999)})
        QTest::addRow("%lldns", static_cast<long long>(middle.count())) << middle;
}

void tst_TimeReport::boundCoversTheRoundingOfItsOffset()
{
    QFETCH(const Nanos, middle);
    const ManualClock clock;
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    snapshot->at = clock.monotonic();
    snapshot->wallAt = clock.now();
    SourceStatus source;
    source.interval = Interval::around(middle, 2ms);
    snapshot->sources = {source};
    const QJsonArray sources = timeReport(snapshot, clock.read()).value(QStringLiteral("sources")).toArray();
    const Nanos offset = Micros(sources.at(0).toObject().value(QStringLiteral("offset")).toInteger());
    const Nanos bound = Micros(sources.at(0).toObject().value(QStringLiteral("bound")).toInteger());
    const Interval told = Interval::around(offset, bound);
    QVERIFY(told.lo() <= source.interval->lo() && source.interval->hi() <= told.hi());
    QVERIFY(bound <= Nanos(2ms + 1us));
}

void tst_TimeReport::saysWhatIsAssumed()
{
    const ManualClock clock;
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    snapshot->at = clock.monotonic();
    snapshot->wallAt = clock.now();
    SourceStatus web;
    web.kind = SourceKind::Http;
    web.interval = Interval::around(0ms, 130ms);
    web.assumedError = 100ms;
    SourceStatus stated = web; // it tells its own bound
    stated.assumedError = 0ms;
    snapshot->sources = {web, stated};
    const QJsonArray sources = timeReport(snapshot, clock.read()).value(QStringLiteral("sources")).toArray();
    QCOMPARE(sources.at(0).toObject().value(QStringLiteral("unverified")), QJsonValue(true));
    QCOMPARE(sources.at(0).toObject().value(QStringLiteral("assumedError")).toInteger(), 100'000);
    QCOMPARE(sources.at(1).toObject().value(QStringLiteral("unverified")), QJsonValue(false));
    QVERIFY(sources.at(1).toObject().value(QStringLiteral("assumedError")).isNull());
    for (const QJsonValue &source : sources) // that is said by NTP servers only
        QVERIFY(source.toObject().value(QStringLiteral("rootDelay")).isNull());
}

void tst_TimeReport::saysThatTheClockIsAFault()
{
    const ManualClock clock;
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    QCOMPARE(timeReport(snapshot, clock.read()).value(QStringLiteral("fault")), QJsonValue(false));
    snapshot->fault = true;
    QCOMPARE(timeReport(snapshot, clock.read()).value(QStringLiteral("fault")), QJsonValue(true));
}

void tst_TimeReport::reportsNothingKnown()
{
    const ManualClock clock;
    const QJsonObject report = timeReport(std::make_shared<ReferenceSnapshot>(), clock.read());
    QCOMPARE(report.value(QStringLiteral("t")).toInteger(), toWire(clock.now()));
    QVERIFY(report.value(QStringLiteral("bound")).isNull());
    QCOMPARE(report.value(QStringLiteral("state")).toString(), QStringLiteral("unsynced"));
    QVERIFY(report.value(QStringLiteral("sources")).toArray().isEmpty());
    QVERIFY(timeReport({}, clock.read()).isEmpty());
}

QTEST_APPLESS_MAIN(tst_TimeReport)
#include "tst_timereport.moc"
