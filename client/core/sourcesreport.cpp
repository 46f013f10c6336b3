// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcesreport.h"

#include "common/framefields.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype MostSources = 256;
constexpr qsizetype LongestText = 1000;
constexpr double LargestPpm = 1e6;

QString textOf(const QJsonValue &value)
{
    return value.toString().left(LongestText);
}

/// A length of time: never negative.
OptionalMicros lengthOf(const QJsonValue &value)
{
    const auto micros = exactInteger(value);
    return micros && *micros >= 0 ? micros : std::nullopt;
}

std::optional<int> numberUpTo(const QJsonValue &value, int most)
{
    const auto number = exactInteger(value);
    return number && *number >= 0 && *number <= most ? std::optional(static_cast<int>(*number))
                                                     : std::nullopt;
}

std::optional<double> rateOf(const QJsonValue &value)
{
    if (!value.isDouble() || !(std::abs(value.toDouble()) <= LargestPpm))
        return std::nullopt;
    return value.toDouble();
}

StampState stateOf(const QJsonValue &value)
{
    return stampStateFromName(value.toString()).value_or(StampState::None);
}

QChar markOf(const QJsonValue &value)
{
    const QString mark = value.toString();
    return mark.size() == 1 && u"*+-?x~"_s.contains(mark) ? mark.front() : QChar(u'?');
}

TimeSourceRow rowOf(const QJsonObject &source)
{
    TimeSourceRow row;
    row.name = textOf(source.value("name"_L1));
    row.kind = textOf(source.value("kind"_L1));
    row.state = stateOf(source.value("state"_L1));
    row.mark = markOf(source.value("mark"_L1));
    row.offset = exactInteger(source.value("offset"_L1));
    row.bound = lengthOf(source.value("bound"_L1));
    row.delay = lengthOf(source.value("delay"_L1));
    row.age = lengthOf(source.value("age"_L1));
    row.reach = static_cast<quint8>(numberUpTo(source.value("reach"_L1), 0xFF).value_or(0));
    row.stratum = numberUpTo(source.value("stratum"_L1), 16);
    row.reason = textOf(source.value("reason"_L1));
    row.frequencyPpm = rateOf(source.value("frequencyPpm"_L1));
    row.driftPpm = rateOf(source.value("driftPpm"_L1));
    row.unverified = source.value("unverified"_L1).toBool();
    row.assumedError = lengthOf(source.value("assumedError"_L1));
    row.rootDelay = lengthOf(source.value("rootDelay"_L1));
    row.rootDispersion = lengthOf(source.value("rootDispersion"_L1));
    row.poll = lengthOf(source.value("poll"_L1));
    return row;
}

} // namespace

std::optional<SourcesReport> SourcesReport::parse(const QByteArray &json)
{
    const QJsonObject answer = QJsonDocument::fromJson(json).object();
    const QJsonValue sources = answer.value("sources"_L1);
    if (!sources.isArray())
        return std::nullopt;
    SourcesReport report;
    report.t = exactInteger(answer.value("t"_L1));
    report.bound = lengthOf(answer.value("bound"_L1));
    report.state = stateOf(answer.value("state"_L1));
    report.offset = exactInteger(answer.value("offset"_L1));
    report.boot = textOf(answer.value("boot"_L1));
    report.note = textOf(answer.value("note"_L1));
    report.fault = answer.value("fault"_L1).toBool();
    const QJsonArray list = sources.toArray();
    for (const QJsonValueConstRef source : list) {
        if (source.isObject() && report.sources.size() < MostSources)
            report.sources.append(rowOf(source.toObject()));
    }
    return report;
}

OptionalMicros SourcesReport::disagreement(const TimeSourceRow &source) const
{
    // Both are exact integers of JSON, so that the difference fits.
    return offset && source.offset ? OptionalMicros(*source.offset - *offset) : std::nullopt;
}

} // namespace Synchat
