// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timeinput.h"

#include "common/framefields.h"

#include <QDate>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 MicrosPerSecond = 1'000'000;
constexpr qint64 SecondsPerDay = 86'400;

const QRegularExpression &isoForm()
{
    static const QRegularExpression form(
        u"\\A(?<day>\\d{4}-\\d\\d-\\d\\d)"
        "(?:[T ](?<hour>\\d\\d):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,6}))?)?"
        "(?:Z|(?<sign>[+-])(?<zoneHour>\\d\\d):?(?<zoneMinute>\\d\\d))?)?\\z"_s);
    return form;
}

std::optional<WireMicros> fromNumber(const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number > LargestExactInteger || number < -LargestExactInteger)
        return std::nullopt;
    return number;
}

} // namespace

std::optional<WireMicros> timeFromText(const QString &text)
{
    const QRegularExpressionMatch match = isoForm().match(text);
    if (!match.hasMatch())
        return fromNumber(text);
    const auto part = [&match](const QString &name) { return match.captured(name).toLongLong(); };
    const QDate day = QDate::fromString(match.captured(u"day"_s), Qt::ISODate);
    if (!day.isValid() || part(u"hour"_s) > 23 || part(u"minute"_s) > 59 || part(u"second"_s) > 59 ||
        part(u"zoneHour"_s) > 14 || part(u"zoneMinute"_s) > 59)
        return std::nullopt;
    const qint64 days = QDate(1970, 1, 1).daysTo(day);
    const qint64 zone = (part(u"zoneHour"_s) * 60 + part(u"zoneMinute"_s)) * 60;
    const qint64 seconds = days * SecondsPerDay + (part(u"hour"_s) * 60 + part(u"minute"_s)) * 60 +
                           part(u"second"_s) - (match.captured(u"sign"_s) == u"-"_s ? -zone : zone);
    return seconds * MicrosPerSecond + match.captured(u"fraction"_s).leftJustified(6, u'0').toLongLong();
}

} // namespace Synchat
