// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sendpace.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_SendPace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingAtFirst();
    void spreadsWhatIsSentTogether();
    void countsNoFewAndNoNonsense_data();
    void countsNoFewAndNoNonsense();
    void hugsTheFastest();
    void getsUsedToASlowMachine();
};

void tst_SendPace::knowsNothingAtFirst()
{
    QCOMPARE(SendPace().after(15), 0ns);
}

void tst_SendPace::spreadsWhatIsSentTogether()
{
    SendPace pace;
    pace.learn(16us, 8);
    QCOMPARE(pace.after(0), 0ns);
    QCOMPARE(pace.after(1), 2us);
    QCOMPARE(pace.after(15), 30us);
}

void tst_SendPace::countsNoFewAndNoNonsense_data()
{
    QTest::addColumn<Nanos>("took");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << Nanos(1us) << 1;
    QTest::newRow("three") << Nanos(1us) << 3;
    QTest::newRow("none") << Nanos(1us) << 0;
    QTest::newRow("backwards") << Nanos(-1us) << 16;
}

void tst_SendPace::countsNoFewAndNoNonsense()
{
    QFETCH(const Nanos, took);
    QFETCH(const int, count);
    SendPace pace;
    pace.learn(took, count);
    QCOMPARE(pace.after(1), 0ns);
}

void tst_SendPace::hugsTheFastest()
{
    SendPace pace;
    pace.learn(32us, 16);
    pace.learn(5s, 16); // somebody else had the processor
    QVERIFY(pace.after(1) >= 2us && pace.after(1) < 2us + 200ns);
    pace.learn(16us, 16);
    QCOMPARE(pace.after(1), 1us);
}

void tst_SendPace::getsUsedToASlowMachine()
{
    SendPace pace;
    pace.learn(16us, 16);
    for (int i = 0; i < 1000; ++i)
        pace.learn(64us, 16);
    QVERIFY(pace.after(1) > 3900ns && pace.after(1) <= 4us);
}

QTEST_APPLESS_MAIN(tst_SendPace)
#include "tst_sendpace.moc"
