// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timeevents.h"

#include "common/messageorder.h"
#include "common/microsmath.h"

#include <cstdlib>

namespace Synchat {

namespace {

constexpr WireMicros WorthTelling = 10'000'000;

bool isBounded(const Message &message)
{
    return message.stamps.best.bound.has_value();
}

TimeEvent eventBetween(TimeEvent::Kind kind, const Message &before, const Message &after)
{
    TimeEvent event;
    event.kind = kind;
    event.from = before.seq;
    event.to = after.seq;
    return event;
}

/// A change that neither its bound nor slewing explains.
bool isStep(OptionalMicros change, OptionalMicros bound)
{
    return change && bound && std::abs(*change) > *bound;
}

/// From the last message that the old run took to the start of the new one, bounds included.
OptionalMicros awayAtMost(const Message &before, const Message &after)
{
    const OptionalMicros started = differenceOf(after.stamps.best.t, after.stamps.local.up);
    const OptionalMicros bounds = sumOf(before.stamps.best.bound, after.stamps.best.bound);
    const OptionalMicros away = sumOf(differenceOf(started, before.stamps.best.t), bounds);
    return away && *away >= 0 ? away : std::nullopt;
}

std::optional<TimeEvent> restartBetween(const Message &before, const Message &after)
{
    const QString &from = before.stamps.local.boot;
    const QString &to = after.stamps.local.boot;
    if (from.isEmpty() || to.isEmpty() || from == to)
        return std::nullopt;
    TimeEvent event = eventBetween(TimeEvent::Kind::DaemonRestarted, before, after);
    if (after.seq == before.seq + 1)
        event.amount = awayAtMost(before, after);
    return event;
}

/// How much the daemon's clock was set in one run: `t` against `up`.
std::optional<TimeEvent> setInOneRun(const Message &before, const Message &after)
{
    const OptionalMicros shift = daemonClockShift(before, after);
    const OptionalMicros span = differenceOf(after.stamps.local.up, before.stamps.local.up);
    const OptionalMicros bound = span ? OptionalMicros(explainedShift(*span)) : std::nullopt;
    if (!isStep(shift, bound))
        return std::nullopt;
    TimeEvent event = eventBetween(TimeEvent::Kind::DaemonClockSet, before, after);
    event.amount = shift;
    event.bound = bound;
    event.confirmed = isBounded(before) && isBounded(after);
    return event;
}

/// The same by what both runs, or one without `up`, knew of their offset to the reference.
std::optional<TimeEvent> setByOffsets(const Message &before, const Message &after)
{
    const LocalStamp &from = before.stamps.local;
    const LocalStamp &to = after.stamps.local;
    if (!isBounded(before) || !isBounded(after))
        return std::nullopt;
    const OptionalMicros change = differenceOf(from.offset, to.offset);
    const OptionalMicros span = differenceOf(after.stamps.best.t, before.stamps.best.t);
    const OptionalMicros slew = span ? OptionalMicros(explainedShift(*span)) : std::nullopt;
    const OptionalMicros bound = sumOf(sumOf(from.bound, to.bound), slew);
    if (!isStep(change, bound))
        return std::nullopt;
    TimeEvent event = eventBetween(TimeEvent::Kind::DaemonClockSet, before, after);
    event.amount = change;
    event.bound = bound;
    return event;
}

std::optional<TimeEvent> faultBetween(const Message &before, const Message &after)
{
    const bool now = after.stamps.local.fault;
    if (before.stamps.local.fault == now)
        return std::nullopt;
    return eventBetween(now ? TimeEvent::Kind::DaemonFaultBegan : TimeEvent::Kind::DaemonFaultEnded, before,
                        after);
}

std::optional<TimeEvent> referenceBetween(const Message &before, const Message &after)
{
    const StampState from = before.stamps.best.state;
    const StampState to = after.stamps.best.state;
    if (from == to || from == StampState::None)
        return std::nullopt;
    switch (to) {
    case StampState::Ok:
        return eventBetween(TimeEvent::Kind::ReferenceBack, before, after);
    case StampState::Holdover:
        return eventBetween(TimeEvent::Kind::ReferenceHeld, before, after);
    case StampState::Falseticker:
        return eventBetween(TimeEvent::Kind::ReferenceDisputed, before, after);
    case StampState::Unsynced:
        return eventBetween(TimeEvent::Kind::ReferenceLost, before, after);
    case StampState::None:
        break;
    }
    return std::nullopt;
}

/// Offsets of an author's clock can be compared when they are offsets to the same thing: to a bounded
/// reference, or to the daemon's clock in one run. By how much that may have moved, else nothing.
OptionalMicros referenceMoved(const Message &before, const Message &after)
{
    if (isBounded(before) && isBounded(after))
        return 0;
    if (isBounded(before) || isBounded(after))
        return std::nullopt;
    const OptionalMicros shift = daemonClockShift(before, after);
    const OptionalMicros span = differenceOf(after.stamps.local.up, before.stamps.local.up);
    if (!shift || !span || isStep(shift, explainedShift(*span)))
        return std::nullopt;
    return std::abs(*shift);
}

std::optional<TimeEvent> authorClockSet(const Message &before, const Message &after)
{
    const auto from = writtenRange(before);
    const auto to = writtenRange(after);
    const OptionalMicros moved = referenceMoved(before, after);
    if (!from || !to || !moved)
        return std::nullopt;
    const OptionalMicros change = differenceOf(before.stamps.live.offset, after.stamps.live.offset);
    // The widths of both, not `live.bound`: what a client did not count of the reference's bound is in them.
    const OptionalMicros widths =
        sumOf(differenceOf(from->latest, from->earliest), differenceOf(to->latest, to->earliest));
    const OptionalMicros span = differenceOf(to->latest, from->earliest);
    const OptionalMicros slew = span ? OptionalMicros(explainedShift(*span)) : std::nullopt;
    const OptionalMicros bound =
        sumOf(sumOf(widths ? OptionalMicros(*widths / 2 + 1) : std::nullopt, slew), moved);
    if (!isStep(change, bound))
        return std::nullopt;
    TimeEvent event = eventBetween(TimeEvent::Kind::AuthorClockSet, before, after);
    event.amount = change;
    event.bound = bound;
    event.confirmed = isBounded(before);
    return event;
}

} // namespace

QList<TimeEvent> daemonEventsBetween(const Message &before, const Message &after)
{
    QList<TimeEvent> events;
    const auto take = [&](const std::optional<TimeEvent> &event) {
        if (!event)
            return;
        events.append(*event);
        events.last().amongMissing = after.seq != before.seq + 1;
    };
    take(restartBetween(before, after));
    take(faultBetween(before, after));
    const bool oneRun = daemonClockShift(before, after).has_value();
    take(oneRun ? setInOneRun(before, after) : setByOffsets(before, after));
    take(referenceBetween(before, after));
    return events;
}

QList<TimeEvent> authorEventsBetween(const Message &before, const Message &after)
{
    QList<TimeEvent> events;
    const bool fault = after.stamps.live.fault;
    // A message without a reading says nothing about faults either.
    if (before.stamps.live.t && after.stamps.live.t && before.stamps.live.fault != fault)
        events.append(eventBetween(
            fault ? TimeEvent::Kind::AuthorFaultBegan : TimeEvent::Kind::AuthorFaultEnded, before, after));
    if (const auto set = authorClockSet(before, after))
        events.append(*set);
    return events;
}

std::optional<TimeEvent> waitOf(const Message &message)
{
    const auto written = writtenRange(message);
    const auto taken = takenRange(message);
    if (!written || !taken)
        return std::nullopt;
    const OptionalMicros least = differenceOf(taken->earliest, written->latest);
    if (!least || *least <= WorthTelling)
        return std::nullopt;
    TimeEvent event = eventBetween(TimeEvent::Kind::Waited, message, message);
    event.amount = least;
    event.confirmed = isBounded(message);
    return event;
}

} // namespace Synchat
