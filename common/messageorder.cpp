// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messageorder.h"

#include "common/microsmath.h"

#include <algorithm>
#include <limits>

namespace Synchat {

namespace {

constexpr WireMicros Farthest = std::numeric_limits<WireMicros>::max();
/// Answers to answers are followed no deeper.
constexpr int LongestChain = 64;

/// `a - b` for lengths of time that are told: saturates.
WireMicros apart(WireMicros a, WireMicros b)
{
    WireMicros result = 0;
    if (__builtin_sub_overflow(a, b, &result))
        return a < b ? -Farthest : Farthest;
    return std::max(result, -Farthest);
}

WireMicros magnitude(WireMicros value)
{
    return value < -Farthest ? Farthest : std::abs(value);
}

std::optional<MomentRange> rangeAround(WireMicros middle, WireMicros bound)
{
    const OptionalMicros earliest = sumOf(middle, -bound);
    const OptionalMicros latest = sumOf(middle, bound);
    if (bound < 0 || !earliest || !latest)
        return std::nullopt;
    return MomentRange{*earliest, *latest};
}

/// On what line of time two messages can be compared.
struct CommonLine
{
    bool confirmed = true; ///< the reference; else the daemon's clock
    WireMicros slack = 0;  ///< to be added to what is compared
};

std::optional<CommonLine> commonLine(const Message &first, const Message &second)
{
    if (first.stamps.best.bound && second.stamps.best.bound)
        return CommonLine{};
    if (first.stamps.best.bound || second.stamps.best.bound)
        return std::nullopt;
    const OptionalMicros shift = daemonClockShift(first, second);
    if (!shift)
        return std::nullopt;
    const WireMicros slack = magnitude(*shift);
    if (slack > explainedShift(magnitude(apart(*second.stamps.local.up, *first.stamps.local.up))))
        return std::nullopt;
    return CommonLine{false, slack};
}

/// Seq of what the author had seen; a message cannot have been seen before it was there.
qint64 seenBy(const Message &message)
{
    const qint64 seen = message.seen.value_or(0);
    return message.seq > 0 ? std::min(seen, message.seq - 1) : seen;
}

bool isTaken(const Message &message)
{
    return message.seq > 0;
}

bool isSame(const Message &first, const Message &second)
{
    return first.seq == second.seq && first.id == second.id;
}

OrderDoubt unmeasured(bool first, bool second)
{
    if (first && second)
        return OrderDoubt::BothUnmeasured;
    return first ? OrderDoubt::FirstUnmeasured : OrderDoubt::SecondUnmeasured;
}

/// What the intervals say of when both were written.
struct Bracket
{
    std::optional<MomentRange> written;
    OptionalMicros latest; ///< of writing: it was taken by then
};

Bracket bracketOf(const Message &message)
{
    Bracket bracket{writtenRange(message), {}};
    const auto taken = takenRange(message);
    if (taken)
        bracket.latest = taken->latest;
    if (!bracket.written)
        return bracket;
    // Written after it was taken: what was measured of this clock is not true.
    if (taken && bracket.written->earliest > taken->latest)
        bracket.written.reset();
    else
        bracket.latest =
            bracket.latest ? std::min(*bracket.latest, bracket.written->latest) : bracket.written->latest;
    return bracket;
}

/// By how much `earlier` was certainly written first; nothing when it is not certain.
OptionalMicros lead(const Bracket &earlier, const Bracket &later, WireMicros slack)
{
    if (!earlier.latest || !later.written)
        return std::nullopt;
    const WireMicros ahead = apart(apart(later.written->earliest, *earlier.latest), slack);
    return ahead > 0 ? OptionalMicros(ahead) : std::nullopt;
}

OptionalMicros longest(const Bracket &earlier, const Bracket &later, WireMicros slack)
{
    if (!earlier.written || !later.latest)
        return std::nullopt;
    return sumOf(apart(*later.latest, earlier.written->earliest), slack);
}

OrderVerdict byIntervals(const Message &first, const Message &second)
{
    OrderVerdict verdict;
    const auto line = commonLine(first, second);
    if (!isTaken(first) || !isTaken(second) || !line) {
        verdict.doubt =
            isTaken(first) && isTaken(second) ? OrderDoubt::NoCommonReference : OrderDoubt::NotTaken;
        return verdict;
    }
    verdict.confirmed = line->confirmed;
    const Bracket one = bracketOf(first);
    const Bracket other = bracketOf(second);
    if (const OptionalMicros ahead = lead(one, other, line->slack)) {
        verdict.order = Order::Before;
        verdict.atLeast = ahead;
        verdict.atMost = longest(one, other, line->slack);
    } else if (const OptionalMicros behind = lead(other, one, line->slack)) {
        verdict.order = Order::After;
        verdict.atLeast = behind;
        verdict.atMost = longest(other, one, line->slack);
    } else if (one.written && other.written) {
        verdict.doubt = OrderDoubt::Overlap;
        const WireMicros from = std::max(one.written->earliest, other.written->earliest);
        const WireMicros to = std::min(*one.latest, *other.latest);
        verdict.overlap = std::max<WireMicros>(0, apart(to, from)) + line->slack;
    } else {
        verdict.doubt = unmeasured(!one.written, !other.written);
    }
    return verdict;
}

/// The earlier one is known for certain: the author of the other had seen it. Intervals that say otherwise
/// are not believed.
OrderVerdict byCause(const Message &first, const Message &second, bool firstIsCause, Cause how)
{
    const Message &cause = firstIsCause ? first : second;
    const Message &effect = firstIsCause ? second : first;
    const Order certain = firstIsCause ? Order::Before : Order::After;
    OrderVerdict verdict = byIntervals(first, second);
    if (verdict.order != certain) {
        verdict.atLeast.reset();
        verdict.atMost.reset();
    }
    verdict.order = certain;
    verdict.doubt = OrderDoubt::None;
    verdict.overlap.reset();
    verdict.firstIsEarlier = firstIsCause;
    verdict.cause = how;
    verdict.contradiction = contradictionBetween(cause, effect);
    if (verdict.contradiction)
        verdict.order = Order::Contradiction;
    return verdict;
}

} // namespace

std::optional<MomentRange> writtenRange(const Message &message)
{
    const LiveStamp &live = message.stamps.live;
    if (!live.t || !live.offset || !live.bound)
        return std::nullopt;
    const OptionalMicros middle = sumOf(*live.t, *live.offset);
    const WireMicros reference = message.stamps.best.bound.value_or(0);
    const OptionalMicros bound = *live.bound < reference ? sumOf(*live.bound, reference) : live.bound;
    return middle && bound ? rangeAround(*middle, *bound) : std::nullopt;
}

std::optional<MomentRange> takenRange(const Message &message)
{
    const BestStamp &best = message.stamps.best;
    return best.t ? rangeAround(*best.t, best.bound.value_or(0)) : std::nullopt;
}

OptionalMicros daemonClockShift(const Message &before, const Message &after)
{
    const LocalStamp &from = before.stamps.local;
    const LocalStamp &to = after.stamps.local;
    if (from.boot.isEmpty() || from.boot != to.boot || !from.t || !to.t || !from.up || !to.up)
        return std::nullopt;
    return apart(apart(*to.t, *from.t), apart(*to.up, *from.up));
}

WireMicros explainedShift(WireMicros span)
{
    constexpr WireMicros Reading = 1000;
    constexpr WireMicros Slew = 2000; // 1 / 500 ppm
    return magnitude(span) / Slew + Reading;
}

Cause causeBetween(const Message &cause, const Message &effect, const FindMessage &find)
{
    if (!isTaken(cause) || (isTaken(effect) && cause.seq >= effect.seq))
        return Cause::None;
    if (effect.replyTo == cause.seq)
        return Cause::Reply;
    if (seenBy(effect) >= cause.seq)
        return Cause::Seen;
    const Message *step = &effect;
    for (int depth = 0; depth < LongestChain && find && step->replyTo; ++depth) {
        const Message *answered = find(*step->replyTo);
        // An answer is later than its question, so a chain goes down and ends.
        if (!answered || (isTaken(*step) && answered->seq >= step->seq) || answered->seq < cause.seq)
            return Cause::None;
        if (answered->seq == cause.seq || seenBy(*answered) >= cause.seq)
            return Cause::Chain;
        step = answered;
    }
    return Cause::None;
}

std::optional<ClockContradiction> contradictionBetween(const Message &cause, const Message &effect)
{
    const auto taken = takenRange(cause);
    if (!taken || !effect.stamps.live.t)
        return std::nullopt;
    ClockContradiction found;
    found.cause = cause.seq;
    found.confirmed = cause.stamps.best.bound.has_value();
    if (*effect.stamps.live.t < taken->earliest)
        found.byClock = apart(taken->earliest, *effect.stamps.live.t);
    const auto written = writtenRange(effect);
    const auto line = commonLine(cause, effect);
    if (written && line) {
        const WireMicros by = apart(apart(taken->earliest, written->latest), line->slack);
        if (by > 0)
            found.byMeasured = by;
    }
    if (!found.byClock && !found.byMeasured)
        return std::nullopt;
    return found;
}

OrderVerdict orderOf(const Message &first, const Message &second, const FindMessage &find)
{
    if (isSame(first, second)) {
        OrderVerdict verdict;
        verdict.doubt = OrderDoubt::SameMessage;
        return verdict;
    }
    if (const Cause how = causeBetween(first, second, find); how != Cause::None)
        return byCause(first, second, true, how);
    if (const Cause how = causeBetween(second, first, find); how != Cause::None)
        return byCause(first, second, false, how);
    OrderVerdict verdict = byIntervals(first, second);
    verdict.firstIsEarlier = verdict.order == Order::Before;
    return verdict;
}

} // namespace Synchat
