// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewhistory.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr MonoTime Start = MonoTime(1000h);

SkewPoint point(Nanos since, OptionalMicros skew, OptionalMicros bound = 100,
                StampState state = StampState::Ok)
{
    return {Start + since, skew, bound, state, false};
}

} // namespace

class tst_SkewHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void windowBeginsWithWhatHeld();
    void whatSaysTheSameIsOneLength();
    void olderPointsAreNotTaken();
    void forgetsWhatIsOlderThanAnHour();
    void thinningKeepsPeaks();
    void thinningKeepsStatesAndGaps();
    void staysBounded();
    void percentiles_data();
    void percentiles();
    void gapsDoNotCount();
    void silentSeriesMakeRoom();
    void endsOnlyWhatIsKnown();
};

void tst_SkewHistory::windowBeginsWithWhatHeld()
{
    SkewSeries series;
    series.add(point(0s, 10));
    series.add(point(100s, 20));
    series.add(point(200s, 30));
    QCOMPARE(series.last(60s, Start + 170s), (QList{point(110s, 20)}));
    QCOMPARE(series.last(60s, Start + 210s), (QList{point(150s, 20), point(200s, 30)}));
    QCOMPARE(series.last(60s, Start + 160s), (QList{point(100s, 20)}));
    QCOMPARE(series.last(2h, Start + 210s).size(), 3);
    QCOMPARE(series.last(60s, Start - 1s), QList<SkewPoint>());
    QCOMPARE(SkewSeries().last(60s, Start), QList<SkewPoint>());
}

void tst_SkewHistory::whatSaysTheSameIsOneLength()
{
    SkewSeries series;
    for (int i = 0; i <= 600; ++i)
        series.add(point(i * 1s, 10));
    QCOMPARE(series.last(600s, Start + 600s), (QList{point(0s, 10), point(600s, 10)}));
    series.add(point(601s, 10, 101));
    QCOMPARE(series.size(), 3);
}

void tst_SkewHistory::olderPointsAreNotTaken()
{
    SkewSeries series;
    series.add(point(10s, 1));
    series.add(point(9s, 2));
    series.add(point(10s, 3)); // the same moment is in order
    QCOMPARE(series.last(60s, Start + 10s), (QList{point(10s, 1), point(10s, 3)}));
}

void tst_SkewHistory::forgetsWhatIsOlderThanAnHour()
{
    SkewSeries series;
    series.add(point(0s, 1));
    series.add(point(10s, 2));
    series.add(point(3700s, 3));
    QCOMPARE(series.size(), 2);
    QCOMPARE(series.last(SkewSeries::Span, Start + 3700s).constFirst(), point(100s, 2));
}

