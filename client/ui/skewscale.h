// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/numberline.h"

#include <QCoreApplication>

namespace Synchat {

/// The vertical axis of the plot: from 0 (bottom) to 1 for skews between two ends that hold zero and are
/// round. Pure.
class SkewScale
{
    Q_DECLARE_TR_FUNCTIONS(SkewScale)
public:
    enum class Kind : quint8 {
        NearAndFar, ///< linear near zero, logarithmic far away, to both sides
        Linear,
    };
    static QString name(Kind kind);

    /// Without anything to show: one millisecond to both sides.
    SkewScale() = default;
    /// `unit`: up to about that far from zero NearAndFar is linear. Ends beyond a year are cut.
    SkewScale(Kind kind, WireMicros lo, WireMicros hi, WireMicros unit);

    double at(WireMicros skew) const;
    WireMicros lo() const { return m_lo; }
    WireMicros hi() const { return m_hi; }
    /// Ascending, zero among them, about `most` at most.
    QList<WireMicros> ticks(int most) const;

    /// The smallest round length that is not below `length`: 1, 2, 5 of a decade up to 10 s, then parts of
    /// minutes, hours and days.
    static WireMicros roundUp(WireMicros length);

private:
    Kind m_kind = Kind::NearAndFar;
    WireMicros m_lo = -1000;
    WireMicros m_hi = 1000;
    NumberScale m_bent{-1000, 1000, 1000};
};

} // namespace Synchat
