// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewtrend.h"

#include "common/stamptext.h"

#include <algorithm>
#include <cmath>

namespace Synchat {

namespace {

/// Changes smaller than this are nobody's business, whatever the bounds say: how reports are rounded.
constexpr double SmallestChange = 200.0;
/// An ordinary clock drifts by less; what changes faster between two reports has jumped.
constexpr double WorstDriftPpm = 200.0;
constexpr qsizetype EnoughForAnyRate = 4;
constexpr int MostJumps = 2;
constexpr int MostTurns = 2;

/// One report as numbers: seconds before now (negative), and microseconds.
struct Report
{
    double at;
    double until; ///< when the same was said last
    double skew;
    double bound;
};

struct Line
{
    double skew = 0.0; ///< at 0
    double rate = 0.0; ///< microseconds a second: ppm
    double at(double seconds) const { return skew + rate * seconds; }
};

/// What was said since the last gap. The same said again is no report of its own: clocks frames repeat what
/// others said a while ago.
QList<Report> lastRun(const QList<SkewPoint> &points, MonoTime now)
{
    QList<Report> run;
    for (const SkewPoint &point : points) {
        if (!point.skew) {
            run.clear();
            continue;
        }
        const std::chrono::duration<double> at = point.at - now;
        const Report report{at.count(), at.count(), static_cast<double>(*point.skew),
                            static_cast<double>(point.bound.value_or(0))};
        const bool again =
            !run.isEmpty() && run.constLast().skew == report.skew && run.constLast().bound == report.bound;
        if (again)
            run.last().until = report.at;
        else
            run.append(report);
    }
    return run;
}

/// Least squares; level when all are of one moment.
Line fit(const QList<Report> &run)
{
    const auto count = static_cast<double>(run.size());
    double atMean = 0.0;
    double skewMean = 0.0;
    for (const Report &report : run) {
        atMean += report.at / count;
        skewMean += report.skew / count;
    }
    double together = 0.0;
    double spread = 0.0;
    for (const Report &report : run) {
        together += (report.at - atMean) * (report.skew - skewMean);
        spread += (report.at - atMean) * (report.at - atMean);
    }
    Line line;
    line.rate = spread > 0.0 ? together / spread : 0.0;
    line.skew = skewMean - line.rate * atMean;
    return line;
}

bool fits(const QList<Report> &run, const Line &line)
{
    return std::all_of(run.begin(), run.end(), [&line](const Report &report) {
        return std::abs(report.skew - line.at(report.at)) <= report.bound + SmallestChange;
    });
}

/// By how much it changed beyond the bounds; 0 when they meet.
double certainChange(const Report &from, const Report &to)
{
    const double change = to.skew - from.skew;
    return std::abs(change) > from.bound + to.bound + SmallestChange ? change : 0.0;
}

bool isJump(const Report &from, const Report &to)
{
    const double change = certainChange(from, to);
    return std::abs(change) > from.bound + to.bound + SmallestChange + (to.at - from.until) * WorstDriftPpm;
}

/// How often it turned round.
int turns(const QList<Report> &run)
{
    int count = 0;
    double before = 0.0;
    for (qsizetype i = 1; i < run.size(); ++i) {
        const double change = certainChange(run.at(i - 1), run.at(i));
        if (change == 0.0)
            continue;
        if ((change > 0.0) != (before > 0.0) && before != 0.0)
            ++count;
        before = change;
    }
    return count;
}

/// Steady or drifting, by the run's two ends.
SkewTrend smoothTrend(const QList<Report> &run, const Line &line)
{
    SkewTrend trend;
    const Report &first = run.constFirst();
    const Report &last = run.constLast();
    const double seconds = last.at - first.at;
    const double change = std::abs(line.rate) * seconds;
    const bool longEnough = std::chrono::duration<double>(seconds) >= SkewTrend::ShortestDrift;
    if (longEnough && change > first.bound + last.bound + SmallestChange) {
        trend.kind = SkewTrend::Kind::Drifting;
        trend.ppm = line.rate;
        constexpr double Standstill = -1e6;
        if (std::abs(line.rate - Standstill) < 1e4)
            trend.kind = SkewTrend::Kind::Stopped;
    } else if (std::chrono::duration<double>(-first.at) >= SkewTrend::ShortestDrift) {
        trend.kind = SkewTrend::Kind::Steady;
    }
    return trend;
}

/// Skews of strangers can be as far apart as the range of numbers goes.
WireMicros boundedMicros(double micros)
{
    constexpr double Farthest = 9e18;
    return static_cast<WireMicros>(std::clamp(micros, -Farthest, Farthest));
}

} // namespace

SkewTrend SkewTrend::of(const QList<SkewPoint> &points, MonoTime now)
{
    const QList<Report> run = lastRun(points, now);
    if (run.isEmpty())
        return {};
    const Line line = fit(run);
    const bool plausible = std::abs(line.rate) <= LargestOrdinaryPpm || run.size() >= EnoughForAnyRate;
    if (plausible && fits(run, line))
        return smoothTrend(run, line);

    int jumps = 0;
    SkewTrend trend;
    for (qsizetype i = 1; i < run.size(); ++i) {
        if (!isJump(run.at(i - 1), run.at(i)))
            continue;
        ++jumps;
        trend.by = boundedMicros(run.at(i).skew - run.at(i - 1).skew);
        trend.ago = std::chrono::duration_cast<Nanos>(std::chrono::duration<double>(-run.at(i).at));
    }
    if (jumps >= 1 && jumps <= MostJumps) {
        trend.kind = Kind::Jumped;
        return trend;
    }
    if (jumps == 0 && turns(run) <= MostTurns) // bent, but slowly
        return smoothTrend(run, line);
    const auto [low, high] = std::minmax_element(
        run.begin(), run.end(), [](const Report &a, const Report &b) { return a.skew < b.skew; });
    return {Kind::Restless, 0.0, boundedMicros(high->skew - low->skew), {}};
}

QString SkewTrend::words() const
{
    switch (kind) {
    case Kind::Steady:
        return tr("steady");
    case Kind::Drifting: {
        const QString rate = QString::number(std::abs(ppm), 'f', std::abs(ppm) < 10.0 ? 1 : 0);
        return tr("drifting %1%2 ppm").arg(ppm > 0 ? QChar(u'+') : QChar(u'\u2212'), rate);
    }
    case Kind::Stopped:
        return tr("standing still");
    case Kind::Jumped:
        return tr("jumped by %1 %2 ago").arg(StampText::skew(by), StampText::duration(toWire(ago)));
    case Kind::Restless:
        return tr("restless by %1").arg(StampText::span(by));
    case Kind::Unknown:
        break;
    }
    return {};
}

} // namespace Synchat
