// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restheartreplies.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = StoreFailure::Kind;

Q_DECLARE_METATYPE(Kind)

class tst_RestHeartReplies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failures_data();
    void failures();
    void retryAfter();
    void upserts_data();
    void upserts();
    void refusals_data();
    void refusals();
    void upsertsNotBelieved_data();
    void upsertsNotBelieved();
    void documents_data();
    void documents();
    void documentsNotBelieved_data();
    void documentsNotBelieved();
    void counts_data();
    void counts();
};

void tst_RestHeartReplies::failures_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    const auto row = [](Kind kind, std::initializer_list<int> statuses) {
        for (const int status : statuses)
            QTest::addRow("%d", status) << status << kind;
    };
    row(Kind::Retryable, {408, 425, 429, 502, 503, 504});
    row(Kind::Unauthorized, {401, 403, 407});
    row(Kind::TooLarge, {413});
    row(Kind::Unclear, {500, 501, 507, 599});
    row(Kind::Poison, {400, 406, 409, 412, 415, 417, 422});
    row(Kind::Misplaced, {301, 302, 307, 308, 404, 405, 410});
}

void tst_RestHeartReplies::failures()
{
    QFETCH(int, status);
    const auto failure = failureOf({.status = status, .body = "{}", .retryAfter = {}, .date = {}});
    QVERIFY(failure);
    QTEST(failure->kind, "kind");
    QVERIFY(failure->reason.contains(QString::number(status)) && failure->reason.endsWith(u'.'));
    QVERIFY(!failure->retryAfter);
    const BridgeReply reply{.status = status, .body = "[]", .retryAfter = {}, .date = {}};
    QVERIFY(readUpsert(reply, 1).error() == *failure); // whoever reads it says the same
    QVERIFY(readDocuments(reply).error() == *failure);
    QVERIFY(readCount(reply).error() == *failure);
}

void tst_RestHeartReplies::retryAfter()
{
    const auto failure = failureOf({.status = 429, .body = {}, .retryAfter = "7", .date = {}});
    QVERIFY(failure->retryAfter == 7s);
    QVERIFY(!failureOf({.status = 200, .body = {}, .retryAfter = "7", .date = {}}));
}

void tst_RestHeartReplies::upserts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("3.2-new") << QByteArray(
        R"({"inserted":2,"deleted":0,"modified":0,"matched":0,"_links":{"rh:newdoc":[{"href":"/a/b/1"}]}})");
    QTest::newRow("9.7-new") << QByteArray(
        R"({"inserted":2,"links":["/a/b/1","/a/b/2"],"deleted":0,"modified":0,"matched":0})");
    QTest::newRow("again") << QByteArray(R"({"inserted":0,"links":[],"deleted":0,"modified":0,"matched":2})");
    QTest::newRow("half-again") << QByteArray(R"({"inserted":1,"deleted":0,"modified":1,"matched":1})");
}

void tst_RestHeartReplies::upserts()
{
    QFETCH(QByteArray, body);
    const auto outcome = readUpsert({.status = 200, .body = body, .retryAfter = {}, .date = {}}, 2);
    QVERIFY(outcome);
    QCOMPARE(outcome->taken, 2);
    QVERIFY(outcome->refusals.isEmpty());
}

void tst_RestHeartReplies::refusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QList<int>>("indexes");
    QTest::addColumn<QList<int>>("codes");
    QTest::newRow("3.2")
        << QByteArray(R"({"_errors":[{"index":1,"mongodbErrorCode":11000,"httpStatus":500,"message":"Error )"
                      R"(handling the request, see log for more information"},{"index":2,)"
                      R"("mongodbErrorCode":52,"httpStatus":500,"message":"x"}]})")
        << QList<int>{1, 2} << QList<int>{11000, 52};
    QTest::newRow("9.7") << QByteArray(
                                R"({"inserted":2,"links":[],"deleted":0,"modified":0,"matched":0,"errors":[)"
                                R"({"index":1,"mongodbErrorCode":11000,"httpStatus":404,"message":"x"}]})")
                         << QList<int>{1} << QList<int>{11000};
    QTest::newRow("9.7-same-id") << QByteArray(R"({"inserted":2,"errors":[{"index":0,"httpStatus":409}]})")
                                 << QList<int>{0} << QList<int>{DuplicateKeyCode};
    QTest::newRow("9.7-bad-value")
        << QByteArray(R"({"inserted":2,"errors":[{"index":2,"httpStatus":400,"message":"BadValue: y"}]})")
        << QList<int>{2} << QList<int>{0};
    QTest::newRow("out-of-order")
        << QByteArray(R"({"errors":[{"index":2,"mongodbErrorCode":121},{"index":0,"mongodbErrorCode":121}]})")
        << QList<int>{0, 2} << QList<int>{121, 121};
}

