// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/osclock.h"

#include "tests/support/manualclock.h"

#include <QTest>

#include <algorithm>
#include <cmath>

#ifdef Q_OS_LINUX
#include <sys/timex.h>
#endif

using namespace Synchat;
using namespace std::chrono_literals;

class tst_OsClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offsetHoldsTheTruth();
    void countsOnlyWhileSynchronised();
    void isVoidAfterASleepUntilSetAnew_data();
    void isVoidAfterASleepUntilSetAnew();
    void readsThisSystem();
#ifdef Q_OS_LINUX
    void readsWhatTheKernelTells_data();
    void readsWhatTheKernelTells();
#endif
    void takesAllErrorsTogether();
    void isHeldOverWhenNobodySetsIt_data();
    void isHeldOverWhenNobodySetsIt();
    void isRightBetweenTwoSettings_data();
    void isRightBetweenTwoSettings();
    void believesWhatContradictsTheMemory();
};

namespace {

/// A system whose clock is set as systemd-timesyncd does it, in simulated time: every 2048 s it asks, says
/// that the error is 0, and begins to slew.
class SlewedSystem
{
public:
    static constexpr std::chrono::seconds Poll{2048};
    static constexpr std::chrono::seconds Tick{16};

    /// `mistake`: what its server's answer is off by; `driftPpm`: by which the oscillator runs fast.
    SlewedSystem(double error, double mistake, double driftPpm)
        : m_error(error)
        , m_mistake(mistake)
        , m_drift(driftPpm * 1e-6)
    {
        ask();
    }
    void tick()
    {
        constexpr double Share = 0.2; // of the rest, per tick
        m_passed += Tick;
        m_error += m_pending * Share + m_drift * Tick.count();
        m_pending *= 1.0 - Share;
        if (m_passed - m_asked >= Poll)
            ask();
    }
    /// Our own clock is the system's.
    ClockReading reading() const
    {
        const Nanos drifted = nanos(m_drift * std::chrono::duration<double>(m_passed).count());
        return {WallTime(1'764'000'000s) + m_passed + nanos(m_error), MonoTime(1h) + m_passed + drifted};
    }
    OsClockReading os() const
    {
        const Nanos grown = Nanos(m_passed - m_asked) / 2000;
        return {reading().wall, true, grown, {}, std::chrono::abs(nanos(m_pending))};
    }
    Nanos truth() const { return nanos(-m_error); }

private:
    static Nanos nanos(double seconds) { return Nanos(std::llround(seconds * 1e9)); }
    void ask()
    {
        m_asked = m_passed;
        m_pending = m_mistake - m_error;
    }

    std::chrono::seconds m_passed{};
    std::chrono::seconds m_asked{};
    double m_error; ///< of its clock, s
    double m_pending = 0.0;
    const double m_mistake;
    const double m_drift;
};

} // namespace

void tst_OsClock::offsetHoldsTheTruth()
{
    const WallTime ours{1'764'000'000s};
    const OsClockReading os{ours + 250ms + 10us, true, 4ms}; // read 10 us after `before`
    const auto offset = osClockOffset(os, ours, ours + 30us, 0ms);
    QVERIFY(offset->contains(250ms));
    QVERIFY(offset->bound() >= Nanos(4ms));
    QVERIFY(offset->bound() <= Nanos(4ms + 15us));
}

void tst_OsClock::countsOnlyWhileSynchronised()
{
    const WallTime ours{1'764'000'000s};
    QVERIFY(!osClockOffset({ours, false, 4ms}, ours, ours, 50ms));
    QVERIFY(!osClockOffset({ours, true, 4ms}, ours, ours - 1us, 50ms)); // stepped in between
}

void tst_OsClock::isVoidAfterASleepUntilSetAnew_data()
{
    QTest::addColumn<Nanos>("slept");
    QTest::addColumn<bool>("saysUnsynchronised"); // for a moment, after the sleep
    QTest::addColumn<Nanos>("error");             // 100 s later; it was 20 ms
    QTest::addColumn<bool>("trusted");
    const Nanos asTheKernelDoes = 70ms;
    QTest::newRow("awake") << Nanos(0) << false << asTheKernelDoes << true;
    QTest::newRow("awake-set") << Nanos(0) << false << Nanos(3ms) << true;
    QTest::newRow("slept") << Nanos(8h) << false << asTheKernelDoes << false;
    QTest::newRow("slept-not-grown-yet") << Nanos(8h) << false << Nanos(20ms) << false;
    QTest::newRow("slept-set-sharper") << Nanos(8h) << false << Nanos(3ms) << true;
    QTest::newRow("slept-set-vaguer") << Nanos(8h) << false << Nanos(300ms) << true;
    QTest::newRow("slept-said-so-then-set") << Nanos(8h) << true << Nanos(70ms) << true;
}

void tst_OsClock::isVoidAfterASleepUntilSetAnew()
{
    QFETCH(const Nanos, slept);
    QFETCH(const bool, saysUnsynchronised);
    QFETCH(const Nanos, error);
    ManualClock clock;
    OsClockTrust trust;
    QVERIFY(trust.isTrusted(OsClockReading{clock.now(), true, 20ms}, clock.read()));
    if (slept > Nanos::zero())
        clock.sleep(slept);
    QCOMPARE(trust.isTrusted(OsClockReading{clock.now(), true, 20ms}, clock.read()), slept == Nanos::zero());
    if (saysUnsynchronised)
        QVERIFY(!trust.isTrusted(OsClockReading{clock.now(), false, 16s}, clock.read()));
    clock.advance(100s);
    const OsClockReading later{clock.now(), true, error};
    QTEST(trust.isTrusted(later, clock.read()), "trusted");
    clock.advance(100s);
    QTEST(trust.isTrusted(OsClockReading{clock.now(), true, error + 50ms}, clock.read()), "trusted");
    QVERIFY(!trust.isTrusted(std::nullopt, clock.read()));
}

void tst_OsClock::readsThisSystem()
{
    const WallTime before = SystemClock().now();
    const auto reading = readOsClock();
    const WallTime after = SystemClock().now();
#ifdef Q_OS_LINUX
    QVERIFY(reading);
    QVERIFY(reading->time >= before - 1ms && reading->time <= after + 1ms);
    QVERIFY(reading->maxError >= Nanos::zero());
    QVERIFY(reading->estimated >= Nanos::zero());
    QVERIFY(reading->pending >= Nanos::zero());
#else
    QVERIFY(!reading || before <= after);
#endif
}

#ifdef Q_OS_LINUX
void tst_OsClock::readsWhatTheKernelTells_data()
{
    QTest::addColumn<int>("flags");
    QTest::addColumn<qint64>("phase"); // timex.offset
    QTest::addColumn<Nanos>("leftOfAdjtime");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("synchronised");
    QTest::addColumn<Nanos>("fraction"); // told as 250
    QTest::addColumn<Nanos>("pending");
    const auto row = [](const char *name, int flags, qint64 phase, Nanos adjtime, Nanos fraction,
                        Nanos pending, bool synchronised = true, int status = TIME_OK) {
        QTest::newRow(name) << flags << phase << adjtime << status << synchronised << fraction << pending;
    };
    const int nanos = STA_PLL | STA_NANO;
    row("at-rest", STA_PLL, 0, 0ms, 250us, 0ms);
    row("at-rest-nanos", nanos, 0, 0ms, 250ns, 0ms);
    row("slewed-nanos", nanos, 400'000'000, 0ms, 250ns, 400ms);
    row("slewed-back-nanos", nanos, -400'000'000, 0ms, 250ns, 400ms);
    row("slewed", STA_PLL, 400'000, 0ms, 250us, 400ms + 1us);
    row("slewed-back", STA_PLL, -400'000, 0ms, 250us, 400ms + 1us);
    row("slewed-back-as-unsigned", STA_PLL, ((1LL << 32) - 400'000'000) / 1000, 0ms, 250us, 400ms + 296ns);
    row("adjtime", nanos, 0, -300ms, 250ns, 300ms);
    row("both", nanos, 100'000'000, 300ms, 250ns, 400ms);
    row("unsynchronised", nanos | STA_UNSYNC, 0, 0ms, 250ns, 0ms, false, TIME_ERROR);
    row("says-error", nanos, 0, 0ms, 250ns, 0ms, false, TIME_ERROR);
}

void tst_OsClock::readsWhatTheKernelTells()
{
    QFETCH(const int, flags);
    QFETCH(const qint64, phase);
    QFETCH(const Nanos, leftOfAdjtime);
    QFETCH(const int, status);
    QFETCH(const Nanos, fraction);
    timex told{};
    told.status = flags;
    told.offset = phase;
    told.time.tv_sec = 1'764'000'000;
    told.time.tv_usec = 250;
    told.maxerror = 1500;
    told.esterror = 20;
    const OsClockReading reading = osClockReading(told, status, leftOfAdjtime);
    QCOMPARE(reading.time, WallTime(1'764'000'000s) + fraction);
    QTEST(reading.synchronised, "synchronised");
    QTEST(reading.pending, "pending");
    QCOMPARE(reading.maxError, Nanos(1500us));
    QCOMPARE(reading.estimated, Nanos(20us));
}
#endif

void tst_OsClock::takesAllErrorsTogether()
{
    const WallTime ours{1'764'000'000s};
    const auto offset = osClockOffset({ours, true, 4ms, 1ms, 300ms}, ours, ours, 50ms);
    QCOMPARE(*offset, Interval::around(0ms, 355ms));
}

void tst_OsClock::isHeldOverWhenNobodySetsIt_data()
{
    QTest::addColumn<Nanos>("error");
    QTest::addColumn<StampState>("state");
    QTest::newRow("just-set") << Nanos(0) << StampState::Ok;
    QTest::newRow("longest-poll") << Nanos(1024ms) << StampState::Ok;
    QTest::newRow("limit") << Nanos(1500ms) << StampState::Ok;
    QTest::newRow("forsaken") << Nanos(1501ms) << StampState::Holdover;
    QTest::newRow("for-hours") << Nanos(16s) << StampState::Holdover;
}

void tst_OsClock::isHeldOverWhenNobodySetsIt()
{
    QFETCH(const Nanos, error);
    QTEST(osClockState({WallTime(), true, error}), "state");
}

void tst_OsClock::isRightBetweenTwoSettings_data()
{
    QTest::addColumn<double>("error"); // s, at first
    QTest::addColumn<double>("mistake");
    QTest::addColumn<double>("driftPpm");
    for (const double drift : {0.0, 95.0, -95.0}) {
        for (const double error : {0.0, 0.39, -0.39}) {
            for (const double mistake : {0.0, 0.049, -0.049})
                QTest::addRow("%+.2fs-%+.0fms-%+.0fppm", error, mistake * 1e3, drift)
                    << error << mistake << drift;
        }
    }
}

void tst_OsClock::isRightBetweenTwoSettings()
{
    QFETCH(const double, error);
    QFETCH(const double, mistake);
    QFETCH(const double, driftPpm);
    SlewedSystem system(error, mistake, driftPpm);
    OsClockMemory memory;
    Nanos widest{};
    for (int i = 0; i < 4 * SlewedSystem::Poll / SlewedSystem::Tick; ++i) {
        const ClockReading now = system.reading();
        const OsClockReading os = system.os();
        const auto said = osClockOffset(os, now.wall, now.wall, 50ms);
        const Interval offset = memory.add(*said, now);
        QVERIFY2(offset.contains(system.truth()), qPrintable(QString::number(i)));
        QCOMPARE(osClockState(os), StampState::Ok);
        widest = std::max(widest, offset.bound());
        system.tick();
    }
    // Never vague, so that nobody is told every half an hour that the time is lost and found again.
    QVERIFY2(widest < Nanos(600ms), qPrintable(QString::number(widest.count())));
}

void tst_OsClock::believesWhatContradictsTheMemory()
{
    ManualClock clock;
    OsClockMemory memory;
    const Interval sharp = Interval::around(250ms, 4ms);
    QCOMPARE(memory.add(sharp, clock.read()), sharp);
    clock.advance(100s);
    QCOMPARE(memory.add(Interval::around(250ms, 54ms), clock.read()), sharp.widened(10ms));
    clock.step(-3s); // ours; the system's stays
    QCOMPARE(memory.add(Interval::around(3250ms, 54ms), clock.read()), Interval::around(3250ms, 14ms));
    const Interval other = Interval::around(5s, 54ms); // the system's was set
    QCOMPARE(memory.add(other, clock.read()), other);
    memory.clear();
    QCOMPARE(memory.add(sharp, clock.read()), sharp);
}

QTEST_APPLESS_MAIN(tst_OsClock)
#include "tst_osclock.moc"
