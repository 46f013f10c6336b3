// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/polling.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_Polling : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startsWithABurstThatIsPolite();
    void isQuickWithServersNearby();
    void slowsDownWhileAllIsWell();
    void slowsDownWhenNobodyAnswers();
    void obeysRate();
    void webBacksOff();
    void webObeysRetryAfter();
    void webNeverAsksTwiceInTenSeconds();
    void providersAreKeptApart();
};

void tst_Polling::startsWithABurstThatIsPolite()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 4; ++i) {
        QVERIFY(polling.untilNext() >= 2s); // RFC 8633
        QCOMPARE(polling.untilNext(), std::chrono::milliseconds(2s));
        polling.answered();
    }
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::isQuickWithServersNearby()
{
    NtpPolling polling{TimeTimings()};
    polling.setNearby(true);
    for (int i = 0; i < 8; ++i) {
        QCOMPARE(polling.untilNext(), 50ms);
        polling.answered();
    }
    for (int i = 0; i < 100; ++i)
        polling.answered();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::slowsDownWhileAllIsWell()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 100; ++i)
        polling.answered();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(64s));
    QVERIFY(polling.freshFor() > Nanos(256s));
}

void tst_Polling::slowsDownWhenNobodyAnswers()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 100; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(64s));
}

void tst_Polling::obeysRate()
{
    NtpPolling polling{TimeTimings()};
    polling.askedForLess();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(32s)); // the burst is over
    polling.setNearby(true);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(32s));
    polling.setNearby(false);
    polling.askedForLess();
    polling.askedForLess();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(128s));
    for (int i = 0; i < 50; ++i)
        polling.answered();
    QVERIFY(polling.untilNext() >= 128s); // and it stays so
    for (int i = 0; i < 50; ++i)
        polling.askedForLess();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(1024s));
}

void tst_Polling::webBacksOff()
{
    HttpPolling polling{TimeTimings()};
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(60s));
    polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(120s));
    for (int i = 0; i < 100; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(1h));
    polling.answered();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(60s));
}

void tst_Polling::webObeysRetryAfter()
{
    HttpPolling polling{TimeTimings()};
    polling.askedForLess(7200s);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(7200s));
    polling.askedForLess(1s);
    QVERIFY(polling.untilNext() >= 240s); // two refusals in a row
    polling.askedForLess({});
    QVERIFY(polling.untilNext() >= 480s);
}

void tst_Polling::webNeverAsksTwiceInTenSeconds()
{
    TimeTimings hurried;
    hurried.httpPoll = 1s;
    QCOMPARE(HttpPolling(hurried).untilNext(), std::chrono::milliseconds(10s));
}

void tst_Polling::providersAreKeptApart()
{
    ProviderGaps gaps(10s);
    const MonoTime start(1h);
    QCOMPARE(gaps.admit(QStringLiteral("a"), start), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 3s), Nanos(7s));
    QCOMPARE(gaps.admit(QStringLiteral("b"), start + 3s), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 10s), Nanos(0));
    QCOMPARE(gaps.admit(QStringLiteral("a"), start + 11s), Nanos(9s));
}

QTEST_APPLESS_MAIN(tst_Polling)
#include "tst_polling.moc"
