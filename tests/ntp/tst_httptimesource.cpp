// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a web server's answers are worth.
#include "ntp/httptimesource.h"

#include "tests/ntp/httpsourcekit.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_HttpTimeSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measures();
    void refuses_data();
    void refuses();
    void cutsLongReplies();
    void theTimeInABodyMayBeWrittenLate_data();
    void theTimeInABodyMayBeWrittenLate();
    void givesUpOnADrippingServer();
    void recovers();
    void survivesBeingDestroyedInTheMiddle();
    void readsTheDateHeaderByHead();
    void looksForTheEdgeOfTheSecond();
    void saysThatItsErrorIsAssumed();
    void takesADaemonAtItsWord();
    void takesNoServersWordAgainstItsEntry();
    void noticesAWaveringClock();
};

void tst_HttpTimeSource::measures()
{
    ScriptedWeb web({http("200 OK", jsonNow(250ms))});
    TimeTimings once = quick();
    once.httpPoll = 1h;
    Setup setup(web.url(), once);
    QVERIFY(!setup.status().interval);
    QTRY_VERIFY(setup.status().interval);
    const SourceStatus status = setup.status();
    // The reply was written a little before it was asked for, which the assumed 100 ms cover.
    QVERIFY(status.interval->bound() >= Nanos(100ms));
    QCOMPARE(status.kind, SourceKind::Http);
    QCOMPARE(status.state, StampState::Ok);
    QVERIFY(status.delay);
    QCOMPARE(status.name, QStringLiteral("127.0.0.1:%1").arg(web.serverPort()));
    QVERIFY(web.requests.at(0).startsWith("GET /api HTTP/1.1\r\n"));
    QVERIFY(!web.requests.at(0).contains("Cookie"));
}

void tst_HttpTimeSource::refuses_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("404") << http("404 Not Found", jsonNow(0s));
    QTest::newRow("redirect") << http("302 Found\r\nLocation: /other", jsonNow(0s));
    QTest::newRow("cached") << http("200 OK\r\nAge: 3", jsonNow(0s));
    QTest::newRow("429") << http("429 Too Many Requests", jsonNow(0s));
    QTest::newRow("no-time") << http("200 OK", "hello");
    QTest::newRow("hangs-up") << QByteArray();
    QTest::newRow("rubbish") << QByteArray("nonsense\r\n\r\n");
    QTest::newRow("cut-short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
}

void tst_HttpTimeSource::refuses()
{
    QFETCH(QByteArray, reply);
    ScriptedWeb web({reply});
    Setup setup(web.url());
    QTRY_VERIFY(!setup.polled.isEmpty());
    QVERIFY(!setup.status().interval);
    QCOMPARE(setup.status().state, StampState::None);
    QVERIFY(!setup.status().reason.isEmpty());
    QCOMPARE(int(setup.status().reach), 0);
    QVERIFY(!web.requests.at(0).contains("GET /other")); // never follows
}

void tst_HttpTimeSource::cutsLongReplies()
{
    const QByteArray date = "200 OK\r\nDate: Mon, 23 Nov 2026 14:03:25 GMT";
    ScriptedWeb web({http(date, QByteArray(3'000'000, 'x'))});
    Setup setup(web.url());
    QTRY_VERIFY(setup.status().interval); // the header alone was enough
    QVERIFY(setup.status().interval->bound() >= Nanos(500ms));
}

void tst_HttpTimeSource::theTimeInABodyMayBeWrittenLate_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("shape") << QString();
    QTest::newRow("pointer") << QStringLiteral(" json=/utc_datetime");
}

void tst_HttpTimeSource::theTimeInABodyMayBeWrittenLate()
{
    QFETCH(QString, words);
    QTcpServer web;
    QVERIFY(web.listen(QHostAddress(QHostAddress::LocalHost), 0));
    connect(&web, &QTcpServer::newConnection, this, [&web] {
        QTcpSocket *socket = web.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n \r\n");
            QTimer::singleShot(250ms, socket, [socket] {
                const QByteArray body = jsonNow(0s);
                socket->write(QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n");
            });
        });
    });
    TimeTimings once = quick();
    once.httpPoll = 1h;
    Setup setup(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(web.serverPort())), once,
                words + QStringLiteral(" error=0ms"));
    QTRY_VERIFY(setup.status().interval);
    QVERIFY(setup.status().interval->contains(Nanos::zero()));
    QVERIFY(*setup.status().delay >= Nanos(250ms));
}

void tst_HttpTimeSource::givesUpOnADrippingServer()
{
    QTcpServer web;
    QVERIFY(web.listen(QHostAddress(QHostAddress::LocalHost), 0));
    connect(&web, &QTcpServer::newConnection, this, [&web] {
        QTcpSocket *socket = web.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
        auto *drip = new QTimer(socket);
        connect(drip, &QTimer::timeout, socket, [socket] { socket->write("x"); });
        drip->start(20ms);
    });
    TimeTimings timings = quick();
    timings.httpTimeout = 200ms;
    Setup setup(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(web.serverPort())), timings);
    QTRY_VERIFY(setup.polled.size() >= 2);
    QVERIFY(!setup.status().interval);
    QVERIFY(!setup.status().reason.isEmpty());
}

