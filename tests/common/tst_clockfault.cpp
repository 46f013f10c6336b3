// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockfault.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr quint64 Seed = 7;
const ClockReading Start{WallTime(1'764'000'000s), MonoTime(50h), 3h};

ClockFault faultFrom(const QString &text)
{
    const auto fault = ClockFault::parse(text);
    return fault ? *fault : ClockFault();
}

/// How far the clock is off after this time.
Nanos errorAfter(const ClockFault &fault, Nanos elapsed, quint64 seed = Seed)
{
    const ClockReading truth{Start.wall + elapsed, Start.mono + elapsed, Start.asleep};
    return fault.shown(Start, truth, seed) - truth.wall;
}

} // namespace

class tst_ClockFault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void shows_data();
    void shows();
    void aFrozenClockStandsStill();
    void jitterIsUniform();
    void jitterGoesByMomentAndSeed();
};

void tst_ClockFault::parses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString() << u"none"_s;
    QTest::newRow("none") << u" none "_s << u"none"_s;
    QTest::newRow("zeros-are-none") << u"offset=0s,drift=0ppm,jitter=0ms"_s << u"none"_s;
    QTest::newRow("all") << u"offset=+250ms,drift=40ppm,jitter=5ms,freeze,step=-3.7s@60s"_s
                         << u"offset=+250ms,drift=+40ppm,jitter=5ms,freeze,step=-3.7s@60s"_s;
    QTest::newRow("spaces-between-parts") << u" offset=1s , jitter=1us "_s << u"offset=+1s,jitter=1us"_s;
    QTest::newRow("nanoseconds") << u"offset=-999ns"_s << u"offset=-999ns"_s;
    QTest::newRow("microseconds") << u"offset=1500ns"_s << u"offset=+1.5us"_s;
    QTest::newRow("minutes") << u"offset=1.5min"_s << u"offset=+90s"_s;
    QTest::newRow("hours") << u"offset=-2h"_s << u"offset=-7200s"_s;
    QTest::newRow("finest") << u"offset=3.000000001s"_s << u"offset=+3.000000001s"_s;
    QTest::newRow("finer-is-cut") << u"offset=1.9ns"_s << u"offset=+1ns"_s;
    QTest::newRow("largest") << u"offset=-87648h"_s << u"offset=-315532800s"_s;
    QTest::newRow("slow-drift") << u"drift=-0.5ppm"_s << u"drift=-0.5ppm"_s;
    QTest::newRow("largest-drift") << u"drift=100000ppm"_s << u"drift=+100000ppm"_s;
    QTest::newRow("largest-jitter") << u"jitter=1h"_s << u"jitter=3600s"_s;
    QTest::newRow("freeze-later") << u"freeze@30s"_s << u"freeze@30s"_s;
    QTest::newRow("steps-in-order") << u"step=1s@20s,step=-2s@10s"_s << u"step=-2s@10s,step=+1s@20s"_s;
    QTest::newRow("step-at-once") << u"step=1s@0s"_s << u"step=+1s@0ns"_s;
}

void tst_ClockFault::parses()
{
    QFETCH(QString, input);
    const auto fault = ClockFault::parse(input);
    QVERIFY2(fault.has_value(), qPrintable(fault ? QString() : fault.error()));
    QTEST(fault->toText(), "text");
    const auto again = ClockFault::parse(fault->toText());
    QVERIFY(again && *again == *fault);
    QCOMPARE(fault->isNone(), fault->toText() == u"none"_s);
}

