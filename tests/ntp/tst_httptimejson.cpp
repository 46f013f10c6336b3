// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimejson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Sample = 1'795'442'605; // 2026-11-23T14:03:25Z

} // namespace

class tst_HttpTimeJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shapes_data();
    void shapes();
    void refusesShapes_data();
    void refusesShapes();
    void believesWhatADaemonSaysOfItself();
    void places_data();
    void places();
    void refusesPlaces_data();
    void refusesPlaces();
    void digitsSayHowFine();
};

void tst_HttpTimeJson::shapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("resolution");
    const auto row = [](const char *name, const char *body, qint64 nanos, qint64 resolution) {
        QTest::newRow(name) << QByteArray(body) << Sample * Second + nanos << resolution;
    };
    row("time-now-in-utc", R"({"datetime":"2026-11-23T14:03:25.118042+00:00","unixtime":1795442605})",
        118'042'000, 1000);
    row("time-now-elsewhere", R"({"datetime":"2026-11-23T15:03:25.118042+01:00","unixtime":1795442605})", 0,
        Second);
    row("datetime-without-zone", R"({"datetime":"2026-11-23T15:03:25.118042","unixtime":1795442605})", 0,
        Second);
    row("timeapi", R"({"year":2026,"month":11,"day":23,"hour":14,"minute":3,"seconds":25,"milliSeconds":118,
                   "dateTime":"2026-11-23T14:03:25.1180427","date":"11/23/2026","time":"14:03",
                   "timeZone":"UTC","dayOfWeek":"Monday","dstActive":false})",
        118'042'700, 100);
    row("timeapi-etc-utc", R"({"dateTime":"2026-11-23T14:03:25.118","timeZone":"Etc/UTC"})", 118'000'000,
        1'000'000);
    row("timeapi-parts", R"({"year":2026,"month":11,"day":23,"hour":14,"minute":3,"seconds":25,
                         "milliSeconds":7,"timeZone":"Utc"})",
        7'000'000, 1'000'000);
    row("timeapi-whole-parts", R"({"year":2026,"month":11,"day":23,"hour":14,"minute":3,"seconds":25,
                               "timeZone":"GMT"})",
        0, Second);
    row("timeapi-unix", R"({"unix_timestamp":1795442605})", 0, Second);
}

void tst_HttpTimeJson::shapes()
{
    QFETCH(QByteArray, body);
    const auto time = readJsonTimeByShape(body);
    QVERIFY(time);
    QTEST(qint64(time->time.time_since_epoch().count()), "nanos");
    QTEST(qint64(time->resolution.count()), "resolution");
    QVERIFY(!time->ownBound);
}

void tst_HttpTimeJson::refusesShapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<HttpRefusal>("refusal");
    const auto row = [](const char *name, const char *body, HttpRefusal refusal) {
        QTest::newRow(name) << QByteArray(body) << refusal;
    };
    row("nothing", "", HttpRefusal::NoTime);
    row("not-json", "<html>", HttpRefusal::NoTime);
    row("a-list", "[1]", HttpRefusal::NoTime);
    row("other-zone", R"({"dateTime":"2026-11-23T15:03:25.1","timeZone":"Europe/Amsterdam"})",
        HttpRefusal::OtherZone);
    row("no-zone", R"({"dateTime":"2026-11-23T15:03:25.1"})", HttpRefusal::NoTime);
    row("no-such-day", R"({"year":2026,"month":2,"day":30,"hour":1,"minute":1,"seconds":1,"timeZone":"UTC"})",
        HttpRefusal::NoTime);
    row("parts-are-words", R"({"year":"2026","month":2,"day":3,"timeZone":"UTC"})", HttpRefusal::NoTime);
    row("unsynced-daemon", R"({"utc_datetime":"2026-11-23T14:03:25Z","state":"unsynced","bound":null})",
        HttpRefusal::Unsynchronised);
    row("daemon-whose-sources-contradict",
        R"({"utc_datetime":"2026-11-23T14:03:25Z","state":"falseticker","bound":null})",
        HttpRefusal::Unsynchronised);
    row("daemon-without-time", R"({"utc_datetime":"2026-11-23T14:03:25Z","state":"none","bound":null})",
        HttpRefusal::Unsynchronised);
}

void tst_HttpTimeJson::refusesShapes()
{
    QFETCH(QByteArray, body);
    const auto time = readJsonTimeByShape(body);
    QVERIFY(!time);
    QTEST(time.error(), "refusal");
}

