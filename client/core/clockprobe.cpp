// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clockprobe.h"

#include "client/core/pathcheck.h"
#include "client/core/referencejump.h"
#include "client/core/timeexchange.h"
#include "ntp/clockestimator.h"
#include "ntp/ntpclient.h"

#include <QTimer>

#include <algorithm>
#include <deque>
#include <utility>

namespace Synchat {

namespace {

constexpr std::chrono::seconds StateCheck{2};
/// A reference that jumps all the time (a fault) is not chased.
constexpr std::chrono::seconds JumpGap{10};

} // namespace

struct ClockProbe::Private
{
    Private(ClockProbe *owner, const Clock &theClock)
        : q(owner)
        , clock(theClock)
        , ntp(theClock)
    {}

    void begin(const QHostAddress &newHost, std::optional<quint16> newPort);
    void act();
    void sendTimeFrame();
    /// `at`: our clock's reading that `offset` belongs to.
    void take(const Interval &offset, const ClockReading &at, ProbePath path);
    void noteStratum(int newStratum);
    void noteReference(const TimeReplyFrame &reply);
    void takeUdpSample(const NtpSample &sample);
    PathCheck::Verdict compareFrame(const TimeReplyFrame &reply, const PlacedOffset &measured);
    /// Believes what was measured over UDP, or drops it.
    void judge(PathCheck::Verdict verdict);
    void takeUdpFailure(NtpFailure failure, const QString &kiss);
    void schedule();
    void announceStateChange();
    void startOverAfterSleep();