void tst_HttpTimeSource::recovers()
{
    ScriptedWeb web({http("500 Oops", ""), http("500 Oops", ""), http("200 OK", jsonNow(0s))});
    Setup setup(web.url());
    QTRY_VERIFY(setup.status().interval);
    QVERIFY(web.requests.size() >= 3);
    QVERIFY(setup.status().reason.isEmpty());
}

void tst_HttpTimeSource::survivesBeingDestroyedInTheMiddle()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const SystemClock clock;
    QNetworkAccessManager network;
    ProviderGaps gaps(5ms);
    auto source = std::make_unique<HttpTimeSource>(
        clock, Setup::entry(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()))), 100ms,
        quick(), network, gaps);
    source->start();
    QTRY_VERIFY(silent.hasPendingConnections());
    source.reset();
    QCoreApplication::processEvents();
}

void tst_HttpTimeSource::readsTheDateHeaderByHead()
{
    const QByteArray date = "200 OK\r\nDate: Mon, 23 Nov 2026 14:03:25 GMT";
    ScriptedWeb web({http(date, {})});
    Setup setup(web.url(), quick(), QStringLiteral(" date"));
    QTRY_VERIFY(setup.status().interval);
    QVERIFY(web.requests.at(0).startsWith("HEAD /api HTTP/1.1\r\n"));
}

void tst_HttpTimeSource::looksForTheEdgeOfTheSecond()
{
    QTcpServer web;
    QVERIFY(web.listen(QHostAddress(QHostAddress::LocalHost), 0));
    int requests = 0;
    connect(&web, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = web.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &requests] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            ++requests;
            const qint64 millis = toWire(SystemClock().now() + 250ms) / 1000;
            const QByteArray date = QLocale::c()
                                        .toString(QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC),
                                                  QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
                                        .toLatin1();
            socket->write("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 0\r\n\r\n");
        });
    });
    Setup setup(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(web.serverPort())), quick(),
                QStringLiteral(" date error=0ms"));
    QTRY_VERIFY_WITH_TIMEOUT(requests >= 5, 15000);
    QTRY_VERIFY(setup.polled.size() >= 5);
    QVERIFY(setup.status().interval->contains(250ms));
    // 1 s, 500, 250, 125, 63 ms wide, and what a busy machine adds.
    QVERIFY2(setup.status().interval->bound() < Nanos(150ms),
             qPrintable(QString::number(setup.status().interval->bound().count())));
}

void tst_HttpTimeSource::saysThatItsErrorIsAssumed()
{
    ScriptedWeb web({httpKeptOpen("200 OK", jsonNow(0s))});
    Setup setup(web.url());
    QTRY_VERIFY(setup.status().interval);
    QCOMPARE(setup.status().assumedError, Nanos(100ms));
    Setup told(web.url(), quick(), QStringLiteral(" error=7ms"));
    QTRY_VERIFY(told.status().interval);
    QCOMPARE(told.status().assumedError, Nanos(7ms));
}

void tst_HttpTimeSource::takesADaemonAtItsWord()
{
    const QByteArray body = jsonNow(0s).replace("}", R"(,"state":"ok","bound":3000000})");
    ScriptedWeb web({httpKeptOpen("200 OK", body)});
    TimeTimings once = quick();
    once.httpPoll = once.httpLongestPoll = once.httpSteadyPoll =
        1h; // a second one would be late, and narrow it
    Setup setup(web.url(), once);
    QTRY_VERIFY(setup.status().interval);
    QCOMPARE(setup.status().assumedError, Nanos(0));
    QVERIFY(setup.status().interval->bound() >= Nanos(3s));
}

void tst_HttpTimeSource::takesNoServersWordAgainstItsEntry()
{
    const QByteArray body = jsonNow(0s).replace("}", R"(,"state":"ok","bound":1})");
    ScriptedWeb web({httpKeptOpen("200 OK", body)});
    TimeTimings once = quick();
    once.httpPoll = once.httpLongestPoll = once.httpSteadyPoll = 1h;
    Setup setup(web.url(), once, QStringLiteral(" error=2000ms"));
    QTRY_VERIFY(setup.status().interval);
    QCOMPARE(setup.status().assumedError, Nanos(2s));
    QVERIFY(setup.status().interval->bound() >= Nanos(2s));
}

void tst_HttpTimeSource::noticesAWaveringClock()
{
    QList<QByteArray> replies;
    for (int i = 0; i < 40; ++i)
        replies.append(httpKeptOpen("200 OK", jsonNow(i % 2 == 0 ? 0s : 5s)));
    ScriptedWeb web(replies);
    Setup setup(web.url());
    QTRY_VERIFY(setup.status().interval);
    QVERIFY(!setup.status().unsteady);
    QTRY_VERIFY(setup.status().unsteady);
}

QTEST_GUILESS_MAIN(tst_HttpTimeSource)
#include "tst_httptimesource.moc"
