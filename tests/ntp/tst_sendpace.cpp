// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sendpace.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

void learn(SendPace &pace, Nanos took, int times)
{
    for (int i = 0; i < times; ++i)
        pace.learn(took, 16);
}

} // namespace

class tst_SendPace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingAtFirst();
    void spreadsWhatIsSentTogether();
    void countsNoFewAndNoNonsense_data();
    void countsNoFewAndNoNonsense();
    void goesByTheFastest();
    void getsUsedToASlowMachine();
};

void tst_SendPace::knowsNothingAtFirst()
{
    SendPace pace;
    learn(pace, 64us, 15); // this may all have been one interruption
    QCOMPARE(pace.after(15), 0ns);
}

void tst_SendPace::spreadsWhatIsSentTogether()
{
    SendPace pace;
    learn(pace, 64us, 16);
    QCOMPARE(pace.after(0), 0ns);
    QCOMPARE(pace.after(1), 3us); // of 4
    QCOMPARE(pace.after(15), 45us);
}

void tst_SendPace::countsNoFewAndNoNonsense_data()
{
    QTest::addColumn<Nanos>("took");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << Nanos(4us) << 1;
    QTest::newRow("three") << Nanos(4us) << 3;
    QTest::newRow("none") << Nanos(4us) << 0;
    QTest::newRow("backwards") << Nanos(-4us) << 16;
}

void tst_SendPace::countsNoFewAndNoNonsense()
{
    QFETCH(const Nanos, took);
    QFETCH(const int, count);
    SendPace pace;
    for (int i = 0; i < 1000; ++i)
        pace.learn(took, count);
    QCOMPARE(pace.after(1), 0ns);
    learn(pace, 64us, 16);
    QCOMPARE(pace.after(1), 3us);
}

void tst_SendPace::goesByTheFastest()
{
    SendPace pace;
    learn(pace, 64us, 16);
    pace.learn(5s, 16); // somebody else had the processor
    QCOMPARE(pace.after(1), 3us);
    pace.learn(16us, 16);
    QCOMPARE(pace.after(1), 750ns);
    learn(pace, 64us, 255);
    QCOMPARE(pace.after(1), 750ns);
}

void tst_SendPace::getsUsedToASlowMachine()
{
    SendPace pace;
    learn(pace, 16us, 16);
    learn(pace, 64us, 512);
    QCOMPARE(pace.after(1), 3us);
    learn(pace, 1s, 512); // no further than makes sense
    QCOMPARE(pace.after(1), 7500ns);
}

QTEST_APPLESS_MAIN(tst_SendPace)
#include "tst_sendpace.moc"
