// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QString>
#include <QTimeZone>

namespace Synchat {

/// A time, offset, bound or age as the wire has it: integer microseconds (a time: since 1970, UTC).
/// Kept apart from `WallTime`, because an author may send any integer and it is stored as it came.
using WireMicros = qint64;

/// Rounds towards the past.
WireMicros toWire(WallTime time);
/// Rounds to the nearest.
WireMicros toWire(Nanos duration);
/// Rounds away from zero: a bound may grow by rounding, never shrink.
WireMicros boundToWire(Nanos bound);
/// Saturates at the ends of WallTime (years 1677 to 2262).
WallTime wallTimeFromWire(WireMicros time);

/// ISO 8601 in UTC with microseconds, `2026-11-23T14:03:25.118042Z`; for logs, copies and exports.
/// Outside the years 0001 to 9999: the plain number followed by ` us`.
QString isoUtc(WireMicros time);
/// `14:03:25.118` in the zone, `decimals` from 0 to 6 (truncated, never rounded up into the future).
/// Outside the years 0001 to 9999: the plain number followed by ` us`.
QString clockText(WireMicros time, const QTimeZone &zone, int decimals = 3);

} // namespace Synchat
