// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <functional>

namespace Synchat {

// What is certain about the order in which two messages were written.
//
// A message was WRITTEN at `live.t + live.offset`, give or take `live.bound`. That bound is one to the true
// time where the daemon's reference is bounded: our clients count the reference's own bound in. One that is
// smaller than the reference's cannot have counted it, so the reference's is added. Nothing is subtracted
// for what two messages may have in common: that their errors are the same ones cannot be proved from what
// they carry.
// It was TAKEN by the daemon at `best.t`, give or take `best.bound`; and it was written before it was taken.
// Where nothing bounds the reference, moments stand on the daemon's clock, and two of them can be compared
// when one run of the daemon took both and its clock went on like `up` in between; by what they differ is
// added.
//
// A CAUSE is what an author had seen when they wrote (`seen`, `replyTo`, and what the author of an answered
// message had seen). It was taken before its effect was written, whatever clocks say. An earlier message of
// the same person is none by itself: it may have come from another device of theirs.

/// Where a moment lies, in microseconds since 1970. `earliest <= latest`.
struct MomentRange
{
    WireMicros earliest = 0;
    WireMicros latest = 0;

    friend bool operator==(const MomentRange &, const MomentRange &) = default;
};
/// Nothing without a measurement, or when the numbers cannot be added.
std::optional<MomentRange> writtenRange(const Message &message);
std::optional<MomentRange> takenRange(const Message &message);

/// How much `local.t` and `local.up` went on differently between two messages: positive when the daemon's
/// clock was set forward. Nothing for different runs of the daemon and where a reading is missing.
OptionalMicros daemonClockShift(const Message &before, const Message &after);
/// What slewing (500 ppm) and reading (1 ms) explain over a span of time.
WireMicros explainedShift(WireMicros span);

/// An author's clock says earlier than what its owner had already seen.
struct ClockContradiction
{
    qint64 cause = 0;          ///< seq
    OptionalMicros byClock;    ///< at least, by the raw reading
    OptionalMicros byMeasured; ///< at least, even with what was measured of the clock: a promise was broken
    bool confirmed = true;     ///< false: the cause was taken by a daemon's clock that nothing confirmed

    WireMicros amount() const { return byMeasured ? *byMeasured : byClock.value_or(0); }
    friend bool operator==(const ClockContradiction &, const ClockContradiction &) = default;
};

/// Finds a message of the same room by its seq; null when it is not held.
using FindMessage = std::function<const Message *(qint64)>;

enum class Cause : quint8 { None, Seen, Reply, Chain };
/// Whether the author of `effect` had seen `cause`, and how that is known. `find` follows answers to answers.
Cause causeBetween(const Message &cause, const Message &effect, const FindMessage &find = {});

/// `cause` must be one (causeBetween). Nothing when the clock agrees or cannot be asked.
std::optional<ClockContradiction> contradictionBetween(const Message &cause, const Message &effect);

enum class Order : quint8 {
    Before, ///< certainly
    After,  ///< certainly
    Unknown,
    Contradiction, ///< a clock contradicts its cause; which one was first is certain all the same
};

enum class OrderDoubt : quint8 {
    None,
    Overlap,           ///< both are measured, the intervals meet
    FirstUnmeasured,   ///< it has no measured time of writing
    SecondUnmeasured,  ///< same of the second
    BothUnmeasured,    ///< same of both
    NotTaken,          ///< one of them is still on its way
    NoCommonReference, ///< nothing confirms the daemon's clock, which was set or started anew in between
    SameMessage,
};

struct OrderVerdict
{
    Order order = Order::Unknown; ///< of the first message to the second
    bool firstIsEarlier = false;  ///< for Contradiction
    OrderDoubt doubt = OrderDoubt::None;
    Cause cause = Cause::None; ///< why it is certain, besides the intervals
    OptionalMicros atLeast;    ///< how far apart they were written; rounded to nothing, never too long
    OptionalMicros atMost;
    OptionalMicros overlap; ///< how much of the two intervals is common
    bool confirmed = true;  ///< false: by the daemon's clock, which nothing confirmed
    std::optional<ClockContradiction> contradiction;

    friend bool operator==(const OrderVerdict &, const OrderVerdict &) = default;
};

/// Of two messages of one room and one epoch.
OrderVerdict orderOf(const Message &first, const Message &second, const FindMessage &find = {});

} // namespace Synchat
