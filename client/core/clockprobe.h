// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/probeplan.h"
#include "common/clock.h"
#include "common/message.h"
#include "common/protocol.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

namespace Synchat {

/// What this program knows of its own clock against the daemon's reference.
struct ClockStatus
{
    OptionalMicros offset;               ///< to ADD to our clock to get the reference
    OptionalMicros bound;                ///< half-width, already aged
    StampState state = StampState::None; ///< of our measurement alone
    ProbePath via = ProbePath::None;
    OptionalMicros age;                           ///< since the last good exchange
    StampState referenceState = StampState::None; ///< of the daemon's reference, as it said itself
    OptionalMicros referenceBound;
    bool referenceFault = false; ///< the daemon's clock is an injected fault, as it said itself
    bool fault = false;          ///< ours is
    /// Why NTP is offered, but the WebSocket used instead.
    NtpTrouble ntpTrouble = NtpTrouble::None;
    /// This machine has slept since the last good exchange: what was measured before is void.
    bool slept = false;

    bool measured() const { return offset.has_value(); }
    OptionalMicros skew() const { return offset ? OptionalMicros(-*offset) : std::nullopt; }
};

/// Measures our clock against the daemon: NTP over UDP where it gets through and agrees with the daemon
/// (PathCheck), else `time` frames over the WebSocket (it switches by itself and tries UDP again now and
/// then). A burst of 8 exchanges at start, then one in 16 s, and a burst again when this machine has slept.
/// Owns no socket to the chat: it asks for `time` frames by signal.
class ClockProbe : public QObject
{
    Q_OBJECT
public:
    explicit ClockProbe(const Clock &clock, QObject *parent = nullptr);
    ~ClockProbe() override;

    /// From `welcome`; port nothing: the daemon has no NTP, WebSocket only. Restarts the burst.
    void start(const QHostAddress &host, std::optional<quint16> ntpPort);
    void stop(); ///< keeps what was measured; it ages
    void takeTimeReply(const TimeReplyFrame &reply, const ClockReading &receivedAt);

    /// One that came just now. When it was taken at a time that the reference cannot have by what was
    /// measured, all of that is void, and measured anew at once. `isOurs`: written on this connection.
    void takeMessage(const Message &message, const ClockReading &receivedAt, bool isOurs);

    ClockStatus status() const; ///< aged to now
    /// The same for a reading that was taken.
    ClockStatus statusAt(const ClockReading &reading) const;
    /// Our live clock now, with what is known of that very reading: what goes into a post.
    LiveStamp liveStamp() const;
    /// The reference's time now by our measurement; nothing when not measured.
    OptionalMicros referenceNow() const;

Q_SIGNALS:
    void timeFrameWanted(const Synchat::TimeFrame &frame);
    void statusChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
