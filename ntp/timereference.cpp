// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/timereference.h"

#include "common/logging.h"
#include "ntp/httptimesource.h"
#include "ntp/ntpsource.h"
#include "ntp/snapshotbuilder.h"
#include "ntp/sourceaddress.h"

#include <QNetworkAccessManager>
#include <QTimer>

#include <utility>
#include <vector>

namespace Synchat {

std::optional<QString> problemIn(const TimeConfig &config)
{
    for (const QString &server : config.ntpServers) {
        if (!SourceAddress::parse(server))
            return TimeReference::tr("\"%1\" is not an NTP server: expected host or host:port.").arg(server);
    }
    for (const QString &text : config.httpSources) {
        if (const auto entry = HttpSourceEntry::parse(text); !entry)
            return entry.error();
    }
    if (config.httpSourceError < Nanos::zero())
        return TimeReference::tr("The assumed error of a web server's clock cannot be negative.");
    if (config.osClockError < Nanos::zero())
        return TimeReference::tr("The assumed error of the system's clock cannot be negative.");
    return std::nullopt;
}

struct TimeReference::Private
{
    Private(const Clock &ownClock, TimeConfig timeConfig, QString bootName)
        : clock(ownClock)
        , config(std::move(timeConfig))
        , boot(std::move(bootName))
        , bootedAt(ownClock.read())
    {}

    void watchForSleep();
    SharedSnapshot build();
    SourceReport osReport(const ClockReading &now);

    const Clock &clock;
    const TimeConfig config;
    const QString boot;
    const ClockReading bootedAt;
    TimeTimings timings;
    OsClockReader readOs = readOsClock;
    bool started = false;
    QTimer refresh;
    QTimer sleepWatch;
    ClockReading awake; ///< at the last look
    std::unique_ptr<ProviderGaps> gaps;
    std::unique_ptr<QNetworkAccessManager> network;
    std::vector<std::unique_ptr<NtpSource>> ntp; ///< `self` last, where it is asked
    std::vector<std::unique_ptr<HttpTimeSource>> http;
    SharedSnapshot snapshot;
    OsClockTrust osTrust;
    OsClockMemory osMemory;
    std::optional<ClockReading> lastKnown; ///< of a snapshot with a reference
};

TimeReference::TimeReference(const Clock &clock, TimeConfig config, QString boot, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock, std::move(config), std::move(boot)))
{
    qRegisterMetaType<SharedSnapshot>();
    d->snapshot = d->build();
    d->refresh.setParent(this); // so that it moves along to another thread
    d->sleepWatch.setParent(this);
    connect(&d->refresh, &QTimer::timeout, this, &TimeReference::publish);
    connect(&d->sleepWatch, &QTimer::timeout, this, [this] { d->watchForSleep(); });
}

TimeReference::~TimeReference() = default;

void TimeReference::setTimings(const TimeTimings &timings)
{
    Q_ASSERT(!d->started);
    d->timings = timings;
}

void TimeReference::setOsClock(OsClockReader reader)
{
    d->readOs = std::move(reader);
}

