// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewtrend.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const MonoTime Now = MonoTime(std::chrono::hours(5));
constexpr int Window = 600;

SkewPoint at(int secondsAgo, OptionalMicros skew, WireMicros bound)
{
    return {Now - std::chrono::seconds(secondsAgo), skew, bound, StampState::Ok, false};
}

/// A report every `every` seconds of a clock whose skew is a function of the seconds since the window began.
template <typename Skew>
QList<SkewPoint> reports(int every, WireMicros bound, Skew skew, int last = 0)
{
    QList<SkewPoint> points;
    for (int ago = Window; ago >= last; ago -= every)
        points.append(at(ago, static_cast<WireMicros>(skew(Window - ago)), bound));
    return points;
}

} // namespace

class tst_SkewTrend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void rates();
};

void tst_SkewTrend::words_data()
{
    QTest::addColumn<QList<SkewPoint>>("points");
    QTest::addColumn<QString>("expected");
    using Points = QList<SkewPoint>;
    const auto row = [](const char *name, const Points &points, const char *expected) {
        QTest::newRow(name) << points << QString::fromUtf8(expected);
    };
    row("nothing", {}, "");
    row("one-just-now", {at(2, 5000, 900)}, "");
    row("one-that-stands", {at(300, 5000, 900)}, "steady");
    row("wanders-within-its-bound", reports(60, 2000, [](int s) { return s % 120 == 0 ? 1000 : -500; }),
        "steady");
    row("fast", reports(20, 500, [](int s) { return 40 * s; }), "drifting +40 ppm");
    row("slow", reports(20, 500, [](int s) { return -40 * s; }), "drifting −40 ppm");
    row("slow-and-far-off", reports(20, 500, [](int s) { return -60'000'000 - 12 * s; }), "drifting −12 ppm");
    row("a-little", reports(60, 100, [](int s) { return 2.5 * s; }), "drifting +2.5 ppm");
    row("less-than-the-bounds-tell", reports(60, 1000, [](int s) { return 2 * s; }), "steady");
    row("said-again-in-between",
        {at(600, 0, 500), at(599, 0, 500), at(301, 0, 500), at(300, 12'000, 500), at(1, 12'000, 500),
         at(0, 24'000, 500)},
        "drifting +40 ppm");
    row("too-short-for-a-rate", {at(30, 0, 100), at(0, 3000, 100)}, "");
    row("jumped-back", reports(60, 900, [](int s) { return s < 480 ? 0 : -3'700'000; }),
        "jumped by −3.70 s 2 min ago");
    row("jumped-just-now", {at(60, 100, 900), at(0, 250'100, 900)}, "jumped by +250 ms 0 s ago");
    row("two-jumps-tell-of-the-last",
        reports(60, 900, [](int s) { return s < 240 ? 0 : (s < 480 ? 100'000 : 50'000); }),
        "jumped by −50 ms 2 min ago");
    row("drifts-and-jumped", reports(60, 900, [](int s) { return 40 * s + (s < 300 ? 0 : 1'800'000); }),
        "jumped by +1.80 s 5 min ago");
    row("frozen", reports(16, 900, [](int s) { return -1'000'000LL * s; }), "standing still");
    row("jitters", reports(20, 200, [](int s) { return s * 7919 % 10'000 - 5'000; }), "restless by 10 ms");
    row("gone", {at(600, 5000, 900), at(100, {}, 0)}, "");
    row("back-after-a-gap", {at(600, 5'000'000, 900), at(300, {}, 0), at(200, 0, 900), at(100, 10, 900)},
        "steady");
    row("no-bounds", {{Now - std::chrono::seconds(300), 5000, {}, StampState::Ok, false}}, "steady");
    constexpr WireMicros farthest = std::numeric_limits<WireMicros>::max();
    row("absurd", {at(300, -farthest, 0), at(200, farthest, farthest), at(100, farthest, 5)}, "");
}

void tst_SkewTrend::words()
{
    QFETCH(QList<SkewPoint>, points);
    const SkewTrend trend = SkewTrend::of(points, Now);
    if (QLatin1StringView(QTest::currentDataTag()) == "absurd"_L1)
        return; // whatever it says, it does not overflow
    if (QLatin1StringView(QTest::currentDataTag()) == "jitters"_L1) {
        QCOMPARE(trend.kind, SkewTrend::Kind::Restless);
        QVERIFY(trend.words().startsWith(u"restless by "_s));
        return;
    }
    QTEST(trend.words(), "expected");
}

void tst_SkewTrend::rates()
{
    const SkewTrend trend = SkewTrend::of(reports(20, 500, [](int s) { return 40 * s; }), Now);
    QCOMPARE(trend.kind, SkewTrend::Kind::Drifting);
    QVERIFY(std::abs(trend.ppm - 40.0) < 0.5);
    const SkewTrend jump =
        SkewTrend::of(reports(60, 900, [](int s) { return s < 480 ? 0 : -3'700'000; }), Now);
    QCOMPARE(jump.by, -3'700'000);
    QCOMPARE(jump.ago, Nanos(std::chrono::seconds(120)));
}

QTEST_GUILESS_MAIN(tst_SkewTrend)
#include "tst_skewtrend.moc"
