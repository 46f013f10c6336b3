// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "common/message.h"

#include <QList>
#include <QMetaType>

#include <memory>
#include <optional>

namespace Synchat {

enum class SourceKind : quint8 { Ntp, Http, Os, Self };
QString sourceKindName(SourceKind kind); ///< `ntp`, `http`, `os`, `self`

/// What is known of one source of time at `at`.
struct SourceStatus
{
    QString name;
    /// Whose clock it shows: sources of one provider have one vote together. Empty: it is its own provider.
    QString provider;
    SourceKind kind = SourceKind::Ntp;
    StampState state = StampState::None;
    QChar mark = u'?';                ///< chrony's letter: * + - ? x ~
    std::optional<Interval> interval; ///< of the offset, root part included, as of `at`
    /// By which `interval` moves and grows with age, 1e-6 s/s: the fitted rate (0 before), and how far it
    /// can be trusted.
    double frequencyPpm = 0.0;
    double driftPpm = 100.0;
    std::optional<Nanos> delay; ///< of the best exchange
    Nanos rootDelay{};          ///< NTP: of the server's way to its reference clock
    Nanos rootDispersion{};     ///< NTP: what the server says of its own error
    /// The part of the bound that is an assumption which nothing confirms (a web server's own clock, what the
    /// operating system does not say of its own).
    Nanos assumedError{};
    std::optional<MonoTime> fedAt; ///< when the last good sample came
    std::optional<Nanos> poll;     ///< from one question to the next, as it is now
    quint8 reach = 0;              ///< last eight polls, newest in bit 0
    bool unsteady = false;         ///< its own readings contradict one another
    std::optional<int> stratum;
    QString reason; ///< why it is not used, or is but was not heard lately: a sentence; else empty

    /// It takes part in the reference.
    bool isUsed() const { return mark == u'*' || mark == u'+'; }
};

/// One more than the last that may be served (RFC 5905 §7.3): a chain of servers ends here, and a ring dies.
constexpr int UnsynchronisedStratum = 16;

/// The combined estimate at one moment, immutable, handed to whoever stamps. It knows how its own bound
/// grows, so that a stamp taken later from the same snapshot is honest. Pure: no I/O. For the estimate itself
/// see timereference.h.
struct ReferenceSnapshot
{
    MonoTime at;      ///< when it was made
    WallTime wallAt;  ///< the daemon's clock at that moment
    Nanos asleepAt{}; ///< how long this machine had slept by then
    /// Of the daemon's clock to the reference. Nothing: no source agrees, or there is none.
    std::optional<Interval> offset;
    StampState state = StampState::Unsynced;
    double frequencyPpm = 0.0;            ///< by which `offset` moves with age, 1e-6 s/s
    double driftPpm = 100.0;              ///< by which bounds grow with age, 1e-6 s/s
    QList<SourceStatus> sources;          ///< `self` included when there is nothing else
    int apiIndex = -1;                    ///< into `sources`: the reading shown as `api`
    int ntpIndex = -1;                    ///< the same for `ntp`
    QString boot;                         ///< names this run of the daemon
    std::optional<ClockReading> bootedAt; ///< when this run began
    bool fault = false;                   ///< the daemon's clock is an injected fault
    int leap = 0;                         ///< 0, 1 (insert) or 2 (delete), for the NTP server
    int stratum = 10;                     ///< what the NTP server serves; at first the local one; 16: nothing
    quint32 referenceId = 0x7F7F0101;     ///< refid on the wire, host order
    Nanos rootDelay{};                  ///< what the NTP server serves: the whole way to the reference clock
    bool sourcesConfigured = false;     ///< with none heard yet the NTP server says leap 3
    std::optional<MonoTime> lastUpdate; ///< reference timestamp
    QString note; ///< how far the reference can be trusted, a sentence; empty: several agree
};
using SharedSnapshot = std::shared_ptr<const ReferenceSnapshot>;

/// The bound of an offset as it is told, which may have been rounded: all of `offset` is that near to `told`.
WireMicros boundAround(const Interval &offset, Nanos told);
/// The offset of the daemon's clock to the reference at `mono`, its bound grown by age.
/// Nothing when `offset` is nothing.
std::optional<Interval> offsetAt(const ReferenceSnapshot &snapshot, MonoTime mono);
/// The same at a reading: also right when our clock was stepped or slewed since the snapshot was made, and
/// nothing when this machine slept since.
std::optional<Interval> offsetAt(const ReferenceSnapshot &snapshot, const ClockReading &reading);
/// What one of the snapshot's sources says at a reading; nothing when it was never heard.
std::optional<Interval> sourceOffsetAt(const ReferenceSnapshot &snapshot, const SourceStatus &source,
                                       const ClockReading &reading);
/// `state` at a reading: an aged bound above 1 s is `unsynced`, and so is everything after a sleep.
StampState stateAt(const ReferenceSnapshot &snapshot, const ClockReading &reading);

/// The daemon's three readings and the reference for one moment (`live` is left as it is by default: none).
/// Without any source: `local` offset 0, bound nothing, unsynced; `best` the daemon's clock, unsynced, bound
/// nothing; `ntp` from source `self` with the same state; `api` none.
Stamps stampsAt(const ReferenceSnapshot &snapshot, const ClockReading &reading);

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::SharedSnapshot)
