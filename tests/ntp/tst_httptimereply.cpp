// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimejson.h"
#include "ntp/httptimereply.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Sample = 1'795'442'605; // 2026-11-23T14:03:25Z
const QByteArray Date = "Mon, 23 Nov 2026 14:03:25 GMT";

} // namespace

class tst_HttpTimeReply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void parsesDates_data();
    void parsesDates();
    void makesAnInterval();
    void knowsHowWrongAServerMayBe_data();
    void knowsHowWrongAServerMayBe();
};

void tst_HttpTimeReply::reads_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("resolution");
    QTest::newRow("worldtimeapi")
        << QByteArray(R"({"datetime":"2026-11-23T15:03:25.118042+01:00","unixtime":1795442605,)"
                      R"("utc_datetime":"2026-11-23T14:03:25.118042+00:00","timezone":"Europe/Madrid"})")
        << Date << Sample * Second + 118'042'000 << qint64(1000);
    QTest::newRow("milliseconds") << QByteArray(R"({"utc_datetime":"2026-11-23T14:03:25.118Z"})")
                                  << QByteArray() << Sample * Second + 118'000'000 << qint64(1'000'000);
    QTest::newRow("whole-seconds") << QByteArray(R"({"utc_datetime":"2026-11-23T14:03:25Z"})") << QByteArray()
                                   << Sample * Second << Second;
    QTest::newRow("unixtime-only") << QByteArray(R"({"unixtime":1795442605})") << QByteArray()
                                   << Sample * Second << Second;
    QTest::newRow("local-time-is-not-used")
        << QByteArray(R"({"utc_datetime":"2026-11-23T15:03:25.118042+01:00","unixtime":1795442605})")
        << QByteArray() << Sample * Second << Second;
    QTest::newRow("date-header") << QByteArray("<html>") << Date << Sample * Second << Second;
    QTest::newRow("date-header-no-body") << QByteArray() << Date << Sample * Second << Second;
    QTest::newRow("absurd-unixtime-then-date")
        << QByteArray(R"({"unixtime":1e300})") << Date << Sample * Second << Second;
    QTest::newRow("text-unixtime-then-date")
        << QByteArray(R"({"unixtime":"1"})") << Date << Sample * Second << Second;
}

void tst_HttpTimeReply::reads()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, date);
    QFETCH(qint64, nanos);
    QFETCH(qint64, resolution);
    const auto time = readHttpTime({200, body, date, "0", {}}, HttpSourceEntry());
    QVERIFY(time);
    QCOMPARE(time->time.time_since_epoch().count(), nanos);
    QCOMPARE(time->resolution.count(), resolution);
}

void tst_HttpTimeReply::refuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("age");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<HttpRefusal>("refusal");
    const QByteArray none;
    for (const int status : {300, 301, 302, 304, 307, 399})
        QTest::addRow("status-%d", status) << status << Date << none << none << HttpRefusal::Redirected;
    for (const int status : {0, 100, 204, 206, 400, 404, 500, 503})
        QTest::addRow("status-%d", status) << status << Date << none << none << HttpRefusal::Status;
    QTest::newRow("429") << 429 << Date << none << none << HttpRefusal::TooManyRequests;
    QTest::newRow("503-retry-after") << 503 << Date << none << QByteArray("30")
                                     << HttpRefusal::TooManyRequests;
    QTest::newRow("age-1") << 200 << Date << QByteArray("1") << none << HttpRefusal::Cached;
    QTest::newRow("age-unreadable") << 200 << Date << QByteArray("old") << none << HttpRefusal::Cached;
    QTest::newRow("age-negative") << 200 << Date << QByteArray("-1") << none << HttpRefusal::Cached;
    QTest::newRow("no-time") << 200 << none << none << none << HttpRefusal::NoTime;
    QTest::newRow("broken-date") << 200 << QByteArray("yesterday") << none << none << HttpRefusal::NoTime;
}

void tst_HttpTimeReply::refuses()
{
    QFETCH(int, status);
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, age);
    QFETCH(QByteArray, retryAfter);
    QFETCH(HttpRefusal, refusal);
    const auto time = readHttpTime({status, {}, date, age, retryAfter}, HttpSourceEntry());
    QVERIFY(!time);
    QCOMPARE(time.error(), refusal);
    QVERIFY(explain(refusal).endsWith(u'.'));
}

void tst_HttpTimeReply::parsesDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *text, bool good) {
        QTest::newRow(text) << QString::fromLatin1(text) << good;
    };
    row("2026-11-23T14:03:25.118042+00:00", true);
    row("2026-11-23T14:03:25.118042123Z", true);
    row("2026-11-23 14:03:25", true);
    row("2026-11-23T14:03:25.1234567890Z", false);
    row("2026-11-23T14:03:25.Z", false);
    row("2026-11-23T14:03Z", false);
    row("2026-11-23T14:03:25+01:00", false);
    row("2026-11-23T14:03:25-00:30", false);
    row("2026-02-30T14:03:25Z", false);
    row("2026-11-23T25:03:25Z", false);
    row("1969-12-31T23:59:59Z", false);
    row("9999-12-31T23:59:59Z", false);
    row("x2026-11-23T14:03:25Z", false);
    row("2026-11-23T14:03:25Zx", false);
    row("", false);
}

void tst_HttpTimeReply::parsesDates()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(parseUtcDateTime(text).has_value(), good);
}

void tst_HttpTimeReply::makesAnInterval()
{
    const WallTime t1{1'764'000'000s};
    const WallTime t4 = t1 + 80ms;
    // The server is 5 s ahead; it wrote its time, cut to seconds, 30 ms after we asked.
    const WallTime truth = t1 + 30ms + 5s;
    const HttpTime http{std::chrono::floor<std::chrono::seconds>(truth), 1s, {}};
    const auto offset = httpOffset(http, t1, t4, 100ms);
    QVERIFY(offset->contains(5s));
    QCOMPARE(offset->bound(),
             Nanos(500ms + 40ms + 100ms)); // half the resolution, half the round trip, the source
    QVERIFY(!httpOffset(http, t4, t1, 100ms));
}

void tst_HttpTimeReply::knowsHowWrongAServerMayBe_data()
{
    QTest::addColumn<std::optional<Nanos>>("own");
    QTest::addColumn<std::optional<Nanos>>("entry");
    QTest::addColumn<SourceError>("error");
    using Maybe = std::optional<Nanos>;
    QTest::newRow("nobody-says") << Maybe() << Maybe() << SourceError{100ms, false};
    QTest::newRow("the-entry") << Maybe() << Maybe(7ms) << SourceError{7ms, false};
    QTest::newRow("the-server") << Maybe(3ms) << Maybe() << SourceError{3ms, true};
    QTest::newRow("the-server-says-more-than-usual") << Maybe(3s) << Maybe() << SourceError{3s, true};
    QTest::newRow("the-server-claims-too-much") << Maybe(3ms) << Maybe(7ms) << SourceError{7ms, false};
    QTest::newRow("the-server-is-worse") << Maybe(9ms) << Maybe(7ms) << SourceError{9ms, false};
}

void tst_HttpTimeReply::knowsHowWrongAServerMayBe()
{
    QFETCH(std::optional<Nanos>, own);
    QFETCH(std::optional<Nanos>, entry);
    HttpSourceEntry configured;
    configured.error = entry;
    QTEST(errorOf(HttpTime{{}, {}, own}, configured, 100ms), "error");
}

QTEST_APPLESS_MAIN(tst_HttpTimeReply)
#include "tst_httptimereply.moc"
