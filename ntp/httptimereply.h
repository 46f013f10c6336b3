// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "common/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Synchat {

// What a web server's reply says of the time. Pure.

struct HttpReply
{
    int status = 0;
    QByteArray body; ///< empty when it was too long to be kept
    QByteArray date; ///< headers, empty when missing
    QByteArray age;
    QByteArray retryAfter;
};

/// A time that the server wrote, cut off (not rounded) to `resolution`.
struct HttpTime
{
    WallTime time;
    Nanos resolution{};

    friend bool operator==(const HttpTime &, const HttpTime &) = default;
};

enum class HttpRefusal : quint8 { NoAnswer, Status, TooManyRequests, Cached, NoTime };
/// A whole sentence for people.
QString explain(HttpRefusal refusal);

/// The JSON of worldtimeapi.org and those that copy it (`utc_datetime`, else `unixtime`), else the Date
/// header. Refused: any status but 200 (a redirect included), a reply out of a cache.
Result<HttpTime, HttpRefusal> readHttpTime(const HttpReply &reply);

/// `2026-11-23T14:03:25.118042+00:00`: UTC only, up to nine digits behind the second.
std::optional<HttpTime> parseUtcDateTime(const QString &text);
/// `Mon, 23 Nov 2026 14:03:25 GMT` (RFC 9110 §5.6.7, the one form that is still written).
std::optional<HttpTime> parseHttpDate(const QByteArray &text);
/// Seconds, or a date, which is measured against the reply's own Date.
std::optional<std::chrono::seconds> parseRetryAfter(const HttpReply &reply);

/// The server wrote its time somewhere between `t1`, before the request was given to the network, and `t4`,
/// when the first byte of the reply was there: [time - t4, time + resolution - t1], widened by the server's
/// own error. Nothing when t4 is before t1.
std::optional<Interval> httpOffset(const HttpTime &http, WallTime t1, WallTime t4, Nanos sourceError);

} // namespace Synchat
