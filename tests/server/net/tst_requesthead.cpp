// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/requesthead.h"

#include <QTest>

using namespace Synchat;

class tst_RequestHead : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheEnd();
    void refusesWhileScanning_data();
    void refusesWhileScanning();
    void readsAHead();
    void absoluteFormNamesTheHost();
    void refusesWhileParsing_data();
    void refusesWhileParsing();
    void decides_data();
    void decides();
    void keepAlive_data();
    void keepAlive();
    void decodesPaths_data();
    void decodesPaths();
};

void tst_RequestHead::findsTheEnd()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (qsizetype cut = 0; cut < head.size(); ++cut) {
        const HeadScan scan = scanHead(QByteArrayView(head).first(cut));
        QCOMPARE(scan.length, 0);
        QVERIFY2(!scan.refusal, QByteArray::number(cut).constData());
    }
    QCOMPARE(scanHead(head).length, head.size());
    QCOMPARE(scanHead(head + "next").length, head.size());
}

void tst_RequestHead::refusesWhileScanning_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 0: none
    const QByteArray start = "GET / HTTP/1.1\r\n";
    const auto headers = [](int count) { return QByteArray("a: b\r\n").repeated(count); };
    QTest::newRow("bare LF in the request line") << QByteArray("GET / HTTP/1.1\n") << 400;
    QTest::newRow("bare LF in a header") << start + "Host: a\nb: c\r\n" << 400;
    QTest::newRow("LF at once") << QByteArray("\n") << 400;
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00", 5) << 400;
    QTest::newRow("starts with a space") << QByteArray(" GET / HTTP/1.1\r\n") << 400;
    QTest::newRow("line at the limit")
        << "GET /" + QByteArray(HttpLimits::LineBytes - 14, 'x') + " HTTP/1.1\r\n"
        << 0;
    QTest::newRow("line over the limit")
        << "GET /" + QByteArray(HttpLimits::LineBytes - 13, 'x') + " HTTP/1.1\r\n"
        << 414;
    QTest::newRow("request line without end") << "GET /" + QByteArray(HttpLimits::LineBytes, 'x') << 414;
    QTest::newRow("header over the limit") << start + "a:" + QByteArray(HttpLimits::LineBytes, 'x') + "\r\n"
                                           << 431;
    QTest::newRow("header without end") << start + "a:" + QByteArray(HttpLimits::LineBytes, 'x') << 431;
    QTest::newRow("most headers") << start + headers(HttpLimits::HeaderLines) << 0;
    QTest::newRow("one header too many") << start + headers(HttpLimits::HeaderLines + 1) << 431;
    const QByteArray large = "a: " + QByteArray(5000, 'x') + "\r\n";
    QTest::newRow("head over the limit") << start + large + large + large + large + "\r\n" << 431;
    QTest::newRow("head over the limit, not complete")
        << start + large + large + large + "b:" + QByteArray(1500, 'x') << 431;
}

void tst_RequestHead::refusesWhileScanning()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const HeadScan scan = scanHead(bytes);
    QCOMPARE(scan.refusal ? scan.refusal->status : 0, status);
    QCOMPARE(scan.length, 0);
}

void tst_RequestHead::readsAHead()
{
    const auto head =
        parseRequestHead("POST /p/a?x=1&y=2 HTTP/1.0\r\nHost: h:8\r\nX-A:  v w \t\r\nx-a: z,, w\r\n"
                         "Content-Length: 12\r\nEmpty:\r\n\r\n");
    QVERIFY(head.has_value());
    QCOMPARE(head->method, "POST");
    QCOMPARE(head->path, "/p/a");
    QCOMPARE(head->query, "x=1&y=2");
    QCOMPARE(head->minorVersion, 0);
    QCOMPARE(head->value("x-a"), "v w");
    QCOMPARE(head->count("x-a"), 2);
    QCOMPARE(head->members("x-a"), (QList<QByteArray>{"v w", "z", "w"}));
    QVERIFY(head->hasMember("x-a", "Z"));
    QVERIFY(!head->hasMember("x-a", "v"));
    QCOMPARE(head->count("empty"), 1);
    QVERIFY(hasBody(*head));
}

