// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <zlib.h>

#include <numeric>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr int Posted = 333;

struct RawAnswer
{
    QByteArray status; ///< of the first line
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &name) const
    {
        const qsizetype at = head.indexOf("\r\n" + name + ": ");
        if (at < 0)
            return {};
        const qsizetype start = at + name.size() + 4;
        return head.sliced(start, head.indexOf("\r\n", start) - start);
    }
};

/// One request over a socket of our own: what a library would hide is looked at here.
RawAnswer ask(quint16 port, const QByteArray &path, const QByteArray &headers = {},
              const QByteArray &method = "GET")
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers +
                 "\r\n");
    waitUntil([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; });
    const QByteArray all = socket.readAll();
    const qsizetype end = all.indexOf("\r\n\r\n");
    return {all.mid(9, 3), all.first(std::max<qsizetype>(end + 2, 0)), all.sliced(end + 4)};
}

QByteArray unzipped(QByteArray bytes)
{
    QByteArray out(4 * 1024 * 1024, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef *>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.truncate(static_cast<qsizetype>(stream.total_out));
    inflateEnd(&stream);
    return whole ? out : QByteArray();
}

QList<int> seqsIn(const QByteArray &html)
{
    static const QRegularExpression article(u"<article [^>]*id=\"m([0-9]+)\""_s);
    QList<int> seqs;
    auto matches = article.globalMatch(QString::fromUtf8(html));
    while (matches.hasNext())
        seqs << matches.next().captured(1).toInt();
    return seqs;
}

/// Where a link of the page leads, without the fragment; empty when there is none of these words.
QByteArray linkIn(const QByteArray &html, const QString &words)
{
    const QRegularExpression link(u"<a [^>]*href=\"([^\"#]*)[^\"]*\"[^>]*>%1</a>"_s.arg(words));
    return link.match(QString::fromUtf8(html)).captured(1).replace(u"&amp;"_s, u"&"_s).toLatin1();
}

QList<int> allSeqs()
{
    QList<int> seqs(Posted);
    std::iota(seqs.begin(), seqs.end(), 1);
    return seqs;
}

} // namespace

/// The history in a browser: a real daemon, real sockets, and links that are followed as they stand.
class tst_HistoryWeb : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void olderPagesLeadToTheFirst();
    void newerPagesLeadToTheLast();
    void permalinksLeadToTheMessage();
    void resultsLeadToTheLast();
    void tagsAndGzip_data();
    void tagsAndGzip();
    void headersWithoutBody_data();
    void headersWithoutBody();
    void assetsAreServed();
    void hostileAddresses_data();
    void hostileAddresses();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<DaemonProcess> m_daemon;
};

void tst_HistoryWeb::initTestCase()
{
    m_daemon = std::make_unique<DaemonProcess>(m_folder.filePath(u"data"_s));
    m_daemon->setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(m_daemon->start(), qPrintable(m_daemon->standardError()));
    TerminalClient client(m_daemon->url(), u"<b>ana</b>"_s, {u"--once"_s});
    for (int i = 1; i <= Posted; ++i)
        client.post(u"message %1 <script>alert(%1)</script>"_s.arg(i));
    client.closeInput();
    QCOMPARE(client.waitForEnd(60000), 0);
}

void tst_HistoryWeb::olderPagesLeadToTheFirst()
{
    QList<int> seqs;
    QByteArray path = "/history";
    int pages = 0;
    for (; !path.isEmpty() && pages < Posted; ++pages) {
        const RawAnswer answer = ask(m_daemon->httpPort(), path);
        QCOMPARE(answer.status, "200");
        QVERIFY(!answer.body.contains("<script"));
        QVERIFY(!answer.body.contains("<b>ana"));
        seqs = seqsIn(answer.body) + seqs;
        path = linkIn(answer.body, u"← Older"_s);
    }
    QCOMPARE(seqs, allSeqs());
    QCOMPARE(pages, 7); // of 50
}

void tst_HistoryWeb::newerPagesLeadToTheLast()
{
    QList<int> seqs;
    QByteArray path = linkIn(ask(m_daemon->httpPort(), "/history").body, u"Oldest"_s);
    for (int pages = 0; !path.isEmpty() && pages < Posted; ++pages) {
        const RawAnswer answer = ask(m_daemon->httpPort(), path);
        QCOMPARE(answer.status, "200");
        seqs += seqsIn(answer.body);
        path = linkIn(answer.body, u"Newer →"_s);
    }
    QCOMPARE(seqs, allSeqs());
}

void tst_HistoryWeb::permalinksLeadToTheMessage()
{
    const QByteArray newest = ask(m_daemon->httpPort(), "/history").body;
    const QByteArray path = linkIn(newest, u"#300"_s);
    QCOMPARE(path, "/history?room=general&around=300");
    const QByteArray page = ask(m_daemon->httpPort(), path).body;
    QVERIFY(page.contains("target\" id=\"m300\""));
    const QList<int> seqs = seqsIn(page);
    QVERIFY(seqs.contains(299) && seqs.contains(301));
    const QByteArray epoch = ask(m_daemon->httpPort(), "/history?at=1970-01-01").body;
    QCOMPARE(seqsIn(epoch).value(0), 1);
    QVERIFY(epoch.contains("<span id=\"at\"></span>"));
}