void tst_ClockFault::refuses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << u"wobble=3s"_s << u"wobble=3s"_s;
    QTest::newRow("empty-part") << u"offset=1s,"_s << u"\"\""_s;
    QTest::newRow("none-among-others") << u"offset=1s,none"_s << u"\"none\""_s;
    QTest::newRow("no-value") << u"offset"_s << u"\"offset\""_s;
    QTest::newRow("no-unit") << u"offset=250"_s << u"\"250\""_s;
    QTest::newRow("unknown-unit") << u"offset=3days"_s << u"\"3days\""_s;
    QTest::newRow("no-number") << u"offset=ms"_s << u"\"ms\""_s;
    QTest::newRow("only-a-sign") << u"offset=-s"_s << u"\"-s\""_s;
    QTest::newRow("two-signs") << u"offset=+-3s"_s << u"\"+-3s\""_s;
    QTest::newRow("no-digits-after-the-point") << u"offset=3.s"_s << u"\"3.s\""_s;
    QTest::newRow("no-digits-before-the-point") << u"offset=.3s"_s << u"\".3s\""_s;
    QTest::newRow("two-points") << u"offset=1.2.3s"_s << u"\"1.2.3s\""_s;
    QTest::newRow("space-inside") << u"offset=3 s"_s << u"\"3 s\""_s;
    QTest::newRow("other-digits") << u"offset=٣s"_s << u"\"٣s\""_s;
    QTest::newRow("too-far") << u"offset=87648.1h"_s << u"ten years"_s;
    QTest::newRow("much-too-far") << u"offset=99999999999999999999h"_s << u"ten years"_s;
    QTest::newRow("too-far-back") << u"offset=-87649h"_s << u"ten years"_s;
    QTest::newRow("drift-without-unit") << u"drift=40"_s << u"\"40\""_s;
    QTest::newRow("drift-in-time") << u"drift=40ms"_s << u"\"40ms\""_s;
    QTest::newRow("drift-too-fast") << u"drift=100000.1ppm"_s << u"100000ppm"_s;
    QTest::newRow("negative-jitter") << u"jitter=-5ms"_s << u"\"-5ms\""_s;
    QTest::newRow("too-much-jitter") << u"jitter=3601s"_s << u"an hour"_s;
    QTest::newRow("freeze-with-a-value") << u"freeze=30s"_s << u"\"freeze=30s\""_s;
    QTest::newRow("freeze-in-the-past") << u"freeze@-1s"_s << u"\"freeze@-1s\""_s;
    QTest::newRow("freeze-nowhere") << u"freeze@"_s << u"\"freeze@\""_s;
    QTest::newRow("step-without-time") << u"step=1s"_s << u"\"1s\""_s;
    QTest::newRow("step-in-the-past") << u"step=1s@-1s"_s << u"\"1s@-1s\""_s;
    QTest::newRow("step-too-late") << u"step=1s@8761h"_s << u"a year"_s;
    QTest::newRow("step-without-value") << u"step@30s"_s << u"\"step@30s\""_s;
    QTest::newRow("offset-twice") << u"offset=1s,offset=2s"_s << u"\"offset\" twice"_s;
    QTest::newRow("freeze-twice") << u"freeze,freeze@2s"_s << u"\"freeze\" twice"_s;
    QTest::newRow("too-many-steps") << QStringList(17, u"step=1s@1s"_s).join(u',') << u"16 steps"_s;
}

void tst_ClockFault::refuses()
{
    QFETCH(QString, input);
    QFETCH(QString, named);
    const auto fault = ClockFault::parse(input);
    QVERIFY(!fault);
    QVERIFY2(fault.error().contains(named), qPrintable(fault.error()));
    QVERIFY2(fault.error().at(0).isUpper() && fault.error().endsWith(u'.'), qPrintable(fault.error()));
}

