// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/worldtime.h"

#include <QDateTime>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

WireMicros at(const QString &utc, int micros = 0)
{
    return QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch() * 1000 + micros;
}

QJsonObject answerFor(const QString &zone, WireMicros t)
{
    const auto served = ServedZone::find(zone);
    return served ? worldTime({t, 1500, StampState::Ok}, *served, {}) : QJsonObject();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

} // namespace

class tst_WorldTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void zones_data();
    void zones();
    void calendar_data();
    void calendar();
    void saysWhatTheReferenceIsWorth_data();
    void saysWhatTheReferenceIsWorth();
    void peers_data();
    void peers();
    void refusesNames_data();
    void refusesNames();
    void everyZoneAddsUp();
};

void tst_WorldTime::zones_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("utc");
    QTest::addColumn<QString>("datetime");
    QTest::addColumn<QString>("offset");
    QTest::addColumn<QString>("abbreviation");
    QTest::addColumn<int>("raw");
    QTest::addColumn<int>("saving");
    QTest::addColumn<QString>("from"); // empty: no daylight saving time
    QTest::addColumn<QString>("until");
    const auto row = [](const char *name, const char *zone, const char *utc, const char *local,
                        const char *offset, const char *abbreviation, int raw, int saving,
                        const char *from = "", const char *until = "") {
        QTest::newRow(name) << QString::fromLatin1(zone) << QString::fromLatin1(utc)
                            << QString::fromLatin1(local) + u".000042"_s + QString::fromLatin1(offset)
                            << QString::fromLatin1(offset) << QString::fromLatin1(abbreviation) << raw
                            << saving << QString::fromLatin1(from) << QString::fromLatin1(until);
    };
    row("utc", "UTC", "2026-11-23T14:03:25Z", "2026-11-23T14:03:25", "+00:00", "UTC", 0, 0);
    row("etc", "Etc/UTC", "2026-11-23T14:03:25Z", "2026-11-23T14:03:25", "+00:00", "UTC", 0, 0);
    row("winter", "Europe/Madrid", "2026-11-23T14:03:25Z", "2026-11-23T15:03:25", "+01:00", "CET", 3600, 0);
    row("summer", "Europe/Madrid", "2026-07-23T14:03:25Z", "2026-07-23T16:03:25", "+02:00", "CEST", 3600,
        3600, "2026-03-29T01:00:00+00:00", "2026-10-25T01:00:00+00:00");
    row("last-second-of-winter", "Europe/Madrid", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59", "+01:00",
        "CET", 3600, 0);
    row("first-second-of-summer", "Europe/Madrid", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", "+02:00",
        "CEST", 3600, 3600, "2026-03-29T01:00:00+00:00", "2026-10-25T01:00:00+00:00");
    row("last-second-of-summer", "Europe/Madrid", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59", "+02:00",
        "CEST", 3600, 3600, "2026-03-29T01:00:00+00:00", "2026-10-25T01:00:00+00:00");
    row("first-second-of-the-next-winter", "Europe/Madrid", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00",
        "+01:00", "CET", 3600, 0);
    row("west", "America/New_York", "2026-07-23T02:03:25Z", "2026-07-22T22:03:25", "-04:00", "EDT", -18000,
        3600, "2026-03-08T07:00:00+00:00", "2026-11-01T06:00:00+00:00");
    row("three-parts", "America/Argentina/Salta", "2026-11-23T14:03:25Z", "2026-11-23T11:03:25", "-03:00",
        "-03", -10800, 0);
    row("half-an-hour", "Asia/Kolkata", "2026-11-23T14:03:25Z", "2026-11-23T19:33:25", "+05:30", "IST", 19800,
        0);
    row("a-quarter", "Asia/Kathmandu", "2026-11-23T14:03:25Z", "2026-11-23T19:48:25", "+05:45", "+0545",
        20700, 0);
    row("half-an-hour-west-in-summer", "America/St_Johns", "2026-07-23T14:03:25Z", "2026-07-23T11:33:25",
        "-02:30", "NDT", -12600, 3600, "2026-03-08T05:30:00+00:00", "2026-11-01T04:30:00+00:00");
    row("half-an-hour-of-daylight-over-new-year", "Australia/Lord_Howe", "2026-12-31T14:03:25Z",
        "2027-01-01T01:03:25", "+11:00", "+11", 37800, 1800, "2026-10-03T15:30:00+00:00",
        "2027-04-03T15:00:00+00:00");
}

void tst_WorldTime::zones()
{
    QFETCH(QString, zone);
    QFETCH(QString, utc);
    QFETCH(int, saving);
    QFETCH(QString, from);
    QFETCH(QString, until);
    const QJsonObject answer = answerFor(zone, at(utc, 42));
    QCOMPARE(answer[u"timezone"_s].toString(), zone);
    QTEST(answer[u"datetime"_s].toString(), "datetime");
    QCOMPARE(answer[u"utc_datetime"_s].toString(), utc.chopped(1) + u".000042+00:00"_s);
    QCOMPARE(answer[u"unixtime"_s].toInteger(), at(utc) / 1'000'000);
    QTEST(answer[u"utc_offset"_s].toString(), "offset");
    QTEST(answer[u"abbreviation"_s].toString(), "abbreviation");
    QTEST(answer[u"raw_offset"_s].toInt(), "raw");
    QCOMPARE(answer[u"dst_offset"_s].toInt(), saving);
    QCOMPARE(answer[u"dst"_s].toBool(), saving != 0);
    QCOMPARE(answer[u"dst_from"_s], textOrNull(from));
    QCOMPARE(answer[u"dst_until"_s], textOrNull(until));
}

