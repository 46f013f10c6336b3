// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QList>

namespace Synchat {

/// What happened to a clock, as two messages (or one) prove it. Pure facts, no words.
struct TimeEvent
{
    enum class Kind : quint8 {
        DaemonRestarted,
        DaemonClockSet,
        DaemonFaultBegan,
        DaemonFaultEnded,
        ReferenceLost,     ///< nothing confirms it any more
        ReferenceHeld,     ///< no fresh sample
        ReferenceDisputed, ///< the sources contradict one another
        ReferenceBack,
        AuthorClockSet,
        AuthorFaultBegan,
        AuthorFaultEnded,
        Waited, ///< the message was written long before the daemon got it
    };
    Kind kind = Kind::DaemonRestarted;
    /// Clock set: positive is forward. Waited: how long. Restarted: away at most. Nothing: not known.
    OptionalMicros amount = {};
    OptionalMicros bound = {}; ///< of the amount
    qint64 from = 0;           ///< seq of the message before
    qint64 to = 0;             ///< seq of the message that shows it
    bool amongMissing = false; ///< messages between these two are not held: it happened somewhere there
    bool repeated = false;     ///< by who tells it: more of the kind follow and are not told
    bool confirmed = true;     ///< false: by the daemon's clock, which nothing confirmed

    bool isOfReference() const { return kind >= Kind::ReferenceLost && kind <= Kind::ReferenceBack; }
    friend bool operator==(const TimeEvent &, const TimeEvent &) = default;
};

/// About the daemon; of two messages, none of which is held between them.
QList<TimeEvent> daemonEventsBetween(const Message &before, const Message &after);
/// About the author's clock; of two messages of one author, `before` their latest one that is held. Two
/// devices of one person look like a clock that was set.
QList<TimeEvent> authorEventsBetween(const Message &before, const Message &after);
/// The message waited for more than 10 s beyond what the bounds explain.
std::optional<TimeEvent> waitOf(const Message &message);

} // namespace Synchat
