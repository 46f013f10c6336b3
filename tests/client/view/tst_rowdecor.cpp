// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowdecor.h"

#include "samplerows.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Hour = 3600 * Second;

RoomRow row(qint64 seq, const QString &author, WireMicros at, WireMicros skew = 0)
{
    RoomRow result;
    result.message = Sample::message(seq, author, u"text"_s, at, skew);
    return result;
}

RoomRow waiting(RoomRow::Kind kind, WireMicros live)
{
    RoomRow result;
    result.kind = kind;
    result.message = Sample::message(0, u"kim"_s, u"text"_s);
    result.message.stamps = {};
    result.message.stamps.live.t = live;
    return result;
}

RoomRow gap(qint64 from, qint64 to)
{
    RoomRow result;
    result.kind = RoomRow::Kind::Gap;
    result.gapFrom = from;
    result.gapTo = to;
    return result;
}

} // namespace

class tst_RowDecor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstRow();
    void header_data();
    void header();
    void lines_data();
    void lines();
    void unread_data();
    void unread();
    void behindAGap();
    void washOfOwn();
};

void tst_RowDecor::firstRow()
{
    const RowDecor decor = decorBetween(nullptr, row(1, u"ana"_s, Sample::Noon), {Sample::zone(), 0, {}});
    QVERIFY(decor.header);
    QCOMPARE(decor.day, QDate(2026, 11, 23));
    QVERIFY(!decor.unreadLine);
    QVERIFY(!decor.laterBy);
}

void tst_RowDecor::header_data()
{
    QTest::addColumn<QString>("author");
    QTest::addColumn<WireMicros>("later");
    QTest::addColumn<WireMicros>("skew");
    QTest::addColumn<bool>("header");
    QTest::newRow("same") << u"ana"_s << 10 * Second << WireMicros(0) << false;
    QTest::newRow("other-author") << u"luis"_s << 10 * Second << WireMicros(0) << true;
    QTest::newRow("five-minutes") << u"ana"_s << 300 * Second << WireMicros(0) << false;
    QTest::newRow("more-than-five-minutes") << u"ana"_s << 300 * Second + 1 << WireMicros(0) << true;
    QTest::newRow("backwards-by-much") << u"ana"_s << -301 * Second << WireMicros(0) << true;
    QTest::newRow("clock-went-wrong") << u"ana"_s << 10 * Second << 2 * Second << true;
}

void tst_RowDecor::header()
{
    QFETCH(QString, author);
    QFETCH(WireMicros, later);
    QFETCH(WireMicros, skew);
    const RoomRow above = row(1, u"ana"_s, Sample::Noon);
    const RoomRow below = row(2, author, Sample::Noon + later, skew);
    QTEST(decorBetween(&above, below, {Sample::zone(), 0, {}}).header, "header");
}

void tst_RowDecor::lines_data()
{
    QTest::addColumn<WireMicros>("from");
    QTest::addColumn<WireMicros>("to");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<bool>("day");
    QTest::addColumn<WireMicros>("later");
    const WireMicros noon = Sample::Noon;                             // 13:03:25 UTC
    const WireMicros lateInUtc = noon + 10 * Hour + 30 * 60 * Second; // 23:33:25 UTC, next day in Madrid
    QTest::newRow("nothing") << noon << noon + 59 * 60 * Second << QByteArray("UTC") << false
                             << WireMicros(0);
    QTest::newRow("an-hour") << noon << noon + Hour << QByteArray("UTC") << false << Hour;
    QTest::newRow("same-day-in-utc") << lateInUtc - 1800 * Second << lateInUtc << QByteArray("UTC") << false
                                     << WireMicros(0);
    QTest::newRow("midnight-in-madrid")
        << lateInUtc - 3600 * Second << lateInUtc << QByteArray("Europe/Madrid") << true << WireMicros(0);
    QTest::newRow("a-day-back") << noon << noon - 24 * Hour << QByteArray("UTC") << true << WireMicros(0);
    QTest::newRow("absurd-time-makes-no-line")
        << noon << std::numeric_limits<WireMicros>::max() << QByteArray("UTC") << false << WireMicros(0);
    QTest::newRow("absurd-time-above")
        << std::numeric_limits<WireMicros>::min() << noon << QByteArray("UTC") << true << WireMicros(0);
}

