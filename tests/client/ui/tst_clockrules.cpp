// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small pure deciders of the window about clocks: when one is wrong, how it is mended, when it is
// painted, how far it is off.
#include "client/ui/clockbannerrule.h"
#include "client/ui/machinetime.h"
#include "client/ui/numberline.h"
#include "client/ui/secondticker.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono;

class tst_ClockRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void clockBanner_data();
    void clockBanner();
    void clockBannerDoesNotFlicker();
    void bannerSentences_data();
    void bannerSentences();
    void machines_data();
    void machines();
    void untilNextSecond_data();
    void untilNextSecond();
    void tickerTicksAfterTheTurn();
    void aClockThatStandsStillMakesNoSpin();
    void numberScale();
};

void tst_ClockRules::clockBanner_data()
{
    QTest::addColumn<OptionalMicros>("skew");
    QTest::addColumn<WireMicros>("bound");
    QTest::addColumn<ClockAlarm>("alarm");
    QTest::newRow("not-measured") << OptionalMicros() << WireMicros(0) << ClockAlarm::None;
    QTest::newRow("fine") << OptionalMicros(3000) << WireMicros(900) << ClockAlarm::None;
    QTest::newRow("just-a-second") << OptionalMicros(1000000) << WireMicros(0) << ClockAlarm::None;
    QTest::newRow("over-a-second") << OptionalMicros(1000001) << WireMicros(0) << ClockAlarm::Notice;
    QTest::newRow("behind") << OptionalMicros(-1800000) << WireMicros(9000) << ClockAlarm::Notice;
    QTest::newRow("bound-swallows-it") << OptionalMicros(1500000) << WireMicros(600000) << ClockAlarm::None;
    QTest::newRow("a-minute") << OptionalMicros(-60000001) << WireMicros(0) << ClockAlarm::Loud;
    QTest::newRow("absurd") << OptionalMicros(std::numeric_limits<WireMicros>::min() + 1) << WireMicros(0)
                            << ClockAlarm::Loud;
}

void tst_ClockRules::clockBanner()
{
    QFETCH(OptionalMicros, skew);
    QFETCH(WireMicros, bound);
    ClockStatus status;
    if (skew)
        status.offset = -*skew;
    status.bound = bound;
    ClockBannerRule rule;
    QTEST(rule.judge(status), "alarm");
}

void tst_ClockRules::clockBannerDoesNotFlicker()
{
    ClockStatus status;
    status.bound = 0;
    ClockBannerRule rule;
    status.offset = 1100000;
    QCOMPARE(rule.judge(status), ClockAlarm::Notice);
    status.offset = 900000;
    QCOMPARE(rule.judge(status), ClockAlarm::Notice);
    status.offset = 700000;
    QCOMPARE(rule.judge(status), ClockAlarm::None);
    status.offset = 900000;
    QCOMPARE(rule.judge(status), ClockAlarm::None);
}

void tst_ClockRules::bannerSentences_data()
{
    QTest::addColumn<ClockStatus>("status");
    QTest::addColumn<QString>("expected");
    ClockStatus behind;
    behind.offset = 1'800'000;
    behind.bound = 9000;
    behind.state = StampState::Ok;
    behind.referenceState = StampState::Ok;
    behind.referenceBound = 450;
    const auto row = [&](const char *name, const auto &change, const char *expected) {
        ClockStatus status = behind;
        change(status);
        QTest::newRow(name) << status << QString::fromUtf8(expected);
    };
    row(
        "confirmed", [](ClockStatus &) {},
        "Your clock is 1.80 s behind ± 9 ms. Messages are still in the right order.");
    row(
        "own-fault", [](ClockStatus &s) { s.fault = true; },
        "Your clock is 1.80 s behind ± 9 ms, because a clock fault was injected here on purpose. Messages "
        "are still in the right order.");
    row(
        "unconfirmed",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound.reset();
        },
        "Your clock is 1.80 s behind ± 9 ms. That is against the daemon's clock, which nothing confirms: it "
        "may be the daemon's clock that is wrong. Messages are still in the right order.");
    row(
        "daemon-under-a-fault",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound.reset();
            s.referenceFault = true;
        },
        "Your clock is 1.80 s behind ± 9 ms. That is against the daemon's clock, in which a clock fault was "
        "injected on purpose: it is probably not your clock that is wrong. Messages are still in the right "
        "order.");
    row(
        "daemon-under-a-fault-that-its-sources-see", [](ClockStatus &s) { s.referenceFault = true; },
        "Your clock is 1.80 s behind ± 9 ms. Messages are still in the right order.");
    row(
        "held-over", [](ClockStatus &s) { s.referenceState = StampState::Holdover; },
        "Your clock is 1.80 s behind ± 9 ms. The reference has been held over without a fresh sample from "
        "its sources. Messages are still in the right order.");
    row(
        "sources-gone-for-long",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound = 1'200'000;
        },
        "Your clock is 1.80 s behind ± 9 ms. The reference itself is known no better than ± 1.20 s. Messages "
        "are still in the right order.");
    row(
        "sources-contradict",
        [](ClockStatus &s) {
            s.referenceState = StampState::Falseticker;
            s.referenceBound.reset();
        },
        "Your clock is 1.80 s behind ± 9 ms. The daemon's sources of time contradict each other, so that it "
        "may not be your clock that is wrong. Messages are still in the right order.");
}