void tst_RestHeartReplies::refusals()
{
    QFETCH(QByteArray, body);
    QFETCH(QList<int>, indexes);
    QFETCH(QList<int>, codes);
    const auto outcome = readUpsert({.status = 207, .body = body, .retryAfter = {}, .date = {}}, 3);
    QVERIFY(outcome);
    QCOMPARE(outcome->refusals.size(), indexes.size());
    QCOMPARE(outcome->taken, 3 - indexes.size());
    for (qsizetype i = 0; i < indexes.size(); ++i) {
        QCOMPARE(outcome->refusals.at(i).index, indexes.at(i));
        QCOMPARE(outcome->refusals.at(i).code, codes.at(i));
        QVERIFY(!outcome->refusals.at(i).reason.isEmpty());
    }
}

void tst_RestHeartReplies::upsertsNotBelieved_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, int status, const char *body, Kind kind = Kind::Unclear) {
        QTest::newRow(name) << status << QByteArray(body) << kind;
    };
    row("nothing", 200, "");
    row("a-page-of-somebody-else", 200, "<html>Welcome to our network</html>");
    row("half", 200, R"({"inserted":2,"deleted":0,"modi)");
    row("one-is-not-accounted-for", 200, R"({"inserted":1,"matched":0,"modified":0})");
    row("too-many", 200, R"({"inserted":3,"matched":0,"modified":0})");
    row("no-numbers", 200, R"({"inserted":"2","matched":0})");
    row("list", 200, "[]");
    row("207-without-errors", 207, R"({"inserted":2})");
    row("207-with-no-error", 207, R"({"errors":[]})");
    row("207-beyond-the-batch", 207, R"({"errors":[{"index":2,"mongodbErrorCode":52}]})");
    row("207-without-index", 207, R"({"errors":[{"mongodbErrorCode":52}]})");
    row("passes-by-itself", 207, R"({"_errors":[{"index":0,"mongodbErrorCode":11600}]})", Kind::Retryable);
    row("write-conflict", 207, R"({"errors":[{"index":1,"mongodbErrorCode":112}]})", Kind::Retryable);
}

void tst_RestHeartReplies::upsertsNotBelieved()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const auto outcome = readUpsert({.status = status, .body = body, .retryAfter = {}, .date = {}}, 2);
    QVERIFY(!outcome);
    QTEST(outcome.error().kind, "kind");
    QVERIFY(outcome.error().reason.endsWith(u'.'));
}

void tst_RestHeartReplies::documents_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("count");
    QTest::newRow("3.2")
        << QByteArray(R"({"_embedded":[{"_id":"a","t":{"$numberLong":"1764000000123456"}}],"_returned":1})")
        << 1;
    QTest::newRow("9.7") << QByteArray(R"([{"_id":"a","t":1764000000123456}])") << 1;
    QTest::newRow("3.2-empty") << QByteArray(R"({"_embedded":[],"_returned":0})") << 0;
    QTest::newRow("9.7-empty") << QByteArray("[]") << 0;
}

void tst_RestHeartReplies::documents()
{
    QFETCH(QByteArray, body);
    QFETCH(int, count);
    const auto documents = readDocuments({.status = 200, .body = body, .retryAfter = {}, .date = {}});
    QVERIFY(documents);
    QCOMPARE(documents->size(), count);
    if (count > 0)
        QCOMPARE(documents->first().value(u"t"_s).toInteger(), 1764000000123456);
}

void tst_RestHeartReplies::documentsNotBelieved_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "{}", "<html>", "[1]", R"({"_embedded":{}})", R"([{"_id":"a"})"})
        QTest::newRow(body) << QByteArray(body);
}

void tst_RestHeartReplies::documentsNotBelieved()
{
    QFETCH(QByteArray, body);
    const auto documents = readDocuments({.status = 200, .body = body, .retryAfter = {}, .date = {}});
    QVERIFY(!documents);
    QVERIFY(documents.error().kind == Kind::Unclear);
}

void tst_RestHeartReplies::counts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("count");
    QTest::newRow("3.2") << QByteArray(R"({"_embedded":[],"_size":2,"_returned":0})") << qint64(2);
    QTest::newRow("9.7") << QByteArray(R"({"_size":10000000000})") << qint64(10000000000);
    QTest::newRow("wrapped") << QByteArray(R"({"_size":{"$numberLong":"3"}})") << qint64(3);
    QTest::newRow("list") << QByteArray("[]") << qint64(-1);
    QTest::newRow("text") << QByteArray(R"({"_size":"3"})") << qint64(-1);
    QTest::newRow("negative") << QByteArray(R"({"_size":-3})") << qint64(-1);
}

void tst_RestHeartReplies::counts()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, count);
    const auto read = readCount({.status = 200, .body = body, .retryAfter = {}, .date = {}});
    QCOMPARE(read ? *read : qint64(-1), count);
}

QTEST_GUILESS_MAIN(tst_RestHeartReplies)
#include "tst_restheartreplies.moc"
