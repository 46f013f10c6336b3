// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcesquery.h"

#include "client/core/serverurl.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <utility>

namespace Synchat {

namespace {

constexpr std::chrono::seconds Deadline{5};
constexpr int Ok = 200;

} // namespace

SourcesQuery::SourcesQuery(QObject *parent)
    : SourcesQuery(Deadline, parent)
{}

SourcesQuery::SourcesQuery(std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        const auto seconds = std::chrono::duration<double>(m_deadline.intervalAsDuration()).count();
        refuse(SourcesRefusal::Cause::NoAnswer,
               tr("%1 did not answer within %2 s.").arg(m_label, QString::number(seconds)));
    });
}

SourcesQuery::~SourcesQuery()
{
    cancel();
}

void SourcesQuery::ask(const QUrl &server)
{
    cancel();
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    m_network->setProxy(isLoopback(server) ? QNetworkProxy(QNetworkProxy::NoProxy) : QNetworkProxy());
    m_label = serverLabel(server);
    QNetworkRequest request(timeReportUrl(server));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Accept-Encoding", "identity"); // what is unpacked could be any length
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, &SourcesQuery::checkLength);
    connect(m_reply, &QNetworkReply::finished, this, &SourcesQuery::takeReply);
    m_deadline.start();
}

void SourcesQuery::cancel()
{
    m_deadline.stop();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void SourcesQuery::checkLength()
{
    if (m_reply->bytesAvailable() > MaxAnswer)
        refuse(SourcesRefusal::Cause::NotOffered,
               tr("The answer of %1 is too long to be a Synchat daemon's.").arg(m_label));
}

void SourcesQuery::takeReply()
{
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid() && status.toInt() != Ok) {
        refuse(SourcesRefusal::Cause::NotOffered,
               tr("%1 does not tell of its time as a Synchat daemon does: it answers with status %2.")
                   .arg(m_label, status.toString()));
        return;
    }
    if (m_reply->error() != QNetworkReply::NoError) {
        refuse(SourcesRefusal::Cause::NoAnswer,
               tr("%1 cannot be reached: %2.").arg(m_label, m_reply->errorString()));
        return;
    }
    const QByteArray json = m_reply->read(MaxAnswer);
    if (const auto report = SourcesReport::parse(json))
        finish(SourcesAnswer{*report, json});
    else
        refuse(SourcesRefusal::Cause::NotOffered,
               tr("%1 does not tell of its time as a Synchat daemon does.").arg(m_label));
}

void SourcesQuery::refuse(SourcesRefusal::Cause cause, const QString &sentence)
{
    finish(Failure(SourcesRefusal{cause, sentence}));
}

void SourcesQuery::finish(const Result<SourcesAnswer, SourcesRefusal> &answer)
{
    cancel();
    Q_EMIT finished(answer);
}

} // namespace Synchat
