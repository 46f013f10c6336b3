// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

using namespace Synchat;

/// HTTP over real sockets: what raw requests get.
class tst_NetHttp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAliveAndAnswersInOrder();
    void answersToHead();
    void readsBodies();
    void continuesOnExpectation();
    void raw_data();
    void raw();
    void requestCutAfterEveryByte();
    void smuggledRequestGetsNoAnswer_data();
    void smuggledRequestGetsNoAnswer();
    void clientMayLeaveBeforeTheAnswer();
    void headersOfTheAnswerCannotBeSplit();
};

void tst_NetHttp::keepsAliveAndAnswersInOrder()
{
    EchoServer server;
    RawClient client(server.port());
    QByteArray requests;
    for (int i = 0; i < 500; ++i)
        requests += "GET /n" + QByteArray::number(i) + " HTTP/1.1\r\n" + Host + "\r\n";
    client.send(requests);
    QVERIFY(runUntil([&] { return client.received.contains("path /n499 "); }));
    QCOMPARE(statuses(client.received).size(), 500);
    qsizetype at = 0;
    for (int i = 0; i < 500; ++i) {
        at = client.received.indexOf("path /n" + QByteArray::number(i) + " ", at);
        QVERIFY(at >= 0);
    }
    QVERIFY(client.isOpen());
    QCOMPARE(server.net().connectionCount(), 1);
}

void tst_NetHttp::answersToHead()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("HEAD /x HTTP/1.1\r\n" + Host + "\r\nGET /y HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(client.received.endsWith("path /y body "));
    QVERIFY(client.received.contains("Content-Length: 13\r\n"));               // of what GET would have sent
    QCOMPARE(client.received.count("X-Content-Type-Options: nosniff\r\n"), 2); // one each
    QVERIFY(!client.received.contains("path /x"));
}

void tst_NetHttp::readsBodies()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("POST /a HTTP/1.1\r\n" + Host + "Content-Length: 5\r\n\r\nhelloPOST /b HTTP/1.1\r\n" + Host +
                "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\nGET /c "
                "HTTP/1.1\r\n" +
                Host + "\r\n");
    QTRY_VERIFY(client.received.endsWith("path /c body "));
    QVERIFY(client.received.contains("path /a body hello"));
    QVERIFY(client.received.contains("path /b body abcde"));
}

void tst_NetHttp::continuesOnExpectation()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("POST /a HTTP/1.1\r\n" + Host + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    QTRY_VERIFY(client.received.endsWith("path /a body ok"));
}