void tst_RequestHead::absoluteFormNamesTheHost()
{
    const auto head = parseRequestHead("GET http://real:81?q HTTP/1.1\r\nHost: other\r\n\r\n");
    QVERIFY(head.has_value());
    QCOMPARE(head->path, "/");
    QCOMPARE(head->query, "q");
    QCOMPARE(head->value("host"), "real:81");
}

void tst_RequestHead::refusesWhileParsing_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status"); // 0: none
    const auto line = [](const char *name, const QByteArray &text, int status) {
        QTest::newRow(name) << text + "\r\nHost: a\r\n\r\n" << status;
    };
    line("good", "GET / HTTP/1.1", 0);
    line("no version", "GET /", 400);
    line("only a method", "GET", 400);
    line("two spaces", "GET  / HTTP/1.1", 400);
    line("space in the target", "GET /a b HTTP/1.1", 400);
    line("space at the end", "GET / HTTP/1.1 ", 400);
    line("tab for a space", "GET\t/\tHTTP/1.1", 400);
    line("method is no token", "G(T / HTTP/1.1", 400);
    line("HTTP/0.9", "GET / HTTP/0.9", 505);
    line("HTTP/1.2", "GET / HTTP/1.2", 505);
    line("HTTP/2.0", "GET / HTTP/2.0", 505);
    line("HTTP/9.9", "GET / HTTP/9.9", 505);
    line("HTTPX1.1", "GET / HTTPX1.1", 400);
    line("http in lower case", "GET / http/1.1", 400);
    line("HTTP/1.10", "GET / HTTP/1.10", 400);
    line("HTTP/1", "GET / HTTP/1", 400);
    line("target without a slash", "GET a HTTP/1.1", 400);
    line("asterisk", "OPTIONS * HTTP/1.1", 400);
    line("authority form", "CONNECT a:80 HTTP/1.1", 400);
    line("other scheme", "GET https://a/ HTTP/1.1", 400);
    line("absolute with a user", "GET http://u@a/ HTTP/1.1", 400);
    line("absolute without a host", "GET http:/// HTTP/1.1", 400);
    line("fragment", "GET /a#b HTTP/1.1", 400);
    line("NUL in the target", QByteArray("GET /a\0b HTTP/1.1", 17), 400);
    line("byte over 127 in the target", "GET /\xc3\xa9 HTTP/1.1", 400);
    line("broken escape", "GET /%4 HTTP/1.1", 400);
    line("escape of NUL", "GET /%00 HTTP/1.1", 400);
    const auto header = [](const char *name, const QByteArray &text, int status) {
        QTest::newRow(name) << "GET / HTTP/1.1\r\nHost: a\r\n" + text + "\r\n\r\n" << status;
    };
    header("space before the colon", "X : y", 400);
    header("no colon", "X", 400);
    header("no name", ": y", 400);
    header("name is no token", "X(: y", 400);
    header("folded line", "X: y\r\n z", 400);
    header("folded with a tab", "X: y\r\n\tz", 400);
    header("NUL in a value", QByteArray("X: a\0b", 6), 400);
    header("CR in a value", "X: a\rb", 400);
    header("control character in a value", "X: a\x01", 400);
    header("bytes over 127 in a value", "X: \xff\xfe", 0);
    header("second Host", "Host: a", 400);
    header("length -1", "Content-Length: -1", 400);
    header("length +1", "Content-Length: +1", 400);
    header("length abc", "Content-Length: abc", 400);
    header("length empty", "Content-Length:", 400);
    header("length in hex", "Content-Length: 0x10", 400);
    header("length a list", "Content-Length: 5, 5", 400);
    header("length with a space", "Content-Length: 1 2", 400);
    header("two equal lengths", "Content-Length: 5\r\nContent-Length: 5", 400);
    header("two lengths", "Content-Length: 5\r\nContent-Length: 6", 400);
    header("length 2^64", "Content-Length: 18446744073709551616", 413);
    header("length at the limit", "Content-Length: 65536", 0);
    header("length over the limit", "Content-Length: 65537", 413);
    header("chunked", "Transfer-Encoding: Chunked", 0);
    header("gzip", "Transfer-Encoding: gzip", 501);
    header("gzip, chunked", "Transfer-Encoding: gzip, chunked", 501);
    header("xchunked", "Transfer-Encoding: xchunked", 501);
    header("chunked with a parameter", "Transfer-Encoding: chunked;a=b", 501);
    header("chunked in quotes", "Transfer-Encoding: \"chunked\"", 501);
    header("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 501);
    header("chunked behind a vertical tab",
           "Transfer-Encoding: \x0b"
           "chunked",
           400);
    header("empty encoding", "Transfer-Encoding:", 501);
    header("length and encoding", "Content-Length: 5\r\nTransfer-Encoding: chunked", 400);
    QTest::newRow("1.1 without Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("1.0 without Host") << QByteArray("GET / HTTP/1.0\r\n\r\n") << 0;
    QTest::newRow("1.0 with an encoding")
        << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") << 400;
    QTest::newRow("empty Host") << QByteArray("GET / HTTP/1.1\r\nHost:\r\n\r\n") << 400;
    QTest::newRow("Host with a user") << QByteArray("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") << 400;
    QTest::newRow("Host a list") << QByteArray("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n") << 400;
    QTest::newRow("Host with a wrong port") << QByteArray("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n") << 400;
    QTest::newRow("Host an IPv6 address") << QByteArray("GET / HTTP/1.1\r\nHost: [::1]:8737\r\n\r\n") << 0;
}

void tst_RequestHead::refusesWhileParsing()
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    const auto parsed = parseRequestHead(head);
    QCOMPARE(parsed.has_value() ? 0 : parsed.error().status, status);
    if (!parsed.has_value())
        QVERIFY(!parsed.error().detail.isEmpty());
}

