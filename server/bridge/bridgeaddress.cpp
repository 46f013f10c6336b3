// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/bridgeaddress.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <optional>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::BridgeAddress)
};

QString bridgeExample()
{
    return u"http://127.0.0.1:8080/synchat/messages"_s;
}

QString explainDriverAddress(const QString &scheme)
{
    return Text::tr(
               "the http:// or https:// address of a collection. %1:// is what a database driver speaks; "
               "Synchat reaches MongoDB through a REST bridge, which is a small program (RESTHeart) that "
               "stands before MongoDB and answers HTTP. \"docker compose -f packaging/compose.yaml up -d\" "
               "starts both; the address is then %2")
        .arg(scheme, bridgeExample());
}

QString lastPart(const QString &path)
{
    return path.section(u'/', -1);
}

/// Names that MongoDB or RESTHeart keep for themselves, or refuse.
bool isCollectionName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 120 && !name.startsWith(u'_') &&
           !name.startsWith(u"system."_s) && !name.contains(u'$') && !name.contains(u'/') &&
           !name.contains(QChar(0));
}

std::optional<QString> problemIn(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme == u"mongodb"_s || scheme == u"mongodb+srv"_s)
        return explainDriverAddress(scheme);
    if (scheme != u"http"_s && scheme != u"https"_s)
        return Text::tr("the http:// or https:// address of a collection behind a REST bridge, such as %1")
            .arg(bridgeExample());
    if (url.host().isEmpty() || url.port(1) == 0)
        return Text::tr("an address with the bridge's host, such as %1").arg(bridgeExample());
    if (url.hasQuery() || url.hasFragment())
        return Text::tr("an address without \"?\" and \"#\", such as %1").arg(bridgeExample());
    return std::nullopt;
}

QUrl withPath(const QUrl &url, const QString &path)
{
    QUrl other = url;
    other.setPath(path, QUrl::StrictMode);
    return other;
}

} // namespace

Result<BridgeAddress, QString> BridgeAddress::parse(const QString &text)
{
    // MongoDB's own addresses may list several hosts, which no QUrl reads.
    for (const QString &scheme : {u"mongodb"_s, u"mongodb+srv"_s}) {
        if (text.trimmed().startsWith(scheme + u"://"_s, Qt::CaseInsensitive))
            return Failure(explainDriverAddress(scheme));
    }
    QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid())
        return Failure(Text::tr("an address such as %1").arg(bridgeExample()));
    if (const auto problem = problemIn(url))
        return Failure(*problem);

    BridgeAddress address;
    address.m_user = url.userName(QUrl::FullyDecoded);
    address.m_password = url.password(QUrl::FullyDecoded);
    url.setUserInfo({});
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.contains(u"//"_s) || !isCollectionName(QUrl::fromPercentEncoding(lastPart(path).toLatin1())))
        return Failure(Text::tr("an address whose path names a collection, such as %1").arg(bridgeExample()));
    address.m_messages = withPath(url, path);
    return address;
}

QUrl BridgeAddress::rooms() const
{
    return withPath(m_messages, m_messages.path(QUrl::FullyEncoded) + u"_rooms"_s);
}

QUrl BridgeAddress::database() const
{
    const QString before = m_messages.path(QUrl::FullyEncoded).section(u'/', 0, -2);
    return withPath(m_messages, before.isEmpty() ? u"/"_s : before);
}

bool BridgeAddress::isOpenToListeners() const
{
    const QString host = m_messages.host();
    const bool isHere = host == u"localhost"_s || QHostAddress(host).isLoopback();
    return m_messages.scheme() == u"http"_s && !isHere;
}

} // namespace Synchat
