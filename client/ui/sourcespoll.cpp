// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespoll.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

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

QUrl SourcesPoll::timeUrl(const QUrl &server)
{
    QUrl url;
    const bool secure = server.scheme() == "wss"_L1 || server.scheme() == "https"_L1;
    url.setScheme(secure ? u"https"_s : u"http"_s);
    url.setHost(server.host());
    url.setPort(server.port());
    url.setPath(u"/api/v1/time"_s);
    return url;
}

QList<SourceReport> SourcesPoll::parse(const QByteArray &json)
{
    QList<SourceReport> reports;
    const QJsonObject answer = QJsonDocument::fromJson(json).object();
    const QJsonArray sources = answer.value("sources"_L1).toArray();
    const QJsonValue reference = answer.value("offset"_L1);
    for (const QJsonValue &value : sources) {
        const QJsonObject source = value.toObject();
        if (source.value("kind"_L1).toString() == "self"_L1)
            continue;
        SourceReport report;
        report.name = source.value("name"_L1).toString().left(80);
        report.agrees = source.value("state"_L1).toString() == "ok"_L1;
        const QJsonValue offset = source.value("offset"_L1);
        if (offset.isDouble() && reference.isDouble())
            report.offset = reference.toInteger() - offset.toInteger();
        reports.append(report);
    }
    return reports;
}

void SourcesPoll::start(const QUrl &server)
{
    m_url = timeUrl(server);
    m_timer.start();
    ask();
}

void SourcesPoll::stop()
{
    m_timer.stop();
    take({});
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
        take(fine ? parse(reply->read(MaxAnswer)) : QList<SourceReport>());
    });
}

void SourcesPoll::take(const QList<SourceReport> &sources)
{
    if (sources == m_sources)
        return;
    m_sources = sources;
    Q_EMIT sourcesChanged();
}

} // namespace Synchat