void tst_RequestHead::decides_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("verdict"); // a status, 1 for HTTP, 101 for WebSocket
    const auto row = [](const char *name, const QByteArray &line, const QByteArray &headers, int verdict) {
        QTest::newRow(name) << line + " HTTP/1.1\r\n" + headers + "\r\n" << verdict;
    };
    const QByteArray host = "Host: chat:8737\r\n";
    const QByteArray hop = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
    const QByteArray all = host + hop + key + version;
    row("get", "GET /x", host, 1);
    row("head", "HEAD /x", host, 1);
    row("post", "POST /x", host, 1);
    row("delete", "DELETE /x", host, 405);
    row("options", "OPTIONS /x", host, 405);
    row("trace", "TRACE /x", host, 405);
    row("unknown method", "BREW /x", host, 501);
    row("method in lower case", "get /x", host, 501);
    row("expect continue", "POST /x", host + "Expect: 100-continue\r\n", 1);
    row("expect something", "POST /x", host + "Expect: more\r\n", 417);
    row("upgrade to something else", "GET /x", host + "Upgrade: h2c\r\nConnection: Upgrade\r\n", 1);
    row("handshake", "GET /ws", all, 101);
    row("handshake with a query", "GET /ws?a=b", all, 101);
    row("handshake, Firefox's Connection", "GET /ws",
        host + "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n" + key + version, 101);
    row("handshake elsewhere", "GET /", all, 404);
    row("handshake below", "GET /ws/", all, 404);
    row("handshake by post", "POST /ws", all, 400);
    row("handshake with a body", "GET /ws", all + "Content-Length: 3\r\n", 400);
    row("handshake with chunks", "GET /ws", all + "Transfer-Encoding: chunked\r\n", 400);
    row("no Upgrade", "GET /ws", host + "Connection: Upgrade\r\n" + key + version, 400);
    row("no Connection", "GET /ws", host + "Upgrade: websocket\r\n" + key + version, 400);
    row("Connection without upgrade", "GET /ws",
        host + "Upgrade: websocket\r\nConnection: keep-alive\r\n" + key + version, 400);
    row("two Upgrades", "GET /ws", all + "Upgrade: websocket\r\n", 400);
    row("Upgrade a list", "GET /ws",
        host + "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\n" + key + version, 400);
    row("no key", "GET /ws", host + hop + version, 400);
    row("empty key", "GET /ws", host + hop + version + "Sec-WebSocket-Key:\r\n", 400);
    row("short key", "GET /ws", host + hop + version + "Sec-WebSocket-Key: c2hvcnQ=\r\n", 400);
    row("key not base64", "GET /ws", host + hop + version + "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n",
        400);
    row("two keys", "GET /ws", all + key, 400);
    row("no version", "GET /ws", host + hop + key, 400);
    row("version 8", "GET /ws", host + hop + key + "Sec-WebSocket-Version: 8\r\n", 426);
    row("two versions", "GET /ws", all + version, 400);
    row("plain get of /ws", "GET /ws", host, 426);
    const auto protocol = [&](const char *name, const QByteArray &offered, int verdict) {
        row(name, "GET /ws", all + "Sec-WebSocket-Protocol: " + offered + "\r\n", verdict);
    };
    protocol("our subprotocol", "synchat.v1", 101);
    protocol("ours among others", "chat, synchat.v1 ,x", 101);
    protocol("ours in the second line", "chat\r\nSec-WebSocket-Protocol: synchat.v1", 101);
    protocol("only another", "chat", 400);
    protocol("two others", "chat, synchat.v2", 400);
    protocol("ours in capitals", "SYNCHAT.V1", 400);
    const auto origin = [&](const char *name, const QByteArray &from, int verdict) {
        row(name, "GET /ws", all + "Origin: " + from + "\r\n", verdict);
    };
    origin("own origin", "http://chat:8737", 101);
    origin("listed origin", "https://friend.example", 101);
    origin("foreign origin", "http://evil.example", 403);
    origin("null origin", "null", 403);
    origin("two origins", "http://chat:8737\r\nOrigin: http://chat:8737", 403);
}

