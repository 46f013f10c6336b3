// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewseries.h"

#include <QColor>
#include <QPolygonF>
#include <QRectF>

class QPainter;

namespace Synchat {

/// The shape of one clock's last minutes in a box of pixels, on a scale of its own: a clock that is 1 ms off
/// and one that is 60 s off are each readable, but not by each other.
struct Sparkline
{
    /// What was known without a gap. `band` goes along the upper edge of the bounds and back along the lower.
    struct Run
    {
        QPolygonF line;
        QPolygonF band;
    };
    QList<Run> runs;
    std::optional<QPointF> last; ///< where it is now; nothing: nothing is known now
    std::optional<double> zero;  ///< the height of "on time", when that is in range
    WireMicros low = 0;          ///< the skews at the box's lower and upper edge
    WireMicros high = 0;

    bool isEmpty() const { return runs.isEmpty(); }
};

/// `points` in order of time, as SkewHistory::last() gives them. A point holds until the next; where a clock
/// went on slowly the line slopes, where it jumped it rises at once.
Sparkline sparklineOf(const QList<SkewPoint> &points, MonoTime from, MonoTime to, const QRectF &box);

struct SparklineColors
{
    QColor line;
    QColor band; ///< translucent
    QColor zero;
};
/// An empty one is a faint line: nothing is known.
void paintSparkline(QPainter &painter, const Sparkline &sparkline, const QRectF &box,
                    const SparklineColors &colors);

} // namespace Synchat
