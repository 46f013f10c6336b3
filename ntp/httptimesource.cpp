// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httptimesource.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRandomGenerator>

#include <algorithm>

namespace Synchat {

namespace {

constexpr qint64 LargestBody = 64 * 1024;

QNetworkRequest timeRequest(const QUrl &url, std::chrono::milliseconds timeout)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Cache-Control", "no-cache");
    request.setRawHeader("Accept-Encoding", "identity");
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("synchatd/" SYNCHAT_VERSION));
    return request;
}

} // namespace

HttpTimeSource::HttpTimeSource(const Clock &clock, QUrl url, Nanos sourceError, const TimeTimings &timings,
                               QNetworkAccessManager &network, ProviderGaps &gaps, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_url(std::move(url))
    , m_sourceError(sourceError)
    , m_timings(timings)
    , m_polling(timings)
    , m_network(network)
    , m_gaps(gaps)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpTimeSource::poll);
}

HttpTimeSource::~HttpTimeSource()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void HttpTimeSource::start()
{
    m_timer.start(0);
}

void HttpTimeSource::poll()
{
    const Nanos wait = m_gaps.admit(providerOf(m_url), m_clock.monotonic());
    if (wait > Nanos::zero()) {
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
        return;
    }
    m_arrived.reset();
    m_tooLong = false;
    const QNetworkRequest request = timeRequest(m_url, m_timings.httpTimeout);
    m_sent =
        m_clock
            .read(); // before the call: requestSent() comes too late, and would make the interval too narrow
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(LargestBody);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpTimeSource::noteArrival);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpTimeSource::stopWhenTooLong);
    connect(m_reply, &QNetworkReply::finished, this, &HttpTimeSource::readReply);
}

void HttpTimeSource::noteArrival()
{
    if (!m_arrived)
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
    const HttpReply reply = takeReply();
    const bool isComplete = m_reply->error() == QNetworkReply::NoError || m_tooLong;
    m_reply->deleteLater();
    m_reply = nullptr;
    const auto time = readHttpTime(reply);
    if (!time && time.error() == HttpRefusal::TooManyRequests) {
        m_polling.askedForLess(parseRetryAfter(reply));
        miss(HttpRefusal::TooManyRequests);
    } else if (reply.status == 0 || !m_arrived || (reply.status == 200 && !isComplete)) {
        m_polling.failed();
        miss(HttpRefusal::NoAnswer);
    } else if (!time) {
        m_polling.failed();
        miss(time.error());
    } else {
        take(*time);
    }
    m_timer.start(m_polling.untilNext(QRandomGenerator::global()->generateDouble()));
    Q_EMIT polled();
}

void HttpTimeSource::take(const HttpTime &time)
{
    // Both readings on the line of the later one: our own clock may have been stepped in between.
    const WallTime sent = m_sent.wall + clockJump(m_sent, *m_arrived);
    const Nanos waited = m_arrived->mono - m_sent.mono;
    const Nanos drift = driftIn(waited, ClockEstimator::UnfittedPpm);
    const auto offset = httpOffset(time, sent, m_arrived->wall, m_sourceError + drift);
    if (!offset) {
        m_polling.failed();
        miss(HttpRefusal::NoTime);
        return;
    }
    m_estimator.feed(*offset, *m_arrived);
    m_delays.push_back(waited);
    if (m_delays.size() > ClockEstimator::Window)
        m_delays.pop_front();
    m_fedAt = m_arrived->mono;
    m_failure.clear();
    m_reach = static_cast<quint8>((m_reach << 1) | 1);
    m_polling.answered();
}

void HttpTimeSource::miss(HttpRefusal refusal)
{
    m_failure = explain(refusal);
    m_reach = static_cast<quint8>(m_reach << 1);
}

SourceStatus HttpTimeSource::status(const ClockReading &now) const
{
    SourceStatus status;
    status.name = m_url.host();
    if (m_url.port() > 0)
        status.name += u':' + QString::number(m_url.port());
    status.kind = SourceKind::Http;
    status.reach = m_reach;
    status.interval = m_estimator.estimate(now);
    status.frequencyPpm = m_estimator.frequencyPpm();
    status.driftPpm = m_estimator.driftPpm();
    if (!status.interval) {
        status.reason = m_failure;
        return status;
    }
    status.state = now.mono - *m_fedAt <= m_polling.freshFor() ? StampState::Ok : StampState::Holdover;
    status.fedAt = m_fedAt;
    status.delay = *std::min_element(m_delays.cbegin(), m_delays.cend());
    return status;
}

} // namespace Synchat