void TimeReference::start(const OwnServer &own)
{
    if (std::exchange(d->started, true))
        return;
    d->gaps = std::make_unique<ProviderGaps>(d->timings.httpProviderGap);
    d->network = std::make_unique<QNetworkAccessManager>();
    for (const QString &server : d->config.ntpServers) {
        if (const auto address = SourceAddress::parse(server))
            d->ntp.push_back(
                std::make_unique<NtpSource>(d->clock, server, SourceKind::Ntp, *address, d->timings));
        else
            qCWarning(logTime, "an ntp server in the configuration makes no sense, left out");
    }
    if (const quint16 selfPort = own.loopbackPort(); d->ntp.empty() && selfPort != 0) {
        d->ntp.push_back(std::make_unique<NtpSource>(d->clock, sourceKindName(SourceKind::Self),
                                                     SourceKind::Self, SourceAddress{{}, selfPort},
                                                     d->timings));
    }
    QList<HttpSourceEntry> entries;
    for (const QString &text : d->config.httpSources) {
        if (const auto entry = HttpSourceEntry::parse(text))
            entries.append(*entry);
        else
            qCWarning(logTime, "an http source in the configuration makes no sense, left out");
    }
    HttpSourceEntry::distinguish(entries);
    for (const HttpSourceEntry &entry : std::as_const(entries)) {
        d->http.push_back(std::make_unique<HttpTimeSource>(d->clock, entry, d->config.httpSourceError,
                                                           d->timings, *d->network, *d->gaps));
    }
    for (const auto &source : d->ntp) {
        connect(source.get(), &NtpSource::polled, this, &TimeReference::publish);
        source->start(own);
    }
    for (const auto &source : d->http) {
        connect(source.get(), &HttpTimeSource::polled, this, &TimeReference::publish);
        source->start();
    }
    d->awake = d->clock.read();
    d->sleepWatch.start(d->timings.sleepCheck);
    d->refresh.start(d->timings.refresh);
    publish();
}

SharedSnapshot TimeReference::snapshot() const
{
    return d->snapshot;
}

void TimeReference::publish()
{
    d->snapshot = d->build();
    if (d->snapshot->offset)
        d->lastKnown = ClockReading{d->snapshot->wallAt, d->snapshot->at, d->snapshot->asleepAt};
    Q_EMIT snapshotChanged(d->snapshot);
}

void TimeReference::refreshSoon()
{
    if (d->config.httpRefresh <= std::chrono::milliseconds::zero())
        return;
    for (const auto &source : d->http)
        source->refreshIfOlderThan(d->config.httpRefresh);
}

/// NTP sources look for themselves.
void TimeReference::Private::watchForSleep()
{
    const ClockReading now = clock.read();
    if (!sleptBetween(std::exchange(awake, now), now))
        return;
    for (const auto &source : http)
        source->startOver();
    network->clearConnectionCache(); // nobody is at the other end any more
}

SourceReport TimeReference::Private::osReport(const ClockReading &now)
{
    SourceReport report;
    SourceStatus &status = report.status;
    status.name = QStringLiteral("system clock");
    status.kind = SourceKind::Os;
    // On the line of the reading that the offset belongs to: ours may be set, or jitter, at any moment.
    const MonoTime before = clock.monotonic();
    const auto reading = readOs();
    const MonoTime after = clock.monotonic();
    const bool isTrusted = osTrust.isTrusted(reading, now);
    const auto offset =
        reading ? osClockOffset(*reading, now.wallAt(before), now.wallAt(after), config.osClockError)
                : std::nullopt;
    if (!offset || !isTrusted) {
        osMemory.clear();
        status.reason =
            offset ? tr("This machine has slept since the operating system's clock was last set right.")
                   : tr("The operating system does not say that its clock is synchronised.");
        return report;
    }
    status.interval = osMemory.add(*offset, now);
    status.assumedError = config.osClockError;
    status.state = osClockState(*reading);
    status.fedAt = now.mono;
    status.reach = 1;
    return report;
}

SharedSnapshot TimeReference::Private::build()
{
    const ClockReading now = clock.read();
    std::vector<SourceReport> reports;
    for (const auto &source : ntp)
        reports.push_back({source->status(now), source->leap(), source->referenceId()});
    for (const auto &source : http)
        reports.push_back({source->status(now)});
    if (config.useOsClock)
        reports.push_back(osReport(now));
    ReferenceSnapshot base;
    base.at = now.mono;
    base.wallAt = now.wall;
    base.asleepAt = now.asleep;
    base.boot = boot;
    base.bootedAt = bootedAt;
    base.fault = clock.isFaulty();
    base.stratum = config.localStratum;
    base.sourcesConfigured = !config.ntpServers.isEmpty() || !config.httpSources.isEmpty();
    return std::make_shared<const ReferenceSnapshot>(buildSnapshot(std::move(base), reports, lastKnown));
}

} // namespace Synchat
