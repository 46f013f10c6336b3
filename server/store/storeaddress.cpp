// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/storeaddress.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::StoreAddress)
};

constexpr qsizetype LongestUrl = 4096;

const QStringList &sslModes()
{
    static const QStringList modes{u"disable"_s, u"allow"_s,     u"prefer"_s,
                                   u"require"_s, u"verify-ca"_s, u"verify-full"_s};
    return modes;
}

/// What libpq's connection string cannot carry.
bool holdsControl(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar unit) { return unit.unicode() < 0x20; });
}

/// QtSql divides its options by semicolons.
bool isFilePath(const QString &path)
{
    return path.startsWith(u'/') && !path.contains(u';');
}

} // namespace

StoreAddress StoreAddress::sqliteFile(const QString &path)
{
    StoreAddress address;
    address.m_file = path;
    return address;
}

Result<StoreAddress, QString> StoreAddress::parse(const QString &text)
{
    if (text.size() > LongestUrl)
        return Failure(Text::tr("it is too long"));
    const QUrl url(text, QUrl::StrictMode);
    const bool isOurs = text.startsWith(u"postgresql://"_s) || text.startsWith(u"postgres://"_s);
    if (!isOurs)
        return Failure(Text::tr("it does not begin with postgresql://"));
    if (!url.isValid() || url.hasFragment())
        return Failure(Text::tr("special characters must be percent-encoded"));

    StoreAddress address;
    address.m_isPostgresql = true;
    address.m_host = url.host(QUrl::FullyDecoded);
    address.m_port = url.port(-1);
    address.m_user = url.userName(QUrl::FullyDecoded);
    address.m_password = url.password(QUrl::FullyDecoded);
    address.m_database = url.path(QUrl::FullyDecoded).mid(1);
    if (address.m_database.isEmpty())
        return Failure(Text::tr("the name of the database is missing behind the host"));
    if (address.m_database.contains(u'/'))
        return Failure(Text::tr("there is more than the name of a database behind the host"));
    if (address.m_port == 0)
        return Failure(Text::tr("there is no port 0"));

    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == u"sslmode"_s && sslModes().contains(value))
            address.m_sslMode = value;
        else if (name == u"sslmode"_s)
            return Failure(Text::tr("sslmode must be one of %1").arg(sslModes().join(u", "_s)));
        else if (name == u"sslrootcert"_s && isFilePath(value))
            address.m_sslRootCertificate = value;
        else if (name == u"host"_s && address.m_host.isEmpty() && isFilePath(value))
            address.m_host = value;
        else if (name == u"sslrootcert"_s || name == u"host"_s)
            return Failure(Text::tr("%1 must be a whole path, without a semicolon").arg(name));
        else
            return Failure(
                Text::tr("there is no option \"%1\", only sslmode, sslrootcert and host").arg(name));
    }
    for (const QString &part : {address.m_host, address.m_database, address.m_user, address.m_password,
                                address.m_sslRootCertificate}) {
        if (holdsControl(part))
            return Failure(Text::tr("it holds a control character"));
    }
    return address;
}

QString StoreAddress::text() const
{
    if (!m_isPostgresql)
        return m_file;
    QUrl url;
    url.setScheme(u"postgresql"_s);
    const bool isSocket = m_host.startsWith(u'/');
    url.setHost(isSocket ? QString() : m_host);
    url.setPort(m_port);
    url.setUserName(m_user);
    url.setPath(u'/' + m_database);
    if (isSocket)
        url.setQuery(u"host="_s + m_host);
    QString shown = url.toDisplayString();
    const QString start = u"postgresql:"_s;
    if (!shown.startsWith(start + u"//"_s))
        shown.insert(start.size(), u"//"_s); // left out without a host
    return shown;
}

} // namespace Synchat
