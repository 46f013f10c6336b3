// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespoll.h"

#include "client/core/serverurl.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace Synchat {

namespace {

constexpr std::chrono::seconds Interval{30};
constexpr int TransferTimeoutMs = 5000;
constexpr qint64 MaxAnswer = 256 * 1024;

} // namespace

SourcesPoll::SourcesPoll(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(Interval);
    connect(&m_timer, &QTimer::timeout, this, &SourcesPoll::ask);
}

SourcesPoll::~SourcesPoll() = default;

void SourcesPoll::start(const QUrl &server)
{
    m_url = timeReportUrl(server);
    m_timer.start();
    ask();
}

void SourcesPoll::stop()
{
    m_timer.stop();
    take(std::nullopt);
}

void SourcesPoll::ask()
{
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    QNetworkRequest request(m_url);
    request.setTransferTimeout(TransferTimeoutMs);
    QNetworkReply *reply = m_network->get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        if (!m_timer.isActive())
            return;
        const bool fine = reply->error() == QNetworkReply::NoError;
        take(fine ? SourcesReport::parse(reply->read(MaxAnswer)) : std::nullopt);
    });
}

void SourcesPoll::take(const std::optional<SourcesReport> &report)
{
    if (report == m_report)
        return;
    m_report = report;
    Q_EMIT sourcesChanged();
}

} // namespace Synchat