void tst_ClockRules::bannerSentences()
{
    QFETCH(ClockStatus, status);
    QTEST(ClockBannerRule::sentence(status), "expected");
}

void tst_ClockRules::machines_data()
{
    using Housing = MachineTime::Housing;
    QTest::addColumn<QStringList>("files"); ///< with a first line after `=`
    QTest::addColumn<TimeService>("service");
    QTest::addColumn<Housing>("housing");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QStringList &files, TimeService service, Housing housing,
                        const char *says) {
        QTest::newRow(name) << files << service << housing << QString::fromUtf8(says);
    };
    const QString systemd = u"/run/systemd/system"_s;
    row("timesyncd", {systemd, u"/run/systemd/timesync"_s}, TimeService::Timesyncd, Housing::Metal,
        "timedatectl timesync-status");
    row("timesyncd-off", {systemd, u"/usr/lib/systemd/systemd-timesyncd"_s}, TimeService::TimesyncdOff,
        Housing::Metal, "sudo timedatectl set-ntp true");
    row("chrony-beside-systemd", {systemd, u"/usr/lib/systemd/systemd-timesyncd"_s, u"/run/chrony"_s},
        TimeService::Chrony, Housing::Metal, "sudo chronyc makestep");
    row("ntpd", {systemd, u"/run/ntpd.pid"_s}, TimeService::Ntpd, Housing::Metal, "sudo ntpd -gq");
    row("openntpd", {u"/var/run/ntpd.sock"_s}, TimeService::OpenNtpd, Housing::Metal, "ntpctl -s all");
    row("nothing", {systemd}, TimeService::None, Housing::Metal, "No service that sets the clock");
    row("container", {u"/.dockerenv"_s, u"/run/chrony"_s}, TimeService::Chrony, Housing::Container,
        "mended on the host");
    row("podman", {u"/run/.containerenv"_s}, TimeService::None, Housing::Container, "mended on the host");
    row("virtual-machine", {u"/run/chrony"_s, u"/sys/class/dmi/id/sys_vendor=QEMU"_s}, TimeService::Chrony,
        Housing::VirtualMachine, "This is a virtual machine");
    row("virtual-machine-too", {u"/sys/class/dmi/id/product_name=VirtualBox"_s}, TimeService::None,
        Housing::VirtualMachine, "No service that sets the clock");
    row("metal", {u"/sys/class/dmi/id/sys_vendor=LENOVO"_s, u"/run/chrony"_s}, TimeService::Chrony,
        Housing::Metal, "chronyc tracking");
    row("wsl", {u"/proc/version=Linux version 5.15-microsoft-standard-WSL2"_s}, TimeService::None,
        Housing::Wsl, "wsl --shutdown");
}