void tst_WorldTime::calendar_data()
{
    QTest::addColumn<QString>("utc");
    QTest::addColumn<int>("dayOfWeek");
    QTest::addColumn<int>("dayOfYear");
    QTest::addColumn<int>("week");
    QTest::newRow("sunday-is-0") << u"2026-11-22T12:00:00Z"_s << 0 << 326 << 47;
    QTest::newRow("monday") << u"2026-11-23T12:00:00Z"_s << 1 << 327 << 48;
    QTest::newRow("saturday") << u"2026-11-28T12:00:00Z"_s << 6 << 332 << 48;
    QTest::newRow("week-of-last-year") << u"2027-01-01T12:00:00Z"_s << 5 << 1 << 53;
    QTest::newRow("the-zones-day-counts") << u"2026-11-22T23:30:00Z"_s << 1 << 327 << 48;
    QTest::newRow("leap-year") << u"2028-12-31T12:00:00Z"_s << 0 << 366 << 52;
}

void tst_WorldTime::calendar()
{
    QFETCH(QString, utc);
    const QJsonObject answer = answerFor(u"Europe/Madrid"_s, at(utc));
    QTEST(answer[u"day_of_week"_s].toInt(), "dayOfWeek");
    QTEST(answer[u"day_of_year"_s].toInt(), "dayOfYear");
    QTEST(answer[u"week_number"_s].toInt(), "week");
}

void tst_WorldTime::saysWhatTheReferenceIsWorth_data()
{
    QTest::addColumn<BestStamp>("best");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QJsonValue>("bound");
    const QJsonValue null(QJsonValue::Null);
    QTest::newRow("ok") << BestStamp{5, 900, StampState::Ok} << u"ok"_s << QJsonValue(900);
    QTest::newRow("holdover") << BestStamp{5, 90'000, StampState::Holdover} << u"holdover"_s
                              << QJsonValue(90'000);
    QTest::newRow("own-clock") << BestStamp{5, {}, StampState::Unsynced} << u"unsynced"_s << null;
    QTest::newRow("contradiction") << BestStamp{5, {}, StampState::Falseticker} << u"falseticker"_s << null;
}

void tst_WorldTime::saysWhatTheReferenceIsWorth()
{
    QFETCH(const BestStamp, best);
    const QJsonObject answer = worldTime(best, *ServedZone::find(u"UTC"_s), {});
    QTEST(answer[u"state"_s].toString(), "state");
    QTEST(answer[u"bound"_s], "bound");
    QCOMPARE(answer[u"utc_datetime"_s].toString(), u"1970-01-01T00:00:00.000005+00:00"_s);
}

void tst_WorldTime::peers_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("told");
    QTest::newRow("unknown") << u""_s << u""_s;
    QTest::newRow("ipv4") << u"192.0.2.7"_s << u"192.0.2.7"_s;
    QTest::newRow("ipv4-on-both-families") << u"::ffff:192.0.2.7"_s << u"192.0.2.7"_s;
    QTest::newRow("ipv6") << u"2001:db8::7"_s << u"2001:db8::7"_s;
}

void tst_WorldTime::peers()
{
    QFETCH(QString, address);
    QFETCH(QString, told);
    const QJsonObject answer =
        worldTime({0, {}, StampState::Ok}, *ServedZone::find(u"UTC"_s), QHostAddress(address));
    QCOMPARE(answer.contains(u"client_ip"_s), !told.isEmpty());
    QCOMPARE(answer[u"client_ip"_s].toString(), told);
}

void tst_WorldTime::refusesNames_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names{u""_s,
                            u"Mars/Olympus"_s,
                            u"Europe"_s, // a folder, which Qt takes for a zone
                            u"europe/madrid"_s,
                            u"Europe/Madrid/"_s,
                            u"/Europe/Madrid"_s,
                            u"Europe//Madrid"_s,
                            u"posix/Europe/Madrid"_s,
                            u"../zoneinfo/Europe/Madrid"_s,
                            u"/etc/localtime"_s,
                            u"zone.tab"_s,
                            u"UTC+25:00"_s,
                            u"Europe/Madr\u00edd"_s,
                            QString(60'000, u'A')};
    for (const QString &name : names)
        QTest::newRow(name.isEmpty() ? "empty" : qPrintable(name.left(40))) << name;
}

void tst_WorldTime::refusesNames()
{
    QFETCH(QString, name);
    QVERIFY(!ServedZone::find(name));
}

void tst_WorldTime::everyZoneAddsUp()
{
    const QJsonArray names = ServedZone::names();
    QVERIFY(names.contains(u"Europe/Madrid"_s) && names.contains(u"Etc/UTC"_s));
    for (const auto &name : names) {
        for (const QString &utc : {u"2026-01-05T12:00:00Z"_s, u"2026-07-05T12:00:00Z"_s}) {
            const QJsonObject answer = answerFor(name.toString(), at(utc));
            const QDateTime local =
                QDateTime::fromString(answer[u"datetime"_s].toString(), Qt::ISODateWithMs);
            QCOMPARE(local.toUTC(), QDateTime::fromString(utc, Qt::ISODate));
            QCOMPARE(local.offsetFromUtc(),
                     answer[u"raw_offset"_s].toInt() + answer[u"dst_offset"_s].toInt());
            QCOMPARE(answer[u"dst_from"_s].isNull(), !answer[u"dst"_s].toBool());
        }
    }
}

QTEST_APPLESS_MAIN(tst_WorldTime)
#include "tst_worldtime.moc"
