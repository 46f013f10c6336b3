// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimejson.h"

#include "common/message.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 LatestUnixTime = 9'000'000'000; // 2255
constexpr qint64 SecondNanos = 1'000'000'000;
/// What a JSON number of today's seconds cannot hold: 2^-22 s.
constexpr Nanos DoubleFuzz{250};
constexpr qint64 LargestOwnBound = 1'000'000'000; // microseconds

using MaybeTime = std::optional<HttpTime>;
using TimeResult = Result<HttpTime, HttpRefusal>;

TimeResult orNoTime(const MaybeTime &time)
{
    return time ? TimeResult(*time) : TimeResult(Failure(HttpRefusal::NoTime));
}

/// How many of a format's units a second has.
qint64 unitsPerSecond(HttpTimeFormat format)
{
    switch (format) {
    case HttpTimeFormat::UnixMillis:
        return 1000;
    case HttpTimeFormat::UnixMicros:
        return 1'000'000;
    case HttpTimeFormat::UnixNanos:
        return SecondNanos;
    case HttpTimeFormat::UnixSeconds:
    case HttpTimeFormat::Iso:
        break;
    }
    return 1;
}

/// `1795442605.118`: the digits as they are written say how fine they are.
MaybeTime fromDigits(const QString &text, HttpTimeFormat format)
{
    static const QRegularExpression form(u"\\A(\\d{1,19})(?:\\.(\\d{1,18}))?\\z"_s);
    const auto match = form.match(text);
    bool fits = false;
    const qint64 whole = match.captured(1).toLongLong(&fits);
    const qint64 perSecond = unitsPerSecond(format);
    if (!match.hasMatch() || !fits || whole / perSecond > LatestUnixTime)
        return std::nullopt;
    qint64 unit = SecondNanos / perSecond;
    qint64 nanos = whole % perSecond * unit;
    const QString fraction = match.captured(2);
    for (const QChar digit : fraction) {
        if (unit < 10)
            break; // finer than a nanosecond: cut off
        unit /= 10;
        nanos += digit.digitValue() * unit;
    }
    return HttpTime{WallTime(std::chrono::seconds(whole / perSecond) + Nanos(nanos)), Nanos(unit), {}};
}

/// As few digits as name the number: never more than the server wrote, so never finer than it was.
MaybeTime fromNumber(const QJsonValue &value, HttpTimeFormat format)
{
    const qint64 whole = value.toInteger(-1);
    if (whole >= 0)
        return fromDigits(QString::number(whole), format);
    MaybeTime time =
        fromDigits(QLocale::c().toString(value.toDouble(), 'f', QLocale::FloatingPointShortest), format);
    if (time) {
        time->time -= DoubleFuzz;
        time->resolution += 2 * DoubleFuzz;
    }
    return time;
}

MaybeTime readValue(const QJsonValue &value, HttpTimeFormat format)
{
    if (format == HttpTimeFormat::Iso)
        return parseUtcDateTime(value.toString());
    return value.isDouble() ? fromNumber(value, format) : fromDigits(value.toString(), format);
}

bool isUtcName(const QString &zone)
{
    static const QStringList names{u"utc"_s, u"etc/utc"_s,   u"gmt"_s,  u"etc/gmt"_s,
                                   u"uct"_s, u"universal"_s, u"zulu"_s, u"etc/universal"_s};
    return names.contains(zone.toLower());
}

/// What a Synchat daemon adds: its own word on its clock.
TimeResult withOwnWord(HttpTime time, const QJsonObject &object)
{
    const auto state = stampStateFromName(object.value("state"_L1).toString());
    if (state && *state != StampState::Ok && *state != StampState::Holdover)
        return Failure(HttpRefusal::Unsynchronised);
    const qint64 bound = object.value("bound"_L1).toInteger(-1);
    if (object.contains("state"_L1) && bound >= 0 && bound <= LargestOwnBound)
        time.ownBound = Micros(bound);
    return time;
}

TimeResult readWorldTime(const QJsonObject &object)
{
    const QString zoned = object.value("datetime"_L1).toString();
    if (const auto time = parseUtcDateTime(object.value("utc_datetime"_L1).toString()))
        return withOwnWord(*time, object);
    if (const auto time = parseUtcDateTime(zoned); time && (zoned.endsWith(u'Z') || zoned.contains(u'+')))
        return withOwnWord(*time, object);
    const auto time = readValue(object.value("unixtime"_L1), HttpTimeFormat::UnixSeconds);
    return time && object.value("unixtime"_L1).isDouble() ? withOwnWord(*time, object) : orNoTime({});
}

/// timeapi.io: `{"year":2026,"month":11,"day":23,"hour":14,"minute":3,"seconds":25,"milliSeconds":118}`.
MaybeTime readParts(const QJsonObject &object)
{
    const auto part = [&object](QLatin1StringView key) { return object.value(key).toInt(-1); };
    const QDate date(part("year"_L1), part("month"_L1), part("day"_L1));
    const QTime time(part("hour"_L1), part("minute"_L1), part("seconds"_L1));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    MaybeTime read = httpTimeFromSeconds(QDateTime(date, time, Qt::UTC).toSecsSinceEpoch());
    const int millis = part("milliSeconds"_L1);
    if (read && millis >= 0 && millis < 1000) {
        read->time += std::chrono::milliseconds(millis);
        read->resolution = std::chrono::milliseconds(1);
    }
    return read;
}

TimeResult readTimeApi(const QJsonObject &object)
{
    const QJsonValue zone = object.value("timeZone"_L1);
    if (!zone.isString())
        return orNoTime(readValue(object.value("unix_timestamp"_L1), HttpTimeFormat::UnixSeconds));
    if (!isUtcName(zone.toString()))
        return Failure(HttpRefusal::OtherZone);
    const auto time = parseUtcDateTime(object.value("dateTime"_L1).toString());
    return orNoTime(time ? time : readParts(object));
}

/// Digits behind the second as nanoseconds, and how fine they are.
std::pair<Nanos, Nanos> fractionOf(const QString &digits)
{
    qint64 unit = SecondNanos;
    for (qsizetype i = 0; i < digits.size(); ++i)
        unit /= 10;
    return {Nanos(digits.toLongLong() * unit), Nanos(unit)};
}

QJsonValue valueAt(QJsonValue value, const QStringList &pointer)
{
    for (const QString &step : pointer) {
        bool isIndex = false;
        const uint index = step.toUInt(&isIndex);
        if (value.isArray())
            value = isIndex ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
        else
            value = value.toObject().value(step);
    }
    return value;
}

} // namespace

Result<HttpTime, HttpRefusal> readJsonTimeByShape(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const TimeResult time = readWorldTime(object);
    if (time || time.error() != HttpRefusal::NoTime)
        return time;
    return readTimeApi(object);
}

Result<HttpTime, HttpRefusal> readJsonTimeAt(const QByteArray &body, const QStringList &pointer,
                                             HttpTimeFormat format)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue root = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    return orNoTime(readValue(valueAt(root, pointer), format));
}

std::optional<HttpTime> httpTimeFromSeconds(qint64 seconds)
{
    if (seconds < 0 || seconds > LatestUnixTime)
        return std::nullopt;
    return HttpTime{WallTime(std::chrono::seconds(seconds)), std::chrono::seconds(1), {}};
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
    const auto whole = httpTimeFromSeconds(QDateTime(date, time, Qt::UTC).toSecsSinceEpoch());
    if (!whole)
        return std::nullopt;
    const auto [fraction, resolution] = fractionOf(match.captured(3));
    return HttpTime{whole->time + fraction, resolution, {}};
}

} // namespace Synchat