    ClockProbe *q;
    const Clock &clock;
    NtpClient ntp;
    ClockEstimator estimator;
    ProbePlan plan;
    TimeExchanges exchanges;
    PathCheck check;
    std::deque<PlacedOffset> held; ///< measured over UDP, and not proven to be the daemon's
    QTimer next;
    QTimer stateCheck;
    QHostAddress host;
    std::optional<quint16> port;
    bool running = false;
    bool startsOver = false; ///< the next good exchange makes the older ones void
    bool referenceFault = false;
    ClockReading fedAt; ///< our clock at the last good exchange
    ClockReading awake; ///< at the last look
    ProbePath via = ProbePath::None;
    StampState announced = StampState::None;
    bool announcedFault = false;
    StampState referenceState = StampState::None;
    OptionalMicros referenceBound;
    std::optional<bool> referenceIsOwnClock; ///< the daemon's, which nothing confirms
    std::optional<int> stratum;
    std::optional<MonoTime> jumped; ///< when the reference was last seen to have been set
};

void ClockProbe::Private::begin(const QHostAddress &newHost, std::optional<quint16> newPort)
{
    host = newHost;
    port = newPort;
    running = true;
    awake = clock.read();
    // Another run of the daemon may have another reference: old and new intervals must not be mixed.
    startsOver = true;
    referenceIsOwnClock.reset();
    stratum.reset();
    exchanges.clear();
    check.clear();
    held.clear();
    plan.begin(port.has_value() && *port != 0 && !host.isNull());
    act();
}

void ClockProbe::Private::act()
{
    const ProbePlan::Action action = plan.next(clock.monotonic());
    // The reply also says what the reference is worth, which NTP does not.
    if (action.timeFrame)
        sendTimeFrame();
    if (action.udp)
        ntp.query(host, port.value_or(0));
    schedule();
}

void ClockProbe::Private::sendTimeFrame()
{
    const TimeFrame frame = exchanges.begin(clock.read());
    Q_EMIT q->timeFrameWanted(frame);
}

void ClockProbe::Private::take(const Interval &offset, const ClockReading &at, ProbePath path)
{
    if (startsOver || path != via)
        estimator.clear();
    startsOver = false;
    via = path;
    estimator.feed(offset, at);
    fedAt = at;
    announced = q->status().state;
    Q_EMIT q->statusChanged();
}

// A daemon that finds its sources, or loses them, goes over to another reference: what was measured against
// one says nothing of the other.

void ClockProbe::Private::noteStratum(int newStratum)
{
    if (std::exchange(stratum, newStratum).value_or(newStratum) == newStratum)
        return;
    startsOver = true;
    held.clear();
    check.forgetMeasurements();
}

void ClockProbe::Private::noteReference(const TimeReplyFrame &reply)
{
    const bool isOwnClock = reply.state == StampState::Unsynced || !reply.bound;
    if (std::exchange(referenceIsOwnClock, isOwnClock).value_or(isOwnClock) != isOwnClock) {
        startsOver = true;
        held.clear();
        check.forgetMeasurements();
    }
    referenceState = reply.state;
    referenceBound = reply.bound;
    referenceFault = reply.fault;
}

void ClockProbe::Private::takeUdpSample(const NtpSample &sample)
{
    if (!running || plan.trouble() == NtpTrouble::OtherServer)
        return;
    noteStratum(sample.stratum);
    held.push_back({sample.offset, sample.at});
    if (held.size() > ProbePlan::BurstLength)
        held.pop_front();
    plan.takeUdpAnswer(clock.monotonic());
    judge(check.takeUdp(held.back()));
    schedule();
}

PathCheck::Verdict ClockProbe::Private::compareFrame(const TimeReplyFrame &reply,
                                                     const PlacedOffset &measured)
{
    const bool isUnconfirmed = reply.state == StampState::Unsynced;
    if (isUnconfirmed && reply.fault)
        return check.takeWrongClock();
    if (isUnconfirmed && reply.bound)
        return PathCheck::Verdict::Unknown; // too vague for NTP, which tells something else then
    return check.takeFrame(measured);
}

void ClockProbe::Private::judge(PathCheck::Verdict verdict)
{
    const MonoTime now = clock.monotonic();
    switch (verdict) {
    case PathCheck::Verdict::Unknown:
        return;
    case PathCheck::Verdict::Same:
        if (held.empty())
            return;
        plan.takeProof(now);
        for (const PlacedOffset &measured : std::exchange(held, {}))
            take(measured.offset, measured.at, ProbePath::Udp);
        return;
    case PathCheck::Verdict::Doubtful:
        held.clear();
        plan.takeDoubt(now);
        return;
    case PathCheck::Verdict::Other:
        held.clear();
        plan.takeOtherServer(now);
        if (const auto &frame = check.lastFrame(); frame && via == ProbePath::Udp)
            take(frame->offset, frame->at, ProbePath::WebSocket);
        return;
    }
}

void ClockProbe::Private::takeUdpFailure(NtpFailure failure, const QString &kiss)
{
    if (!running || plan.trouble() == NtpTrouble::OtherServer)
        return;
    if (failure == NtpFailure::KissOfDeath)
        plan.takeKiss(kiss, clock.monotonic());
    else if (failure == NtpFailure::Unsynchronised)
        plan.takeNoTime(clock.monotonic());
    else
        plan.takeUdpFailure(clock.monotonic());
    schedule();
}

void ClockProbe::Private::schedule()
{
    if (running)
        next.start(std::chrono::ceil<std::chrono::milliseconds>(plan.waitTime(clock.monotonic())));
}

void ClockProbe::Private::announceStateChange()
{
    const ClockStatus status = q->status();
    if (status.state == announced && status.fault == announcedFault)
        return;
    announced = status.state;
    announcedFault = status.fault;
    Q_EMIT q->statusChanged();
}

/// What was measured before is void, and the next round may be far off by the clock that stood still.
void ClockProbe::Private::startOverAfterSleep()
{
    const ClockReading now = clock.read();
    if (!sleptBetween(std::exchange(awake, now), now) || !running)
        return;
    begin(host, port); // the estimator stays: it knows that there was a measurement before the sleep
    Q_EMIT q->statusChanged();
}

ClockProbe::ClockProbe(const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, clock))
{
    d->next.setSingleShot(true);
    connect(&d->next, &QTimer::timeout, this, [this] { d->act(); });
    d->stateCheck.setInterval(StateCheck);
    connect(&d->stateCheck, &QTimer::timeout, this, [this] {
        d->startOverAfterSleep();
        d->announceStateChange();
    });
    connect(&d->ntp, &NtpClient::answered, this,
            [this](const NtpSample &sample) { d->takeUdpSample(sample); });
    connect(&d->ntp, &NtpClient::failed, this,
            [this](NtpFailure failure, const QString &kiss) { d->takeUdpFailure(failure, kiss); });
}

