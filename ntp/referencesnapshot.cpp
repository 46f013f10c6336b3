// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/referencesnapshot.h"

#include "ntp/clockestimator.h"

namespace Synchat {

namespace {

constexpr std::chrono::seconds LargestUsefulBound{1};

const SourceStatus *sourceAt(const ReferenceSnapshot &snapshot, int index)
{
    if (index < 0 || index >= snapshot.sources.size())
        return nullptr;
    return &snapshot.sources.at(index);
}

/// With nothing to compare with: the daemon's own clock, shown as what it is.
SourceStamp ownClockStamp(const ClockReading &reading)
{
    SourceStamp stamp;
    stamp.t = toWire(reading.wall);
    stamp.state = StampState::Unsynced;
    stamp.source = sourceKindName(SourceKind::Self);
    return stamp;
}

SourceStamp sourceStamp(const ReferenceSnapshot &snapshot, const SourceStatus &source,
                        const ClockReading &reading)
{
    SourceStamp stamp;
    stamp.source = source.name;
    const auto offset = sourceOffsetAt(snapshot, source, reading);
    if (!offset)
        return stamp;
    stamp.t = toWire(reading.wall + offset->midpoint());
    stamp.state = source.state;
    if (source.fedAt)
        stamp.age = toWire(reading.mono - *source.fedAt);
    // Without a reference nothing says which source is right, so none bounds anything; and our own server
    // only repeats our clock.
    if (!snapshot.offset) {
        stamp.state = StampState::Unsynced;
        return stamp;
    }
    stamp.bound = boundAround(*offset, wallTimeFromWire(*stamp.t) - reading.wall);
    if (stamp.state != StampState::Falseticker && offset->bound() > LargestUsefulBound)
        stamp.state = StampState::Unsynced;
    return stamp;
}

ClockReading readingOf(const ReferenceSnapshot &snapshot)
{
    return {snapshot.wallAt, snapshot.at, snapshot.asleepAt};
}

} // namespace

QString sourceKindName(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Ntp:
        return QStringLiteral("ntp");
    case SourceKind::Http:
        return QStringLiteral("http");
    case SourceKind::Os:
        return QStringLiteral("os");
    case SourceKind::Self:
        break;
    }
    return QStringLiteral("self");
}

WireMicros boundAround(const Interval &offset, Nanos told)
{
    const Interval rest = offset.shifted(-told);
    return boundToWire(std::max(rest.hi(), -std::max(rest.lo(), -Nanos::max())));
}

std::optional<Interval> offsetAt(const ReferenceSnapshot &snapshot, MonoTime mono)
{
    if (!snapshot.offset)
        return std::nullopt;
    return agedBy(*snapshot.offset, mono - snapshot.at,
                  RateRange::around(snapshot.frequencyPpm, snapshot.driftPpm));
}

std::optional<Interval> offsetAt(const ReferenceSnapshot &snapshot, const ClockReading &reading)
{
    const ClockReading made = readingOf(snapshot);
    if (!snapshot.offset || sleptBetween(made, reading))
        return std::nullopt;
    return agedOffset(*snapshot.offset, made, reading,
                      RateRange::around(snapshot.frequencyPpm, snapshot.driftPpm));
}

std::optional<Interval> sourceOffsetAt(const ReferenceSnapshot &snapshot, const SourceStatus &source,
                                       const ClockReading &reading)
{
    const ClockReading made = readingOf(snapshot);
    if (!source.interval || sleptBetween(made, reading))
        return std::nullopt;
    return agedOffset(*source.interval, made, reading,
                      RateRange::around(source.frequencyPpm, source.driftPpm));
}

StampState stateAt(const ReferenceSnapshot &snapshot, const ClockReading &reading)
{
    const auto offset = offsetAt(snapshot, reading);
    if (!offset || offset->bound() > LargestUsefulBound)
        return StampState::Unsynced;
    return snapshot.state;
}

Stamps stampsAt(const ReferenceSnapshot &snapshot, const ClockReading &reading)
{
    Stamps stamps;
    stamps.local.t = toWire(reading.wall);
    stamps.local.offset = 0;
    stamps.local.state = stateAt(snapshot, reading);
    stamps.local.fault = snapshot.fault;
    stamps.local.boot = snapshot.boot;
    if (const auto &booted = snapshot.bootedAt)
        stamps.local.up = toWire(reading.mono - booted->mono + reading.asleep - booted->asleep);
    stamps.best.t = stamps.local.t;
    stamps.best.state = stamps.local.state;
    if (const auto offset = offsetAt(snapshot, reading)) {
        stamps.local.offset = toWire(offset->midpoint());
        stamps.best.t = toWire(reading.wall + offset->midpoint());
        stamps.best.bound = boundAround(*offset, wallTimeFromWire(*stamps.best.t) - reading.wall);
        // The reading was rounded too.
        const Nanos told = wallTimeFromWire(*stamps.local.t + *stamps.local.offset) - reading.wall;
        stamps.local.bound =
            std::max(boundAround(*offset, Micros(*stamps.local.offset)), boundAround(*offset, told));
    }
    if (const SourceStatus *api = sourceAt(snapshot, snapshot.apiIndex))
        stamps.api = sourceStamp(snapshot, *api, reading);
    if (const SourceStatus *ntp = sourceAt(snapshot, snapshot.ntpIndex)) {
        stamps.ntp = sourceStamp(snapshot, *ntp, reading);
    } else if (!snapshot.sourcesConfigured && !snapshot.offset)
        stamps.ntp = ownClockStamp(reading);
    return stamps;
}

} // namespace Synchat
