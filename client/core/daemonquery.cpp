// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/daemonquery.h"

#include "client/core/serverurl.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <utility>

namespace Synchat {

DaemonQuery::DaemonQuery(std::chrono::milliseconds deadline, qint64 maxAnswer, QObject *parent)
    : QObject(parent)
    , m_maxAnswer(maxAnswer)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        const auto seconds = std::chrono::duration<double>(m_deadline.intervalAsDuration()).count();
        finish(Failure(DaemonSilence{
            false, tr("%1 did not answer within %2 s.").arg(m_label, QString::number(seconds))}));
    });
}

DaemonQuery::~DaemonQuery()
{
    cancel();
}

void DaemonQuery::ask(const QUrl &server, const QUrl &url)
{
    cancel();
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    m_network->setProxy(isLoopback(server) ? QNetworkProxy(QNetworkProxy::NoProxy) : QNetworkProxy());
    m_label = serverLabel(server);
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Accept-Encoding", "identity"); // what is unpacked could be any length
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, &DaemonQuery::checkLength);
    connect(m_reply, &QNetworkReply::finished, this, &DaemonQuery::takeReply);
    m_deadline.start();
}

void DaemonQuery::cancel()
{
    m_deadline.stop();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void DaemonQuery::checkLength()
{
    if (m_reply->bytesAvailable() > m_maxAnswer)
        finish(Failure(
            DaemonSilence{true, tr("The answer of %1 is too long to be a Synchat daemon's.").arg(m_label)}));
}

void DaemonQuery::takeReply()
{
    constexpr int Ok = 200;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isBroken = m_reply->error() != QNetworkReply::NoError && (status == 0 || status == Ok);
    if (isBroken)
        finish(Failure(
            DaemonSilence{false, tr("%1 cannot be reached: %2.").arg(m_label, m_reply->errorString())}));
    else
        finish(DaemonAnswer{status, m_reply->read(m_maxAnswer)});
}

void DaemonQuery::finish(const Result<DaemonAnswer, DaemonSilence> &answer)
{
    cancel();
    Q_EMIT finished(answer);
}

} // namespace Synchat
