// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/bridgeaddress.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_BridgeAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void taken_data();
    void taken();
    void credentials_data();
    void credentials();
    void refused_data();
    void refused();
    void driverAddressIsExplained_data();
    void driverAddressIsExplained();
    void openToListeners_data();
    void openToListeners();
};

void tst_BridgeAddress::taken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("messages");
    QTest::addColumn<QString>("rooms");
    QTest::addColumn<QString>("database");
    const auto row = [](const char *name, const char *text, const char *messages, const char *rooms,
                        const char *database) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(messages)
                            << QString::fromUtf8(rooms) << QString::fromUtf8(database);
    };
    row("usual", "http://127.0.0.1:8080/synchat/messages", "http://127.0.0.1:8080/synchat/messages",
        "http://127.0.0.1:8080/synchat/messages_rooms", "http://127.0.0.1:8080/synchat");
    row("slash-at-the-end", "http://h/a/b//", "http://h/a/b", "http://h/a/b_rooms", "http://h/a");
    row("spaces-around", "  http://h/a/b\n", "http://h/a/b", "http://h/a/b_rooms", "http://h/a");
    row("database-is-mounted-at-the-root", "https://h/b", "https://h/b", "https://h/b_rooms", "https://h/");
    row("mounted-deeper", "https://h/api/db/a/b", "https://h/api/db/a/b", "https://h/api/db/a/b_rooms",
        "https://h/api/db/a");
    row("encoded", "https://h/a%20b/c%2Bd", "https://h/a%20b/c%2Bd", "https://h/a%20b/c%2Bd_rooms",
        "https://h/a%20b");
    row("ipv6", "http://[::1]:8080/a/b", "http://[::1]:8080/a/b", "http://[::1]:8080/a/b_rooms",
        "http://[::1]:8080/a");
    row("capitals", "HTTP://Host/a/B", "http://host/a/B", "http://host/a/B_rooms", "http://host/a");
    row("with-user", "http://ana:x@h/a/b", "http://h/a/b", "http://h/a/b_rooms", "http://h/a");
}

void tst_BridgeAddress::taken()
{
    QFETCH(QString, text);
    const auto address = BridgeAddress::parse(text);
    QVERIFY2(address, address ? "" : qPrintable(address.error()));
    QTEST(address->messages().toString(QUrl::FullyEncoded), "messages");
    QTEST(address->rooms().toString(QUrl::FullyEncoded), "rooms");
    QTEST(address->database().toString(QUrl::FullyEncoded), "database");
}

void tst_BridgeAddress::credentials_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::newRow("none") << u"http://h/a/b"_s << u""_s << u""_s;
    QTest::newRow("both") << u"http://ana:hush@h/a/b"_s << u"ana"_s << u"hush"_s;
    QTest::newRow("user") << u"http://ana@h/a/b"_s << u"ana"_s << u""_s;
    QTest::newRow("encoded") << u"http://a%40b:p%3A%2F%25@h/a/b"_s << u"a@b"_s << u"p:/%"_s;
}

void tst_BridgeAddress::credentials()
{
    QFETCH(QString, text);
    const auto address = BridgeAddress::parse(text);
    QVERIFY(address);
    QTEST(address->user(), "user");
    QTEST(address->password(), "password");
    QVERIFY(address->messages().userInfo().isEmpty());
    QVERIFY(address->rooms().userInfo().isEmpty());
    QVERIFY(address->database().userInfo().isEmpty());
}

void tst_BridgeAddress::refused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "127.0.0.1:8080/a/b",
                             "localhost",
                             "ftp://h/a/b",
                             "file:///a/b",
                             "postgresql://h/a",
                             "http:///a/b",
                             "http://h",
                             "http://h/",
                             "http://h//",
                             "http://h:0/a/b",
                             "http://h:99999/a/b",
                             "http://h/a/b?x=1",
                             "http://h/a/b#x",
                             "http://h/a//b",
                             "http://h/a/_size",
                             "http://h/a/$b",
                             "http://h/a/%24b",
                             "http://h/a/b%2Fc",
                             "http://h/a/%00",
                             "http://h/a/system.users",
                             "http://[nonsense",
                             "http://h/a b/c",
                             "http://h/a%/b"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void tst_BridgeAddress::refused()
{
    QFETCH(QString, text);
    const auto address = BridgeAddress::parse(text);
    QVERIFY(!address);
    QVERIFY(address.error().contains(u"http"_s)); // says what one looks like
}

void tst_BridgeAddress::driverAddressIsExplained_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"mongodb://localhost"_s;
    QTest::newRow("replica-set") << u"mongodb://ana:hush@a:27017,b:27018/chat?replicaSet=r"_s;
    QTest::newRow("srv") << u"mongodb+srv://ana:hush@cluster0.example/chat"_s;
    QTest::newRow("capitals") << u"MongoDB://localhost/chat"_s;
}

void tst_BridgeAddress::driverAddressIsExplained()
{
    QFETCH(QString, text);
    const auto address = BridgeAddress::parse(text);
    QVERIFY(!address);
    QVERIFY(address.error().contains(u"REST bridge"_s));
    QVERIFY(address.error().contains(u"docker compose -f packaging/compose.yaml up -d"_s));
    QVERIFY(!address.error().contains(u"hush"_s));
    QCOMPARE(address.error().contains(u"mongodb+srv://"_s), text.contains(u"+srv"_s));
}

void tst_BridgeAddress::openToListeners_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("open");
    QTest::newRow("ipv4-here") << u"http://127.0.0.1:8080/a/b"_s << false;
    QTest::newRow("ipv6-here") << u"http://[::1]:8080/a/b"_s << false;
    QTest::newRow("localhost") << u"http://localhost:8080/a/b"_s << false;
    QTest::newRow("elsewhere") << u"http://db.example/a/b"_s << true;
    QTest::newRow("near") << u"http://192.168.1.2/a/b"_s << true;
    QTest::newRow("encrypted") << u"https://db.example/a/b"_s << false;
}

void tst_BridgeAddress::openToListeners()
{
    QFETCH(QString, text);
    QFETCH(bool, open);
    QCOMPARE(BridgeAddress::parse(text)->isOpenToListeners(), open);
}

QTEST_GUILESS_MAIN(tst_BridgeAddress)
#include "tst_bridgeaddress.moc"
