// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimereply.h"

#include "common/httpheaders.h"
#include "ntp/httptimejson.h"

#include <QCoreApplication>

#include <algorithm>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::HttpTimeSource)
};

constexpr int Ok = 200;
constexpr int TooManyRequests = 429;
constexpr int Unavailable = 503;
constexpr int FirstRedirect = 300;
constexpr int LastRedirect = 399;

} // namespace

QString explain(HttpRefusal refusal)
{
    switch (refusal) {
    case HttpRefusal::NoAnswer:
        return Text::tr("The web server did not answer.");
    case HttpRefusal::NoName:
        return Text::tr("The web server's name was not found.");
    case HttpRefusal::Untrusted:
        return Text::tr("The web server could not prove who it is.");
    case HttpRefusal::Redirected:
        return Text::tr("The web server sent us to another address, which is never followed.");
    case HttpRefusal::Status:
        return Text::tr("The web server answered with an error.");
    case HttpRefusal::TooManyRequests:
        return Text::tr("The web server asked not to be asked so often.");
    case HttpRefusal::Cached:
        return Text::tr("The answer came out of a cache, so it is old.");
    case HttpRefusal::OtherZone:
        return Text::tr("The answer is in another time zone than UTC, which its address must ask for.");
    case HttpRefusal::Unsynchronised:
        return Text::tr("The server says that its own clock is not synchronised.");
    case HttpRefusal::NoTime:
        break;
    }
    return Text::tr("The web server's answer holds no time that can be read.");
}

Result<HttpTime, HttpRefusal> readHttpTime(const HttpReply &reply, const HttpSourceEntry &entry)
{
    if (reply.status == TooManyRequests || (reply.status == Unavailable && !reply.retryAfter.isEmpty()))
        return Failure(HttpRefusal::TooManyRequests);
    if (reply.status >= FirstRedirect && reply.status <= LastRedirect)
        return Failure(HttpRefusal::Redirected);
    if (reply.status != Ok)
        return Failure(HttpRefusal::Status);
    bool isNumber = false;
    if (!reply.age.isEmpty() && (reply.age.trimmed().toLongLong(&isNumber) != 0 || !isNumber))
        return Failure(HttpRefusal::Cached);
    if (entry.reading == HttpSourceEntry::Reading::Pointer)
        return readJsonTimeAt(reply.body, entry.pointer, entry.format);
    if (entry.reading == HttpSourceEntry::Reading::ByShape) {
        const auto time = readJsonTimeByShape(reply.body);
        if (time || time.error() != HttpRefusal::NoTime)
            return time;
    }
    if (const auto time = parseHttpDate(reply.date))
        return *time;
    return Failure(HttpRefusal::NoTime);
}

SourceError errorOf(const HttpTime &time, const HttpSourceEntry &entry, Nanos assumedOfAll)
{
    if (!time.ownBound)
        return {entry.error.value_or(assumedOfAll), false};
    if (!entry.error)
        return {*time.ownBound, true};
    return {std::max(*time.ownBound, *entry.error), false};
}

std::optional<HttpTime> parseHttpDate(const QByteArray &text)
{
    const auto seconds = secondsFromHttpDate(text);
    return seconds ? httpTimeFromSeconds(*seconds) : std::nullopt;
}

std::optional<Interval> httpOffset(const HttpTime &http, WallTime t1, WallTime t4, Nanos sourceError)
{
    if (t4 < t1)
        return std::nullopt;
    const auto offset = Interval::between(http.time - t4, http.time + http.resolution - t1);
    return offset ? std::optional(offset->widened(sourceError)) : std::nullopt;
}

} // namespace Synchat
