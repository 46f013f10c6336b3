// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bridgefault.h"

#include <QTest>

using namespace Synchat;

class tst_BridgeFault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads();
    void refuses_data();
    void refuses();
    void schedules();
};

void tst_BridgeFault::reads()
{
    QVERIFY(BridgeFault::parse("pass")->kind == BridgeFault::Kind::Pass);
    QVERIFY(BridgeFault::parse(" hang ")->kind == BridgeFault::Kind::Hang);
    QCOMPARE(BridgeFault::parse("answer")->status, 500);
    const auto slow = BridgeFault::parse("answer 429 retry-after=2");
    QCOMPARE(slow->status, 429);
    QCOMPARE(slow->retryAfter, 2);
    const auto poison = BridgeFault::parse("answer 400 if=room:e:7");
    QCOMPARE(poison->status, 400);
    QCOMPARE(poison->marker, QByteArray("room:e:7"));
    QCOMPARE(BridgeFault::parse("half if=5")->marker, QByteArray("5"));
}

void tst_BridgeFault::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "down", "pass 500", "answer x", "answer 500 retry=2", "half if=", "hang retry-after=2"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_BridgeFault::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!BridgeFault::parse(text));
}

void tst_BridgeFault::schedules()
{
    const auto steps = parseFaultSchedule("3 pass, 2 answer 503 retry-after=1,1 lose");
    QVERIFY(steps);
    QCOMPARE(steps->size(), 3);
    QCOMPARE(steps->at(1).requests, 2);
    QCOMPARE(steps->at(1).fault.status, 503);
    QVERIFY(steps->at(2).fault.kind == BridgeFault::Kind::Lose);
    for (const char *nonsense : {"", "pass", "0 pass", "2 pass,", "2 pass, 1 what"})
        QVERIFY2(!parseFaultSchedule(nonsense), nonsense);
}

QTEST_GUILESS_MAIN(tst_BridgeFault)
#include "tst_bridgefault.moc"
