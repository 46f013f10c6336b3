// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/timeexchange.h"

#include "tests/support/manualclock.h"

#include <QTest>

#include <limits>

using namespace Synchat;

using std::chrono::seconds;

class tst_TimeExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timeExchanges_data();
    void timeExchanges();
    void timeExchangesRefuse();
    void timeExchangesUnderAFaultyClock();
};

void tst_TimeExchange::timeExchanges_data()
{
    QTest::addColumn<qint64>("skewUs");      // of our clock
    QTest::addColumn<qint64>("referenceUs"); // the daemon's own offset to its reference
    QTest::addColumn<StampState>("state");
    QTest::addColumn<bool>("boundCounts");
    QTest::newRow("exact") << qint64(0) << qint64(0) << StampState::Ok << true;
    QTest::newRow("ahead") << qint64(250'000) << qint64(0) << StampState::Ok << true;
    QTest::newRow("behind") << qint64(-3'700'000) << qint64(212) << StampState::Ok << true;
    QTest::newRow("holdover") << qint64(5) << qint64(-900'000) << StampState::Holdover << true;
    QTest::newRow("unsynced") << qint64(5) << qint64(0) << StampState::Unsynced << false;
}

void tst_TimeExchange::timeExchanges()
{
    QFETCH(qint64, skewUs);
    QFETCH(qint64, referenceUs);
    QFETCH(StampState, state);
    QFETCH(bool, boundCounts);
    constexpr qint64 referenceBound = 5000;
    ManualClock ours;
    const WireMicros daemonAtStart = toWire(ours.now()) - skewUs;
    TimeExchanges exchanges;
    const TimeFrame asked = exchanges.begin(ours.read());
    ours.advance(Micros(10'000));
    const TimeReplyFrame reply{asked.t1,    daemonAtStart + 4'000, daemonAtStart + 5'000,
                               referenceUs, referenceBound,        state};
    const auto interval = exchanges.finish(reply, ours.read());
    QVERIFY(interval);
    QVERIFY(interval->contains(Micros(referenceUs - skewUs)));
    const Nanos expected = Micros(4'500 + (boundCounts ? referenceBound : 0));
    QVERIFY(interval->bound() >= expected && interval->bound() <= expected + Micros(5));
    QVERIFY(!exchanges.finish(reply, ours.read())); // once only
}

void tst_TimeExchange::timeExchangesRefuse()
{
    constexpr WireMicros never = std::numeric_limits<WireMicros>::max();
    ManualClock ours;
    TimeExchanges exchanges;
    const auto ask = [&] { return exchanges.begin(ours.read()).t1; };
    const WireMicros now = toWire(ours.now());
    QVERIFY(!exchanges.finish({now + 1, now, now, 0, 0, StampState::Ok}, ours.read())); // never asked
    for (const WireMicros absurd :
         {never, std::numeric_limits<WireMicros>::min(), WireMicros(5'000'000'000'000'000)}) {
        QVERIFY(!exchanges.finish({ask(), absurd, absurd, 0, 0, StampState::Ok}, ours.read()));
        QVERIFY(!exchanges.finish({ask(), now, now, absurd, 0, StampState::Ok}, ours.read()));
        QVERIFY(!exchanges.finish({ask(), now, now, 0, absurd, StampState::Ok}, ours.read()));
    }
    QVERIFY(
        !exchanges.finish({ask(), now, now - 1, 0, 0, StampState::Ok}, ours.read())); // sent before received
    const WireMicros late = ask();
    ours.advance(seconds(5));
    QVERIFY(!exchanges.finish({late, now, now, 0, 0, StampState::Ok}, ours.read()));
    const WireMicros slept = ask();
    ours.sleep(seconds(1));
    QVERIFY(!exchanges.finish({slept, slept, slept, 0, 0, StampState::Ok}, ours.read()));
}

void tst_TimeExchange::timeExchangesUnderAFaultyClock()
{
    // Stepped to and fro while frames are on their way, and standing still between: the moment of asking is
    // found again for each, and what is measured is the clock as it was read at the end.
    ManualClock ours;
    const WireMicros start = toWire(ours.now()); // the daemon's clock is right
    TimeExchanges exchanges;
    const TimeFrame first = exchanges.begin(ours.read());
    ours.advance(Micros(1'000'000));
    ours.step(seconds(-1)); // frozen
    const TimeFrame second = exchanges.begin(ours.read());
    QVERIFY(first.t1 != second.t1);
    ours.advance(Micros(10'000));
    ours.step(seconds(-3));
    const auto interval = exchanges.finish(
        {second.t1, start + 1'005'000, start + 1'005'000, 0, 0, StampState::Ok}, ours.read());
    QVERIFY(interval);
    QVERIFY(interval->contains(seconds(4)));
    QVERIFY(interval->bound() <= Micros(5'005));
    ours.step(seconds(7));
    const auto late =
        exchanges.finish({first.t1, start + 500, start + 500, 0, 0, StampState::Ok}, ours.read());
    QVERIFY(late);
    QVERIFY(late->contains(seconds(-3)));
}

QTEST_GUILESS_MAIN(tst_TimeExchange)
#include "tst_timeexchange.moc"
