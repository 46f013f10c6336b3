// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpsource.h"

#include "common/logging.h"

#include <QHostInfo>
#include <QNetworkInterface>

#include <algorithm>
#include <iterator>

namespace Synchat {

namespace {

QList<QHostAddress> selfAddresses()
{
    return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
}

} // namespace

NtpSource::NtpSource(const Clock &clock, QString name, SourceKind kind, SourceAddress address,
                     const TimeTimings &timings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_name(std::move(name))
    , m_kind(kind)
    , m_address(std::move(address))
    , m_timings(timings)
    , m_polling(timings)
    , m_client(clock)
{
    m_timer.setSingleShot(true);
    m_sleepWatch.setInterval(timings.sleepCheck);
    connect(&m_sleepWatch, &QTimer::timeout, this, &NtpSource::watchForSleep);
    connect(&m_timer, &QTimer::timeout, this, &NtpSource::poll);
    connect(&m_client, &NtpClient::answered, this, &NtpSource::take);
    connect(&m_client, &NtpClient::failed, this, &NtpSource::miss);
}

void NtpSource::start(const OwnServer &own)
{
    m_own = own;
    if (m_kind == SourceKind::Self)
        m_found = selfAddresses();
    m_awake = m_clock.read();
    m_sleepWatch.start();
    m_timer.start(0);
}

void NtpSource::watchForSleep()
{
    const ClockReading now = m_clock.read();
    if (!sleptBetween(std::exchange(m_awake, now), now) || !m_barred.isEmpty())
        return;
    qCInfo(logTime, "this machine slept, asking %s anew", qUtf8Printable(m_name));
    m_polling.startOver();
    m_timer.start(0);
    Q_EMIT polled(); // what was known is void
}

void NtpSource::poll()
{
    if (m_found.isEmpty()) {
        resolve();
        return;
    }
    ask();
}

void NtpSource::resolve()
{
    const QHostAddress literal(m_address.host);
    if (!literal.isNull()) {
        find({literal});
        return;
    }
    if (std::exchange(m_resolving, true))
        return;
    QHostInfo::lookupHost(m_address.host, this, [this](const QHostInfo &info) {
        m_resolving = false;
        find(info.addresses());
    });
}

void NtpSource::find(const QList<QHostAddress> &addresses)
{
    m_found.clear();
    std::copy_if(addresses.cbegin(), addresses.cend(), std::back_inserter(m_found),
                 [](const QHostAddress &address) { return !namesNobody(address); });
    m_turns.startOver();
    if (m_found.isEmpty())
        miss(NtpFailure::NoName, {});
    else
        ask();
}

void NtpSource::ask()
{
    if (m_kind != SourceKind::Self &&
        m_own.isAt(current(), m_address.port, QNetworkInterface::allAddresses())) {
        m_barred = tr("It is this daemon itself, which never counts as a source.");
        Q_EMIT polled();
        return;
    }
    m_polling.setNearby(isNearby(current()));
    m_client.query(current(), m_address.port, m_timings.ntpTimeout);
}

void NtpSource::take(const NtpSample &sample)
{
    if (followsUs(sample)) {
        m_failure = tr("It follows this daemon, so it knows no more than we do.");
        m_polling.failed();
        endMissedPoll(true);
        return;
    }
    const ClockEvent event = m_estimator.feed(sample.offset, sample.at);
    const bool isNews = event == ClockEvent::OtherStep || event == ClockEvent::RateBreak;
    if (isNews)
        qCInfo(logTime, "%s and this machine's clock ran apart, starting anew", qUtf8Printable(m_name));
    if (isNews || event == ClockEvent::Slept)
        m_delays.clear();
    m_contradictions = static_cast<quint8>((m_contradictions << 1) | (isNews ? 1 : 0));
    m_delays.push_back(sample.delay);
    if (m_delays.size() > ClockEstimator::Window)
        m_delays.pop_front();
    m_fedAt = sample.at.mono;
    m_stratum = sample.stratum;
    m_leap = sample.leap;
    m_rootDelay = sample.rootDelay;
    m_rootDispersion = sample.rootDispersion;
    m_failure.clear();
    m_turns.answered();
    const auto estimate = m_estimator.estimate(sample.at);
    m_polling.answered(estimate ? estimate->bound() : Nanos::zero(), m_estimator.driftPpm());
    if (isNews)
        m_polling.stepped();
    finishPoll(true);
}

void NtpSource::miss(NtpFailure failure, const QString &kiss, Nanos pollWanted)
{
    m_failure = explain(failure);
    m_contradictions = static_cast<quint8>(m_contradictions << 1);
    const bool isBan = kiss == QLatin1String("DENY") || kiss == QLatin1String("RSTR");
    if (failure == NtpFailure::KissOfDeath && isBan) {
        m_barred = m_failure;
        m_reach = static_cast<quint8>(m_reach << 1);
        Q_EMIT polled();
        return;
    }
    if (failure == NtpFailure::KissOfDeath)
        m_polling.askedForLess(pollWanted);
    else if (wasAsked(failure))
        m_polling.failed();
    else
        m_polling.couldNotAsk();
    endMissedPoll(wasAsked(failure));
}

/// The next address of the name is asked, when this one was given its chances.
void NtpSource::endMissedPoll(bool wasAsked)
{
    if (!m_turns.missed(wasAsked, m_found.size()) && m_kind != SourceKind::Self)
        m_found.clear(); // all were tried: the name may mean others by now
    finishPoll(false);
}

void NtpSource::finishPoll(bool good)
{
    m_reach = static_cast<quint8>((m_reach << 1) | (good ? 1 : 0));
    m_timer.start(m_polling.untilNext());
    Q_EMIT polled();
}

QHostAddress NtpSource::current() const
{
    return m_found.value(m_turns.index());
}

bool NtpSource::followsUs(const NtpSample &sample) const
{
    return m_kind == SourceKind::Ntp && m_own.port != 0 &&
           followsThisMachine(current(), sample.stratum, sample.referenceId,
                              QNetworkInterface::allAddresses());
}

SourceStatus NtpSource::status(const ClockReading &now) const
{
    SourceStatus status;
    status.name = m_name;
    status.kind = m_kind;
    if (m_kind == SourceKind::Ntp) // listed twice, it is still one
        status.provider = m_address.host.toLower() + u':' + QString::number(m_address.port);
    if (m_barred.isEmpty())
        status.poll = m_polling.untilNext();
    status.reach = m_reach;
    status.reason = m_barred;
    status.interval = m_estimator.estimate(now);
    if (!status.interval) {
        if (status.reason.isEmpty())
            status.reason = m_failure;
        if (status.reason.isEmpty() && m_fedAt)
            status.reason = tr("This machine has slept since it was last heard.");
        return status;
    }
    status.state = now.mono - *m_fedAt <= m_polling.freshFor() ? StampState::Ok : StampState::Holdover;
    status.unsteady = isUnsteady(m_contradictions);
    status.fedAt = m_fedAt;
    status.stratum = m_stratum;
    status.frequencyPpm = m_estimator.frequencyPpm();
    status.driftPpm = m_estimator.driftPpm();
    status.rootDelay = m_rootDelay;
    status.rootDispersion = m_rootDispersion;
    status.delay = *std::min_element(m_delays.cbegin(), m_delays.cend());
    return status;
}

quint32 NtpSource::referenceId() const
{
    return ntpReferenceIdOf(current());
}

} // namespace Synchat
