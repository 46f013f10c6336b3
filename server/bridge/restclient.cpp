// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restclient.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QTimer>

#include <memory>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RestHeart)
};

using Kind = StoreFailure::Kind;

/// Why we ended a request ourselves.
enum class Stop { Not, TooLate, TooLong };

StoreFailure explainStop(Stop stop, const RestLimits &limits)
{
    if (stop == Stop::TooLong)
        return {Kind::TooLarge,
                Text::tr("The bridge's answer is longer than %1 MiB.").arg(limits.replyBytes >> 20),
                std::nullopt};
    const double seconds = double(limits.timeout.count()) / 1000;
    return {Kind::Retryable, Text::tr("The bridge did not answer within %1 s.").arg(seconds), std::nullopt};
}

StoreFailure explainError(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return {Kind::Retryable, Text::tr("The bridge's host %1 was not found.").arg(reply.url().host()),
                std::nullopt};
    case QNetworkReply::ConnectionRefusedError:
        return {Kind::Retryable, Text::tr("Nothing answers at the bridge's address."), std::nullopt};
    case QNetworkReply::SslHandshakeFailedError:
        return {Kind::Misplaced,
                Text::tr("The bridge could not prove who it is: %1. Please see to its certificate.")
                    .arg(reply.errorString()),
                std::nullopt};
    default:
        break;
    }
    return {Kind::Retryable, Text::tr("The bridge's answer did not arrive: %1.").arg(reply.errorString()),
            std::nullopt};
}

/// The whole answer is here; what it says is another matter.
bool isAnswered(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError || // 400
           (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError) ||
           error >= QNetworkReply::InternalServerError;
}

Result<BridgeReply, StoreFailure> readReply(QNetworkReply &reply, Stop stop, const RestLimits &limits)
{
    if (stop != Stop::Not)
        return Failure(explainStop(stop, limits));
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || !isAnswered(reply.error()))
        return Failure(explainError(reply));
    return BridgeReply{status, reply.readAll(), reply.rawHeader("Retry-After"), reply.rawHeader("Date")};
}

} // namespace

QByteArray basicAuthorization(const BridgeConfig &config)
{
    if (!config.address)
        return {};
    const QString user = config.user.isEmpty() ? config.address->user() : config.user;
    const QString password = config.password.isEmpty() ? config.address->password() : config.password;
    if (user.isEmpty())
        return {};
    return "Basic " + (user + QLatin1Char(':') + password).toUtf8().toBase64();
}

RestClient::RestClient(const BridgeConfig &config, const RestLimits &limits)
    : m_limits(limits)
    , m_authorization(basicAuthorization(config))
{}

QNetworkRequest RestClient::requestFor(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // What is unpacked has no bound that we set, and mostly the bridge is near.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept", "application/json, application/hal+json");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("synchatd/" SYNCHAT_VERSION));
    if (!m_authorization.isEmpty())
        request.setRawHeader("Authorization", m_authorization);
    return request;
}

void RestClient::get(const QUrl &url, Done done)
{
    await(m_network.get(requestFor(url)), std::move(done));
}

void RestClient::put(const QUrl &url, const QByteArray &json, Done done)
{
    await(m_network.put(requestFor(url), json), std::move(done));
}

void RestClient::post(const QUrl &url, const QByteArray &json, Done done)
{
    await(m_network.post(requestFor(url), json), std::move(done));
}

void RestClient::await(QNetworkReply *reply, Done done)
{
    const auto stop = std::make_shared<Stop>(Stop::Not);
    const auto end = [reply, stop](Stop why) {
        *stop = why;
        reply->abort();
    };
    QTimer::singleShot(m_limits.timeout, reply, [end] { end(Stop::TooLate); });
    // It stops reading there by itself, so that nothing piles up before we look.
    reply->setReadBufferSize(m_limits.replyBytes + 1);
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [this, reply, end] {
        if (reply->bytesAvailable() > m_limits.replyBytes)
            end(Stop::TooLong);
    });
    QObject::connect(reply, &QNetworkReply::finished, &m_network,
                     [reply, stop, done = std::move(done), limits = m_limits] {
                         reply->deleteLater();
                         done(readReply(*reply, *stop, limits)); // may be the end of this client
                     });
}

} // namespace Synchat
