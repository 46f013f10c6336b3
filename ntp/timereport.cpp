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

QJsonObject sourceReport(const ReferenceSnapshot &snapshot, const SourceStatus &source,
                         const ClockReading &reading)
{
    OptionalMicros offset;
    OptionalMicros bound;
    if (const auto interval = sourceOffsetAt(snapshot, source, reading)) {
        offset = toWire(interval->midpoint());
        bound = boundToWire(interval->bound());
    }
    OptionalMicros delay;
    if (source.delay)
        delay = toWire(*source.delay);
    OptionalMicros age;
    if (source.fedAt)
        age = toWire(reading.mono - *source.fedAt);
    return {{QStringLiteral("name"), source.name},
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
            {QStringLiteral("note"), snapshot->note},
            {QStringLiteral("sources"), sources}};
}

} // namespace Synchat
