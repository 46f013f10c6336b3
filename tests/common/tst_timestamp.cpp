// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timestamp.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 Least = std::numeric_limits<qint64>::min();
constexpr qint64 Most = std::numeric_limits<qint64>::max();
} // namespace

class tst_Timestamp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void toWireOfTime_data();
    void toWireOfTime();
    void toWireOfDuration_data();
    void toWireOfDuration();
    void fromWire_data();
    void fromWire();
    void isoUtc_data();
    void isoUtc();
    void clockText_data();
    void clockText();
    void clockTextWithoutZoneIsUtc();
};

void tst_Timestamp::toWireOfTime_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("micros");
    QTest::newRow("epoch") << 0LL << 0LL;
    QTest::newRow("exact") << 5'000LL << 5LL;
    QTest::newRow("towards-the-past") << 5'999LL << 5LL;
    QTest::newRow("before-1970-towards-the-past") << -1LL << -1LL;
    QTest::newRow("before-1970-exact") << -1'000LL << -1LL;
    QTest::newRow("before-1970-just-below") << -1'001LL << -2LL;
    QTest::newRow("last") << Most << 9'223'372'036'854'775LL;
    QTest::newRow("first") << Least << -9'223'372'036'854'776LL;
}

void tst_Timestamp::toWireOfTime()
{
    QFETCH(qint64, nanos);
    QTEST(toWire(WallTime(Nanos(nanos))), "micros");
}

void tst_Timestamp::toWireOfDuration_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("nearest");
    QTest::addColumn<qint64>("bound");
    QTest::newRow("zero") << 0LL << 0LL << 0LL;
    QTest::newRow("just-below-half") << 499LL << 0LL << 1LL;
    QTest::newRow("half") << 500LL << 1LL << 1LL;
    QTest::newRow("one") << 1LL << 0LL << 1LL;
    QTest::newRow("exact") << 3'000LL << 3LL << 3LL;
    QTest::newRow("just-above") << 3'001LL << 3LL << 4LL;
    QTest::newRow("negative-below-half") << -499LL << 0LL << -1LL;
    QTest::newRow("negative-half") << -500LL << -1LL << -1LL;
    QTest::newRow("negative-exact") << -3'000LL << -3LL << -3LL;
    QTest::newRow("most") << Most << 9'223'372'036'854'776LL << 9'223'372'036'854'776LL;
    QTest::newRow("least") << Least << -9'223'372'036'854'776LL << -9'223'372'036'854'776LL;
}

void tst_Timestamp::toWireOfDuration()
{
    QFETCH(qint64, nanos);
    QTEST(toWire(Nanos(nanos)), "nearest");
    QTEST(boundToWire(Nanos(nanos)), "bound");
}

void tst_Timestamp::fromWire_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<qint64>("nanos");
    QTest::newRow("epoch") << 0LL << 0LL;
    QTest::newRow("now") << 1'764'000'000'123'456LL << 1'764'000'000'123'456'000LL;
    QTest::newRow("last-that-fits") << 9'223'372'036'854'775LL << 9'223'372'036'854'775'000LL;
    QTest::newRow("beyond") << 9'223'372'036'854'776LL << Most;
    QTest::newRow("before") << -9'223'372'036'854'776LL << Least;
    QTest::newRow("most") << Most << Most;
    QTest::newRow("least") << Least << Least;
}

void tst_Timestamp::fromWire()
{
    QFETCH(qint64, micros);
    QTEST(qint64(wallTimeFromWire(micros).time_since_epoch().count()), "nanos");
}

void tst_Timestamp::isoUtc_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << 0LL << u"1970-01-01T00:00:00.000000Z"_s;
    QTest::newRow("micros") << 1'764'000'000'000'042LL << u"2025-11-24T16:00:00.000042Z"_s;
    QTest::newRow("before-1970") << -1LL << u"1969-12-31T23:59:59.999999Z"_s;
    QTest::newRow("leap-day") << 1'709'164'800'000'000LL << u"2024-02-29T00:00:00.000000Z"_s;
    QTest::newRow("first-year") << -62'135'596'800'000'000LL << u"0001-01-01T00:00:00.000000Z"_s;
    QTest::newRow("before-first-year") << -62'135'596'800'000'001LL << u"-62135596800000001 us"_s;
    QTest::newRow("last-year") << 253'402'300'799'999'999LL << u"9999-12-31T23:59:59.999999Z"_s;
    QTest::newRow("after-last-year") << 253'402'300'800'000'000LL << u"253402300800000000 us"_s;
    QTest::newRow("most") << Most << u"9223372036854775807 us"_s;
    QTest::newRow("least") << Least << u"-9223372036854775808 us"_s;
}

void tst_Timestamp::isoUtc()
{
    QFETCH(qint64, time);
    QTEST(Synchat::isoUtc(time), "text");
}

void tst_Timestamp::clockText_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");
    const qint64 winter = 1'764'000'000'999'999LL; // 2025-11-24T16:00:00.999999Z
    const qint64 summer = 1'750'000'000'000'000LL; // 2025-06-15T15:06:40Z
    QTest::newRow("never-rounded-up") << winter << "UTC"_ba << 3 << u"16:00:00.999"_s;
    QTest::newRow("no-decimals") << winter << "UTC"_ba << 0 << u"16:00:00"_s;
    QTest::newRow("six-decimals") << winter << "UTC"_ba << 6 << u"16:00:00.999999"_s;
    QTest::newRow("too-many-decimals") << winter << "UTC"_ba << 9 << u"16:00:00.999999"_s;
    QTest::newRow("negative-decimals") << winter << "UTC"_ba << -1 << u"16:00:00"_s;
    QTest::newRow("madrid-winter") << winter << "Europe/Madrid"_ba << 1 << u"17:00:00.9"_s;
    QTest::newRow("madrid-summer") << summer << "Europe/Madrid"_ba << 0 << u"17:06:40"_s;
    QTest::newRow("half-hour-zone") << winter << "Asia/Kolkata"_ba << 0 << u"21:30:00"_s;
    QTest::newRow("west-of-midnight") << 0LL << "America/New_York"_ba << 0 << u"19:00:00"_s;
    QTest::newRow("before-1970") << -1LL << "UTC"_ba << 6 << u"23:59:59.999999"_s;
    QTest::newRow("absurd") << Most << "UTC"_ba << 3 << u"9223372036854775807 us"_s;
    QTest::newRow("first-year-west") << -62'135'596'800'000'000LL << "UTC-05:00"_ba << 0 << u"19:00:00"_s;
}

void tst_Timestamp::clockText()
{
    QFETCH(qint64, time);
    QFETCH(QByteArray, zone);
    QFETCH(int, decimals);
    const QTimeZone timeZone(zone);
    QVERIFY(timeZone.isValid());
    QTEST(Synchat::clockText(time, timeZone, decimals), "text");
}

void tst_Timestamp::clockTextWithoutZoneIsUtc()
{
    QCOMPARE(Synchat::clockText(0, QTimeZone()), u"00:00:00.000"_s);
}

QTEST_GUILESS_MAIN(tst_Timestamp)
#include "tst_timestamp.moc"
