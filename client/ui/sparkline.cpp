// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sparkline.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Synchat {

namespace {

/// Less than this from edge to edge would make a mountain of how numbers are rounded.
constexpr double SmallestSpan = 200.0;
constexpr double Margin = 0.15; ///< of the span, above and below
/// What changes faster than this many microseconds a second has jumped.
constexpr double SteepestSlope = 1000.0;

struct Scale
{
    double low = 0.0;
    double high = 0.0;
};

double boundOf(const SkewPoint &point)
{
    return static_cast<double>(point.bound.value_or(0));
}

/// All skews, the narrowest band whole, and zero when it is as near as the skews are far apart. Wide bounds
/// may leave the box: they must not flatten what is known.
std::optional<Scale> scaleOf(const QList<SkewPoint> &points)
{
    std::optional<Scale> scale;
    double narrowest = std::numeric_limits<double>::max();
    for (const SkewPoint &point : points) {
        if (!point.skew)
            continue;
        const auto skew = static_cast<double>(*point.skew);
        scale = scale ? Scale{std::min(scale->low, skew), std::max(scale->high, skew)} : Scale{skew, skew};
        narrowest = std::min(narrowest, boundOf(point));
    }
    if (!scale)
        return scale;
    scale->low -= narrowest;
    scale->high += narrowest;
    const double missing = std::max(0.0, SmallestSpan - (scale->high - scale->low)) / 2.0;
    scale->low -= missing;
    scale->high += missing;
    const double span = scale->high - scale->low;
    if (scale->low > 0.0 && scale->low <= span)
        scale->low = 0.0;
    if (scale->high < 0.0 && scale->high >= -span)
        scale->high = 0.0;
    const double margin = (scale->high - scale->low) * Margin;
    return Scale{scale->low - margin, scale->high + margin};
}

/// Turns moments and skews into pixels.
class Projection
{
public:
    Projection(const Scale &scale, MonoTime from, MonoTime to, const QRectF &box)
        : m_scale(scale)
        , m_from(from)
        , m_length(std::max(std::chrono::duration<double>(to - from).count(), 1e-9))
        , m_box(box)
    {}
    double x(MonoTime at) const
    {
        const double part = std::chrono::duration<double>(at - m_from).count() / m_length;
        return m_box.left() + std::clamp(part, 0.0, 1.0) * m_box.width();
    }
    double y(double skew) const
    {
        const double part = (skew - m_scale.low) / (m_scale.high - m_scale.low);
        return m_box.bottom() - std::clamp(part, 0.0, 1.0) * m_box.height();
    }

private:
    Scale m_scale;
    MonoTime m_from;
    double m_length;
    QRectF m_box;
};

bool jumps(const SkewPoint &from, const SkewPoint &to)
{
    const double change = std::abs(static_cast<double>(*to.skew) - static_cast<double>(*from.skew));
    const double seconds = std::chrono::duration<double>(to.at - from.at).count();
    return change > boundOf(from) + boundOf(to) + seconds * SteepestSlope;
}

/// One run under way: the line, and both edges of the band.
class RunMaker
{
public:
    explicit RunMaker(const Projection &projection)
        : m_projection(projection)
    {}
    bool isEmpty() const { return m_line.isEmpty(); }
    void add(MonoTime at, const SkewPoint &point)
    {
        const double x = m_projection.x(at);
        const auto skew = static_cast<double>(*point.skew);
        m_line.append({x, m_projection.y(skew)});
        m_upper.append({x, m_projection.y(skew + boundOf(point))});
        m_lower.append({x, m_projection.y(skew - boundOf(point))});
    }
    QPointF end() const { return m_line.constLast(); }
    Sparkline::Run take()
    {
        std::reverse(m_lower.begin(), m_lower.end());
        Sparkline::Run run{m_line, m_upper + m_lower};
        m_line.clear();
        m_upper.clear();
        m_lower.clear();
        return run;
    }

private:
    const Projection &m_projection;
    QPolygonF m_line;
    QPolygonF m_upper;
    QPolygonF m_lower;
};

} // namespace

Sparkline sparklineOf(const QList<SkewPoint> &points, MonoTime from, MonoTime to, const QRectF &box)
{
    Sparkline sparkline;
    const auto scale = scaleOf(points);
    if (!scale)
        return sparkline;
    constexpr double Farthest = 9e18; // skews of strangers go to the end of the range
    sparkline.low = static_cast<WireMicros>(std::clamp(scale->low, -Farthest, Farthest));
    sparkline.high = static_cast<WireMicros>(std::clamp(scale->high, -Farthest, Farthest));
    const Projection projection(*scale, from, to, box);
    if (scale->low <= 0.0 && scale->high >= 0.0)
        sparkline.zero = projection.y(0.0);
    RunMaker maker(projection);
    const SkewPoint *before = nullptr;
    for (const SkewPoint &point : points) {
        if (before && (!point.skew || jumps(*before, point)))
            maker.add(point.at, *before);
        if (!point.skew) {
            if (!maker.isEmpty())
                sparkline.runs.append(maker.take());
            before = nullptr;
            continue;
        }
        maker.add(point.at, point);
        before = &point;
    }
    if (before) {
        maker.add(to, *before);
        sparkline.last = maker.end();
        sparkline.runs.append(maker.take());
    }
    return sparkline;
}

void paintSparkline(QPainter &painter, const Sparkline &sparkline, const QRectF &box,
                    const SparklineColors &colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double level = sparkline.isEmpty() ? box.center().y() : sparkline.zero.value_or(-1.0);
    if (level >= 0.0) {
        painter.setPen(QPen(colors.zero, 1.0));
        const double crisp = std::floor(level) + 0.5;
        painter.drawLine(QPointF(box.left(), crisp), QPointF(box.right(), crisp));
    }
    for (const Sparkline::Run &run : sparkline.runs) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.band);
        painter.drawPolygon(run.band);
        painter.setPen(QPen(colors.line, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(run.line);
    }
    if (sparkline.last) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.line);
        painter.drawEllipse(*sparkline.last, 2.0, 2.0);
    }
    painter.restore();
}

} // namespace Synchat
