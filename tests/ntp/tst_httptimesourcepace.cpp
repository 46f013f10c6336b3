// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// When a web server is asked, and over which connection.
#include "ntp/httptimesource.h"

#include "tests/ntp/httpsourcekit.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_HttpTimeSourcePace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksSoonWhereThereIsNoWay();
    void obeysRetryAfter();
    void oneEntryIsToldForAllOfItsProvider();
    void oneProviderIsAskedOnceInItsGap();
    void asksOverOneWarmConnection();
    void opensTheConnectionBeforeItAsks();
    void aMessageRefreshesOnce();
    void aSleepMakesAnAnswerOld();
    void aSleepDoesNotShortenRetryAfter();
    void givesUpWhatWasOnItsWayBeforeASleep();
    void isNotHurriedWhileItFails();
};

void tst_HttpTimeSourcePace::asksSoonWhereThereIsNoWay()
{
    TimeTimings timings = quick();
    timings.httpPoll = timings.httpLongestPoll = 1h;
    Setup setup(QUrl(QStringLiteral("http://224.0.0.1/")), timings); // a group: there is no TCP to it
    QTRY_VERIFY(setup.polled.size() >= 3);
    QVERIFY(!setup.status().reason.isEmpty());
}

void tst_HttpTimeSourcePace::obeysRetryAfter()
{
    ScriptedWeb web({http("429 Slow down\r\nRetry-After: 3600", ""), http("200 OK", jsonNow(0s))});
    Setup setup(web.url());
    QTRY_COMPARE(setup.polled.size(), 1);
    QTest::qWait(150); // several polls, if it did not obey
    QCOMPARE(web.requests.size(), 1);
}

void tst_HttpTimeSourcePace::oneEntryIsToldForAllOfItsProvider()
{
    ScriptedWeb web({http("429 Slow down\r\nRetry-After: 3600", "")});
    Setup setup(web.url());
    std::vector<std::unique_ptr<HttpTimeSource>> others;
    for (const QString &path : {QStringLiteral("/second"), QStringLiteral("/third")}) {
        others.push_back(std::make_unique<HttpTimeSource>(setup.clock,
                                                          Setup::entry(web.url().resolved(QUrl(path))), 100ms,
                                                          quick(), setup.network, setup.gaps));
    }
    QTRY_COMPARE(setup.polled.size(), 1);
    for (const auto &other : others)
        other->start();
    ScriptedWeb meanwhile({http("200 OK", jsonNow(0s))}); // somebody else goes on being asked
    Setup elsewhere(meanwhile.url());
    QTRY_VERIFY(elsewhere.polled.size() >= 8);
    for (const auto &other : others)
        other->refreshIfOlderThan(1ns);
    QTRY_VERIFY(elsewhere.polled.size() >= 16);
    QCOMPARE(web.requests.size(), 1);
    QVERIFY2(web.connections <= 2, "connections are opened to a server that asked to be left alone");
}

void tst_HttpTimeSourcePace::oneProviderIsAskedOnceInItsGap()
{
    ScriptedWeb web({http("200 OK", jsonNow(0s))});
    TimeTimings timings = quick();
    timings.httpProviderGap = 1h;
    Setup setup(web.url(), timings);
    HttpTimeSource again(setup.clock, Setup::entry(web.url().resolved(QUrl(QStringLiteral("/other")))), 100ms,
                         timings, setup.network, setup.gaps);
    again.start();
    QTRY_COMPARE(setup.polled.size(), 1);
    QTest::qWait(100);
    QCOMPARE(web.requests.size(), 1);
}

void tst_HttpTimeSourcePace::asksOverOneWarmConnection()
{
    ScriptedWeb web({httpKeptOpen("200 OK", jsonNow(0s))});
    Setup setup(web.url());
    QTRY_VERIFY(web.requests.size() >= 6);
    QCOMPARE(web.connections, 1);
    QCOMPARE(int(setup.status().reach) & 0xF, 0xF);
}

