// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httppolling.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_HttpPolling : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isSteadyAfterTheFirstAnswers();
    void backsOff();
    void asksSoonWhereNothingWasSent();
    void isUnreachedWhenNothingWasSent_data();
    void isUnreachedWhenNothingWasSent();
    void spreadsWhoBacksOff();
    void obeysRetryAfter();
    void neverAsksTwiceInTenSeconds();
    void isNotHurriedAfterAFailure();
    void startsOverAfterASleep();
    void providersAreKeptApart();
    void aProviderIsLeftAloneAsAWhole();
    void providers_data();
    void providers();
};

void tst_HttpPolling::isSteadyAfterTheFirstAnswers()
{
    HttpPolling polling{TimeTimings()};
    for (int i = 0; i < 3; ++i) {
        polling.answered();
        QCOMPARE(polling.untilNext(0.9), std::chrono::milliseconds(60s));
    }
    polling.answered();
    QCOMPARE(polling.untilNext(0.9), std::chrono::milliseconds(4min));
    QCOMPARE(polling.interval(), std::chrono::milliseconds(4min));
    QVERIFY(polling.freshFor() > 16min);
}

void tst_HttpPolling::backsOff()
{
    HttpPolling polling{TimeTimings()};
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(60s));
    polling.failed();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(120s));
    for (int i = 0; i < 100; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(1h));
    polling.answered();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(60s));
}

void tst_HttpPolling::obeysRetryAfter()
{
    HttpPolling polling{TimeTimings()};
    polling.askedForLess(7200s);
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(7200s));
    polling.askedForLess(1s);
    QVERIFY(polling.untilNext(0) >= 240s); // two refusals in a row
    polling.askedForLess({});
    QVERIFY(polling.untilNext(0) >= 480s);
}

void tst_HttpPolling::neverAsksTwiceInTenSeconds()
{
    TimeTimings hurried;
    hurried.httpPoll = 1s;
    QCOMPARE(HttpPolling(hurried).untilNext(0), std::chrono::milliseconds(10s));
}

void tst_HttpPolling::startsOverAfterASleep()
{
    HttpPolling polling{TimeTimings()};
    for (int i = 0; i < 4; ++i)
        polling.answered();
    polling.startOver();
    QCOMPARE(polling.interval(), std::chrono::milliseconds(60s));
    polling.failed();
    polling.failed();
    polling.startOver();
    QVERIFY(polling.isWell());
    polling.askedForLess(7200s);
    polling.unreached();
    polling.startOver();
    QVERIFY(!polling.mayHurry());
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(7200s));
}

void tst_HttpPolling::providersAreKeptApart()
{
    ProviderGaps gaps(10s);
    const MonoTime start(1h);
    QCOMPARE(gaps.admit(QStringLiteral("a"), start), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 3s), Nanos(7s));
    QCOMPARE(gaps.admit(QStringLiteral("b"), start + 3s), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 10s), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 11s), Nanos(9s));
}

void tst_HttpPolling::aProviderIsLeftAloneAsAWhole()
{
    const QString asked = QStringLiteral("a");
    ProviderGaps gaps(10s);
    const MonoTime start(1h);
    gaps.admit(asked, start);
    gaps.notBefore(asked, start + 1h);
    gaps.notBefore(asked, start + 1min); // another of its answers does not shorten it
    QCOMPARE(gaps.untilFree(asked, start + 11s), Nanos(1h - 11s));
    QCOMPARE(gaps.admit(asked, start + 30min), Nanos(30min));
    QCOMPARE(gaps.admit(QStringLiteral("b"), start + 30min), Nanos(0));
    QCOMPARE(gaps.admit(asked, start + 1h), Nanos(0));
    QCOMPARE(gaps.admit(asked, start + 1h + 1s), Nanos(9s));
    gaps.notBefore(asked, start);
    QCOMPARE(gaps.untilFree(asked, start + 1h + 2s), Nanos(8s));
}

