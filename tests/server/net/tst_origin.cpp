// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/origin.h"

#include <QTest>

using namespace Synchat;

class tst_Origin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAllowed_data();
    void isAllowed();
};

void tst_Origin::isAllowed_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const char *origin, const char *host, bool allowed) {
        QTest::newRow(name) << QByteArray(origin) << QByteArray(host) << allowed;
    };
    row("same host and port", "http://chat:8737", "chat:8737", true);
    row("other port", "http://chat:8738", "chat:8737", false);
    row("port left out on one side", "http://chat", "chat:8737", false);
    row("usual port of http", "http://chat", "chat:80", true);
    row("usual port, both left out", "https://chat", "chat", true);
    row("usual port of https, told", "https://chat:443", "chat", true);
    row("usual port of the other scheme", "https://chat", "chat:80", false);
    row("capitals", "HTTP://Chat:8737", "cHAT:8737", true);
    row("IPv6", "http://[::1]:8737", "[::1]:8737", true);
    row("IPv6 without a port", "http://[::1]", "[::1]", true);
    row("other IPv6", "http://[::2]", "[::1]", false);
    row("suffix", "http://evilchat:8737", "chat:8737", false);
    row("prefix", "http://chat.evil.example:8737", "chat:8737", false);
    row("user in front", "http://chat:8737@evil.example", "chat:8737", false);
    row("path behind", "http://chat:8737/", "chat:8737", false);
    row("null", "null", "chat:8737", false);
    row("empty", "", "chat:8737", false);
    row("no scheme", "chat:8737", "chat:8737", false);
    row("empty host", "http://", "", false);
    row("own host unknown", "http://chat", "", false);
    row("listed", "https://a.example", "chat:8737", true);
    row("listed, in capitals", "HTTPS://A.EXAMPLE", "chat:8737", true);
    row("listed, usual port", "https://a.example:443", "chat:8737", true);
    row("listed, other scheme", "http://a.example", "chat:8737", false);
    row("listed with a port", "http://b.example:81", "chat:8737", true);
    row("listed with another port", "http://b.example", "chat:8737", false);
    row("listed that is no host", "app://", "chat:8737", true);
}

void tst_Origin::isAllowed()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, host);
    QFETCH(bool, allowed);
    const QStringList listed{QStringLiteral("https://a.example"), QStringLiteral("http://b.example:81"),
                             QStringLiteral("app://")};
    QCOMPARE(isOriginAllowed(origin, host, listed), allowed);
}

QTEST_APPLESS_MAIN(tst_Origin)
#include "tst_origin.moc"
