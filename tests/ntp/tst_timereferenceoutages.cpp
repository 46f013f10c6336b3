// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of the time when its sources are gone, and after the machine has slept.
#include "ntp/timereference.h"

#include "tests/ntp/offsetclock.h"
#include "tests/ntp/timereferencekit.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_TimeReferenceOutages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesIntoHoldover();
    void everySourceIsGone_data();
    void everySourceIsGone();
    void saysThatItSlept();
    void asksTheWebAnewAfterASleep();
    void doubtsTheOsClockAfterASleep();
    void forgetsWhatTheOsSaidBeforeASleep();
};

void tst_TimeReferenceOutages::goesIntoHoldover()
{
    const SystemClock clock;
    Upstream upstream;
    const auto time = reference(clock, {upstream.name()});
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    upstream.server.close();
    QTRY_COMPARE(time->snapshot()->state, StampState::Holdover);
    QVERIFY(time->snapshot()->offset);
    QCOMPARE(time->snapshot()->sources.at(0).state, StampState::Holdover);
    QVERIFY(!time->snapshot()->note.isEmpty());
}

void tst_TimeReferenceOutages::everySourceIsGone_data()
{
    QTest::addColumn<Nanos>("passed");
    QTest::addColumn<StampState>("state");
    QTest::addColumn<QString>("note");
    QTest::addColumn<Nanos>("grownBy"); // 100 ppm: the rate was not known yet
    const QString held =
        QStringLiteral("No source of time answers any more; the bound grows until one does.");
    QTest::newRow("a-minute") << Nanos(1min) << StampState::Holdover << held << Nanos(6ms);
    QTest::newRow("an-hour") << Nanos(1h) << StampState::Holdover << held << Nanos(360ms);
    QTest::newRow("three-hours")
        << Nanos(3h) << StampState::Unsynced
        << QStringLiteral("The sources of time are too vague or were lost too long ago to be relied on.")
        << Nanos(1080ms);
}

void tst_TimeReferenceOutages::everySourceIsGone()
{
    QFETCH(const Nanos, passed);
    QFETCH(const QString, note);
    QFETCH(const Nanos, grownBy);
    HurriedClock clock;
    Upstream first;
    Upstream second;
    const auto time = reference(clock, {first.name(), second.name()});
    time->start({});
    QTRY_VERIFY(time->snapshot()->state == StampState::Ok && time->snapshot()->note.isEmpty());
    const Nanos before = time->snapshot()->offset->bound();
    first.server.close();
    second.server.close();
    clock.passed = passed;
    QTRY_COMPARE(time->snapshot()->note, note);
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QTEST(stamps.best.state, "state");
    QTEST(stamps.ntp.state, "state");
    QTEST(time->snapshot()->state, "state");
    QVERIFY(*stamps.ntp.age >= toWire(passed));
    const Nanos grown = time->snapshot()->offset->bound() - before;
    QVERIFY2(grown >= grownBy - 1ms && grown <= grownBy + 10ms, qPrintable(QString::number(toWire(grown))));
    QVERIFY(*stamps.best.bound >= toWire(time->snapshot()->offset->bound()));
    QVERIFY(time->snapshot()->offset->contains(Nanos::zero()));
}

void tst_TimeReferenceOutages::saysThatItSlept()
{
    HurriedClock clock;
    const Upstream upstream;
    const Web web(Nanos::zero());
    const auto time = reference(clock, {upstream.name()}, {web.url()});
    TimeTimings timings = quick();
    timings.nearbyBurst = 1;
    timings.minPoll = timings.maxPoll = timings.httpPoll =
        10s; // each is heard once, and again after the sleep
    timings.sleepCheck = 300ms;
    time->setTimings(timings);
    time->start({});
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
    clock.slept = 8h;
    // Also before the next snapshot comes.
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.best.state, StampState::Unsynced);
    QVERIFY(!stamps.best.bound && !stamps.ntp.t && !stamps.api.t);
    QTRY_VERIFY(time->snapshot()->note.startsWith(QStringLiteral("This machine has slept")));
    QVERIFY(!time->snapshot()->offset);
    for (const SourceStatus &source : time->snapshot()->sources)
        QCOMPARE(source.reason, QStringLiteral("This machine has slept since it was last heard."));
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(-8h)); // the server's clock did not go on like ours
    QTRY_VERIFY(time->snapshot()->note.isEmpty());
}

void tst_TimeReferenceOutages::asksTheWebAnewAfterASleep()
{
    HurriedClock clock;
    Web web(Nanos::zero());
    Web other(Nanos::zero());
    const auto time = reference(clock, {}, {web.url(), other.url()});
    TimeTimings usual; // but for looking sooner: the next request would be a minute away
    usual.sleepCheck = 50ms;
    time->setTimings(usual);
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
    web.lost = web.connections; // as they are after hours
    other.lost = other.connections;
    clock.passed = usual.httpProviderGap;
    clock.slept = 8h;
    QTRY_VERIFY(time->snapshot()->state == StampState::Ok &&
                time->snapshot()->offset->contains(-8h - usual.httpProviderGap));
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
}

void tst_TimeReferenceOutages::doubtsTheOsClockAfterASleep()
{
    HurriedClock clock;
    Nanos error = 4ms;
    const auto time = reference(clock, {}, {}, [&] { return OsClockReading{clock.now(), true, error}; });
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    clock.slept = 8h;
    QTRY_VERIFY(time->snapshot()->note.startsWith(QStringLiteral("This machine has slept")));
    QCOMPARE(time->snapshot()->state, StampState::Unsynced);
    QVERIFY(
        time->snapshot()->sources.at(0).reason.startsWith(QStringLiteral("This machine has slept since")));
    error = 1ms; // somebody has set it
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
}

void tst_TimeReferenceOutages::forgetsWhatTheOsSaidBeforeASleep()
{
    HurriedClock clock;
    Nanos error = 40ms;
    const auto time = reference(clock, {}, {}, [&] { return OsClockReading{clock.now(), true, error}; });
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    clock.slept = 60ms; // so short that nothing contradicts it afterwards
    QTRY_COMPARE(time->snapshot()->state, StampState::Unsynced);
    error = 39ms;
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(0ms));
}

QTEST_GUILESS_MAIN(tst_TimeReferenceOutages)
#include "tst_timereferenceoutages.moc"