void tst_HttpPolling::asksSoonWhereNothingWasSent()
{
    HttpPolling polling{TimeTimings()};
    for (const std::chrono::seconds wait : {10s, 20s, 40s, 60s, 60s}) {
        polling.unreached();
        QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(wait));
        QCOMPARE(polling.untilNext(1), std::chrono::milliseconds(wait));
        QVERIFY(polling.mayHurry());
        QVERIFY(!polling.isWell());
    }
    polling.answered();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(60s));
    QVERIFY(polling.isWell());
    // What the server itself did counts again as soon as it is reached.
    polling.failed();
    polling.failed();
    polling.unreached();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(10s));
    QVERIFY(!polling.mayHurry());
    polling.failed();
    QCOMPARE(polling.untilNext(0), std::chrono::milliseconds(8min));
}

void tst_HttpPolling::isUnreachedWhenNothingWasSent_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<bool>("unreached");
    QTest::newRow("no-name") << QNetworkReply::HostNotFoundError << true;
    QTest::newRow("no-network") << QNetworkReply::NetworkSessionFailedError << true;
    QTest::newRow("no-way-to-it") << QNetworkReply::UnknownNetworkError << true;
    QTest::newRow("answered") << QNetworkReply::NoError << false;
    QTest::newRow("refused-by-the-host") << QNetworkReply::ConnectionRefusedError << false;
    QTest::newRow("hangs-up") << QNetworkReply::RemoteHostClosedError << false;
    QTest::newRow("deadline") << QNetworkReply::OperationCanceledError << false;
    QTest::newRow("timeout") << QNetworkReply::TimeoutError << false;
    QTest::newRow("untrusted") << QNetworkReply::SslHandshakeFailedError << false;
    QTest::newRow("not-found") << QNetworkReply::ContentNotFoundError << false;
}

void tst_HttpPolling::isUnreachedWhenNothingWasSent()
{
    QFETCH(QNetworkReply::NetworkError, error);
    QTEST(isUnreached(error, false), "unreached");
    QVERIFY(!isUnreached(error, true));
}

void tst_HttpPolling::spreadsWhoBacksOff()
{
    HttpPolling polling{TimeTimings()};
    polling.failed();
    QCOMPARE(polling.untilNext(1), std::chrono::milliseconds(180s));
    QCOMPARE(polling.untilNext(0.5), std::chrono::milliseconds(150s));
    QCOMPARE(polling.untilNext(-7), std::chrono::milliseconds(120s));
    polling.askedForLess(7200s);
    QVERIFY(polling.untilNext(0) >= 7200s);
    QVERIFY(polling.untilNext(1) >= 7200s);
}

void tst_HttpPolling::isNotHurriedAfterAFailure()
{
    HttpPolling polling{TimeTimings()};
    QVERIFY(polling.mayHurry());
    polling.askedForLess({});
    QVERIFY(!polling.mayHurry());
    polling.answered();
    QVERIFY(polling.mayHurry());
}

void tst_HttpPolling::providers_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("one");
    const auto row = [](const char *name, const char *first, const char *second, bool one) {
        QTest::newRow(name) << QString::fromLatin1(first) << QString::fromLatin1(second) << one;
    };
    row("paths", "https://time.example/a", "https://Time.Example/b", true);
    row("scheme", "https://time.example/", "http://time.example/", true);
    row("ports", "https://time.example:8443/", "https://time.example/", true);
    row("hosts", "https://a.time.example/", "https://b.time.example/", false);
    row("ports-here", "http://127.0.0.1:1/", "http://127.0.0.1:2/", false);
    row("names-here", "http://localhost:1/", "http://localhost:2/", false);
    row("paths-here", "http://[::1]:1/a", "http://[::1]:1/b", true);
}

void tst_HttpPolling::providers()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QTEST(providerOf(QUrl(first)) == providerOf(QUrl(second)), "one");
}

QTEST_APPLESS_MAIN(tst_HttpPolling)
#include "tst_httppolling.moc"
