// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespoll.h"

#include "client/core/serverurl.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace Synchat {

namespace {

constexpr int TransferTimeoutMs = 5000;
constexpr qint64 MaxAnswer = 256 * 1024;

} // namespace

SourcesPoll::SourcesPoll(QObject *parent)
    : SourcesPoll(Pace{}, parent)
{}

SourcesPoll::SourcesPoll(Pace pace, QObject *parent)
    : QObject(parent)
    , m_pace(pace)
{
    m_timer.setInterval(m_pace.seldom);
    connect(&m_timer, &QTimer::timeout, this, &SourcesPoll::ask);
}

SourcesPoll::~SourcesPoll() = default;

void SourcesPoll::start(const QUrl &server)
{
    m_url = timeReportUrl(server);
    m_timer.start();
    if (m_trouble == Trouble::NotAsked)
        take(std::nullopt, Trouble::NoAnswer);
    ask();
}

void SourcesPoll::stop()
{
    m_timer.stop();
    take(std::nullopt, Trouble::NotAsked);
}

void SourcesPoll::setWatched(bool watched)
{
    m_timer.setInterval(watched ? m_pace.often : m_pace.seldom); // starts the wait afresh
    if (watched && m_timer.isActive() && m_sinceAsked.hasExpired(m_pace.often.count()))
        ask();
}

void SourcesPoll::ask()
{
    if (m_asking)
        return;
    m_asking = true;
    m_sinceAsked.start();
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    QNetworkRequest request(m_url);
    request.setTransferTimeout(TransferTimeoutMs);
    QNetworkReply *reply = m_network->get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        m_asking = false;
        if (!m_timer.isActive())
            return;
        if (reply->error() != QNetworkReply::NoError) {
            const bool answers = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
            take(std::nullopt, answers ? Trouble::NotOffered : Trouble::NoAnswer);
            return;
        }
        const auto report = SourcesReport::parse(reply->read(MaxAnswer));
        take(report, report ? Trouble::None : Trouble::NotOffered);
    });
}

void SourcesPoll::take(const std::optional<SourcesReport> &report, Trouble trouble)
{
    const bool changed = report != m_report || trouble != m_trouble;
    m_report = report;
    m_trouble = trouble;
    Q_EMIT answered();
    if (changed)
        Q_EMIT sourcesChanged();
}

} // namespace Synchat
