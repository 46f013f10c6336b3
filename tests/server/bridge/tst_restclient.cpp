// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restclient.h"

#include "tests/server/bridge/bridgefixture.h"
#include "tests/support/faultproxy.h"
#include "tests/support/httplength.h"
#include "tests/support/smallhttpserver.h"

#include <QTest>

#include <memory>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = StoreFailure::Kind;

namespace {

using Reply = Result<BridgeReply, StoreFailure>;

SmallHttpReply sayHello(const SmallHttpRequest &)
{
    return {.status = 200, .body = "hello"};
}

QString addressOf(quint16 port)
{
    return u"http://127.0.0.1:%1/a/b"_s.arg(port);
}

Reply get(RestClient &client, const QString &url)
{
    std::optional<Reply> answer;
    client.get(QUrl(url), [&answer](const Reply &reply) { answer = reply; });
    if (!waitUntil([&] { return answer.has_value(); }))
        return Failure(StoreFailure{Kind::Misplaced, u"never answered"_s, {}});
    return *answer;
}

} // namespace

class tst_RestClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void credentials_data();
    void credentials();
    void asksPlainly();
    void answersOfAnyStatus_data();
    void answersOfAnyStatus();
    void followsNoRedirect();
    void keepsNoCookies();
    void faults_data();
    void faults();
    void nobodyThere();
    void wholeTimeIsLimited();
    void lengthIsLimited_data();
    void lengthIsLimited();
    void nothingAfterItsEnd();
    void mayEndInItsAnswer();
};

void tst_RestClient::credentials_data()
{
    QTest::addColumn<QString>("userInfo");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QString() << QString() << QString() << QByteArray();
    QTest::newRow("of-the-address") << u"ana:hush@"_s << QString() << QString() << QByteArray("ana:hush");
    QTest::newRow("set") << QString() << u"ana"_s << u"hu:sh"_s << QByteArray("ana:hu:sh");
    QTest::newRow("set-wins") << u"eva:x@"_s << u"ana"_s << u"hush"_s << QByteArray("ana:hush");
    QTest::newRow("password-set-apart") << u"ana@"_s << QString() << u"hush"_s << QByteArray("ana:hush");
    QTest::newRow("utf-8") << QString() << u"zoë"_s << u"ü€"_s << QByteArray("zoë:ü€");
}

void tst_RestClient::credentials()
{
    QFETCH(QString, userInfo);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QByteArray, expected);
    SmallHttpServer server(sayHello);
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(QString(uri).replace(u"://"_s, u"://"_s + userInfo), user, password));
    QVERIFY(get(client, uri));
    const QByteArray sent = httpHeader(server.requests.first().whole, "authorization");
    QCOMPARE(sent, expected.isEmpty() ? QByteArray() : "Basic " + expected.toBase64());
}

void tst_RestClient::asksPlainly()
{
    SmallHttpServer server(sayHello);
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, {}, {}));
    std::optional<Reply> answer;
    client.post(QUrl(uri + u"?wm=upsert"_s), "[1]", [&](const Reply &reply) { answer = reply; });
    QVERIFY(!answer); // never from within the call
    QVERIFY(waitUntil([&] { return answer.has_value(); }));
    const SmallHttpRequest request = server.requests.first();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/a/b?wm=upsert"));
    QCOMPARE(request.body, QByteArray("[1]"));
    QCOMPARE(httpHeader(request.whole, "content-type"), QByteArray("application/json"));
    QCOMPARE(httpHeader(request.whole, "accept-encoding"), QByteArray("identity"));
    client.put(QUrl(uri), "{}", [&](const Reply &reply) { answer = reply; });
    QVERIFY(waitUntil([&] { return server.requests.size() == 2; }));
    QCOMPARE(server.requests.last().method, QByteArray("PUT"));
}

void tst_RestClient::answersOfAnyStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 207, 301, 400, 401, 403, 404, 406, 409, 413, 429, 500, 502, 503, 504})
        QTest::addRow("%d", status) << status;
}

void tst_RestClient::answersOfAnyStatus()
{
    QFETCH(int, status);
    SmallHttpServer server([&](const SmallHttpRequest &) {
        return SmallHttpReply{.status = status,
                              .body = "said",
                              .headers = {"Retry-After: 7", "Date: Mon, 23 Nov 2026 14:03:25 GMT"}};
    });
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, u"ana"_s, u"hush"_s));
    const Reply reply = get(client, uri);
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().reason));
    QCOMPARE(reply->status, status);
    QCOMPARE(reply->body, QByteArray("said"));
    QCOMPARE(reply->retryAfter, QByteArray("7"));
    QVERIFY(!reply->date.isEmpty());
    QCOMPARE(server.requests.size(), 1);
}

