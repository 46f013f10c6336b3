// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/bridgeurls.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

const QUrl Collection(u"http://h:8080/a%20b/messages"_s);

QString start(const QUrl &url)
{
    return url.toString(QUrl::RemoveQuery | QUrl::FullyEncoded);
}

QByteArray part(const QUrl &url, const QString &key)
{
    return QUrlQuery(url).queryItemValue(key, QUrl::FullyDecoded).toUtf8();
}

} // namespace

class tst_BridgeUrls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds();
    void limits_data();
    void limits();
    void encodesEverything();
    void others();
};

void tst_BridgeUrls::finds()
{
    const QUrl url = findUrl(Collection, {.room = u"general"_s, .epoch = u"e1"_s, .after = 41, .limit = 100});
    QCOMPARE(start(url), start(Collection));
    QCOMPARE(part(url, u"filter"_s), QByteArray(R"({"epoch":"e1","room":"general","seq":{"$gt":41}})"));
    QCOMPARE(part(url, u"sort"_s), QByteArray(R"({"seq":1})"));
    QCOMPARE(part(url, u"pagesize"_s), QByteArray("100"));
    QVERIFY(!QUrlQuery(url).hasQueryItem(u"keys"_s));
    const QUrl some =
        findUrl(Collection, {.room = u"r"_s, .epoch = u"e"_s, .fields = {u"seq"_s, u"chain"_s}});
    QCOMPARE(part(some, u"keys"_s), QByteArray(R"({"chain":1,"seq":1})"));
}

void tst_BridgeUrls::limits_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("pagesize");
    QTest::newRow("most") << 1000 << QByteArray("1000");
    QTest::newRow("too-many") << 1001 << QByteArray("1000");
    QTest::newRow("none") << 0 << QByteArray("1");
}

void tst_BridgeUrls::limits()
{
    QFETCH(int, limit);
    const QUrl url = findUrl(Collection, {.room = u"r"_s, .epoch = u"e"_s, .limit = limit});
    QTEST(part(url, u"pagesize"_s), "pagesize");
}

void tst_BridgeUrls::encodesEverything()
{
    const QUrl url = findUrl(Collection, {.room = u"r"_s, .epoch = u"&=+%\"#é"_s});
    QVERIFY(url.isValid());
    QVERIFY(!url.hasFragment());
    const QByteArray text = url.toEncoded();
    QVERIFY(!text.contains('{') && !text.contains('"') && !text.contains('+'));
    const QJsonObject filter = QJsonDocument::fromJson(part(url, u"filter"_s)).object();
    QCOMPARE(filter.value(u"epoch"_s).toString(), u"&=+%\"#é"_s);
}

void tst_BridgeUrls::others()
{
    QCOMPARE(upsertUrl(Collection).toEncoded(), QByteArray("http://h:8080/a%20b/messages?wm=upsert"));
    QCOMPARE(start(below(Collection, u"_indexes"_s)), u"http://h:8080/a%20b/messages/_indexes"_s);
    QCOMPARE(start(sizeUrl(Collection, u"r"_s, u"e"_s)), u"http://h:8080/a%20b/messages/_size"_s);
    QCOMPARE(part(sizeUrl(Collection, u"r"_s, u"e"_s), u"filter"_s),
             QByteArray(R"({"epoch":"e","room":"r"})"));
    const QUrl count = countUrl(Collection, u"r"_s, u"e"_s);
    QCOMPARE(part(count, u"pagesize"_s), QByteArray("0"));
    QVERIFY(QUrlQuery(count).hasQueryItem(u"count"_s));
    QCOMPARE(part(walkUrl(Collection, u"ops:e"_s, 7), u"filter"_s), QByteArray(R"({"_id":{"$gt":"ops:e"}})"));
    QCOMPARE(part(probeUrl(Collection), u"pagesize"_s), QByteArray("1"));
}

QTEST_GUILESS_MAIN(tst_BridgeUrls)
#include "tst_bridgeurls.moc"
