// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sparkline.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <limits>

using namespace Synchat;

namespace {

const MonoTime From = MonoTime(std::chrono::hours(5));
const MonoTime To = From + std::chrono::minutes(10);
const QRectF Box(100, 50, 60, 20);

SkewPoint at(int seconds, OptionalMicros skew, OptionalMicros bound = 100)
{
    return {From + std::chrono::seconds(seconds), skew, bound, StampState::Ok, false};
}

} // namespace

class tst_Sparkline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shapes_data();
    void shapes();
    void nothingIsEmpty();
    void endsWhereItIsNow();
    void jumpsRiseAtOnce();
    void eachOnItsOwnScale();
    void wideBoundsDoNotFlatten();
    void absurdSkewsStayInTheBox();
    void paintsSomething();
};

void tst_Sparkline::shapes_data()
{
    QTest::addColumn<QList<SkewPoint>>("points");
    QTest::addColumn<int>("runs");
    QTest::addColumn<bool>("endsNow");
    QTest::addColumn<bool>("zeroInRange");
    using Points = QList<SkewPoint>;
    QTest::newRow("one-point") << Points{at(0, 1000)} << 1 << true << false;
    QTest::newRow("near-zero") << Points{at(0, 50)} << 1 << true << true;
    QTest::newRow("around-zero") << Points{at(0, -3000), at(300, 3000)} << 1 << true << true;
    QTest::newRow("far-and-steady") << Points{at(0, 60'000'000), at(300, 60'000'010)} << 1 << true << false;
    QTest::newRow("as-far-as-it-is-wide") << Points{at(0, 1000), at(300, 2000)} << 1 << true << true;
    QTest::newRow("gap") << Points{at(0, 1000), at(100, {}), at(200, 1000)} << 2 << true << false;
    QTest::newRow("gone") << Points{at(0, 1000), at(100, {})} << 1 << false << false;
    QTest::newRow("gap-first") << Points{at(0, {}), at(100, 1000)} << 1 << true << false;
}

void tst_Sparkline::shapes()
{
    QFETCH(QList<SkewPoint>, points);
    QFETCH(int, runs);
    QFETCH(bool, endsNow);
    QFETCH(bool, zeroInRange);
    const Sparkline line = sparklineOf(points, From, To, Box);
    QCOMPARE(line.runs.size(), runs);
    QCOMPARE(line.last.has_value(), endsNow);
    QCOMPARE(line.zero.has_value(), zeroInRange);
    for (const Sparkline::Run &run : line.runs) {
        QCOMPARE(run.band.size(), 2 * run.line.size());
        QVERIFY(run.line.size() >= 2);
        for (const QPolygonF &polygon : {run.line, run.band}) {
            for (const QPointF &point : polygon)
                QVERIFY(Box.adjusted(-0.01, -0.01, 0.01, 0.01).contains(point));
        }
    }
}

void tst_Sparkline::nothingIsEmpty()
{
    QVERIFY(sparklineOf({}, From, To, Box).isEmpty());
    QVERIFY(sparklineOf({at(0, {}), at(100, {})}, From, To, Box).isEmpty());
}

void tst_Sparkline::endsWhereItIsNow()
{
    const Sparkline line = sparklineOf({at(0, -3000), at(300, 3000)}, From, To, Box);
    QCOMPARE(line.last->x(), Box.right()); // it holds until now
    QCOMPARE(line.runs.first().line.first().x(), Box.left());
    QVERIFY(line.runs.first().line.first().y() > line.last->y()); // ahead is up
    QVERIFY(std::abs(*line.zero - Box.center().y()) < 0.01);
}

void tst_Sparkline::jumpsRiseAtOnce()
{
    const QPolygonF jump = sparklineOf({at(0, 0), at(300, 3'700'000)}, From, To, Box).runs.first().line;
    QCOMPARE(jump.size(), 4);
    QCOMPARE(jump.at(1).x(), jump.at(2).x());
    QCOMPARE(jump.at(0).y(), jump.at(1).y());
    const QPolygonF drift = sparklineOf({at(0, 0), at(300, 12'000)}, From, To, Box).runs.first().line;
    QCOMPARE(drift.size(), 3); // 40 ppm slope
}

void tst_Sparkline::eachOnItsOwnScale()
{
    const auto height = [](WireMicros a, WireMicros b) {
        const QRectF drawn =
            sparklineOf({at(0, a), at(300, b)}, From, To, Box).runs.first().line.boundingRect();
        return drawn.height();
    };
    QVERIFY(height(1000, 2000) > Box.height() / 4);
    QVERIFY(height(60'000'000, 60'024'000) > Box.height() / 4);
    QVERIFY(height(1000, 1001) < 2.0); // rounding is no mountain
    const Sparkline far = sparklineOf({at(0, 60'000'000), at(300, 60'024'000)}, From, To, Box);
    QVERIFY(far.low > 59'000'000 && far.high < 61'000'000);
}

void tst_Sparkline::wideBoundsDoNotFlatten()
{
    const QList<SkewPoint> points{at(0, 0, 400'000), at(100, 1000, 50), at(300, 2000, 50)};
    const QRectF drawn = sparklineOf(points, From, To, Box).runs.first().line.boundingRect();
    QVERIFY(drawn.height() > Box.height() / 2);
}

void tst_Sparkline::absurdSkewsStayInTheBox()
{
    constexpr WireMicros farthest = std::numeric_limits<WireMicros>::max();
    const Sparkline line =
        sparklineOf({at(0, -farthest), at(100, farthest, farthest), at(200, 0)}, From, To, Box);
    for (const QPointF &point : line.runs.first().band)
        QVERIFY(Box.adjusted(-0.01, -0.01, 0.01, 0.01).contains(point));
    QVERIFY(!sparklineOf({at(0, 5)}, From, From, Box).isEmpty()); // a window without length
}

void tst_Sparkline::paintsSomething()
{
    QImage image(200, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    const Sparkline line = sparklineOf({at(0, -3000), at(300, 3000)}, From, To, Box);
    paintSparkline(painter, line, Box, {Qt::black, QColor(0, 0, 0, 40), Qt::gray});
    painter.end();
    QVERIFY(image.pixelColor(qRound(line.last->x()), qRound(line.last->y())).lightness() < 128);
    QCOMPARE(image.pixelColor(10, 10), QColor(Qt::white));
}

QTEST_MAIN(tst_Sparkline)
#include "tst_sparkline.moc"
