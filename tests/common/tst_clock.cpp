// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <cmath>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr WallTime KernelTime{1'764'000'000s};

/// A clock that is wrong by a known amount, over a kernel whose time is known too.
class WrongClock : public ManualClock
{
public:
    explicit WrongClock(Nanos error)
        : ManualClock(KernelTime + error)
    {}

protected:
    WallTime kernelNow() const override { return KernelTime; }
};

} // namespace

class tst_Clock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fromKernelStamp_data();
    void fromKernelStamp();
    void monotonicNeverGoesBack();
    void monotonicIsTheLineOfReadings();
    void wallIsTheSystemsOwn();
    void stampOfNowIsNow();
    void readingsSayHowCloselyTheyWereRead();
    void putsMomentsOnOneWallLine();
    void noticesSleep();
    void putsKernelStampsOnTheMonotonicLine();
    void keepsKernelStampsHonestInASlew_data();
    void keepsKernelStampsHonestInASlew();
};

void tst_Clock::fromKernelStamp_data()
{
    QTest::addColumn<qint64>("error");
    QTest::addColumn<qint64>("age");
    QTest::addColumn<qint64>("expectedAge");
    const qint64 second = 1'000'000'000;
    QTest::newRow("right-clock") << 0LL << 5'000LL << 5'000LL;
    QTest::newRow("no-age") << 0LL << 0LL << 0LL;
    QTest::newRow("ahead-keeps-its-error") << 250'000'000LL << 5'000LL << 5'000LL;
    QTest::newRow("behind-keeps-its-error") << -3'700'000'000LL << 5'000LL << 5'000LL;
    QTest::newRow("almost-too-old") << 0LL << 10 * second - 1 << 10 * second - 1;
    QTest::newRow("too-old") << 0LL << 10 * second << 0LL;
    QTest::newRow("much-too-old") << 250'000'000LL << 1'764'000'000 * second << 0LL;
    QTest::newRow("from-the-future") << 0LL << -1LL << 0LL;
    QTest::newRow("far-future") << 0LL << -7'000'000'000 * second << 0LL;
}

void tst_Clock::fromKernelStamp()
{
    QFETCH(qint64, error);
    QFETCH(qint64, age);
    QFETCH(qint64, expectedAge);
    const WrongClock clock{Nanos(error)};
    QCOMPARE(clock.fromKernelStamp(KernelTime - Nanos(age)), clock.now() - Nanos(expectedAge));
    const auto mono = clock.monoFromKernelStamp(KernelTime - Nanos(age));
    QCOMPARE(mono.has_value(), age == expectedAge);
    if (mono)
        QCOMPARE(*mono, clock.monotonic() - Nanos(expectedAge));
}

void tst_Clock::monotonicNeverGoesBack()
{
    const SystemClock clock;
    MonoTime last = clock.monotonic();
    for (int i = 0; i < 10'000; ++i) {
        const MonoTime next = clock.monotonic();
        QVERIFY(next >= last);
        last = next;
    }
}

void tst_Clock::monotonicIsTheLineOfReadings()
{
    const SystemClock clock;
    const MonoTime before = clock.monotonic();
    const MonoTime read = clock.read().mono;
    const MonoTime after = clock.monotonic();
    QVERIFY(before <= read && read <= after);
    const ManualClock manual;
    QCOMPARE(manual.monotonic(), manual.read().mono);
}

void tst_Clock::wallIsTheSystemsOwn()
{
    const SystemClock clock;
    const auto before = std::chrono::system_clock::now();
    const WallTime now = clock.now();
    const auto after = std::chrono::system_clock::now();
    QVERIFY(before <= now);
    QVERIFY(now <= after);
}

void tst_Clock::stampOfNowIsNow()
{
    const SystemClock clock;
    const WallTime stamp = clock.now();
    const WallTime converted = clock.fromKernelStamp(stamp);
    QVERIFY(converted >= stamp);
    QVERIFY(converted <= clock.now());
}

void tst_Clock::readingsSayHowCloselyTheyWereRead()
{
    const SystemClock clock;
    for (int i = 0; i < 1000; ++i) {
        const MonoTime before = clock.monotonic();
        const ClockReading reading = clock.read();
        const MonoTime after = clock.monotonic();
        QVERIFY(reading.fuzz > Nanos::zero());
        QVERIFY(before <= reading.mono && reading.mono <= after);
        QVERIFY(reading.fuzz <= after - before);
    }
}

void tst_Clock::putsMomentsOnOneWallLine()
{
    const ManualClock clock;
    const ClockReading reading = clock.read();
    QCOMPARE(reading.wallAt(reading.mono), reading.wall);
    QCOMPARE(reading.wallAt(reading.mono - 3s), reading.wall - 3s);
}

void tst_Clock::noticesSleep()
{
    ManualClock clock;
    const ClockReading before = clock.read();
    clock.advance(1h);
    clock.step(1h);
    QVERIFY(!sleptBetween(before, clock.read()));
    clock.sleep(900us); // how it was read
    QVERIFY(!sleptBetween(before, clock.read()));
    clock.sleep(200us);
    QVERIFY(sleptBetween(before, clock.read()));
    QVERIFY(!sleptBetween(clock.read(), before));
    const SystemClock system;
    const ClockReading first = system.read();
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!sleptBetween(first, system.read()));
}

void tst_Clock::putsKernelStampsOnTheMonotonicLine()
{
    const SystemClock clock;
    const MonoTime before = clock.monotonic();
    const KernelReading kernel = clock.readKernel();
    const MonoTime after = clock.monotonic();
    QVERIFY(before <= kernel.before && kernel.before <= kernel.after && kernel.after <= after);
    QCOMPARE(kernel.earliest(kernel.kernel), kernel.before);
    QCOMPARE(kernel.latest(kernel.kernel), kernel.after);
    const WrongClock wrong{250ms};
    QCOMPARE(wrong.readKernel().latest(KernelTime - 1us), wrong.monotonic() - 1us + 1ns);
}

void tst_Clock::keepsKernelStampsHonestInASlew_data()
{
    QTest::addColumn<double>("slewPpm"); // of the kernel's clock
    QTest::addColumn<Nanos>("after");    // the reading; negative: the stamp came before it
    for (const double ppm : {-500.0, 0.0, 500.0}) {
        for (const Nanos after : {Nanos(-2s), Nanos(-200ms), Nanos(-10us), Nanos(0), Nanos(2s)})
            QTest::addRow("%.0fppm-%lldus", ppm, static_cast<long long>(after / 1us)) << ppm << after;
    }
}

void tst_Clock::keepsKernelStampsHonestInASlew()
{
    QFETCH(const double, slewPpm);
    QFETCH(const Nanos, after);
    const KernelReading reading{KernelTime, MonoTime(1h), MonoTime(1h) + 1us};
    const MonoTime truth = reading.before + 500ns + after;
    const WallTime stamp = KernelTime + after + Nanos(std::llround(double(after.count()) * slewPpm * 1e-6));
    QVERIFY(reading.earliest(stamp) <= truth && truth <= reading.latest(stamp));
    const Nanos slack = 1us + 2 * driftIn(std::chrono::abs(stamp - KernelTime), 600.0);
    QCOMPARE(reading.latest(stamp) - reading.earliest(stamp), slack); // and no more than that
}

QTEST_GUILESS_MAIN(tst_Clock)
#include "tst_clock.moc"
