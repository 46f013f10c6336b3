// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/faultclock.h"
#include "tests/support/manualclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr WallTime KernelTime{1'764'000'000s};
constexpr quint64 Seed = 7;

ClockFault faultFrom(const QString &text)
{
    const auto fault = ClockFault::parse(text);
    return fault ? *fault : ClockFault();
}

/// Over a kernel whose time is known.
class KnownKernelClock : public FaultClock
{
public:
    using FaultClock::FaultClock;

protected:
    WallTime kernelNow() const override { return KernelTime; }
};

} // namespace

class tst_FaultClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withoutFaultItIsTheClock();
    void onlyTheWallIsWrong();
    void aNewFaultBeginsNow();
    void agesSurviveEveryFault();
};

void tst_FaultClock::withoutFaultItIsTheClock()
{
    ManualClock truth;
    const FaultClock clock(truth, ClockFault(), Seed);
    truth.advance(90s);
    truth.step(-20s);
    truth.sleep(3h);
    QVERIFY(!clock.isFaulty());
    QCOMPARE(clock.read().wall, truth.read().wall);
    QCOMPARE(clock.read().mono, truth.read().mono);
    QCOMPARE(clock.read().asleep, truth.read().asleep);
}

void tst_FaultClock::onlyTheWallIsWrong()
{
    ManualClock truth;
    const FaultClock clock(truth, faultFrom(u"offset=1s,drift=100ppm,jitter=9ms,step=1h@60s"_s), Seed);
    truth.advance(90s);
    truth.sleep(3h);
    QVERIFY(clock.isFaulty());
    QVERIFY(clock.now() > truth.now() + 1h);
    QCOMPARE(clock.read().mono, truth.read().mono);
    QCOMPARE(clock.monotonic(), truth.monotonic());
    QCOMPARE(clock.read().asleep, truth.read().asleep);
}

void tst_FaultClock::aNewFaultBeginsNow()
{
    ManualClock truth;
    FaultClock clock(truth, faultFrom(u"offset=1s"_s), Seed);
    truth.advance(100s);
    clock.setFault(faultFrom(u"drift=10ppm,step=1s@60s"_s));
    QCOMPARE(clock.now(), truth.now());
    QVERIFY2(clock.isFaulty(), "a step that is not due is a fault too");
    truth.advance(60s);
    QCOMPARE(clock.now() - truth.now(), Nanos(1s + 600us));
    clock.setFault(ClockFault());
    QCOMPARE(clock.now(), truth.now());
    QVERIFY(!clock.isFaulty());
}

// A fault must never be mixed with the kernel's time: a stamp is as old on the faulty clock as it is.
void tst_FaultClock::agesSurviveEveryFault()
{
    const QStringList faults{u"offset=+250ms"_s, u"offset=-10s,drift=100000ppm"_s, u"jitter=1h"_s,
                             u"freeze"_s,        u"step=-3.7s@1s,step=1h@2s"_s,    u"none"_s};
    QRandomGenerator random(3);
    for (const QString &text : faults) {
        ManualClock truth(KernelTime);
        const KnownKernelClock clock(truth, faultFrom(text), Seed);
        for (int i = 0; i < 100; ++i) {
            truth.advance(Nanos(random.bounded(50'000'000)));
            const Nanos age(random.bounded(999'999'999) * 10LL);
            QCOMPARE(clock.monoFromKernelStamp(KernelTime - age), truth.monotonic() - age);
            QCOMPARE(clock.now() - clock.fromKernelStamp(KernelTime - age), age);
            QVERIFY(!clock.monoFromKernelStamp(KernelTime - 10s));
            QVERIFY(!clock.monoFromKernelStamp(KernelTime + 1ns));
        }
    }
}

QTEST_GUILESS_MAIN(tst_FaultClock)
#include "tst_faultclock.moc"
