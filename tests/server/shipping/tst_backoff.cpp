// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/backoff.h"
#include "server/shipping/batchlimit.h"
#include "server/shipping/lagalarm.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

using Wait = std::chrono::milliseconds;
using Asked = std::optional<Wait>;
Q_DECLARE_METATYPE(Wait)
Q_DECLARE_METATYPE(Asked)

/// How long is waited, how much is sent, when there is an alarm.
class tst_BackOff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waits_data();
    void waits();
    void batchesShrinkAndGrow();
    void alarmIsRaisedOnce();
    void alarmByAge();
};

void tst_BackOff::waits_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<double>("chance");
    QTest::addColumn<Asked>("retryAfter");
    QTest::addColumn<Wait>("wait");
    QTest::newRow("first") << 1 << 1.0 << Asked() << Wait(500ms);
    QTest::newRow("second") << 2 << 1.0 << Asked() << Wait(1s);
    QTest::newRow("seventh") << 7 << 1.0 << Asked() << Wait(32s);
    QTest::newRow("eighth-is-the-longest") << 8 << 1.0 << Asked() << Wait(60s);
    QTest::newRow("thousandth") << 1000 << 1.0 << Asked() << Wait(60s);
    QTest::newRow("half-of-it") << 3 << 0.5 << Asked() << Wait(1s);
    QTest::newRow("lucky") << 9 << 0.0 << Asked() << Wait(0);
    QTest::newRow("chance-out-of-bounds") << 1 << 7.0 << Asked() << Wait(500ms);
    QTest::newRow("asked-for-more") << 1 << 0.5 << Asked(5s) << Wait(5s);
    QTest::newRow("asked-for-less") << 8 << 0.5 << Asked(5s) << Wait(30s);
    QTest::newRow("asked-for-a-year") << 1 << 0.5 << Asked(8760h) << Wait(1h);
    QTest::newRow("asked-for-the-past") << 1 << 0.5 << Asked(-5s) << Wait(250ms);
}

void tst_BackOff::waits()
{
    QFETCH(int, failures);
    QFETCH(double, chance);
    QFETCH(Asked, retryAfter);
    QFETCH(Wait, wait);
    QCOMPARE(backOff(failures, chance, retryAfter).count(), wait.count());
}

void tst_BackOff::batchesShrinkAndGrow()
{
    BatchLimit limit;
    QCOMPARE(limit.documents(), 1000);
    limit.taken();
    QCOMPARE(limit.documents(), 1000);
    limit.tooLarge(1000);
    QCOMPARE(limit.documents(), 500);
    limit.tooLarge(1); // a single one cannot be halved
    QCOMPARE(limit.documents(), 1);
    for (int i = 0; i < 40; ++i)
        limit.taken();
    QCOMPARE(limit.documents(), 1000);
    limit.failed(1);
    QCOMPARE(limit.documents(), 1000);
    for (int inARow = 2; inARow < 20; ++inARow)
        limit.failed(inARow);
    QCOMPARE(limit.documents(), 10);
    limit.taken();
    QCOMPARE(limit.documents(), 12);
}

void tst_BackOff::alarmIsRaisedOnce()
{
    LagAlarm alarm(100, 300s);
    QCOMPARE(alarm.judge(99, 0s), LagAlarm::Turn::None);
    QCOMPARE(alarm.judge(100, 0s), LagAlarm::Turn::Raised);
    QCOMPARE(alarm.judge(5000, 0s), LagAlarm::Turn::None);
    QVERIFY(alarm.isRaised());
    QCOMPARE(alarm.judge(80, 0s), LagAlarm::Turn::None); // not well below
    QCOMPARE(alarm.judge(49, 0s), LagAlarm::Turn::Over);
    QVERIFY(!alarm.isRaised());
    QCOMPARE(alarm.judge(0, 0s), LagAlarm::Turn::None);
}

void tst_BackOff::alarmByAge()
{
    LagAlarm alarm(100, 300s);
    QCOMPARE(alarm.judge(1, 299s), LagAlarm::Turn::None);
    QCOMPARE(alarm.judge(1, 300s), LagAlarm::Turn::Raised);
    QCOMPARE(alarm.judge(1, 200s), LagAlarm::Turn::None);
    QCOMPARE(alarm.judge(0, 0s), LagAlarm::Turn::Over);
    QCOMPARE(alarm.judge(0, 1000s), LagAlarm::Turn::None); // nothing waits
}

QTEST_APPLESS_MAIN(tst_BackOff)
#include "tst_backoff.moc"
