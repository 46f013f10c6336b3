// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timestamp.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

namespace Synchat {

namespace {

constexpr qint64 NanosPerMicro = 1000;
constexpr qint64 MicrosPerSecond = 1'000'000;
constexpr qint64 SecondsPerDay = 86'400;
// 0001-01-01T00:00:00Z and the last microsecond of the year 9999: what ISO 8601 writes with four digits.
constexpr WireMicros FirstWritable = -62'135'596'800LL * MicrosPerSecond;
constexpr WireMicros LastWritable = 253'402'300'800LL * MicrosPerSecond - 1;

qint64 floorDiv(qint64 value, qint64 by)
{
    const qint64 quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

bool isWritable(WireMicros time)
{
    return time >= FirstWritable && time <= LastWritable;
}

QString plainNumber(WireMicros time)
{
    return QString::number(time) + QStringLiteral(" us");
}

QString padded(qint64 value, int digits)
{
    return QString::number(value).rightJustified(digits, u'0');
}

QString timeOfDay(qint64 second)
{
    return padded(second / 3600, 2) + u':' + padded(second / 60 % 60, 2) + u':' + padded(second % 60, 2);
}

} // namespace

WireMicros toWire(WallTime time)
{
    return floorDiv(time.time_since_epoch().count(), NanosPerMicro);
}

WireMicros toWire(Nanos duration)
{
    const qint64 rest = duration.count() % NanosPerMicro;
    const qint64 whole = duration.count() / NanosPerMicro;
    if (rest >= NanosPerMicro / 2)
        return whole + 1;
    return rest <= -NanosPerMicro / 2 ? whole - 1 : whole;
}

WireMicros boundToWire(Nanos bound)
{
    const qint64 rest = bound.count() % NanosPerMicro;
    const qint64 whole = bound.count() / NanosPerMicro;
    if (rest == 0)
        return whole;
    return rest > 0 ? whole + 1 : whole - 1;
}

WallTime wallTimeFromWire(WireMicros time)
{
    constexpr qint64 limit = std::numeric_limits<qint64>::max() / NanosPerMicro;
    if (time > limit)
        return WallTime::max();
    if (time < -limit)
        return WallTime::min();
    return WallTime(Nanos(time * NanosPerMicro));
}

QString isoUtc(WireMicros time)
{
    if (!isWritable(time))
        return plainNumber(time);
    const qint64 second = floorDiv(time, MicrosPerSecond);
    const qint64 day = floorDiv(second, SecondsPerDay);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days(day)}};
    return padded(static_cast<int>(date.year()), 4) + u'-' + padded(static_cast<unsigned>(date.month()), 2) +
           u'-' + padded(static_cast<unsigned>(date.day()), 2) + u'T' +
           timeOfDay(second - day * SecondsPerDay) + u'.' + padded(time - second * MicrosPerSecond, 6) + u'Z';
}

QString clockText(WireMicros time, const QTimeZone &zone, int decimals)
{
    if (!isWritable(time))
        return plainNumber(time);
    const qint64 second = floorDiv(time, MicrosPerSecond);
    const qint64 shift =
        zone.isValid() ? zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(second, Qt::UTC)) : 0;
    const qint64 local = second + shift;
    const QString text = timeOfDay(local - floorDiv(local, SecondsPerDay) * SecondsPerDay);
    const int shown = std::clamp(decimals, 0, 6);
    if (shown == 0)
        return text;
    return text + u'.' + padded(time - second * MicrosPerSecond, 6).left(shown);
}

} // namespace Synchat
