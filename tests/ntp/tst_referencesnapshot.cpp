// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/referencesnapshot.h"

#include "tests/support/manualclock.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

SourceStatus source(const char *name, SourceKind kind, Nanos middle, Nanos bound, MonoTime fedAt)
{
    SourceStatus status;
    status.name = QString::fromLatin1(name);
    status.kind = kind;
    status.state = StampState::Ok;
    status.interval = Interval::around(middle, bound);
    status.fedAt = fedAt;
    return status;
}

ReferenceSnapshot synchronised(const Clock &clock)
{
    ReferenceSnapshot snapshot;
    snapshot.at = clock.monotonic();
    snapshot.wallAt = clock.now();
    snapshot.offset = Interval::around(250ms, 2ms);
    snapshot.state = StampState::Ok;
    snapshot.boot = QStringLiteral("k3f9");
    snapshot.sourcesConfigured = true;
    snapshot.sources = {source("ntp.example", SourceKind::Ntp, 250ms, 2ms, snapshot.at - 3s),
                        source("time.example", SourceKind::Http, 290ms, 130ms, snapshot.at - 8s)};
    snapshot.ntpIndex = 0;
    snapshot.apiIndex = 1;
    return snapshot;
}

} // namespace

class tst_ReferenceSnapshot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stampsWithoutAnySource();
    void stampsWithSources();
    void tellsHowLongThisRunHasLasted();
    void boundsGrow();
    void agesAtMeasuredRates();
    void isVoidAfterASleep();
    void boundsOnTheWireCoverWhatWasRounded();
    void becomesUnsynced();
    void followsAStepOfOurOwnClock();
    void showsAnUnheardSourceAsNone();
    void showsAFalseticker();
    void selfSharesTheStateOfTheReference();
    void disagreementLeavesTheOwnClock();
    void namesKinds();
};

void tst_ReferenceSnapshot::stampsWithoutAnySource()
{
    const ManualClock clock;
    ReferenceSnapshot snapshot;
    snapshot.boot = QStringLiteral("b");
    const Stamps stamps = stampsAt(snapshot, clock.read());
    const WireMicros now = toWire(clock.now());
    QCOMPARE(stamps.live.state, StampState::None);
    QVERIFY(!stamps.live.t && !stamps.live.offset && !stamps.live.bound);
    QCOMPARE(stamps.local,
             (LocalStamp{now, 0, std::nullopt, StampState::Unsynced, false, QStringLiteral("b")}));
    QCOMPARE(stamps.best, (BestStamp{now, std::nullopt, StampState::Unsynced}));
    QCOMPARE(stamps.ntp,
             (SourceStamp{now, std::nullopt, std::nullopt, StampState::Unsynced, QStringLiteral("self")}));
    QCOMPARE(stamps.api, SourceStamp());
}

