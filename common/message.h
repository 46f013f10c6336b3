// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <optional>

namespace Synchat {

/// What a reading is worth (common/PROTOCOL.md).
enum class StampState : quint8 {
    Ok,
    Falseticker, ///< disagrees with the majority: shown, not used
    Holdover,    ///< no fresh sample, the bound grows
    Unsynced,    ///< bound above 1 s, or nothing to compare with
    None,        ///< no reading
};
QString stampStateName(StampState state); ///< as on the wire: `ok`, `falseticker`, ...
std::optional<StampState> stampStateFromName(const QString &name);

/// Over which path the author's program measured its clock.
enum class ProbePath : quint8 { None, Udp, WebSocket };

using OptionalMicros = std::optional<WireMicros>;

/// The author's live clock, read when they pressed Enter. Raw, kept as it came.
struct LiveStamp
{
    OptionalMicros t;
    OptionalMicros offset; ///< to ADD to this clock to get the daemon's reference
    OptionalMicros bound;
    StampState state = StampState::None;
    ProbePath via = ProbePath::None;
    bool fault = false;

    friend bool operator==(const LiveStamp &, const LiveStamp &) = default;
};

/// The daemon host's own clock, read when the message was accepted. Raw.
struct LocalStamp
{
    OptionalMicros t;
    OptionalMicros offset; ///< to the reference
    OptionalMicros bound;
    StampState state = StampState::None;
    bool fault = false;
    QString boot; ///< names this run of the daemon
    /// How long this run has lasted, by a line that nobody steps or slews: `t` that goes on by another amount
    /// than `up` between two messages of one boot was stepped.
    OptionalMicros up = {};

    friend bool operator==(const LocalStamp &, const LocalStamp &) = default;
};

/// The same instant by the external HTTP time API, or by NTP.
struct SourceStamp
{
    OptionalMicros t;
    OptionalMicros bound;
    OptionalMicros age; ///< since the estimate was last fed
    StampState state = StampState::None;
    QString source;

    friend bool operator==(const SourceStamp &, const SourceStamp &) = default;
};

/// The reference: where all the sources that agree overlap.
struct BestStamp
{
    OptionalMicros t;
    OptionalMicros bound;
    StampState state = StampState::None;

    friend bool operator==(const BestStamp &, const BestStamp &) = default;
};

/// Four clock readings of one moment, and the reference.
struct Stamps
{
    LiveStamp live;
    LocalStamp local;
    SourceStamp api;
    SourceStamp ntp;
    BestStamp best;

    friend bool operator==(const Stamps &, const Stamps &) = default;
};

/// Clock minus reference: positive is ahead. Never computed from `live - local`, which also holds the time on
/// the way.
OptionalMicros liveSkew(const Stamps &stamps);
OptionalMicros localSkew(const Stamps &stamps);
/// `source.t - best.t`; nothing when either is missing.
OptionalMicros sourceSkew(const SourceStamp &source, const BestStamp &best);
/// How long the message was on its way, by the reference: `local.t + local.offset - live.t - live.offset`.
OptionalMicros timeOnTheWay(const Stamps &stamps);

struct Author
{
    QString id;
    QString name;

    friend bool operator==(const Author &, const Author &) = default;
};

/// A message as everybody sees it. `seq` 0 means: not numbered yet.
struct Message
{
    QString room;
    qint64 seq = 0;
    QUuid id; ///< made by the author's program; with author and room it names the post
    QString kind = QStringLiteral("text");
    Author from;
    QString text;
    std::optional<qint64> seen;
    std::optional<qint64> replyTo;
    Stamps stamps;

    friend bool operator==(const Message &, const Message &) = default;
};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::Message)
