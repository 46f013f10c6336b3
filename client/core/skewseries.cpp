// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewseries.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace Synchat {

namespace {

constexpr qsizetype RoomAfterThinning = SkewSeries::MaxPoints / 4;
constexpr WireMicros Boundless = std::numeric_limits<WireMicros>::max();

/// Of points that go together, those without which a picture of them would look different.
void appendThinned(QList<SkewPoint> &kept, QList<SkewPoint>::const_iterator first,
                   QList<SkewPoint>::const_iterator last)
{
    const auto lower = [](const SkewPoint &a, const SkewPoint &b) { return a.skew < b.skew; };
    const auto narrower = [](const SkewPoint &a, const SkewPoint &b) {
        return a.bound.value_or(Boundless) < b.bound.value_or(Boundless);
    };
    const auto [lowest, highest] = std::minmax_element(first, last, lower);
    const auto widest = std::max_element(first, last, narrower);
    for (auto point = first; point != last; ++point) {
        if (point == first || point == last - 1 || point == lowest || point == highest || point == widest)
            kept.append(*point);
    }
}

QList<SkewPoint> thinned(const QList<SkewPoint> &points, Nanos width)
{
    const auto slotOf = [width](const SkewPoint &point) { return point.at.time_since_epoch() / width; };
    const auto together = [&](const SkewPoint &a, const SkewPoint &b) {
        return slotOf(a) == slotOf(b) && a.state == b.state && a.fault == b.fault &&
               a.skew.has_value() == b.skew.has_value();
    };
    QList<SkewPoint> kept;
    for (auto first = points.begin(); first != points.end();) {
        const auto last =
            std::find_if(first, points.end(), [&](const auto &p) { return !together(*first, p); });
        appendThinned(kept, first, last);
        first = last;
    }
    return kept;
}

/// A value and for how long it held.
using Held = std::pair<WireMicros, Nanos>;

/// The smallest value below or at which the clock was for this share of the time.
WireMicros percentile(const QList<Held> &sorted, Nanos total, int percent)
{
    Nanos wanted = total / 100 * percent + total % 100 * percent / 100;
    for (const auto &[value, length] : sorted) {
        wanted -= length;
        if (wanted <= Nanos(0))
            return value;
    }
    return sorted.constLast().first;
}

} // namespace

bool SkewPoint::saysTheSame(const SkewPoint &other) const
{
    SkewPoint moved = other;
    moved.at = at;
    return *this == moved;
}

void SkewSeries::add(const SkewPoint &point)
{
    if (!m_points.isEmpty() && point.at < newest().at)
        return;
    const qsizetype count = m_points.size();
    if (count >= 2 && point.saysTheSame(m_points.at(count - 1)) && point.saysTheSame(m_points.at(count - 2)))
        m_points.last().at = point.at;
    else
        m_points.append(point);
    // One from before the window stays: it says what held when the window began.
    while (m_points.size() >= 2 && m_points.at(1).at <= point.at - Span)
        m_points.removeFirst();
    if (m_points.size() >= MaxPoints)
        makeRoom();
}

void SkewSeries::makeRoom()
{
    constexpr qsizetype enough = MaxPoints - RoomAfterThinning;
    for (Nanos width = std::chrono::seconds(1); width <= Span && m_points.size() > enough; width *= 2)
        m_points = thinned(m_points, width);
    if (m_points.size() > enough)
        m_points.remove(0, m_points.size() - enough);
}

QList<SkewPoint> SkewSeries::last(Nanos span, MonoTime now) const
{
    const MonoTime begin = now - std::clamp(span, Nanos(0), Span);
    const auto later = [](MonoTime moment, const SkewPoint &point) { return moment < point.at; };
    auto first = std::upper_bound(m_points.begin(), m_points.end(), begin, later);
    if (first != m_points.begin())
        --first;
    const auto end = std::upper_bound(first, m_points.end(), now, later);
    QList<SkewPoint> window(first, end);
    if (!window.isEmpty())
        window.first().at = std::max(window.constFirst().at, begin);
    return window;
}

std::optional<SkewPercentiles> SkewSeries::percentiles(Nanos span, MonoTime now) const
{
    const QList<SkewPoint> points = last(span, now);
    QList<Held> skews;
    QList<Held> bounds;
    SkewPercentiles result;
    Nanos total{};
    for (qsizetype i = 0; i < points.size(); ++i) {
        const SkewPoint &point = points.at(i);
        if (!point.skew)
            continue;
        const Nanos length = (i + 1 < points.size() ? points.at(i + 1).at : now) - point.at;
        const Nanos weight = std::max(length, Nanos(1)); // the newest one counts too
        result.known += length;
        total += weight;
        skews.append({std::abs(*point.skew), weight});
        bounds.append({point.bound.value_or(Boundless), weight});
    }
    if (skews.isEmpty())
        return std::nullopt;
    std::sort(skews.begin(), skews.end());
    std::sort(bounds.begin(), bounds.end());
    const auto boundAt = [&](int percent) {
        const WireMicros bound = percentile(bounds, total, percent);
        return bound == Boundless ? OptionalMicros() : OptionalMicros(bound);
    };
    result.p50 = percentile(skews, total, 50);
    result.p95 = percentile(skews, total, 95);
    result.p99 = percentile(skews, total, 99);
    result.max = skews.constLast().first;
    result.bound50 = boundAt(50);
    result.bound95 = boundAt(95);
    result.bound99 = boundAt(99);
    return result;
}

} // namespace Synchat
