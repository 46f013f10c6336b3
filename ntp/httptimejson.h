// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/httptimereply.h"

namespace Synchat {

// Times in JSON. Pure. A time is what is written, cut off after its last digit.

/// The shapes of known providers, in this order:
/// worldtimeapi.org and those that copy it (`utc_datetime`; `datetime` when it is in UTC; `unixtime`), with
/// a Synchat daemon's `bound` and `state` in the same object; timeapi.io (`dateTime` without a zone and
/// `timeZone`, which must be UTC; or its parts `year` to `milliSeconds`; or `unix_timestamp`).
/// NoTime: none of these.
Result<HttpTime, HttpRefusal> readJsonTimeByShape(const QByteArray &body);
/// The time at one place (RFC 6901, its steps unescaped).
Result<HttpTime, HttpRefusal> readJsonTimeAt(const QByteArray &body, const QStringList &pointer,
                                             HttpTimeFormat format);

/// `2026-11-23T14:03:25.118042+00:00`: UTC only, up to nine digits behind the second.
std::optional<HttpTime> parseUtcDateTime(const QString &text);
/// Whole seconds since 1970; nothing outside the years 1970 to 2255.
std::optional<HttpTime> httpTimeFromSeconds(qint64 seconds);

} // namespace Synchat