void tst_RequestHead::decides()
{
    QFETCH(QByteArray, head);
    QFETCH(int, verdict);
    const auto parsed = parseRequestHead(head);
    QVERIFY(parsed.has_value());
    const HeadDecision decision = decideRequest(*parsed, {QStringLiteral("https://friend.example")});
    const int got = decision.verdict == HeadVerdict::Http      ? 1
                    : decision.verdict == HeadVerdict::Upgrade ? 101
                                                               : decision.refusal.status;
    QCOMPARE(got, verdict);
}

void tst_RequestHead::keepAlive_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("keeps");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true;
    QTest::newRow("close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n") << false;
    QTest::newRow("close in a list") << QByteArray(
                                            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n")
                                     << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\nHost: a\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                                    << false;
}

void tst_RequestHead::keepAlive()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, keeps);
    QCOMPARE(wantsKeepAlive(*parseRequestHead(head)), keeps);
}

void tst_RequestHead::decodesPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("decoded"); // null: refused
    QTest::newRow("plain") << QByteArray("/a/b") << QStringLiteral("/a/b");
    QTest::newRow("escapes") << QByteArray("/%41%c3%A9%2f") << QStringLiteral("/A\u00e9/");
    QTest::newRow("plus stays") << QByteArray("/a+b") << QStringLiteral("/a+b");
    QTest::newRow("cut escape") << QByteArray("/%a") << QString();
    QTest::newRow("lonely percent") << QByteArray("/%") << QString();
    QTest::newRow("no hex") << QByteArray("/%zz") << QString();
    QTest::newRow("sign") << QByteArray("/%+1") << QString();
    QTest::newRow("space") << QByteArray("/% 1") << QString();
    QTest::newRow("second digit no hex") << QByteArray("/%1 ") << QString();
    QTest::newRow("NUL") << QByteArray("/%00") << QString();
    QTest::newRow("line feed") << QByteArray("/%0a") << QString();
    QTest::newRow("DEL") << QByteArray("/%7f") << QString();
    QTest::newRow("not UTF-8") << QByteArray("/%ff") << QString();
    QTest::newRow("overlong slash") << QByteArray("/%c0%af") << QString();
    QTest::newRow("half a character") << QByteArray("/%c3") << QString();
}

void tst_RequestHead::decodesPaths()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, decoded);
    QCOMPARE(decodePath(path).value_or(QString()), decoded);
}

QTEST_APPLESS_MAIN(tst_RequestHead)
#include "tst_requesthead.moc"