void tst_HistoryWeb::resultsLeadToTheLast()
{
    static const QRegularExpression result(u">#([0-9]+)</a>"_s);
    QList<int> seqs;
    QByteArray path = "/history?q=alert+mess*&from=%3Cb%3Eana%3C%2Fb%3E&room=";
    for (int pages = 0; !path.isEmpty() && pages < Posted; ++pages) {
        const RawAnswer answer = ask(m_daemon->httpPort(), path);
        QCOMPARE(answer.status, "200");
        QVERIFY(answer.body.contains("<mark>message</mark>"));
        auto matches = result.globalMatch(QString::fromUtf8(answer.body));
        while (matches.hasNext())
            seqs.prepend(matches.next().captured(1).toInt());
        path = linkIn(answer.body, u"Older results →"_s);
    }
    QCOMPARE(seqs, allSeqs());
}

void tst_HistoryWeb::tagsAndGzip_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("shrinks");
    QTest::newRow("page") << QByteArray("/history") << true;
    QTest::newRow("messages") << QByteArray("/api/v1/rooms/general/messages?limit=500") << true;
    QTest::newRow("rooms") << QByteArray("/api/v1/rooms") << false;
}

void tst_HistoryWeb::tagsAndGzip()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, shrinks);
    const quint16 port = m_daemon->httpPort();
    const RawAnswer plain = ask(port, path);
    const RawAnswer zipped = ask(port, path, "Accept-Encoding: br, gzip;q=0.9\r\n");
    QCOMPARE(zipped.header("Content-Encoding"), shrinks ? QByteArray("gzip") : QByteArray());
    QCOMPARE(zipped.header("Vary"), shrinks ? QByteArray("Accept-Encoding") : QByteArray());
    QCOMPARE(shrinks ? unzipped(zipped.body) : zipped.body, plain.body);
    QCOMPARE(zipped.header("Content-Length").toLongLong(), zipped.body.size());
    if (shrinks)
        QVERIFY(zipped.body.size() * 4 < plain.body.size());
    QCOMPARE(plain.header("ETag") == zipped.header("ETag"), !shrinks);

    const RawAnswer same = ask(port, path, "If-None-Match: \"x\", " + plain.header("ETag") + "\r\n");
    QCOMPARE(same.status, "304");
    QVERIFY(same.body.isEmpty());
    QCOMPARE(same.header("ETag"), plain.header("ETag"));
    QCOMPARE(same.header("Vary"), plain.header("Vary"));
    QCOMPARE(same.header("Content-Length"), QByteArray());
    QCOMPARE(ask(port, path, "If-None-Match: *\r\n").status, "304");
    QCOMPARE(ask(port, path, "If-None-Match: \"x\"\r\n").status, "200");
}

void tst_HistoryWeb::headersWithoutBody_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("page") << QByteArray("/history") << QByteArray();
    QTest::newRow("gzipped") << QByteArray("/history") << QByteArray("Accept-Encoding: gzip\r\n");
    QTest::newRow("json") << QByteArray("/api/v1/rooms/general/messages") << QByteArray();
    QTest::newRow("unknown") << QByteArray("/history?room=nowhere") << QByteArray();
}

void tst_HistoryWeb::headersWithoutBody()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, headers);
    const RawAnswer whole = ask(m_daemon->httpPort(), path, headers);
    const RawAnswer head = ask(m_daemon->httpPort(), path, headers, "HEAD");
    QCOMPARE(head.status, whole.status);
    QVERIFY(head.body.isEmpty());
    for (const char *name : {"Content-Type", "Content-Length", "Content-Encoding", "ETag", "Vary",
                             "Cache-Control", "Content-Security-Policy"})
        QCOMPARE(head.header(name), whole.header(name));
}

void tst_HistoryWeb::assetsAreServed()
{
    const QString page = QString::fromUtf8(ask(m_daemon->httpPort(), "/history").body);
    static const QRegularExpression address(u"href=\"(/assets/[^\"]*)\""_s);
    auto matches = address.globalMatch(page);
    int assets = 0;
    for (; matches.hasNext(); ++assets) {
        const RawAnswer answer = ask(m_daemon->httpPort(), matches.next().captured(1).toLatin1());
        QCOMPARE(answer.status, "200");
        QVERIFY(answer.body.size() > 100);
        QVERIFY(answer.header("Cache-Control").contains("immutable"));
    }
    QCOMPARE(assets, 2);
}

void tst_HistoryWeb::hostileAddresses_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("status");
    const auto row = [](const char *name, const QByteArray &query, const char *status) {
        QTest::newRow(name) << query << QByteArray(status);
    };
    row("script", "room=%3Cscript%3Ealert(1)%3C/script%3E", "404");
    row("unescaped", "room=<script>alert(1)</script>", "404");
    row("quotes", "room=%22%3E%3Cscript%3E", "404");
    row("nonsense", "before=%3Cscript%3E", "400");
    row("not-utf-8", "room=%ff%fe", "404");
    row("nul", "room=a%00b", "400");
}

void tst_HistoryWeb::hostileAddresses()
{
    QFETCH(QByteArray, query);
    const RawAnswer answer = ask(m_daemon->httpPort(), "/history?" + query);
    QTEST(answer.status, "status");
    QCOMPARE(answer.header("Content-Type"), "text/html; charset=utf-8");
    QVERIFY(!answer.body.contains("<script"));
}

QTEST_GUILESS_MAIN(tst_HistoryWeb)
#include "tst_historyweb.moc"
