// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimesource.h"

#include "common/httpheaders.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace Synchat {

namespace {

constexpr qint64 LargestBody = 64 * 1024;

QNetworkRequest timeRequest(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Cache-Control", "no-cache");
    request.setRawHeader("Accept-Encoding", "identity");
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("synchatd/" SYNCHAT_VERSION));
    return request;
}

/// What QNetworkAccessManager::connectToHost asks for, which has no way to say that HTTP/2 is not meant: then
/// the connection would be kept for other requests than ours.
QNetworkRequest connectionRequest(const QUrl &url, std::chrono::milliseconds timeout)
{
    const bool isSecure = url.scheme() == QLatin1String("https");
    QUrl connection;
    connection.setScheme(QLatin1String("preconnect-") + url.scheme());
    connection.setHost(url.host());
    connection.setPort(url.port(isSecure ? 443 : 80));
    QNetworkRequest request(connection);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    return request;
}

HttpRefusal refusalBy(QNetworkReply::NetworkError error)
{
    if (error == QNetworkReply::HostNotFoundError)
        return HttpRefusal::NoName;
    return error == QNetworkReply::SslHandshakeFailedError ? HttpRefusal::Untrusted : HttpRefusal::NoAnswer;
}

} // namespace

HttpTimeSource::HttpTimeSource(const Clock &clock, HttpSourceEntry entry, Nanos assumedError,
                               const TimeTimings &timings, QNetworkAccessManager &network, ProviderGaps &gaps,
                               QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_entry(std::move(entry))
    , m_provider(providerOf(m_entry.url))
    , m_assumedOfAll(assumedError)
    , m_timings(timings)
    , m_polling(timings)
    , m_network(network)
    , m_gaps(gaps)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer); // the second's edge is a matter of milliseconds
    connect(&m_timer, &QTimer::timeout, this, &HttpTimeSource::step);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_timings.httpTimeout);
    connect(&m_deadline, &QTimer::timeout, this, [this] { m_reply->abort(); });
}

HttpTimeSource::~HttpTimeSource()
{
    abandon();
}

void HttpTimeSource::abandon()
{
    m_deadline.stop();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void HttpTimeSource::start()
{
    scheduleAt(m_clock.monotonic());
}

void HttpTimeSource::refreshIfOlderThan(Nanos age)
{
    const ClockReading now = m_clock.read();
    const bool isFresh = m_fed && !sleptBetween(*m_fed, now) && now.mono - m_fed->mono < age;
    if (m_reply || !m_polling.mayHurry() || isFresh)
        return;
    const MonoTime earliest = now.mono + m_gaps.untilFree(m_provider, now.mono);
    if (earliest < m_due && !m_isWarming)
        scheduleAt(earliest);
}

void HttpTimeSource::startOver()
{
    abandon();
    m_polling.startOver();
    const MonoTime now = m_clock.monotonic();
    scheduleAt(now + m_gaps.untilFree(m_provider, now));
}

/// The connection is opened a little before, so that the request does not wait for it.
void HttpTimeSource::scheduleAt(MonoTime due)
{
    m_due = due;
    m_isWarming = false;
    const Nanos wait = due - m_clock.monotonic() - m_timings.httpWarmUp;
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(std::max(wait, Nanos::zero())));
}

void HttpTimeSource::step()
{
    if (m_isWarming)
        ask();
    else
        warmUp();
}

void HttpTimeSource::warmUp()
{
    const MonoTime now = m_clock.monotonic();
    const Nanos wait = m_gaps.untilFree(m_provider, now);
    if (wait > std::max(m_due - now, Nanos::zero())) { // another source was told for this one too
        scheduleAt(m_edge.nextAt(now + wait, m_clock.read()));
        return;
    }
    m_isWarming = true;
    const Nanos longest = std::max<Nanos>(m_due - now, m_timings.httpWarmUp);
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(longest));
    // Nothing happens when it is still open from the last time. Whether it can be opened at all, the request
    // will find out.
    QNetworkReply *connection = m_network.get(connectionRequest(m_entry.url, m_timings.httpTimeout));
    connect(connection, &QNetworkReply::finished, connection, &QObject::deleteLater);
    connect(connection, &QNetworkReply::finished, this, &HttpTimeSource::takeWarmConnection);
}

void HttpTimeSource::takeWarmConnection()
{
    if (!m_isWarming || m_reply)
        return;
    const Nanos wait = std::max<Nanos>(m_due - m_clock.monotonic(), Nanos::zero());
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

void HttpTimeSource::ask()
{
    const MonoTime now = m_clock.monotonic();
    const Nanos wait = m_gaps.admit(m_provider, now);
    if (wait > Nanos::zero()) {
        scheduleAt(m_edge.nextAt(now + wait, m_clock.read()));
        return;
    }
    m_isWarming = false;
    m_arrived.reset();
    m_tooLong = false;
    m_isSent = false;
    const QNetworkRequest request = timeRequest(m_entry.url);
    const bool wantsBody = m_entry.reading != HttpSourceEntry::Reading::DateHeader;
    // Before the call: requestSent() comes too late, and would make the interval too narrow. Should the
    // connection have to be opened after all, that is inside, and the interval is only wider.
    m_sent = m_clock.read();
    m_reply = wantsBody ? m_network.get(request) : m_network.head(request);
    m_reply->setReadBufferSize(LargestBody);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_isSent = true; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpTimeSource::noteArrival);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpTimeSource::stopWhenTooLong);
    connect(m_reply, &QNetworkReply::finished, this, &HttpTimeSource::readReply);
    m_deadline.start();
}

