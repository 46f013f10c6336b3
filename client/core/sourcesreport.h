// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QByteArray>
#include <QChar>
#include <QList>

#include <optional>

namespace Synchat {

/// One of the daemon's sources of time, as the daemon tells of it. Times in microseconds.
struct TimeSourceRow
{
    QString name;
    QString kind; ///< `ntp`, `http`, `os`, `self`, or one that this program does not know
    StampState state = StampState::None;
    QChar mark = u'?';     ///< chrony's letter: * + - ? x ~
    OptionalMicros offset; ///< of the daemon's clock, to ADD to it, by this source
    OptionalMicros bound;
    OptionalMicros delay;
    OptionalMicros age; ///< since it was last heard
    quint8 reach = 0;   ///< the last eight polls, newest in bit 0
    std::optional<int> stratum;
    QString reason;                     ///< why it is not used, a sentence; empty when it is
    std::optional<double> frequencyPpm; ///< fitted rate of the daemon's clock against it, 1e-6 s/s
    std::optional<double> driftPpm;     ///< by which its bound grows with age, 1e-6 s/s
    bool unverified = false;            ///< a part of the bound is assumed, and nothing confirms it
    OptionalMicros assumedError;        ///< that part
    OptionalMicros rootDelay;
    OptionalMicros rootDispersion;
    OptionalMicros poll; ///< until it is asked again after an answer

    /// It takes part in the reference.
    bool isUsed() const { return mark == u'*' || mark == u'+'; }

    friend bool operator==(const TimeSourceRow &, const TimeSourceRow &) = default;
};

/// What a daemon answers to `GET /api/v1/time` (common/PROTOCOL.md, HTTP): its reference and where that comes
/// from. For the words see stamptext.h.
struct SourcesReport
{
    OptionalMicros t; ///< the reference's time when it was asked
    OptionalMicros bound;
    StampState state = StampState::None;
    OptionalMicros offset; ///< of the daemon's clock to the reference
    QString boot;
    QString note;       ///< how far the reference can be trusted, a sentence; empty: several agree
    bool fault = false; ///< the daemon's clock is an injected fault
    QList<TimeSourceRow> sources;

    /// Nothing: not a JSON object, or one without a list of sources. Else lenient: a field that makes no
    /// sense counts as missing, what is too long is cut, a row that is no object is left out.
    static std::optional<SourcesReport> parse(const QByteArray &json);

    /// By how much the source's time is ahead of the reference's; nothing when one of them is not known.
    OptionalMicros disagreement(const TimeSourceRow &source) const;

    friend bool operator==(const SourcesReport &, const SourcesReport &) = default;
};

} // namespace Synchat