void tst_ReferenceSnapshot::stampsWithSources()
{
    const ManualClock clock;
    const Stamps stamps = stampsAt(synchronised(clock), clock.read());
    const WireMicros now = toWire(clock.now());
    QCOMPARE(stamps.local, (LocalStamp{now, 250'000, 2000, StampState::Ok, false, QStringLiteral("k3f9")}));
    QCOMPARE(stamps.best, (BestStamp{now + 250'000, 2000, StampState::Ok}));
    QCOMPARE(stamps.ntp,
             (SourceStamp{now + 250'000, 2000, 3'000'000, StampState::Ok, QStringLiteral("ntp.example")}));
    QCOMPARE(stamps.api, (SourceStamp{now + 290'000, 130'000, 8'000'000, StampState::Ok,
                                      QStringLiteral("time.example")}));
}

void tst_ReferenceSnapshot::tellsHowLongThisRunHasLasted()
{
    ManualClock clock;
    ReferenceSnapshot snapshot;
    QCOMPARE(stampsAt(snapshot, clock.read()).local.up, OptionalMicros());
    snapshot.bootedAt = clock.read();
    clock.advance(10s);
    clock.step(-3s);
    clock.sleep(1h);
    QCOMPARE(stampsAt(snapshot, clock.read()).local.up, OptionalMicros(3'610'000'000));
}

void tst_ReferenceSnapshot::boundsGrow()
{
    ManualClock clock;
    const ReferenceSnapshot snapshot = synchronised(clock);
    clock.advance(100s);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best.bound, OptionalMicros(12'000));
    QCOMPARE(stamps.ntp.bound, OptionalMicros(12'000));
    QCOMPARE(stamps.ntp.age, OptionalMicros(103'000'000));
    QCOMPARE(stamps.best.t, OptionalMicros(toWire(clock.now()) + 250'000));
    QCOMPARE(offsetAt(snapshot, clock.monotonic())->bound(), Nanos(12ms));
    // Nor is it known better how things were before.
    QCOMPARE(offsetAt(snapshot, snapshot.at - 10s)->bound(), Nanos(3ms));
}

void tst_ReferenceSnapshot::agesAtMeasuredRates()
{
    ManualClock clock;
    ReferenceSnapshot snapshot = synchronised(clock);
    snapshot.frequencyPpm = 40;
    snapshot.driftPpm = 16;
    snapshot.sources[0].frequencyPpm = -10;
    snapshot.sources[0].driftPpm = 20;
    clock.advance(100s);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best.t, OptionalMicros(toWire(clock.now()) + 254'000));
    QCOMPARE(stamps.best.bound, OptionalMicros(3'600));
    QCOMPARE(stamps.local.offset, OptionalMicros(254'000));
    QCOMPARE(stamps.local.bound, OptionalMicros(3'600));
    QCOMPARE(offsetAt(snapshot, clock.monotonic()), std::optional(Interval::around(254ms, 3600us)));
    QCOMPARE(stamps.ntp.t, OptionalMicros(toWire(clock.now()) + 249'000));
    QCOMPARE(stamps.ntp.bound, OptionalMicros(4'000));
    QCOMPARE(stamps.api.bound, OptionalMicros(140'000)); // not measured
}

void tst_ReferenceSnapshot::isVoidAfterASleep()
{
    ManualClock clock;
    const ReferenceSnapshot snapshot = synchronised(clock);
    clock.sleep(1h);
    QVERIFY(!offsetAt(snapshot, clock.read()));
    QCOMPARE(stateAt(snapshot, clock.read()), StampState::Unsynced);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best, (BestStamp{toWire(clock.now()), std::nullopt, StampState::Unsynced}));
    QVERIFY(!stamps.local.bound && !stamps.ntp.t && !stamps.api.t);
}

void tst_ReferenceSnapshot::boundsOnTheWireCoverWhatWasRounded()
{
    ManualClock clock(WallTime(1'764'000'000s + 999ns));
    ReferenceSnapshot snapshot = synchronised(clock);
    snapshot.offset = Interval::around(250ms + 499ns, 450us);
    snapshot.sources[0].interval = snapshot.offset;
    const Stamps stamps = stampsAt(snapshot, clock.read());
    const Interval truth = snapshot.offset->shifted(clock.now().time_since_epoch());
    const auto covers = [&truth](WireMicros told, OptionalMicros bound) {
        return Micros(told - *bound) <= truth.lo() && truth.hi() <= Micros(told + *bound);
    };
    QVERIFY(covers(*stamps.best.t, stamps.best.bound));
    QVERIFY(covers(*stamps.ntp.t, stamps.ntp.bound));
    QVERIFY(covers(*stamps.local.t + *stamps.local.offset, stamps.local.bound));
    QVERIFY(*stamps.best.bound <= 452);
}

void tst_ReferenceSnapshot::becomesUnsynced()
{
    ManualClock clock;
    const ReferenceSnapshot snapshot = synchronised(clock);
    clock.advance(9970s);
    QCOMPARE(stateAt(snapshot, clock.read()), StampState::Ok);
    clock.advance(20s);
    QCOMPARE(stateAt(snapshot, clock.read()), StampState::Unsynced);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best.state, StampState::Unsynced);
    QCOMPARE(stamps.local.state, StampState::Unsynced);
    QCOMPARE(stamps.ntp.state, StampState::Unsynced);
    QVERIFY(*stamps.best.bound > 1'000'000);
}

void tst_ReferenceSnapshot::followsAStepOfOurOwnClock()
{
    ManualClock clock;
    const ReferenceSnapshot snapshot = synchronised(clock);
    const WallTime truth = clock.now() + 250ms;
    clock.advance(1s);
    clock.step(-3700ms);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best.t, OptionalMicros(toWire(truth + 1s)));
    QCOMPARE(stamps.local.offset, OptionalMicros(3'950'000));
    QCOMPARE(stamps.local.t, OptionalMicros(toWire(clock.now()))); // raw
    QCOMPARE(stamps.ntp.t, stamps.best.t);
}

void tst_ReferenceSnapshot::showsAnUnheardSourceAsNone()
{
    const ManualClock clock;
    ReferenceSnapshot snapshot = synchronised(clock);
    snapshot.sources[1].interval.reset();
    snapshot.sources[1].fedAt.reset();
    snapshot.sources[1].state = StampState::None;
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.api, (SourceStamp{{}, {}, {}, StampState::None, QStringLiteral("time.example")}));
    // Sources are configured and none of NTP: nothing is made up for it.
    snapshot.ntpIndex = -1;
    QCOMPARE(stampsAt(snapshot, clock.read()).ntp, SourceStamp());
}

void tst_ReferenceSnapshot::showsAFalseticker()
{
    const ManualClock clock;
    ReferenceSnapshot snapshot = synchronised(clock);
    snapshot.sources[1].state = StampState::Falseticker;
    snapshot.sources[1].interval = Interval::around(5s, 100ms);
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.api.state, StampState::Falseticker);
    QCOMPARE(sourceSkew(stamps.api, stamps.best), OptionalMicros(4'750'000));
}

void tst_ReferenceSnapshot::selfSharesTheStateOfTheReference()
{
    const ManualClock clock;
    ReferenceSnapshot snapshot;
    snapshot.at = clock.monotonic();
    snapshot.wallAt = clock.now();
    snapshot.sources = {source("self", SourceKind::Self, 1us, 20us, snapshot.at - 1s)};
    snapshot.ntpIndex = 0;
    Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.ntp, (SourceStamp{toWire(clock.now()) + 1, std::nullopt, 1'000'000, StampState::Unsynced,
                                      QStringLiteral("self")}));
    snapshot.offset = Interval::around(0s, 1ms);
    snapshot.state = StampState::Ok;
    stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.ntp.state, StampState::Ok);
    QCOMPARE(stamps.ntp.bound, OptionalMicros(20));
}

void tst_ReferenceSnapshot::disagreementLeavesTheOwnClock()
{
    const ManualClock clock;
    ReferenceSnapshot snapshot = synchronised(clock);
    snapshot.offset.reset();
    const Stamps stamps = stampsAt(snapshot, clock.read());
    QCOMPARE(stamps.best, (BestStamp{toWire(clock.now()), std::nullopt, StampState::Unsynced}));
    QCOMPARE(localSkew(stamps), OptionalMicros(0));
    // What a source says is shown, but bounds nothing.
    QVERIFY(stamps.ntp.t && !stamps.ntp.bound);
    QCOMPARE(stamps.ntp.state, StampState::Unsynced);
}

void tst_ReferenceSnapshot::namesKinds()
{
    QCOMPARE(sourceKindName(SourceKind::Ntp), QStringLiteral("ntp"));
    QCOMPARE(sourceKindName(SourceKind::Http), QStringLiteral("http"));
    QCOMPARE(sourceKindName(SourceKind::Os), QStringLiteral("os"));
    QCOMPARE(sourceKindName(SourceKind::Self), QStringLiteral("self"));
}

QTEST_APPLESS_MAIN(tst_ReferenceSnapshot)
#include "tst_referencesnapshot.moc"
