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

QTEST_APPLESS_MAIN(tst_Polling)
#include "tst_polling.moc"
