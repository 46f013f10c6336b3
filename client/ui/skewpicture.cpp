// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewpicture.h"

#include "client/ui/clockstriptext.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype Slots = 200; ///< that a curve is divided into across the plot
constexpr double Gap = std::numeric_limits<double>::quiet_NaN();
constexpr WireMicros UsualUnit = 1000;
constexpr WireMicros FinestUnit = 10;

double secondsBetween(MonoTime from, MonoTime to)
{
    return std::chrono::duration<double>(to - from).count();
}

void append(CurveLine &line, double x, const SkewPoint &point, const SkewScale &scale)
{
    line.x.append(x);
    line.middle.append(point.skew ? scale.at(*point.skew) : Gap);
    const bool banded = point.skew && point.bound;
    line.lower.append(banded ? scale.at(*point.skew - *point.bound) : Gap);
    line.upper.append(banded ? scale.at(*point.skew + *point.bound) : Gap);
}

/// More points than can be seen side by side: of those that fall together the lowest and the highest are
/// drawn, in the order in which they came, and the last, which holds until the next.
QList<SkewPoint> visible(const QList<SkewPoint> &points, Nanos span)
{
    if (points.size() <= 2 * Slots)
        return points;
    const Nanos width = std::max<Nanos>(span / Slots, Nanos(1));
    const auto slotOf = [width](const SkewPoint &point) { return point.at.time_since_epoch() / width; };
    QList<SkewPoint> kept;
    for (auto first = points.begin(); first != points.end();) {
        const auto last = std::find_if(first, points.end(), [&](const SkewPoint &point) {
            return slotOf(point) != slotOf(*first) || point.skew.has_value() != first->skew.has_value() ||
                   point.bound.has_value() != first->bound.has_value();
        });
        const auto [lowest, highest] = std::minmax_element(
            first, last, [](const SkewPoint &a, const SkewPoint &b) { return a.skew < b.skew; });
        for (auto point = first; point != last; ++point) {
            if (point == lowest || point == highest || point == last - 1)
                kept.append(*point);
        }
        first = last;
    }
    return kept;
}

} // namespace

SkewPicture SkewPicture::of(const SkewHistory &history, const QList<ClockSubject> &subjects,
                            const QSet<QString> &hidden, MonoTime now, Nanos span, SkewScale::Kind kind)
{
    SkewPicture picture;
    picture.now = now;
    picture.span = span;
    picture.kind = kind;
    for (const ClockSubject &subject : subjects) {
        SkewCurve curve{subject, history.last(subject.key, span, now),
                        history.percentiles(subject.key, span, now), !hidden.contains(subject.key)};
        if (curve.percentiles) // else nothing was known of it in this window
            picture.curves.append(std::move(curve));
    }
    return picture;
}

SkewScale SkewPicture::scale() const
{
    WireMicros lo = 0;
    WireMicros hi = 0;
    WireMicros unit = std::numeric_limits<WireMicros>::max();
    for (const SkewCurve &curve : curves) {
        if (!curve.shown)
            continue;
        for (const SkewPoint &point : curve.points) {
            if (!point.skew)
                continue;
            lo = std::min(lo, *point.skew - point.bound.value_or(0));
            hi = std::max(hi, *point.skew + point.bound.value_or(0));
        }
        // What is sharpest is to be seen well.
        const WireMicros sharp = curve.percentiles ? curve.percentiles->bound50.value_or(0) : 0;
        if (sharp > 0)
            unit = std::min(unit, sharp);
    }
    if (unit == std::numeric_limits<WireMicros>::max())
        unit = UsualUnit;
    return {kind, lo, hi, std::max(unit, FinestUnit)};
}

CurveLine SkewPicture::line(const SkewCurve &curve, const SkewScale &scale) const
{
    CurveLine line;
    const QList<SkewPoint> points = visible(curve.points, span);
    for (const SkewPoint &point : points)
        append(line, secondsBetween(now, point.at), point, scale);
    if (!curve.points.isEmpty() && curve.points.constLast().at < now)
        append(line, 0.0, curve.points.constLast(), scale);
    return line;
}

SkewHit SkewPicture::hit(double secondsAgo, double height, double reach, const SkewScale &scale) const
{
    SkewHit best;
    const MonoTime moment =
        now - std::chrono::duration_cast<Nanos>(std::chrono::duration<double>(std::max(secondsAgo, 0.0)));
    for (qsizetype i = 0; i < curves.size(); ++i) {
        const QList<SkewPoint> &points = curves.at(i).points;
        const auto later = [](MonoTime at, const SkewPoint &point) { return at < point.at; };
        const auto next = std::upper_bound(points.begin(), points.end(), moment, later);
        if (!curves.at(i).shown || next == points.begin() || !(next - 1)->skew)
            continue;
        const double distance = std::abs(scale.at(*(next - 1)->skew) - height);
        if (distance < reach) {
            reach = distance;
            best = {i, *(next - 1)};
        }
    }
    return best;
}

QString SkewPicture::nameOf(const ClockSubject &subject)
{
    switch (subject.kind) {
    case ClockSubject::Kind::Reference:
        return tr("the reference");
    case ClockSubject::Kind::Own:
        return tr("%1 (you)").arg(subject.name);
    case ClockSubject::Kind::Member:
    case ClockSubject::Kind::Source:
        break;
    }
    return subject.name;
}

QString SkewPicture::clockWords(const SkewPoint &point)
{
    if (!point.skew)
        return tr("not known");
    QString words = StampText::skewInWords(*point.skew);
    if (point.bound)
        words += u' ' + StampText::spacedBound(*point.bound);
    if (point.state == StampState::Falseticker)
        words += tr(", falseticker");
    if (point.state == StampState::Holdover)
        words += tr(", held over");
    return point.fault ? words + tr(", injected fault") : words;
}

QString SkewPicture::sentence(const SkewHit &hit, double secondsAgo) const
{
    if (hit.curve < 0 || hit.curve >= curves.size())
        return {};
    const auto ago = static_cast<WireMicros>(std::max(secondsAgo, 0.0) * 1e6);
    const QString length =
        ago < 60'000'000 ? StampText::duration(ago) : StampText::span(ago / 1'000'000 * 1'000'000);
    const QString moment = ago < 1'000'000 ? tr("now") : tr("%1 ago").arg(length);
    return tr("%1: %2, %3").arg(nameOf(curves.at(hit.curve).subject), clockWords(hit.point), moment);
}

QList<std::pair<double, QString>> SkewPicture::timeTicks() const
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
    const auto step = std::max<decltype(minutes)>(minutes / 5, 1);
    QList<std::pair<double, QString>> ticks;
    for (auto minute = minutes; minute > 0; minute -= step)
        ticks.append({-60.0 * static_cast<double>(minute), tr("−%1 min").arg(minute)});
    ticks.append({0.0, tr("now")});
    return ticks;
}

} // namespace Synchat
