// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcesquery.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

/// Answers each connection with the same bytes and hangs up, or stays silent then.
class Web : public QTcpServer
{
public:
    explicit Web(const QByteArray &bytes, bool hangsUp = true)
    {
        connect(this, &QTcpServer::newConnection, this, [this, bytes, hangsUp] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, bytes, hangsUp] {
                requests.append(socket->readAll());
                socket->write(bytes);
                if (hangsUp)
                    socket->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl url(const QString &scheme = u"ws"_s) const
    {
        return QUrl(u"%1://127.0.0.1:%2/ws"_s.arg(scheme).arg(serverPort()));
    }
    QList<QByteArray> requests;
};

QByteArray http(const QByteArray &head, const QByteArray &body)
{
    return "HTTP/1.1 " + head + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

const QByteArray Report = R"({"offset":5,"state":"ok","sources":[{"name":"a"}]})";

/// Asks, and keeps what comes.
struct Asked
{
    explicit Asked(const QUrl &server, std::chrono::milliseconds deadline = 20s)
        : query(deadline)
    {
        QObject::connect(
            &query, &SourcesQuery::finished, &query,
            [this](const Result<SourcesAnswer, SourcesRefusal> &answer) { answers.append(answer); });
        query.ask(server);
    }
    SourcesQuery query;
    QList<Result<SourcesAnswer, SourcesRefusal>> answers;
};

} // namespace

class tst_SourcesQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheReport_data();
    void takesTheReport();
    void refuses_data();
    void refuses();
    void doesNotWaitForever_data();
    void doesNotWaitForever();
    void nobodyListens();
    void forgets();
};

void tst_SourcesQuery::takesTheReport_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("ws") << u"ws"_s;
    QTest::newRow("http") << u"http"_s;
}

void tst_SourcesQuery::takesTheReport()
{
    QFETCH(QString, scheme);
    const Web web(http("200 OK", Report));
    const Asked asked(web.url(scheme));
    QTRY_COMPARE(asked.answers.size(), 1);
    const auto &answer = asked.answers.constFirst();
    QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().sentence));
    QCOMPARE(answer->json, Report);
    QCOMPARE(answer->report.sources.size(), 1);
    QVERIFY(web.requests.constFirst().startsWith("GET /api/v1/time HTTP/1.1\r\n"));
    QVERIFY(!asked.query.isOpen());
}

void tst_SourcesQuery::refuses_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<SourcesRefusal::Cause>("cause");
    QTest::addColumn<QString>("words");
    constexpr auto NotOffered = SourcesRefusal::Cause::NotOffered;
    constexpr auto NoAnswer = SourcesRefusal::Cause::NoAnswer;
    const QString noDaemon = u"does not tell of its time"_s;
    QTest::newRow("not-found") << http("404 Not Found", "{}") << NotOffered << u"status 404"_s;
    QTest::newRow("broken") << http("500 Oops", Report) << NotOffered << u"status 500"_s;
    QTest::newRow("redirect") << http("302 Found\r\nLocation: /elsewhere", Report) << NotOffered
                              << u"status 302"_s;
    QTest::newRow("web-page") << http("200 OK", "<h1>It works!</h1>") << NotOffered << noDaemon;
    QTest::newRow("no-sources") << http("200 OK", R"({"t":5})") << NotOffered << noDaemon;
    QTest::newRow("empty") << http("200 OK", "") << NotOffered << noDaemon;
    QTest::newRow("too-long") << http("200 OK", QByteArray(SourcesQuery::MaxAnswer + 1, ' ') + Report)
                              << NotOffered << u"too long"_s;
    QTest::newRow("too-long-without-end")
        << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(2 * SourcesQuery::MaxAnswer, ' ') << NotOffered
        << u"too long"_s;
    QTest::newRow("cut-short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{") << NoAnswer
                               << u"cannot be reached"_s;
    QTest::newRow("hangs-up") << QByteArray() << NoAnswer << u"cannot be reached"_s;
}

void tst_SourcesQuery::refuses()
{
    QFETCH(QByteArray, reply);
    QFETCH(QString, words);
    const Web web(reply);
    const Asked asked(web.url());
    QTRY_COMPARE_WITH_TIMEOUT(asked.answers.size(), 1, 15000);
    QVERIFY(!asked.answers.constFirst());
    const SourcesRefusal &refusal = asked.answers.constFirst().error();
    QTEST(refusal.cause, "cause");
    QVERIFY2(refusal.sentence.contains(words), qPrintable(refusal.sentence));
    QVERIFY2(refusal.sentence.contains(u"127.0.0.1:%1"_s.arg(web.serverPort())),
             qPrintable(refusal.sentence));
    for (const QByteArray &request : web.requests)
        QVERIFY(request.startsWith("GET /api/v1/time "));
}

void tst_SourcesQuery::doesNotWaitForever_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("silent") << QByteArray();
    QTest::newRow("begun") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
}

void tst_SourcesQuery::doesNotWaitForever()
{
    QFETCH(QByteArray, beginning);
    const Web web(beginning, false);
    const Asked asked(web.url(), 200ms);
    QTRY_COMPARE(asked.answers.size(), 1);
    QVERIFY(!asked.answers.constFirst());
    QCOMPARE(asked.answers.constFirst().error().cause, SourcesRefusal::Cause::NoAnswer);
    QVERIFY(asked.answers.constFirst().error().sentence.endsWith(u"did not answer within 0.2 s."_s));
}

void tst_SourcesQuery::nobodyListens()
{
    Web web({});
    const QUrl gone = web.url();
    web.close();
    const Asked asked(gone);
    QTRY_COMPARE(asked.answers.size(), 1);
    QCOMPARE(asked.answers.constFirst().error().cause, SourcesRefusal::Cause::NoAnswer);
    QVERIFY(asked.answers.constFirst().error().sentence.contains(u"cannot be reached"_s));
}

void tst_SourcesQuery::forgets()
{
    const Web silent({}, false);
    const Web web(http("200 OK", Report));
    Asked asked(silent.url(), 200ms);
    QTRY_COMPARE(silent.requests.size(), 1);
    asked.query.ask(web.url());
    QTRY_COMPARE(asked.answers.size(), 1);
    QVERIFY(asked.answers.constFirst().has_value());
    asked.query.ask(silent.url());
    asked.query.cancel();
    QVERIFY(!asked.query.isOpen());
    const Asked later(silent.url(), 300ms); // gives up when the other one would have
    QTRY_COMPARE(later.answers.size(), 1);
    QCOMPARE(asked.answers.size(), 1);
}

QTEST_GUILESS_MAIN(tst_SourcesQuery)
#include "tst_sourcesquery.moc"
