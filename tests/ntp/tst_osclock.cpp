// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/osclock.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_OsClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offsetHoldsTheTruth();
    void countsOnlyWhileSynchronised();
    void readsThisSystem();
};

void tst_OsClock::offsetHoldsTheTruth()
{
    const WallTime ours{1'764'000'000s};
    const OsClockReading os{ours + 250ms + 10us, true, 4ms}; // read 10 us after `before`
    const auto offset = osClockOffset(os, ours, ours + 30us);
    QVERIFY(offset->contains(250ms));
    QVERIFY(offset->bound() >= Nanos(4ms));
    QVERIFY(offset->bound() <= Nanos(4ms + 15us));
}

void tst_OsClock::countsOnlyWhileSynchronised()
{
    const WallTime ours{1'764'000'000s};
    QVERIFY(!osClockOffset({ours, false, 4ms}, ours, ours));
    QVERIFY(!osClockOffset({ours, true, 4ms}, ours, ours - 1us)); // stepped in between
}

void tst_OsClock::readsThisSystem()
{
    const WallTime before = SystemClock().now();
    const auto reading = readOsClock();
    const WallTime after = SystemClock().now();
#ifdef Q_OS_LINUX
    QVERIFY(reading);
    QVERIFY(reading->time >= before - 1ms && reading->time <= after + 1ms);
    QVERIFY(reading->maxError >= Nanos::zero());
#else
    QVERIFY(!reading || before <= after);
#endif
}

QTEST_APPLESS_MAIN(tst_OsClock)
#include "tst_osclock.moc"