void tst_ClockRules::machines()
{
    QFETCH(QStringList, files);
    MachineTime::Traces traces;
    traces.kernel = u"linux"_s;
    traces.exists = [&files](const QString &path) { return files.contains(path); };
    traces.firstLine = [&files](const QString &path) {
        const QStringList found = files.filter(path + u'=');
        return found.isEmpty() ? QString() : found.constFirst().section(u'=', 1);
    };
    const MachineTime machine = MachineTime::from(traces);
    QTEST(machine.service, "service");
    QTEST(machine.housing, "housing");
    QFETCH(QString, says);
    QVERIFY2(MendingAdvice::words(machine).contains(says), qPrintable(MendingAdvice::words(machine)));

    traces.containerVariable = u"lxc"_s;
    QCOMPARE(MachineTime::from(traces).housing, MachineTime::Housing::Container);
    traces.kernel = u"darwin"_s;
    QCOMPARE(MachineTime::from(traces), (MachineTime{TimeService::MacOs, MachineTime::Housing::Metal}));
    traces.kernel = u"winnt"_s;
    QCOMPARE(MachineTime::from(traces).service, TimeService::Windows);
    traces.kernel = u"freebsd"_s;
    QCOMPARE(MachineTime::from(traces), MachineTime());
}

void tst_ClockRules::untilNextSecond_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("wait");
    QTest::newRow("on-the-turn") << qint64(5'000'000'000) << qint64(1000);
    QTest::newRow("just-after") << qint64(5'000'000'001) << qint64(1000);
    QTest::newRow("half") << qint64(5'500'000'000) << qint64(500);
    QTest::newRow("never-early") << qint64(5'999'999'999) << qint64(1);
    QTest::newRow("before-1970") << qint64(-500'000'000) << qint64(500);
}

void tst_ClockRules::untilNextSecond()
{
    QFETCH(qint64, nanos);
    QFETCH(qint64, wait);
    QCOMPARE(SecondTicker::untilNextSecond(WallTime(Nanos(nanos))).count(), wait);
}

void tst_ClockRules::tickerTicksAfterTheTurn()
{
    ManualClock clock(WallTime(seconds(100) + milliseconds(990)));
    SecondTicker ticker(clock);
    QSignalSpy ticks(&ticker, &SecondTicker::ticked);
    QVERIFY(!ticker.isRunning());
    ticker.start();
    QTRY_VERIFY(ticks.count() >= 1);
    QVERIFY(ticker.isRunning());
}

void tst_ClockRules::aClockThatStandsStillMakesNoSpin()
{
    const WallTime late(seconds(100) + milliseconds(999));
    QCOMPARE(SecondTicker::pause(late, 0).count(), 1);
    QCOMPARE(SecondTicker::pause(late, 1).count(), 2);
    QCOMPARE(SecondTicker::pause(late, 20).count(), 1000);
    QCOMPARE(SecondTicker::pause(WallTime(seconds(100)), 3).count(), 1000);
}

void tst_ClockRules::numberScale()
{
    const NumberScale scale(-1800000, 1000, 500);
    QCOMPARE(scale.at(-1800000), 0.0);
    QCOMPARE(scale.at(1000), 1.0);
    QVERIFY(scale.at(-1000) < scale.at(0) && scale.at(0) < scale.at(500));
    QVERIFY2(scale.at(500) - scale.at(-500) > 0.05, "what is small must be seen");
    const QList<WireMicros> ticks = scale.ticks(9);
    QVERIFY(ticks.contains(0));
    QVERIFY(std::is_sorted(ticks.begin(), ticks.end()));
    const NumberScale far(-11'000'000'000, 12'000'000, 100'000);
    QCOMPARE(far.ticks(20), (QList<WireMicros>{-3'600'000'000, -600'000'000, -60'000'000, -10'000'000,
                                               -1'000'000, -100'000, 0, 100'000, 1'000'000, 10'000'000}));
    QCOMPARE(NumberScale::label(-3'600'000'000), u"−1 h"_s);
    QCOMPARE(NumberScale::label(10'000'000), u"+10 s"_s);
    QCOMPARE(NumberScale::label(1'000'000), u"+1 s"_s);
    QCOMPARE(NumberScale::label(0), u"0"_s);
    const NumberScale nothing(0, 0, 0);
    QCOMPARE(nothing.at(0), 0.5);
    QVERIFY(NumberScale(std::numeric_limits<WireMicros>::min(), 1, 1).at(0) <= 1.0);
}

QTEST_GUILESS_MAIN(tst_ClockRules)
#include "tst_clockrules.moc"