void tst_RowDecor::lines()
{
    QFETCH(WireMicros, from);
    QFETCH(WireMicros, to);
    QFETCH(QByteArray, zone);
    QFETCH(bool, day);
    QFETCH(WireMicros, later);
    RoomRow above = row(1, u"ana"_s, Sample::Noon);
    RoomRow below = row(2, u"ana"_s, Sample::Noon);
    above.message.stamps.best.t = from;
    below.message.stamps.best.t = to;
    const RowDecor decor = decorBetween(&above, below, {QTimeZone(zone), 0, {}});
    QCOMPARE(decor.day.has_value(), day);
    QCOMPARE(decor.laterBy.value_or(0), later);
}

void tst_RowDecor::unread_data()
{
    QTest::addColumn<qint64>("unreadAfter");
    QTest::addColumn<bool>("line");
    QTest::newRow("none-wanted") << qint64(0) << false;
    QTest::newRow("above-is-the-last-read") << qint64(4) << true;
    QTest::newRow("both-read") << qint64(5) << false;
    QTest::newRow("both-unread") << qint64(3) << false;
}

void tst_RowDecor::unread()
{
    QFETCH(qint64, unreadAfter);
    const RoomRow above = row(4, u"ana"_s, Sample::Noon);
    const RoomRow below = row(5, u"ana"_s, Sample::Noon);
    const DecorContext context{Sample::zone(), unreadAfter, {}};
    const RowDecor decor = decorBetween(&above, below, context);
    QTEST(decor.unreadLine, "line");
    QTEST(decor.header, "line");
    const RoomRow own = waiting(RoomRow::Kind::Pending, Sample::Noon);
    QVERIFY(!decorBetween(&above, own, context).unreadLine);
}

void tst_RowDecor::behindAGap()
{
    // A hole with something unread in it is where the unread begins.
    const RoomRow read = row(4, u"ana"_s, Sample::Noon);
    QVERIFY(decorBetween(&read, gap(5, 9), {Sample::zone(), 4, {}}).unreadLine);
    QVERIFY(decorBetween(&read, gap(5, 9), {Sample::zone(), 5, {}}).unreadLine);
    QVERIFY(!decorBetween(&read, gap(5, 9), {Sample::zone(), 9, {}}).unreadLine);
    const DecorContext context{Sample::zone(), 0, {}};
    const RoomRow before = row(1, u"ana"_s, Sample::Noon);
    const RoomRow hole = gap(2, 4);
    QVERIFY(!decorBetween(&hole, row(5, u"ana"_s, Sample::Noon), context, &before).day);
    QVERIFY(decorBetween(&hole, row(5, u"ana"_s, Sample::Noon + 24 * Hour), context, &before).day);
    QVERIFY(decorBetween(&hole, row(5, u"ana"_s, Sample::Noon), context, &before).header);
    QVERIFY(!decorBetween(&before, hole, context).header);
}

void tst_RowDecor::washOfOwn()
{
    const DecorContext context{Sample::zone(), 0, u"u-kim"_s};
    const RoomRow own = row(1, u"kim"_s, Sample::Noon);
    const RoomRow pending = waiting(RoomRow::Kind::Pending, Sample::Noon + 90 * Hour);
    const RoomRow failed = waiting(RoomRow::Kind::Failed, Sample::Noon);
    QVERIFY(isOwn(own, u"u-kim"_s));
    QVERIFY(!isOwn(own, u"u-ana"_s));
    QVERIFY(isOwn(failed, u"u-ana"_s));
    const RowDecor decor = decorBetween(&own, pending, context);
    QVERIFY(decor.afterOwnWash);
    QVERIFY(decor.header); // another state
    QVERIFY(!decor.hasLine());
    QVERIFY(decorBetween(&pending, failed, context).header);
}

QTEST_APPLESS_MAIN(tst_RowDecor)
#include "tst_rowdecor.moc"