void tst_SkewHistory::thinningKeepsPeaks()
{
    SkewSeries series;
    for (int i = 0; i < 3600; ++i) {
        const WireMicros skew = i == 1002 ? 90'000 : i == 2002 ? -80'000 : i % 7;
        series.add(point(i * 1s, skew, i == 1502 ? 7'000 : 100 + i % 3));
    }
    QVERIFY(series.size() < SkewSeries::MaxPoints);
    const QList<SkewPoint> points = series.last(SkewSeries::Span, Start + 3600s);
    QVERIFY(points.contains(point(1002s, 90'000, 100)));
    QVERIFY(points.contains(point(2002s, -80'000, 101)));
    QVERIFY(points.contains(point(1502s, 4, 7'000)));
    QVERIFY(std::is_sorted(points.begin(), points.end(),
                           [](const auto &a, const auto &b) { return a.at < b.at; }));
    // No hole bigger than what goes together.
    for (qsizetype i = 1; i < points.size(); ++i)
        QVERIFY(points.at(i).at - points.at(i - 1).at <= 16s);
}

void tst_SkewHistory::thinningKeepsStatesAndGaps()
{
    SkewSeries series;
    for (int i = 0; i < 2500; ++i) {
        if (i == 500)
            series.add(point(500s, {}, {}, StampState::None));
        else if (i == 501)
            series.add(point(501s, 1, 100, StampState::Holdover));
        else if (i == 1002)
            series.add(point(1002s, 3, 100, StampState::Falseticker));
        else
            series.add(point(i * 1s, i % 5));
    }
    const QList<SkewPoint> points = series.last(SkewSeries::Span, Start + 2500s);
    QVERIFY(points.size() < 2000); // it was thinned
    QVERIFY(points.contains(point(500s, {}, {}, StampState::None)));
    QVERIFY(points.contains(point(501s, 1, 100, StampState::Holdover)));
    QVERIFY(points.contains(point(1002s, 3, 100, StampState::Falseticker)));
}

void tst_SkewHistory::staysBounded()
{
    // Nothing goes together here: every second another state.
    SkewSeries series;
    for (int i = 0; i < 10'000; ++i) {
        series.add(point(i * 100ms, i, 100, i % 2 ? StampState::Ok : StampState::Holdover));
        QVERIFY(series.size() < SkewSeries::MaxPoints);
    }
    QCOMPARE(series.newest().skew, OptionalMicros(9'999));
}

void tst_SkewHistory::percentiles_data()
{
    using Points = QList<SkewPoint>;
    QTest::addColumn<QList<SkewPoint>>("points");
    QTest::addColumn<QList<WireMicros>>("skews");      // p50, p95, p99, max
    QTest::addColumn<QList<OptionalMicros>>("bounds"); // p50, p95, p99
    const auto row = [](const char *name, const Points &points, const QList<WireMicros> &skews,
                        const QList<OptionalMicros> &bounds) {
        QTest::newRow(name) << points << skews << bounds;
    };
    row("one-point", {point(0s, -7)}, {7, 7, 7, 7}, {100, 100, 100});
    row("newest-of-this-moment", {point(100s, 5)}, {5, 5, 5, 5}, {100, 100, 100});
    row("by-time-not-by-points", {point(0s, 1), point(97s, 50), point(98s, 60), point(99s, 70)},
        {1, 1, 60, 70}, {100, 100, 100});
    row("sign-does-not-matter", {point(0s, -40), point(40s, 30)}, {30, 40, 40, 40}, {100, 100, 100});
    row("bounds-differ", {point(0s, 1, 10), point(60s, 1, 20), point(96s, 1, 30)}, {1, 1, 1, 1},
        {10, 20, 30});
    row("unknown-bound-is-the-widest", {point(0s, 1, 10), point(90s, 1, {})}, {1, 1, 1, 1}, {10, {}, {}});
    row("before-the-window", {point(-50s, 9), point(0s, 1)}, {1, 1, 1, 1}, {100, 100, 100});
}

void tst_SkewHistory::percentiles()
{
    QFETCH(const QList<SkewPoint>, points);
    QFETCH(const QList<WireMicros>, skews);
    QFETCH(const QList<OptionalMicros>, bounds);
    SkewSeries series;
    for (const SkewPoint &one : points)
        series.add(one);
    const auto result = series.percentiles(100s, Start + 100s);
    QVERIFY(result);
    QCOMPARE((QList{result->p50, result->p95, result->p99, result->max}), skews);
    QCOMPARE((QList{result->bound50, result->bound95, result->bound99}), bounds);
}

void tst_SkewHistory::gapsDoNotCount()
{
    SkewHistory history;
    QVERIFY(!history.percentiles(u"m:ana"_s, 100s, Start + 100s));
    history.add(u"m:ana"_s, point(0s, 4));
    history.end(u"m:ana"_s, Start + 10s);
    history.add(u"m:ana"_s, point(80s, 8));
    const auto result = history.percentiles(u"m:ana"_s, 100s, Start + 100s);
    QVERIFY(result);
    QCOMPARE(result->known, 30s);
    QCOMPARE(result->p50, 8);
    QVERIFY(!history.percentiles(u"m:ana"_s, 5s, Start + 60s));
}

void tst_SkewHistory::silentSeriesMakeRoom()
{
    SkewHistory history;
    for (int i = 0; i < SkewHistory::MaxSeries; ++i)
        history.add(SkewHistory::memberKey(QString::number(i)), point(i * 1s, i));
    history.add(u"m:0"_s, point(500s, 0)); // no longer the most silent one
    history.add(u"s:early"_s, point(600s, 0));
    QVERIFY(!history.newest(u"s:early"_s));
    history.add(u"s:new"_s, point(601s, 0));
    QCOMPARE(history.keys().size(), SkewHistory::MaxSeries);
    QVERIFY(history.newest(u"m:0"_s));
    QVERIFY(!history.newest(u"m:1"_s));
    QVERIFY(history.newest(u"s:new"_s));
    QVERIFY(!SkewHistory::isMember(u"s:new"_s) && SkewHistory::isMember(u"m:0"_s));
}

void tst_SkewHistory::endsOnlyWhatIsKnown()
{
    SkewHistory history;
    history.end(u"m:ana"_s, Start);
    QCOMPARE(history.keys(), QStringList());
    history.add(u"m:ana"_s, point(0s, 1));
    history.add(SkewHistory::sourceKey(u"pool"_s), point(0s, 2));
    history.endAll(Start + 1s);
    history.endAll(Start + 2s);
    QCOMPARE(history.last(u"m:ana"_s, 60s, Start + 3s),
             (QList{point(0s, 1), point(1s, {}, {}, StampState::None)}));
    QCOMPARE(history.newest(u"s:pool"_s), point(1s, {}, {}, StampState::None));
    history.clear();
    QCOMPARE(history.keys(), QStringList());
}

QTEST_APPLESS_MAIN(tst_SkewHistory)
#include "tst_skewhistory.moc"
