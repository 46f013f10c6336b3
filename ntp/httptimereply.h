// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "common/result.h"
#include "ntp/httpsourceentry.h"

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
    std::optional<Nanos> ownBound; ///< what the server itself says that its clock may be wrong by

    friend bool operator==(const HttpTime &, const HttpTime &) = default;
};

enum class HttpRefusal : quint8 {
    NoAnswer,
    NoName,     ///< its address could not be found
    Untrusted,  ///< TLS failed
    Redirected, ///< never followed: who is asked is who was configured
    Status,
    TooManyRequests,
    Cached,
    OtherZone,
    Unsynchronised, ///< says so of itself
    NoTime
};
/// A whole sentence for people.
QString explain(HttpRefusal refusal);

/// As `entry` says: by the shape of its JSON (httptimejson.h), else the Date header; or one of the two alone.
/// Refused: any status but 200 (a redirect included), a reply out of a cache.
Result<HttpTime, HttpRefusal> readHttpTime(const HttpReply &reply, const HttpSourceEntry &entry);

/// What a server's clock may be wrong by.
struct SourceError
{
    Nanos amount{};
    bool isStated = false; ///< by the server itself, and by nobody else: not an assumption

    friend bool operator==(const SourceError &, const SourceError &) = default;
};
/// A server that states its bound is taken at its word, unless its entry says something: then the larger of
/// both counts, as an assumption. Else what the entry says, or what is assumed of all.
SourceError errorOf(const HttpTime &time, const HttpSourceEntry &entry, Nanos assumedOfAll);

/// `Mon, 23 Nov 2026 14:03:25 GMT` (RFC 9110 §5.6.7, the one form that is still written).
std::optional<HttpTime> parseHttpDate(const QByteArray &text);

/// The server wrote its time somewhere between `t1`, before the request was given to the network, and `t4`,
/// when what it is read from was there (the headers for a Date, else the whole reply): [time - t4, time +
/// resolution - t1], widened by the server's own error. Nothing when t4 is before t1.
std::optional<Interval> httpOffset(const HttpTime &http, WallTime t1, WallTime t4, Nanos sourceError);

} // namespace Synchat
