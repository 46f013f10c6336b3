// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/timereport.h"

#include <QJsonArray>

namespace Synchat {

namespace {

QJsonValue number(OptionalMicros value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

/// How its bound grows from one answer to the next. Nothing is known of the rate before the first.
void addAgeing(QJsonObject &report, const SourceStatus &source)
{
    const bool isHeard = source.interval.has_value();
    report[QStringLiteral("frequencyPpm")] = isHeard ? QJsonValue(source.frequencyPpm) : QJsonValue::Null;
    report[QStringLiteral("driftPpm")] = isHeard ? QJsonValue(source.driftPpm) : QJsonValue::Null;
    report[QStringLiteral("poll")] =
        number(source.poll ? OptionalMicros(toWire(*source.poll)) : std::nullopt);
}

/// What the bound has in it besides the way: what the server states of itself, or what we assume of it.
void addErrors(QJsonObject &report, const SourceStatus &source)
{
    const bool isAssumed = source.assumedError > Nanos::zero();
    const bool isStated =
        source.interval && (source.kind == SourceKind::Ntp || source.kind == SourceKind::Self);
    const auto told = [](bool isKnown, Nanos error) {
        return number(isKnown ? OptionalMicros(boundToWire(error)) : std::nullopt);
    };
    report[QStringLiteral("unverified")] = isAssumed;
    report[QStringLiteral("assumedError")] = told(isAssumed, source.assumedError);
    report[QStringLiteral("rootDelay")] = told(isStated, source.rootDelay);
    report[QStringLiteral("rootDispersion")] = told(isStated, source.rootDispersion);
}

QJsonObject sourceReport(const ReferenceSnapshot &snapshot, const SourceStatus &source,
                         const ClockReading &reading)
{
    OptionalMicros offset;
    OptionalMicros bound;
    if (const auto interval = sourceOffsetAt(snapshot, source, reading)) {
        offset = toWire(interval->midpoint());
        bound = boundAround(*interval, Micros(*offset));
    }
    OptionalMicros delay;
    if (source.delay)
        delay = toWire(*source.delay);
    OptionalMicros age;
    if (source.fedAt)
        age = toWire(reading.mono - *source.fedAt);
    QJsonObject report{{QStringLiteral("name"), source.name},
                       {QStringLiteral("kind"), sourceKindName(source.kind)},
                       {QStringLiteral("state"), stampStateName(source.state)},
                       {QStringLiteral("mark"), QString(source.mark)},
                       {QStringLiteral("offset"), number(offset)},
                       {QStringLiteral("bound"), number(bound)},
                       {QStringLiteral("delay"), number(delay)},
                       {QStringLiteral("age"), number(age)},
                       {QStringLiteral("reach"), int(source.reach)},
                       {QStringLiteral("stratum"),
                        source.stratum ? QJsonValue(*source.stratum) : QJsonValue(QJsonValue::Null)},
                       {QStringLiteral("reason"), source.reason}};
    addAgeing(report, source);
    addErrors(report, source);
    return report;
}

} // namespace

QJsonObject timeReport(const SharedSnapshot &snapshot, const ClockReading &reading)
{
    if (!snapshot)
        return {};
    const Stamps stamps = stampsAt(*snapshot, reading);
    QJsonArray sources;
    for (const SourceStatus &source : snapshot->sources)
        sources.append(sourceReport(*snapshot, source, reading));
    return {{QStringLiteral("t"), number(stamps.best.t)},
            {QStringLiteral("bound"), number(stamps.best.bound)},
            {QStringLiteral("state"), stampStateName(stamps.best.state)},
            {QStringLiteral("offset"), number(stamps.local.offset)},
            {QStringLiteral("boot"), snapshot->boot},
            {QStringLiteral("fault"), snapshot->fault},
            {QStringLiteral("note"), snapshot->note},
            {QStringLiteral("sources"), sources}};
}

} // namespace Synchat