void tst_ClockFault::shows_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<qint64>("elapsedMs");
    QTest::addColumn<qint64>("errorNs");
    const qint64 ms = 1'000'000;
    const qint64 year = 365LL * 86'400'000;
    QTest::newRow("none") << u"none"_s << 5000LL << 0LL;
    QTest::newRow("ahead") << u"offset=+250ms"_s << 0LL << 250 * ms;
    QTest::newRow("behind") << u"offset=-3.7s"_s << 5000LL << -3700 * ms;
    QTest::newRow("drift-at-the-start") << u"drift=40ppm"_s << 0LL << 0LL;
    QTest::newRow("drift") << u"drift=40ppm"_s << 1500LL << 60'000LL;
    QTest::newRow("drift-back") << u"drift=-0.5ppm"_s << 10'000LL << -5'000LL;
    QTest::newRow("drift-for-a-century") << u"drift=100000ppm"_s << 100 * year << 10 * year * ms;
    QTest::newRow("step-not-due") << u"step=-3.7s@60s"_s << 59'999LL << 0LL;
    QTest::newRow("step-due") << u"step=-3.7s@60s"_s << 60'000LL << -3700 * ms;
    QTest::newRow("two-steps-due") << u"step=1s@1s,step=2s@2s"_s << 2000LL << 3000 * ms;
    QTest::newRow("one-step-of-two") << u"step=1s@1s,step=2s@2s"_s << 1999LL << 1000 * ms;
    QTest::newRow("frozen-at-once") << u"freeze"_s << 5000LL << -5000 * ms;
    QTest::newRow("not-frozen-yet") << u"freeze@6s"_s << 5000LL << 0LL;
    QTest::newRow("frozen-later") << u"freeze@2s"_s << 5000LL << -3000 * ms;
    QTest::newRow("frozen-with-offset") << u"offset=1s,freeze@2s"_s << 5000LL << -2000 * ms;
    QTest::newRow("frozen-with-drift") << u"drift=1000ppm,freeze@2s"_s << 5000LL << -2998 * ms;
    QTest::newRow("a-step-before-the-freeze") << u"step=1s@2s,freeze@2s"_s << 5000LL << -2000 * ms;
    QTest::newRow("a-step-after-the-freeze") << u"step=1s@3s,freeze@2s"_s << 5000LL << -3000 * ms;
    QTest::newRow("all") << u"offset=1s,drift=10ppm,step=1s@1s"_s << 2000LL << 2000 * ms + 20'000LL;
}

void tst_ClockFault::shows()
{
    QFETCH(QString, fault);
    QFETCH(qint64, elapsedMs);
    QFETCH(qint64, errorNs);
    QCOMPARE(errorAfter(faultFrom(fault), std::chrono::milliseconds(elapsedMs)).count(), errorNs);
}

void tst_ClockFault::aFrozenClockStandsStill()
{
    const ClockFault fault = faultFrom(u"offset=1s,drift=9ppm,jitter=5ms,freeze@1s"_s);
    const WallTime stands = Start.wall + 1s + 1s + 9us;
    // What the true wall clock does meanwhile (a step, a sleep) makes no difference.
    const ClockReading stepped{Start.wall - 7s, Start.mono + 2s, Start.asleep};
    const ClockReading slept{Start.wall + 9h, Start.mono + 2s, Start.asleep + 9h};
    QCOMPARE(fault.shown(Start, stepped, Seed), stands);
    QCOMPARE(fault.shown(Start, slept, Seed), stands);
}

void tst_ClockFault::jitterIsUniform()
{
    constexpr int Count = 20'000;
    constexpr int Tenths = 10;
    const ClockFault fault = faultFrom(u"jitter=5ms"_s);
    std::array<int, Tenths> hits{};
    for (int i = 0; i < Count; ++i) {
        const Nanos error = errorAfter(fault, Nanos(i * 1000));
        QVERIFY(error >= -5ms && error <= 5ms);
        ++hits.at(static_cast<std::size_t>(std::min<qint64>((error + 5ms).count() / 1'000'000, Tenths - 1)));
    }
    for (const int count : hits) // 2000 expected, 42 is their standard deviation
        QVERIFY2(count > 1750 && count < 2250, qPrintable(QString::number(count)));
}

void tst_ClockFault::jitterGoesByMomentAndSeed()
{
    const ClockFault fault = faultFrom(u"jitter=1h"_s);
    QCOMPARE(errorAfter(fault, 1s, 1), errorAfter(fault, 1s, 1));
    QVERIFY(errorAfter(fault, 1s, 1) != errorAfter(fault, 1s, 2));
    QVERIFY(errorAfter(fault, 1s, 1) != errorAfter(fault, 1s + 1ns, 1));
}

QTEST_GUILESS_MAIN(tst_ClockFault)
#include "tst_clockfault.moc"
