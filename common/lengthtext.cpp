// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/lengthtext.h"

#include <algorithm>
#include <array>
#include <limits>

namespace Synchat {

namespace {

constexpr qint64 Millisecond = 1000;
constexpr qint64 Second = 1000 * Millisecond;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

/// One way to write a length of time: for lengths below `below`, in steps of `step`.
struct Scale
{
    qint64 below;
    qint64 step;
    qint64 unit;
    const char *unitName;
    qint64 smallUnit; ///< 0: decimals instead of a second unit
    const char *smallName;
    int decimals;
    bool keepsZeros;
};
constexpr std::array Scales{
    Scale{100, 1, 1, "µs", 0, "", 0, false},
    Scale{Millisecond, 100, Millisecond, "ms", 0, "", 1, false},
    Scale{10 * Millisecond, 100, Millisecond, "ms", 0, "", 1, false},
    Scale{Second, Millisecond, Millisecond, "ms", 0, "", 0, false},
    Scale{10 * Second, 10 * Millisecond, Second, "s", 0, "", 2, true},
    Scale{Minute, 100 * Millisecond, Second, "s", 0, "", 1, true},
    Scale{Hour, Second, Minute, "min", Second, "s", 0, false},
    Scale{Day, Minute, Hour, "h", Minute, "min", 0, false},
    Scale{10 * Day, Hour, Day, "d", Hour, "h", 0, false},
    Scale{std::numeric_limits<qint64>::max(), Day, Day, "d", 0, "", 0, false},
};

qint64 roundedTo(qint64 value, qint64 step, Rounding rounding)
{
    const qint64 rest = value % step;
    const bool up = rounding == Rounding::Up || (rounding == Rounding::Nearest && rest >= step - rest);
    return value - rest + (up && rest > 0 ? step : 0);
}

QString written(qint64 value, const Scale &scale)
{
    if (scale.smallUnit > 0) {
        const QString whole = QString::number(value / scale.unit) + u' ' + QString::fromUtf8(scale.unitName);
        const qint64 rest = value % scale.unit / scale.smallUnit;
        return rest == 0 ? whole
                         : whole + u' ' + QString::number(rest) + u' ' + QString::fromUtf8(scale.smallName);
    }
    QString number = QString::number(value / scale.unit);
    if (scale.decimals > 0 && (scale.keepsZeros || value % scale.unit != 0))
        number +=
            u'.' + QString::number(value % scale.unit / scale.step).rightJustified(scale.decimals, u'0');
    return number + u' ' + QString::fromUtf8(scale.unitName);
}

} // namespace

WireMicros magnitudeOf(WireMicros value)
{
    constexpr qint64 farthest = std::numeric_limits<qint64>::max() - Day;
    if (value < -farthest)
        return farthest;
    return std::min(std::abs(value), farthest);
}

QString lengthText(WireMicros length, Rounding rounding)
{
    const qint64 value = magnitudeOf(length);
    for (const Scale &scale : Scales) {
        const qint64 rounded = roundedTo(value, scale.step, rounding);
        if (rounded < scale.below)
            return written(rounded, scale);
    }
    return written(value, Scales.back());
}

} // namespace Synchat