ClockProbe::~ClockProbe() = default;

void ClockProbe::start(const QHostAddress &host, std::optional<quint16> ntpPort)
{
    d->begin(host, ntpPort);
    d->stateCheck.start();
}

void ClockProbe::stop()
{
    d->running = false;
    d->next.stop();
}

void ClockProbe::takeTimeReply(const TimeReplyFrame &reply, const ClockReading &receivedAt)
{
    if (!d->running)
        return;
    const auto result = d->exchanges.finish(reply, receivedAt);
    if (!result)
        return; // not asked for by us, too late, or our clock jumped in between
    d->noteReference(reply);
    d->plan.takeTimeReply(d->clock.monotonic());
    d->judge(d->compareFrame(reply, {*result, receivedAt}));
    if (d->plan.usesTimeFrames() || d->via != ProbePath::Udp || d->startsOver)
        d->take(*result, receivedAt, ProbePath::WebSocket);
    else
        Q_EMIT statusChanged();
    d->schedule();
}

void ClockProbe::takeMessage(const Message &message, const ClockReading &receivedAt, bool isOurs)
{
    const auto estimate = d->estimator.estimate(receivedAt);
    if (!d->running || !estimate || (d->jumped && receivedAt.mono - *d->jumped < JumpGap))
        return;
    if (!showsThatReferenceWasSet(message, toWire(receivedAt.wall + estimate->hi()), isOurs))
        return;
    d->jumped = receivedAt.mono;
    d->estimator.clear();
    d->begin(d->host, d->port);
    Q_EMIT statusChanged();
}

ClockStatus ClockProbe::status() const
{
    return statusAt(d->clock.read());
}

ClockStatus ClockProbe::statusAt(const ClockReading &reading) const
{
    ClockStatus status;
    status.referenceState = d->referenceState;
    status.referenceBound = d->referenceBound;
    status.referenceFault = d->referenceFault;
    status.fault = d->clock.isFaulty();
    status.ntpTrouble = d->plan.trouble();
    const auto estimate = d->estimator.estimate(reading);
    const auto fed = d->estimator.lastFed();
    if (!fed)
        return status;
    status.slept = sleptBetween(d->fedAt, reading);
    if (!estimate) {
        status.state = StampState::Unsynced; // what was known before the sleep is void
        return status;
    }
    const Nanos age = std::max(reading.mono - *fed, Nanos::zero());
    status.offset = toWire(estimate->midpoint());
    status.bound = boundToWire(estimate->bound()) + 1; // the offset was rounded
    status.age = toWire(age);
    status.via = d->via;
    status.state = probeState(estimate->bound(), age, d->plan.interval());
    return status;
}

LiveStamp ClockProbe::liveStamp() const
{
    LiveStamp stamp;
    // One reading for both: of a clock that jitters, two readings differ.
    const ClockReading reading = d->clock.read();
    const ClockStatus known = statusAt(reading);
    stamp.t = toWire(reading.wall);
    stamp.offset = known.offset;
    if (known.bound)
        stamp.bound = *known.bound + 1; // the reading was cut off to whole microseconds
    stamp.via = known.via;
    // Without a measurement the reading itself is there all the same: nothing to compare it with.
    stamp.state = known.measured() ? known.state : StampState::Unsynced;
    stamp.fault = known.fault;
    return stamp;
}

OptionalMicros ClockProbe::referenceNow() const
{
    const ClockReading reading = d->clock.read();
    const auto estimate = d->estimator.estimate(reading);
    return estimate ? OptionalMicros(toWire(reading.wall + estimate->midpoint())) : std::nullopt;
}

} // namespace Synchat