void tst_NetHttp::raw_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("staysOpen");
    const auto row = [](const char *name, const QByteArray &request, int status, bool staysOpen = false) {
        QTest::newRow(name) << request << status << staysOpen;
    };
    const auto header = [&](const char *name, const QByteArray &text, int status, bool staysOpen = false) {
        row(name, "GET / HTTP/1.1\r\n" + Host + text + "\r\n\r\n", status, staysOpen);
    };
    const auto post = [&](const char *name, const QByteArray &rest, int status, bool staysOpen = false) {
        row(name, "POST / HTTP/1.1\r\n" + Host + rest, status, staysOpen);
    };
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n";
    row("good", "GET / HTTP/1.1\r\n" + Host + "\r\n", 200, true);
    row("empty line first", "\r\nGET / HTTP/1.1\r\n" + Host + "\r\n", 200, true);
    row("told to close", "GET / HTTP/1.1\r\n" + Host + "Connection: close\r\n\r\n", 200);
    row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 200);
    row("HTTP/0.9", "GET /\r\n\r\n", 400);
    row("HTTP/0.9 told", "GET / HTTP/0.9\r\n\r\n", 505);
    row("HTTP/2.0", "GET / HTTP/2.0\r\n" + Host + "\r\n", 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("HTTP/9.9", "GET / HTTP/9.9\r\n" + Host + "\r\n", 505);
    row("HTTPX1.1", "GET / HTTPX1.1\r\n" + Host + "\r\n", 400);
    row("garbage", "hello\r\n\r\n", 400);
    row("binary", QByteArray("\x16\x03\x01\x00\xa5\x01", 6), 400);
    row("bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400);
    row("mixed line ends", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400);
    row("two spaces", "GET  / HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("no slash", "GET x HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("NUL in the target", QByteArray("GET /\0 HTTP/1.1\r\n", 17) + Host + "\r\n", 400);
    row("escaped NUL", "GET /%00 HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("broken escape", "GET /%g1 HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("overlong UTF-8", "GET /%c0%ae HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("absolute target", "GET http://a/x HTTP/1.1\r\n" + Host + "\r\n", 200, true);
    row("asterisk", "GET * HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("put", "PUT / HTTP/1.1\r\n" + Host + "\r\n", 405);
    row("connect", "CONNECT / HTTP/1.1\r\n" + Host + "\r\n", 405);
    row("trace", "TRACE / HTTP/1.1\r\n" + Host + "\r\n", 405);
    row("unknown method", "FETCH / HTTP/1.1\r\n" + Host + "\r\n", 501);
    row("lower-case method", "get / HTTP/1.1\r\n" + Host + "\r\n", 501);
    row("target too long", "GET /" + QByteArray(9000, 'x') + " HTTP/1.1\r\n" + Host + "\r\n", 414);
    header("second Host", "Host: b", 400);
    header("Host with a path", "Host: a/b", 400);
    header("space before the colon", "X : y", 400);
    header("no colon", "Xy", 400);
    header("empty name", ": y", 400);
    header("folded", "X: y\r\n z", 400);
    header("NUL in a value", QByteArray("X: y\0z", 6), 400);
    header("CR in a value", "X: y\rz", 400);
    header("header too long", "X: " + QByteArray(9000, 'x'), 431);
    header("too many headers", QByteArray("X: y\r\n").repeated(100) + "Z: z", 431);
    header("headers too long", ("X: " + QByteArray(6000, 'x') + "\r\n").repeated(3) + "Z: z", 431);
    header("expectation unknown", "Expect: miracle", 417);
    header("upgrade to h2c", "Upgrade: h2c\r\nConnection: Upgrade", 200, true);
    header("length 0", "Content-Length: 0", 200, true);
    header("length -1", "Content-Length: -1", 400);
    header("length abc", "Content-Length: abc", 400);
    header("length 2^64", "Content-Length: 18446744073709551616", 413);
    header("length too large", "Content-Length: 65537", 413);
    header("two lengths", "Content-Length: 1\r\nContent-Length: 2", 400);
    header("equal lengths", "Content-Length: 1\r\nContent-Length: 1", 400);
    header("length a list", "Content-Length: 1, 1", 400);
    header("length and encoding", "Content-Length: 1\r\nTransfer-Encoding: chunked", 400);
    header("encoding gzip", "Transfer-Encoding: gzip", 501);
    header("encoding xchunked", "Transfer-Encoding: xchunked", 501);
    header("encoding identity", "Transfer-Encoding: identity", 501);
    header("encoding chunked, gzip", "Transfer-Encoding: chunked, gzip", 501);
    header("encoding gzip, chunked", "Transfer-Encoding: gzip, chunked", 501);
    row("encoding with 1.0", "POST / HTTP/1.0\r\n" + chunked + "0\r\n\r\n", 400);
    post("body", "Content-Length: 3\r\n\r\nabc", 200, true);
    post("body at the limit", "Content-Length: 65536\r\n\r\n" + QByteArray(65536, 'x'), 200, true);
    post("chunks", chunked + "1\r\na\r\n0\r\n\r\n", 200, true);
    post("no chunk", chunked + "0\r\n\r\n", 200, true);
    post("chunk size not hex", chunked + "g\r\na\r\n0\r\n\r\n", 400);
    post("chunk size negative", chunked + "-1\r\na\r\n0\r\n\r\n", 400);
    post("chunk size with 0x", chunked + "0x1\r\na\r\n0\r\n\r\n", 400);
    post("chunk size 2^64", chunked + "10000000000000000\r\na\r\n0\r\n\r\n", 400);
    post("chunk size missing", chunked + "\r\na\r\n0\r\n\r\n", 400);
    post("chunk longer than told", chunked + "1\r\nabc\r\n0\r\n\r\n", 400);
    post("chunk over the limit", chunked + "10001\r\n", 413);
    post("chunks over the limit", chunked + "8000\r\n" + QByteArray(0x8000, 'x') + "\r\n8001\r\n", 413);
}

void tst_NetHttp::raw()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(bool, staysOpen);
    EchoServer server;
    RawClient client(server.port());
    client.send(request);
    QTRY_VERIFY(client.received.contains("\r\n\r\n"));
    if (!staysOpen)
        QTRY_VERIFY(!client.isOpen());
    // One more round trip: by then a second answer would be here.
    RawClient other(server.port());
    other.send("GET /later HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(other.received.contains("path /later"));
    QCOMPARE(statuses(client.received), QList<int>{status});
    QCOMPARE(client.isOpen(), staysOpen);
    QVERIFY(client.received.contains("\r\nDate: "));
    QVERIFY(client.received.contains("\r\nContent-Length: "));
    QVERIFY(client.received.contains("\r\nServer: synchatd\r\n"));
    QCOMPARE(client.received.contains("\r\nConnection: close\r\n"), !staysOpen);
    if (status >= 400)
        QVERIFY(client.received.contains("\r\nContent-Type: application/problem+json\r\n"));
    if (staysOpen) {
        client.send("GET /again HTTP/1.1\r\n" + Host + "\r\n");
        QTRY_VERIFY(client.received.contains("path /again"));
    } else {
        QTRY_COMPARE(server.net().connectionCount(), 1);
    }
}

void tst_NetHttp::requestCutAfterEveryByte()
{
    EchoServer server;
    const QByteArray request =
        "POST /x HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
    RawClient client(server.port());
    for (qsizetype cut = 1; cut < request.size(); ++cut) {
        client.received.clear();
        client.send(request.first(cut));
        QCoreApplication::processEvents();
        client.send(request.sliced(cut));
        QVERIFY(runUntil([&] { return client.received.endsWith("path /x body abc"); }));
    }
    for (const char byte : request) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(server.requests.size(), request.size());
    QVERIFY(client.isOpen());
}

void tst_NetHttp::smuggledRequestGetsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("first");
    const QByteArray start = "POST / HTTP/1.1\r\n" + Host;
    QTest::newRow("length and chunks")
        << start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("chunks and length")
        << start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n";
    QTest::newRow("two lengths") << start + "Content-Length: 0\r\nContent-Length: 9\r\n\r\n";
    QTest::newRow("unknown encoding") << start + "Transfer-Encoding: xchunked\r\n\r\n";
    QTest::newRow("encoding behind a tab") << start + "Transfer-Encoding:\tgzip\r\n\r\n";
    QTest::newRow("encoding, space before the colon")
        << start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("length, space before the colon") << start + "Content-Length : 0\r\n\r\n";
    QTest::newRow("encoding in a folded line")
        << start + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("bare LF behind the head") << start + "Content-Length: 0\r\n\n";
    QTest::newRow("bare CR") << start + "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("length with a plus") << start + "Content-Length: +0\r\n\r\n";
    QTest::newRow("chunk size with a plus") << start + "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n";
    QTest::newRow("chunk end missing") << start + "Transfer-Encoding: chunked\r\n\r\n1\r\nab0\r\n\r\n";
}

void tst_NetHttp::smuggledRequestGetsNoAnswer()
{
    QFETCH(QByteArray, first);
    EchoServer server;
    RawClient client(server.port());
    client.send(first + "GET /smuggled HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(!client.isOpen());
    QCOMPARE(statuses(client.received).size(), 1);
    QVERIFY(statuses(client.received).first() >= 400);
    QVERIFY(server.requests.isEmpty());
}

void tst_NetHttp::clientMayLeaveBeforeTheAnswer()
{
    EchoServer server;
    server.responds = false;
    {
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\r\n" + Host + "\r\n");
        QTRY_COMPARE(server.exchanges.size(), 1);
    }
    QTRY_COMPARE(server.net().connectionCount(), 0);
    server.net().respond(server.exchanges.first(), {});
    server.net().respond(12345, {});
    server.responds = true;
    RawClient other(server.port());
    other.send("GET /b HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_VERIFY(other.received.contains("path /b"));
}

void tst_NetHttp::headersOfTheAnswerCannotBeSplit()
{
    EchoServer server;
    server.responds = false;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\n" + Host + "\r\n");
    QTRY_COMPARE(server.exchanges.size(), 1);
    HttpResponse response;
    response.headers = {{"X-Good", "1"}, {"X-Bad", "1\r\nSet-Cookie: x"}};
    response.body = "end";
    server.net().respond(server.exchanges.first(), response);
    QTRY_VERIFY(client.received.endsWith("end"));
    QVERIFY(client.received.contains("X-Good: 1\r\n"));
    QVERIFY(!client.received.contains("Set-Cookie"));
}

QTEST_GUILESS_MAIN(tst_NetHttp)
#include "tst_nethttp.moc"
