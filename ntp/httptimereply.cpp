// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimereply.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace Synchat {

namespace {

constexpr int Ok = 200;
constexpr int TooManyRequests = 429;
constexpr int Unavailable = 503;
constexpr qint64 LatestUnixTime = 9'000'000'000; // 2255
constexpr qint64 SecondNanos = 1'000'000'000;
constexpr std::chrono::seconds LongestRetryAfter{86'400};

std::optional<HttpTime> fromUnixSeconds(double seconds)
{
    if (!(seconds >= 0) || seconds > static_cast<double>(LatestUnixTime))
        return std::nullopt;
    return HttpTime{WallTime(std::chrono::seconds(static_cast<qint64>(std::floor(seconds)))),
                    std::chrono::seconds(1)};
}

std::optional<HttpTime> readJson(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (const auto time = parseUtcDateTime(object.value(QLatin1String("utc_datetime")).toString()))
        return time;
    const QJsonValue unixTime = object.value(QLatin1String("unixtime"));
    return unixTime.isDouble() ? fromUnixSeconds(unixTime.toDouble()) : std::nullopt;
}

/// Digits behind the second as nanoseconds, and how fine they are.
std::pair<Nanos, Nanos> fractionOf(const QString &digits)
{
    qint64 unit = SecondNanos;
    for (qsizetype i = 0; i < digits.size(); ++i)
        unit /= 10;
    return {Nanos(digits.toLongLong() * unit), Nanos(unit)};
}

} // namespace

QString explain(HttpRefusal refusal)
{
    const auto words = [](const char *text) {
        return QCoreApplication::translate("Synchat::HttpTimeSource", text);
    };
    switch (refusal) {
    case HttpRefusal::NoAnswer:
        return words(QT_TRANSLATE_NOOP("Synchat::HttpTimeSource", "The web server did not answer."));
    case HttpRefusal::Status:
        return words(QT_TRANSLATE_NOOP("Synchat::HttpTimeSource", "The web server answered with an error."));
    case HttpRefusal::TooManyRequests:
        return words(
            QT_TRANSLATE_NOOP("Synchat::HttpTimeSource", "The web server asked not to be asked so often."));
    case HttpRefusal::Cached:
        return words(
            QT_TRANSLATE_NOOP("Synchat::HttpTimeSource", "The answer came out of a cache, so it is old."));
    case HttpRefusal::NoTime:
        break;
    }
    return words(QT_TRANSLATE_NOOP("Synchat::HttpTimeSource", "The web server's answer holds no time."));
}

Result<HttpTime, HttpRefusal> readHttpTime(const HttpReply &reply)
{
    if (reply.status == TooManyRequests || (reply.status == Unavailable && !reply.retryAfter.isEmpty()))
        return Failure(HttpRefusal::TooManyRequests);
    if (reply.status != Ok)
        return Failure(HttpRefusal::Status);
    bool isNumber = false;
    if (!reply.age.isEmpty() && (reply.age.trimmed().toLongLong(&isNumber) != 0 || !isNumber))
        return Failure(HttpRefusal::Cached);
    if (const auto time = readJson(reply.body))
        return *time;
    if (const auto time = parseHttpDate(reply.date))
        return *time;
    return Failure(HttpRefusal::NoTime);
}

std::optional<HttpTime> parseUtcDateTime(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(
        "\\A(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,9}))?(?:Z|\\+00:?00)?\\z"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const auto whole =
        fromUnixSeconds(static_cast<double>(QDateTime(date, time, Qt::UTC).toSecsSinceEpoch()));
    if (!whole)
        return std::nullopt;
    const auto [fraction, resolution] = fractionOf(match.captured(3));
    return HttpTime{whole->time + fraction, resolution};
}

std::optional<HttpTime> parseHttpDate(const QByteArray &text)
{
    const QString form = QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'");
    QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), form);
    if (!time.isValid())
        return std::nullopt;
    time = QDateTime(time.date(), time.time(), Qt::UTC);
    return fromUnixSeconds(static_cast<double>(time.toSecsSinceEpoch()));
}

std::optional<std::chrono::seconds> parseRetryAfter(const HttpReply &reply)
{
    bool isNumber = false;
    const qint64 seconds = reply.retryAfter.trimmed().toLongLong(&isNumber);
    if (isNumber && seconds >= 0)
        return std::min(std::chrono::seconds(seconds), LongestRetryAfter);
    const auto until = parseHttpDate(reply.retryAfter);
    const auto from = parseHttpDate(reply.date);
    if (!until || !from || until->time < from->time)
        return std::nullopt;
    return std::min(std::chrono::duration_cast<std::chrono::seconds>(until->time - from->time),
                    LongestRetryAfter);
}

std::optional<Interval> httpOffset(const HttpTime &http, WallTime t1, WallTime t4, Nanos sourceError)
{
    if (t4 < t1)
        return std::nullopt;
    const auto offset = Interval::between(http.time - t4, http.time + http.resolution - t1);
    return offset ? std::optional(offset->widened(sourceError)) : std::nullopt;
}

} // namespace Synchat
