// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/timereport.h"

#include "common/timestamp.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QJsonValue orNull(const OptionalMicros &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonObject sourceReport(const SourceStatus &source, MonoTime now)
{
    OptionalMicros offset;
    OptionalMicros bound;
    if (source.interval) {
        offset = toWire(source.interval->midpoint());
        bound = boundToWire(source.interval->bound());
    }
    const OptionalMicros delay = source.delay ? OptionalMicros(toWire(*source.delay)) : std::nullopt;
    const OptionalMicros age = source.fedAt ? OptionalMicros(toWire(now - *source.fedAt)) : std::nullopt;
    const OptionalMicros stratum = source.stratum ? OptionalMicros(*source.stratum) : std::nullopt;
    return {
        {u"name"_s, source.name},
        {u"kind"_s, sourceKindName(source.kind)},
        {u"state"_s, stampStateName(source.state)},
        {u"mark"_s, QString(source.mark)},
        {u"offset"_s, orNull(offset)},
        {u"bound"_s, orNull(bound)},
        {u"delay"_s, orNull(delay)},
        {u"age"_s, orNull(age)},
        {u"reach"_s, int(source.reach)},
        {u"stratum"_s, orNull(stratum)},
        {u"reason"_s, source.reason},
    };
}

} // namespace

QJsonObject timeReport(const ReferenceSnapshot &snapshot, const ClockReading &reading)
{
    const Stamps stamps = stampsAt(snapshot, reading);
    QJsonArray sources;
    for (const SourceStatus &source : snapshot.sources)
        sources.append(sourceReport(source, reading.mono));
    return {
        {u"t"_s, orNull(stamps.best.t)},
        {u"bound"_s, orNull(stamps.best.bound)},
        {u"state"_s, stampStateName(stamps.best.state)},
        {u"offset"_s, orNull(stamps.local.offset)},
        {u"boot"_s, snapshot.boot},
        {u"sources"_s, sources},
    };
}

} // namespace Synchat
