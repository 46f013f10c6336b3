// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/serverurl.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct ServerUrl
{
    Q_DECLARE_TR_FUNCTIONS(ServerUrl)
};

} // namespace

Result<QUrl, QString> serverFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return Failure(ServerUrl::tr("No server is given."));
    const bool hasScheme = trimmed.contains(u"://"_s);
    QUrl url(hasScheme ? trimmed : u"ws://"_s + trimmed, QUrl::StrictMode);
    if (!url.isValid())
        return Failure(ServerUrl::tr("\"%1\" is not an address of a server.").arg(trimmed));
    if (!hasScheme && url.port() < 0)
        url.setPort(DefaultHttpPort);
    const auto checked = webSocketUrl(url);
    if (!checked)
        return Failure(checked.error());
    return url;
}

Result<QUrl, QString> webSocketUrl(const QUrl &server)
{
    if (!server.isValid() || server.host().isEmpty())
        return Failure(ServerUrl::tr("\"%1\" is not an address of a server.").arg(server.toDisplayString()));
    QUrl url = server;
    const QString scheme = server.scheme().toLower();
    if (scheme == u"http"_s || scheme == u"ws"_s)
        url.setScheme(u"ws"_s);
    else if (scheme == u"https"_s || scheme == u"wss"_s)
        url.setScheme(u"wss"_s);
    else
        return Failure(
            ServerUrl::tr("A server's address begins with ws, wss, http or https, not with \"%1\".")
                .arg(server.scheme()));
    if (url.path().isEmpty() || url.path() == u"/"_s)
        url.setPath(u"/ws"_s);
    url.setUserInfo({});
    url.setQuery(QString());
    url.setFragment({});
    return url;
}

QUrl apiUrl(const QUrl &server, const QString &path)
{
    const bool isSecure = server.scheme() == u"wss"_s || server.scheme() == u"https"_s;
    QUrl url;
    url.setScheme(isSecure ? u"https"_s : u"http"_s);
    url.setHost(server.host());
    url.setPort(server.port());
    url.setPath(path);
    return url;
}

QUrl timeReportUrl(const QUrl &server)
{
    return apiUrl(server, u"/api/v1/time"_s);
}

QString serverLabel(const QUrl &server)
{
    const QString host = server.host();
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    return server.port() < 0 ? shown : shown + u':' + QString::number(server.port());
}

bool isLoopback(const QUrl &server)
{
    const QString host = server.host();
    if (host.compare(u"localhost"_s, Qt::CaseInsensitive) == 0)
        return true;
    return QHostAddress(host).isLoopback();
}

} // namespace Synchat
