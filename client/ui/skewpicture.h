// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewrecorder.h"
#include "client/ui/skewscale.h"

#include <QList>

namespace Synchat {

/// One clock over the window that is shown.
struct SkewCurve
{
    ClockSubject subject;
    QList<SkewPoint> points; ///< as SkewHistory::last() gives them
    std::optional<SkewPercentiles> percentiles;
    bool shown = true;
};

/// A curve as coordinates: seconds before now (0 at the right, negative), heights from 0 to 1. NaN: a gap.
/// Each value holds until the next.
struct CurveLine
{
    QList<double> x;
    QList<double> middle;
    QList<double> lower; ///< of the band; NaN where no bound is known
    QList<double> upper;
};

/// Where the pointer is: which curve, and what it says there.
struct SkewHit
{
    qsizetype curve = -1;
    SkewPoint point;
};

/// All that a plot of skews shows at one moment. A plain value; pure.
class SkewPicture
{
    Q_DECLARE_TR_FUNCTIONS(SkewPicture)
public:
    QList<SkewCurve> curves;
    MonoTime now{};
    Nanos span = std::chrono::minutes(10);
    SkewScale::Kind kind = SkewScale::Kind::NearAndFar;

    /// From the history, without what is hidden; in the order of `subjects`.
    static SkewPicture of(const SkewHistory &history, const QList<ClockSubject> &subjects,
                          const QSet<QString> &hidden, MonoTime now, Nanos span, SkewScale::Kind kind);

    /// That everything shown fits into.
    SkewScale scale() const;
    CurveLine line(const SkewCurve &curve, const SkewScale &scale) const;
    /// What held so long before now; the shown curve that is nearest to `height`, if it is nearer than
    /// `reach`.
    SkewHit hit(double secondsAgo, double height, double reach, const SkewScale &scale) const;
    /// `luis: 1.80 s behind ± 9 ms, 2 min ago`.
    QString sentence(const SkewHit &hit, double secondsAgo) const;
    /// Places and words of the horizontal axis.
    QList<std::pair<double, QString>> timeTicks() const;

    static QString nameOf(const ClockSubject &subject);
    static QString clockWords(const SkewPoint &point);
};

} // namespace Synchat
