// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewseries.h"

#include <QCoreApplication>

namespace Synchat {

/// What one clock has been doing lately: keeps its skew, drifts, jumped, or wanders. Decided from what was
/// reported of it; pure.
class SkewTrend
{
    Q_DECLARE_TR_FUNCTIONS(SkewTrend)
public:
    enum class Kind : quint8 {
        Unknown,  ///< nothing known, or not for long enough
        Steady,   ///< no change beyond the bounds
        Drifting, ///< `ppm`: gains (positive) or loses so much
        Stopped,  ///< loses a second a second: it stands still
        Jumped,   ///< `by`, `ago`: the newest of at most two jumps
        Restless, ///< changes beyond its bounds again and again, by up to `by` in all
    };
    /// A change within less than this says nothing of a rate.
    static constexpr Nanos ShortestDrift = std::chrono::seconds(45);
    static constexpr double LargestOrdinaryPpm = 1000.0;

    Kind kind = Kind::Unknown;
    double ppm = 0.0;
    WireMicros by = 0;
    Nanos ago{};

    /// `points` in order of time, as SkewHistory::last() gives them.
    static SkewTrend of(const QList<SkewPoint> &points, MonoTime now);
    /// "steady", "drifting +40 ppm", "jumped by −3.70 s 2 min ago"; empty when unknown.
    QString words() const;
};

} // namespace Synchat