void tst_HttpTimeSourcePace::opensTheConnectionBeforeItAsks()
{
    ScriptedWeb web({http("200 OK", jsonNow(0s))}); // closes after each reply, as many servers do in the end
    int idleAtRequest = 0;
    QList<int> order; // 0: a connection, 1: a request
    connect(&web, &QTcpServer::newConnection, this, [&] { order.append(0); });
    Setup setup(web.url());
    connect(&setup.source, &HttpTimeSource::polled, this, [&] { order.append(1); });
    QTRY_VERIFY(order.count(1) >= 4);
    for (qsizetype i = 1; i < order.size(); ++i)
        idleAtRequest += order.at(i) == 1 && order.at(i - 1) == 0 ? 1 : 0;
    QVERIFY(idleAtRequest >= 4);
    QCOMPARE(web.connections, int(order.count(0)));
    QVERIFY2(web.connections <= web.requests.size() + 1, "more connections than one for each request");
}

void tst_HttpTimeSourcePace::aMessageRefreshesOnce()
{
    ScriptedWeb web({httpKeptOpen("200 OK", jsonNow(0s))});
    TimeTimings timings = quick();
    timings.httpPoll = 1h;
    timings.httpSteadyPoll = 1h;
    timings.httpProviderGap = 200ms;
    Setup setup(web.url(), timings);
    QTRY_COMPARE(setup.polled.size(), 1);
    const MonoTime first = *setup.status().fedAt;
    for (int i = 0; i < 100; ++i)
        setup.source.refreshIfOlderThan(1h); // fresh enough
    for (int i = 0; i < 100; ++i)
        setup.source.refreshIfOlderThan(1ns);
    QTRY_COMPARE(setup.polled.size(), 2);
    QCOMPARE(web.requests.size(), 2);
    QVERIFY(*setup.status().fedAt - first >=
            Nanos(150ms)); // not before the gap was over, which counts from question to question
    QCOMPARE(web.connections, 1);
    for (int i = 0; i < 100; ++i)
        setup.source.refreshIfOlderThan(1h);
    QTest::qWait(150);
    QCOMPARE(web.requests.size(), 2);
}

void tst_HttpTimeSourcePace::aSleepMakesAnAnswerOld()
{
    ScriptedWeb web({http("200 OK", jsonNow(0s))});
    Setup setup(web.url(), TimeTimings());
    QTRY_COMPARE(setup.polled.size(), 1);
    setup.clock.passed = 15s;
    setup.source.refreshIfOlderThan(1min); // fresh enough, and free to be asked
    setup.clock.slept = 8h;
    setup.source.refreshIfOlderThan(1min);
    QTRY_COMPARE(setup.polled.size(), 2);
    QVERIFY(setup.status().interval);
}

void tst_HttpTimeSourcePace::aSleepDoesNotShortenRetryAfter()
{
    ScriptedWeb web({http("429 Slow down\r\nRetry-After: 3600", "")});
    Setup setup(web.url());
    QTRY_COMPARE(setup.polled.size(), 1);
    setup.clock.slept = 8h;
    setup.source.startOver();
    ScriptedWeb meanwhile({http("200 OK", jsonNow(0s))}); // somebody else goes on being asked
    Setup elsewhere(meanwhile.url());
    QTRY_VERIFY(elsewhere.polled.size() >= 8);
    QCOMPARE(web.requests.size(), 1);
}

void tst_HttpTimeSourcePace::givesUpWhatWasOnItsWayBeforeASleep()
{
    TimeTimings timings;
    timings.httpTimeout = 1h;
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost), 0));
    QList<QTcpSocket *> asked;
    connect(&silent, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = silent.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&asked, socket] { asked.append(socket); });
    });
    Setup setup(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort())), timings);
    QTRY_COMPARE(asked.size(), 1);
    setup.clock.passed = 15s;
    setup.clock.slept = 8h;
    setup.source.startOver();
    QTRY_COMPARE(asked.size(), 2);
    QTRY_COMPARE(asked.first()->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(setup.polled.isEmpty());
    asked.last()->write(http("200 OK", jsonNow(0s)));
    QTRY_VERIFY(setup.status().interval);
}

void tst_HttpTimeSourcePace::isNotHurriedWhileItFails()
{
    ScriptedWeb web({http("429 Slow down\r\nRetry-After: 3600", "")});
    TimeTimings timings = quick();
    Setup setup(web.url(), timings);
    QTRY_COMPARE(setup.polled.size(), 1);
    for (int i = 0; i < 100; ++i)
        setup.source.refreshIfOlderThan(1ns);
    QTest::qWait(100);
    QCOMPARE(web.requests.size(), 1);
}

QTEST_GUILESS_MAIN(tst_HttpTimeSourcePace)
#include "tst_httptimesourcepace.moc"