void HttpTimeSource::noteArrival()
{
    if (!m_arrived)
        m_arrived = m_clock.read();
}

/// A time in the body may have been written at any moment until the last of it was here.
void HttpTimeSource::noteEnd()
{
    if (m_entry.reading != HttpSourceEntry::Reading::DateHeader)
        m_arrived = m_clock.read();
}

void HttpTimeSource::stopWhenTooLong()
{
    if (m_reply->bytesAvailable() < LargestBody)
        return;
    m_tooLong = true;
    m_reply->abort();
}

HttpReply HttpTimeSource::takeReply()
{
    HttpReply reply;
    reply.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    reply.date = m_reply->rawHeader("Date");
    reply.age = m_reply->rawHeader("Age");
    reply.retryAfter = m_reply->rawHeader("Retry-After");
    if (!m_tooLong)
        reply.body = m_reply->read(LargestBody);
    return reply;
}

void HttpTimeSource::readReply()
{
    m_deadline.stop();
    noteEnd();
    const HttpReply reply = takeReply();
    const QNetworkReply::NetworkError error = m_reply->error();
    m_reply->deleteLater();
    m_reply = nullptr;
    judge(reply, error);
    scheduleAt(nextDue());
    Q_EMIT polled();
}

void HttpTimeSource::judge(const HttpReply &reply, QNetworkReply::NetworkError error)
{
    m_contradictions = static_cast<quint8>(m_contradictions << 1);
    const bool isComplete = error == QNetworkReply::NoError || m_tooLong;
    const auto time = readHttpTime(reply, m_entry);
    if (reply.status == 0 && isUnreached(error, m_isSent)) {
        m_polling.unreached();
        miss(refusalBy(error));
    } else if (reply.status == 0 || !m_arrived || (reply.status == 200 && !isComplete)) {
        m_polling.failed();
        miss(refusalBy(error));
    } else if (!time && time.error() == HttpRefusal::TooManyRequests) {
        m_polling.askedForLess(readRetryAfter(reply.retryAfter, reply.date));
        m_gaps.notBefore(m_provider, m_clock.monotonic() + m_polling.untilNext(0));
        miss(time.error());
    } else if (!time || !take(*time)) {
        m_polling.failed();
        miss(time ? HttpRefusal::NoTime : time.error());
    }
}

MonoTime HttpTimeSource::nextDue() const
{
    const ClockReading now = m_clock.read();
    const bool isHurried = m_polling.isWell() && m_edge.isSearching();
    const Nanos wait = isHurried ? Nanos(m_timings.httpProviderGap)
                                 : Nanos(m_polling.untilNext(QRandomGenerator::global()->generateDouble()));
    return m_edge.nextAt(now.mono + wait, now);
}

/// False: it cannot be.
bool HttpTimeSource::take(const HttpTime &time)
{
    if (sleptBetween(m_sent, *m_arrived))
        return false;
    const WallTime sent = m_arrived->wallAt(m_sent.mono); // our own clock may have been stepped in between
    const Nanos waited = m_arrived->mono - m_sent.mono;
    const Nanos drift = driftIn(waited, ClockEstimator::UnfittedPpm);
    auto offset = httpOffset(time, sent, m_arrived->wall, drift);
    if (!offset)
        return false;
    m_error = errorOf(time, m_entry, m_assumedOfAll);
    const Nanos error = m_error.amount;
    if (time.resolution >= SecondEdge::Resolution) {
        const auto taken = m_edge.feed(*offset, error, *m_arrived, waited);
        offset = taken.offset;
        if (taken.startsAnew)
            m_estimator.clear();
    }
    const Interval whole = offset->widened(error);
    if (m_estimator.feed(whole, *m_arrived) == ClockEvent::OtherStep)
        m_contradictions |= 1;
    m_delays.push_back(waited);
    if (m_delays.size() > ClockEstimator::Window)
        m_delays.pop_front();
    m_fed = m_arrived;
    m_failure.clear();
    m_reach = static_cast<quint8>((m_reach << 1) | 1);
    m_polling.answered();
    return true;
}

void HttpTimeSource::miss(HttpRefusal refusal)
{
    m_failure = explain(refusal);
    m_reach = static_cast<quint8>(m_reach << 1);
}

SourceStatus HttpTimeSource::status(const ClockReading &now) const
{
    SourceStatus status;
    status.name = m_entry.name;
    status.provider = m_provider;
    status.kind = SourceKind::Http;
    status.reach = m_reach;
    status.poll = m_polling.interval();
    status.interval = m_estimator.estimate(now);
    status.frequencyPpm = m_estimator.frequencyPpm();
    status.driftPpm = m_estimator.driftPpm();
    if (!status.interval) {
        status.reason = m_failure;
        if (status.reason.isEmpty() && m_fed)
            status.reason = tr("This machine has slept since it was last heard.");
        return status;
    }
    status.state = now.mono - m_fed->mono <= m_polling.freshFor() ? StampState::Ok : StampState::Holdover;
    status.unsteady = isUnsteady(m_contradictions);
    status.assumedError = m_error.isStated ? Nanos::zero() : m_error.amount;
    status.fedAt = m_fed->mono;
    status.delay = *std::min_element(m_delays.cbegin(), m_delays.cend());
    return status;
}

} // namespace Synchat
