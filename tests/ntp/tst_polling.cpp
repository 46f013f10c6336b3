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
    void slowsDownWhileAllIsWell_data();
    void slowsDownWhileAllIsWell();
    void looksMoreCloselyWhenTheEstimateWorsens();
    void hurriesAfterALossAndSlowsDownAfterMany();
    void slowsDownWhenNobodyAnswers();
    void startsOverAfterASleep();
    void obeysRate();
    void triesAgainSoonWhenNothingWasSent_data();
    void triesAgainSoonWhenNothingWasSent();
    void givesEachAddressItsTurn_data();
    void givesEachAddressItsTurn();
};

void tst_Polling::startsWithABurstThatIsPolite()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 4; ++i) {
        QVERIFY(polling.untilNext() >= 2s); // RFC 8633
        QCOMPARE(polling.untilNext(), std::chrono::milliseconds(2s));
        polling.answered(5ms, 100);
    }
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::isQuickWithServersNearby()
{
    NtpPolling polling{TimeTimings()};
    polling.setNearby(true);
    for (int i = 0; i < 8; ++i) {
        QCOMPARE(polling.untilNext(), 50ms);
        polling.answered(10us, 100);
    }
    for (int i = 0; i < 100; ++i)
        polling.answered(1s, 15);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::slowsDownWhileAllIsWell_data()
{
    QTest::addColumn<qint64>("boundUs");
    QTest::addColumn<double>("driftPpm");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("far-and-fitted") << qint64(20'000) << 16.0 << qint64(1024);
    QTest::newRow("near-and-fitted") << qint64(5'000) << 16.0 << qint64(256);
    QTest::newRow("far-not-fitted") << qint64(20'000) << 100.0 << qint64(128);
    QTest::newRow("very-sharp") << qint64(10) << 15.0 << qint64(64); // manners
    QTest::newRow("very-vague") << qint64(900'000) << 100.0 << qint64(1024);
}

void tst_Polling::slowsDownWhileAllIsWell()
{
    QFETCH(qint64, boundUs);
    QFETCH(double, driftPpm);
    QFETCH(qint64, seconds);
    NtpPolling polling{TimeTimings()};
    std::chrono::milliseconds last{};
    for (int i = 0; i < 200; ++i) {
        polling.answered(Micros(boundUs), driftPpm);
        QVERIFY(i < 4 || polling.untilNext() >= last);
        last = polling.untilNext();
    }
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(std::chrono::seconds(seconds)));
    QVERIFY(polling.freshFor() > 2 * Nanos(polling.untilNext()));
}

void tst_Polling::looksMoreCloselyWhenTheEstimateWorsens()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 200; ++i)
        polling.answered(20ms, 16);
    for (int i = 0; i < 8; ++i)
        polling.answered(20ms, 100); // the fit was lost
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(512s));
    polling.stepped();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::hurriesAfterALossAndSlowsDownAfterMany()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 200; ++i)
        polling.answered(20ms, 16);
    polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(512s));
    polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(256s));
    for (int i = 0; i < 6; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(256s));
    QVERIFY(polling.freshFor() < Nanos(256s)); // nothing is fresh any more
    for (int i = 0; i < 8; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(1024s));
    QVERIFY(polling.freshFor() < Nanos(256s));
    for (int i = 0; i < 3; ++i) { // it is back: a burst again, as polite as the first
        polling.answered(20ms, 16);
        QCOMPARE(polling.untilNext(), std::chrono::milliseconds(2s));
    }
    polling.answered(20ms, 16);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
}

void tst_Polling::slowsDownWhenNobodyAnswers()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 8; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
    for (int i = 0; i < 100; ++i)
        polling.failed();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(1024s));
}

void tst_Polling::startsOverAfterASleep()
{
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < 200; ++i)
        polling.answered(20ms, 16);
    polling.startOver();
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(polling.untilNext(), std::chrono::milliseconds(2s));
        polling.answered(20ms, 100);
    }
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(16s));
    polling.askedForLess();
    polling.startOver(); // who was asked for less stays quiet
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(32s));
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
        polling.answered(1ms, 100);
    QVERIFY(polling.untilNext() >= 128s); // and it stays so
    polling.failed();
    polling.stepped();
    QVERIFY(polling.untilNext() >= 128s);
    for (int i = 0; i < 50; ++i)
        polling.askedForLess();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(1024s));
    polling.askedForLess(4096s); // it says itself how seldom
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(4096s));
    polling.askedForLess(16s);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(4096s));
}

void tst_Polling::triesAgainSoonWhenNothingWasSent_data()
{
    QTest::addColumn<int>("answered"); ///< before
    QTest::addColumn<int>("missed");
    QTest::addColumn<qint64>("afterwards"); ///< s, until the next after one that is answered at last
    QTest::newRow("from-the-start") << 0 << 0 << qint64(2);
    QTest::newRow("within-the-burst") << 2 << 0 << qint64(2);
    QTest::newRow("after-hours") << 200 << 0 << qint64(1024);
    QTest::newRow("after-misses") << 200 << 1 << qint64(512);
    QTest::newRow("after-many-misses") << 4 << 8 << qint64(2); // the burst that a lost server gets
}

void tst_Polling::triesAgainSoonWhenNothingWasSent()
{
    QFETCH(int, answered);
    QFETCH(int, missed);
    QFETCH(qint64, afterwards);
    NtpPolling polling{TimeTimings()};
    for (int i = 0; i < answered; ++i)
        polling.answered(20ms, 16);
    for (int i = 0; i < missed; ++i)
        polling.failed();
    for (const auto wait : {2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        polling.couldNotAsk();
        QCOMPARE(polling.untilNext(), std::chrono::milliseconds(wait));
    }
    for (int i = 0; i < 1000; ++i)
        polling.couldNotAsk();
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(60s));
    polling.answered(20ms, 16);
    QCOMPARE(polling.untilNext(), std::chrono::milliseconds(std::chrono::seconds(afterwards)));
}

void tst_Polling::givesEachAddressItsTurn_data()
{
    QTest::addColumn<qsizetype>("count");
    QTest::addColumn<QString>("events"); ///< `m`: missed, `u`: could not be asked, `a`: answered
    QTest::addColumn<QString>("turns");  ///< whose turn is next; `-`: resolve anew
    const auto row = [](const char *name, qsizetype count, const char *events, const char *turns) {
        QTest::newRow(name) << count << QString::fromLatin1(events) << QString::fromLatin1(turns);
    };
    row("single", 1, "mmmm", "0-0-");
    row("three-twice-each", 3, "mmmmmmm", "01122-0");
    row("an-answer-in-between", 2, "mammamm", "000111-");
    row("no-way-to-the-first", 3, "ummmm", "1122-");
    row("no-way-to-any", 3, "uuuu", "12-1");
    row("no-name", 0, "uu", "--");
}

void tst_Polling::givesEachAddressItsTurn()
{
    QFETCH(qsizetype, count);
    QFETCH(QString, events);
    QFETCH(QString, turns);
    AddressTurns decider;
    QString told;
    for (const QChar event : events) {
        bool isLeft = true;
        if (event == u'a')
            decider.answered();
        else
            isLeft = decider.missed(event == u'm', count);
        told += isLeft ? QString::number(decider.index()) : QStringLiteral("-");
    }
    QCOMPARE(told, turns);
}

QTEST_APPLESS_MAIN(tst_Polling)
#include "tst_polling.moc"