void tst_HttpTimeJson::believesWhatADaemonSaysOfItself()
{
    const auto time = readJsonTimeByShape(
        R"({"utc_datetime":"2026-11-23T14:03:25.118042+00:00","state":"holdover","bound":2500})");
    QVERIFY(time);
    QCOMPARE(time->ownBound, std::optional<Nanos>(2500us));
    for (const char *bound : {"null", "-1", "\"1\"", "1e300"}) {
        const auto without = readJsonTimeByShape(
            R"({"utc_datetime":"2026-11-23T14:03:25Z","state":"ok","bound":)" + QByteArray(bound) + "}");
        QVERIFY(without);
        QVERIFY(!without->ownBound);
    }
}

void tst_HttpTimeJson::places_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("resolution");
    const auto row = [](const char *name, const char *pointer, const char *format, const char *body,
                        qint64 nanos, qint64 resolution) {
        QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(format) << QByteArray(body)
                            << Sample * Second + nanos << resolution;
    };
    row("iso", "/now", "iso", R"({"now":"2026-11-23T14:03:25.5Z"})", 500'000'000, 100'000'000);
    row("deep", "/data/0/now", "unix", R"({"data":[{"now":1795442605}]})", 0, Second);
    row("list", "/1", "unix", "[0,1795442605]", 0, Second);
    row("escaped", "/a~1b/~0c", "unix", R"({"a/b":{"~c":1795442605}})", 0, Second);
    row("milliseconds", "/t", "unix-ms", R"({"t":1795442605118})", 118'000'000, 1'000'000);
    row("microseconds", "/t", "unix-us", R"({"t":1795442605118042})", 118'042'000, 1000);
    row("nanoseconds", "/t", "unix-ns", R"({"t":1795442605118042001})", 118'042'001, 1);
    row("text", "/t", "unix", R"({"t":"1795442605.1180"})", 118'000'000, 100'000);
    row("text-finer-than-nanos", "/t", "unix", R"({"t":"1795442605.11804200199"})", 118'042'001, 1);
    row("text-milliseconds", "/t", "unix-ms", R"({"t":"1795442605118.25"})", 118'250'000, 10'000);
    row("number-with-fraction", "/t", "unix", R"({"t":1795442605.118})", 118'000'000 - 250, 1'000'000 + 500);
}

void tst_HttpTimeJson::places()
{
    QFETCH(QString, pointer);
    QFETCH(QString, format);
    QFETCH(QByteArray, body);
    const auto entry = HttpSourceEntry::parse(u"https://a.example/ json=%1 format=%2"_s.arg(pointer, format));
    QVERIFY(entry);
    const auto time = readJsonTimeAt(body, entry->pointer, entry->format);
    QVERIFY(time);
    QTEST(qint64(time->time.time_since_epoch().count()), "nanos");
    QTEST(qint64(time->resolution.count()), "resolution");
}

void tst_HttpTimeJson::refusesPlaces_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nowhere") << QByteArray(R"({"b":1})");
    QTest::newRow("negative") << QByteArray(R"({"a":-1})");
    QTest::newRow("absurd") << QByteArray(R"({"a":1e300})");
    QTest::newRow("beyond-2255") << QByteArray(R"({"a":9000000001})");
    QTest::newRow("words") << QByteArray(R"({"a":"soon"})");
    QTest::newRow("object") << QByteArray(R"({"a":{"a":1}})");
    QTest::newRow("a-list") << QByteArray("[1]");
    QTest::newRow("bool") << QByteArray(R"({"a":true})");
    QTest::newRow("empty") << QByteArray();
}

void tst_HttpTimeJson::refusesPlaces()
{
    QFETCH(QByteArray, body);
    const auto time = readJsonTimeAt(body, {u"a"_s}, HttpTimeFormat::UnixSeconds);
    QVERIFY(!time);
    QCOMPARE(time.error(), HttpRefusal::NoTime);
}

void tst_HttpTimeJson::digitsSayHowFine()
{
    // Whatever a JSON number of today can hold, the true time is inside.
    for (int i = 0; i < 1000; ++i) {
        const QByteArray micros = QByteArray::number(1'000'000 + i * 997).right(6);
        const auto time =
            readJsonTimeAt("[1795442605." + micros + "]", {u"0"_s}, HttpTimeFormat::UnixSeconds);
        QVERIFY(time);
        const WallTime written{std::chrono::seconds(Sample) + Micros(micros.toInt())};
        QVERIFY(time->time <= written);
        QVERIFY(time->time + time->resolution >= written + 1us - 1ns);
    }
}

QTEST_APPLESS_MAIN(tst_HttpTimeJson)
#include "tst_httptimejson.moc"
