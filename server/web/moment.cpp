// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/moment.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 LargestExactInteger = qint64(1) << 53;
constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Minute = 60 * Second;
constexpr WireMicros Day = 24 * 60 * Minute;

std::optional<Moment> parseMicros(const QString &text)
{
    static const QRegularExpression form(u"\\A-?[0-9]{1,16}\\z"_s);
    if (!form.match(text).hasMatch())
        return std::nullopt;
    const qint64 value = text.toLongLong();
    if (value < -LargestExactInteger || value > LargestExactInteger)
        return std::nullopt;
    return Moment{value, value};
}

/// How many microseconds `.118` says, and for how many it may stand: 118000 and 1000.
struct Fraction
{
    WireMicros value = 0;
    WireMicros span = Second;
};

Fraction fractionOf(const QString &digits)
{
    Fraction fraction;
    for (const QChar digit : digits) {
        fraction.span /= 10;
        fraction.value += digit.digitValue() * fraction.span;
    }
    return fraction;
}

} // namespace

std::optional<Moment> Moment::parse(const QString &text)
{
    if (const auto micros = parseMicros(text))
        return micros;
    static const QRegularExpression form(
        u"\\A([0-9]{4})-([0-9]{2})-([0-9]{2})"
        "(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,6}))?)?Z?)?\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    const bool hasTime = !match.captured(4).isEmpty();
    const bool hasSeconds = !match.captured(6).isEmpty();
    const QTime time(match.captured(4).toInt(), match.captured(5).toInt(), match.captured(6).toInt());
    if (!date.isValid() || date.year() < 1 || !time.isValid())
        return std::nullopt;
    const Fraction fraction = fractionOf(match.captured(7));
    const WireMicros begin = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch() * 1000 + fraction.value;
    const WireMicros span = hasSeconds ? fraction.span : hasTime ? Minute : Day;
    return Moment{begin, begin + span - 1};
}

} // namespace Synchat