void tst_RestClient::followsNoRedirect()
{
    SmallHttpServer other(sayHello);
    SmallHttpServer server([&](const SmallHttpRequest &) {
        return SmallHttpReply{.status = 307,
                              .headers = {"Location: " + addressOf(other.serverPort()).toUtf8()}};
    });
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, u"ana"_s, u"hush"_s));
    const Reply reply = get(client, uri);
    QVERIFY(reply);
    QCOMPARE(reply->status, 307);
    QVERIFY(other.requests.isEmpty());
}

void tst_RestClient::keepsNoCookies()
{
    SmallHttpServer server([](const SmallHttpRequest &) {
        return SmallHttpReply{.status = 200, .headers = {"Set-Cookie: a=b; Path=/"}};
    });
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, {}, {}));
    QVERIFY(get(client, uri));
    QVERIFY(get(client, uri));
    QVERIFY(httpHeader(server.requests.last().whole, "cookie").isEmpty());
}

void tst_RestClient::faults_data()
{
    QTest::addColumn<QByteArray>("fault");
    for (const char *fault : {"close", "garbage", "half", "lose", "hang"})
        QTest::newRow(fault) << QByteArray(fault);
}

void tst_RestClient::faults()
{
    QFETCH(QByteArray, fault);
    SmallHttpServer server(sayHello);
    FaultProxy proxy(server.serverPort());
    QVERIFY(proxy.start());
    proxy.setFault(*BridgeFault::parse(fault));
    const QString uri = addressOf(proxy.port());
    RestClient client(bridgeConfig(uri, u"ana"_s, u"hush"_s), {.timeout = 1000ms});
    const Reply reply = get(client, uri);
    QVERIFY(!reply);
    QVERIFY(reply.error().kind == Kind::Retryable);
    QVERIFY(reply.error().reason.endsWith(u'.') && !reply.error().reason.contains(u"hush"_s));
    proxy.setFault({});
    QVERIFY(get(client, uri));
}

void tst_RestClient::nobodyThere()
{
    SmallHttpServer server(sayHello);
    const QString uri = addressOf(server.serverPort());
    server.close();
    RestClient client(bridgeConfig(uri, {}, {}));
    const Reply reply = get(client, uri);
    QVERIFY(!reply);
    QVERIFY(reply.error().kind == Kind::Retryable);
}

/// Bytes that go on trickling in make it no longer.
void tst_RestClient::wholeTimeIsLimited()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTimer trickle;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        connect(&trickle, &QTimer::timeout, socket, [socket] { socket->write("x"); });
        trickle.start(20);
    });
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, {}, {}), {.timeout = 500ms});
    const Reply reply = get(client, uri);
    QVERIFY(!reply);
    QVERIFY(reply.error().kind == Kind::Retryable);
    QVERIFY(reply.error().reason.contains(u"0.5 s"_s));
}

void tst_RestClient::lengthIsLimited_data()
{
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<bool>("taken");
    QTest::newRow("at-the-limit") << qsizetype(1) * 1024 * 1024 << true;
    QTest::newRow("one-more") << qsizetype(1) * 1024 * 1024 + 1 << false;
    QTest::newRow("much-more") << qsizetype(10) * 1024 * 1024 << false;
}

void tst_RestClient::lengthIsLimited()
{
    QFETCH(qsizetype, length);
    QFETCH(bool, taken);
    SmallHttpServer server([&](const SmallHttpRequest &) {
        return SmallHttpReply{.status = 200, .body = QByteArray(length, 'x')};
    });
    const QString uri = addressOf(server.serverPort());
    RestClient client(bridgeConfig(uri, {}, {}), {.replyBytes = 1024 * 1024});
    const Reply reply = get(client, uri);
    QCOMPARE(reply.has_value(), taken);
    if (taken)
        QCOMPARE(reply->body.size(), length);
    else
        QVERIFY(reply.error().kind == Kind::TooLarge);
}

void tst_RestClient::nothingAfterItsEnd()
{
    SmallHttpServer server(sayHello);
    const QString uri = addressOf(server.serverPort());
    bool answered = false;
    auto client = std::make_unique<RestClient>(bridgeConfig(uri, {}, {}));
    client->get(QUrl(uri), [&](const Reply &) { answered = true; });
    client.reset();
    RestClient other(bridgeConfig(uri, {}, {}));
    QVERIFY(get(other, uri)); // the loop had its turns
    QVERIFY(!answered);
}

void tst_RestClient::mayEndInItsAnswer()
{
    SmallHttpServer server(sayHello);
    const QString uri = addressOf(server.serverPort());
    auto client = std::make_unique<RestClient>(bridgeConfig(uri, {}, {}));
    client->get(QUrl(uri), [&](const Reply &) { client.reset(); });
    QVERIFY(waitUntil([&] { return client == nullptr; }));
}

QTEST_GUILESS_MAIN(tst_RestClient)
#include "tst_restclient.moc"
