// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/receivemoments.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const WallTime Kernel{1'764'000'000s}; // the kernel's clock at Line
const MonoTime Line{1h};

} // namespace

class tst_ReceiveMoments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placesStamps_data();
    void placesStamps();
    void hasNoStamps();
    void distrustsTheBatchOfAStep_data();
    void distrustsTheBatchOfAStep();
};

void tst_ReceiveMoments::placesStamps_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<qint64>("expectedAge");
    QTest::newRow("the-first-of-the-batch") << 50'000LL << 50'000LL;
    QTest::newRow("a-later-one") << 20'000LL << 20'000LL;
    QTest::newRow("one-that-overtook-the-first") << 70'000LL << 70'000LL;
    QTest::newRow("just-now") << 0LL << 0LL;
    QTest::newRow("from-the-future") << -1LL << 0LL;
    QTest::newRow("far-future") << -3'600'000'000'000LL << 0LL;
    QTest::newRow("almost-too-old") << 9'999'999'999LL << 9'999'999'999LL;
    QTest::newRow("too-old") << 10'000'000'000LL << 0LL;
    QTest::newRow("of-1970") << 1'764'000'000'000'000'000LL << 0LL;
}

void tst_ReceiveMoments::placesStamps()
{
    QFETCH(qint64, age);
    QFETCH(qint64, expectedAge);
    ReceiveMoments moments;
    moments.beginBatch(Kernel - 50us, Line - 50us, Line);
    QCOMPARE(moments.of(Kernel - Nanos(age)), Line - Nanos(expectedAge));
}

void tst_ReceiveMoments::hasNoStamps()
{
    ReceiveMoments moments;
    QCOMPARE(moments.of(Kernel), MonoTime());
    moments.beginBatch(std::nullopt, std::nullopt, Line);
    QCOMPARE(moments.of(Kernel), Line);
    moments.beginBatch(Kernel, std::nullopt, Line); // the clock did not believe it
    QCOMPARE(moments.of(Kernel - 5us), Line);
    moments.beginBatch(Kernel, Line, Line);
    QCOMPARE(moments.of(std::nullopt), Line);
}

void tst_ReceiveMoments::distrustsTheBatchOfAStep_data()
{
    QTest::addColumn<qint64>("step");
    QTest::addColumn<qint64>("between");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("none") << 0LL << 1'000'000'000LL << true;
    QTest::newRow("forward") << 100'000'000LL << 1'000'000LL << false;
    QTest::newRow("back") << -100'000'000LL << 1'000'000LL << false;
    QTest::newRow("small") << 2'000'000LL << 1'000'000LL << false;
    QTest::newRow("slewed-for-a-minute") << 30'000'000LL << 60'000'000'000LL << true;
    QTest::newRow("more-than-a-slew") << 50'000'000LL << 60'000'000'000LL << false;
}

void tst_ReceiveMoments::distrustsTheBatchOfAStep()
{
    QFETCH(qint64, step);
    QFETCH(qint64, between);
    QFETCH(bool, trusted);
    ReceiveMoments moments;
    moments.beginBatch(Kernel, Line, Line);
    // The stamp is from before the step, the comparison from after it: its age looks wrong by the step.
    const MonoTime now = Line + Nanos(between);
    const WallTime stamp = Kernel + Nanos(between) - 30us;
    moments.beginBatch(stamp, now - 30us - Nanos(step), now);
    const MonoTime moment = moments.of(stamp);
    QCOMPARE(moment, trusted ? std::min(now, now - 30us - Nanos(step)) : now);
    // The next batch is past it.
    const WallTime after = stamp + Nanos(step) + 1ms;
    moments.beginBatch(after, now - 30us + 1ms, now + 1ms);
    QCOMPARE(moments.of(after), now - 30us + 1ms);
}

QTEST_APPLESS_MAIN(tst_ReceiveMoments)
#include "tst_receivemoments.moc"
