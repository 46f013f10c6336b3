// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewrecorder.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

TimeSourceRow source(const QString &name, OptionalMicros offset, OptionalMicros bound)
{
    TimeSourceRow row;
    row.name = name;
    row.kind = u"ntp"_s;
    row.offset = offset;
    row.bound = bound;
    row.state = StampState::Ok;
    return row;
}

SourcesReport report(OptionalMicros offset, const QList<TimeSourceRow> &sources)
{
    SourcesReport result;
    result.offset = offset;
    result.bound = 900;
    result.state = StampState::Ok;
    result.sources = sources;
    return result;
}

class FaultyClock : public ManualClock
{
public:
    bool isFaulty() const override { return true; }
};

} // namespace

class tst_SkewRecorder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void members();
    void ownClock();
    void sourcesAgainstTheReference();
    void noReferenceIsAGap();
    void lostLinkEndsTheOthers();
    void sleepIsAGapAndCounts();
    void subjectsInOrder();
};

void tst_SkewRecorder::members()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    recorder.takeMember({u"u1"_s, u"ana"_s}, {u"u1"_s, 4000, 900, StampState::Ok, true});
    recorder.takeMember({u"u2"_s, u"luis"_s}, {u"u2"_s, {}, {}, StampState::None, false}); // not measured
    QCOMPARE(recorder.history().keys(), QStringList{u"m:u1"_s});
    const MonoTime then = clock.read().mono;
    QCOMPARE(recorder.history().newest(u"m:u1"_s), (SkewPoint{then, 4000, 900, StampState::Ok, true}));
    clock.advance(5s);
    recorder.keepMembers({u"u1"_s});
    QVERIFY(recorder.history().newest(u"m:u1"_s)->skew);
    recorder.keepMembers({u"u2"_s});
    QCOMPARE(recorder.history().newest(u"m:u1"_s), (SkewPoint{then + 5s, {}, {}, StampState::None, false}));
}

void tst_SkewRecorder::ownClock()
{
    FaultyClock clock;
    SkewRecorder recorder(clock);
    ClockStatus status;
    recorder.takeOwn({u"me"_s, u"you"_s}, status);
    QVERIFY(recorder.history().keys().isEmpty());
    status.offset = -250'000; // to add: so it is ahead
    status.bound = 70;
    status.state = StampState::Ok;
    recorder.takeOwn({u"me"_s, u"you"_s}, status);
    QCOMPARE(recorder.history().newest(u"m:me"_s),
             (SkewPoint{clock.read().mono, 250'000, 70, StampState::Ok, true}));
    recorder.keepMembers({}); // we are still here
    QVERIFY(recorder.history().newest(u"m:me"_s)->skew);
}

void tst_SkewRecorder::sourcesAgainstTheReference()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    TimeSourceRow self = source(u"this daemon"_s, 0, 0);
    self.kind = u"self"_s;
    recorder.takeSources(report(-1000, {source(u"a"_s, -800, 300), source(u"b"_s, {}, {}), self}));
    QCOMPARE(recorder.history().keys(), (QStringList{u"r:"_s, u"s:a"_s}));
    QCOMPARE(recorder.history().newest(u"s:a"_s)->skew, OptionalMicros(200));
    QCOMPARE(recorder.history().newest(u"s:a"_s)->bound, OptionalMicros(300)); // its own alone
    QCOMPARE(recorder.history().newest(u"r:"_s)->skew, OptionalMicros(0));
    QCOMPARE(recorder.history().newest(u"r:"_s)->bound, OptionalMicros(900));
    recorder.takeSources(report(-1000, {source(u"b"_s, -1000, 5)})); // a is configured no longer
    QVERIFY(!recorder.history().newest(u"s:a"_s)->skew);
    QVERIFY(recorder.history().newest(u"s:b"_s)->skew);
}

void tst_SkewRecorder::noReferenceIsAGap()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    recorder.takeSources(report(0, {source(u"a"_s, 7, 300)}));
    recorder.takeSources(report({}, {source(u"a"_s, 7, 300)}));
    QVERIFY(!recorder.history().newest(u"s:a"_s)->skew);
    QVERIFY(!recorder.history().newest(u"r:"_s)->skew);
    // A daemon without sources says offset 0 and no bound: its own clock, which is no reference.
    SourcesReport alone = report(0, {});
    alone.bound.reset();
    recorder.takeSources(alone);
    QVERIFY(!recorder.history().newest(u"r:"_s)->skew);
}

void tst_SkewRecorder::lostLinkEndsTheOthers()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    ClockStatus status;
    status.offset = 1;
    recorder.takeOwn({u"me"_s, u"you"_s}, status);
    recorder.takeMember({u"u1"_s, u"ana"_s}, {u"u1"_s, 4000, 900, StampState::Ok, false});
    recorder.takeSources(report(0, {source(u"a"_s, 7, 300)}));
    recorder.takeLostLink();
    for (const QString &key : {u"m:u1"_s, u"s:a"_s, u"r:"_s})
        QVERIFY(!recorder.history().newest(key)->skew);
    QVERIFY(recorder.history().newest(u"m:me"_s)->skew);
}

void tst_SkewRecorder::sleepIsAGapAndCounts()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    const MonoTime start = recorder.now();
    recorder.takeMember({u"u1"_s, u"ana"_s}, {u"u1"_s, 4000, 900, StampState::Ok, false});
    clock.advance(2s);
    recorder.tick();
    clock.sleep(10min);
    recorder.takeMember({u"u1"_s, u"ana"_s}, {u"u1"_s, 9000, 900, StampState::Ok, false});
    QCOMPARE(recorder.history().last(u"m:u1"_s, 1h, recorder.now()),
             (QList<SkewPoint>{{start, 4000, 900, StampState::Ok, false},
                               {start + 2s, {}, {}, StampState::None, false},
                               {start + 2s + 10min, 9000, 900, StampState::Ok, false}}));
    clock.sleep(-1ms); // how it was read
    QCOMPARE(recorder.now(), start + 2s + 10min);
}

void tst_SkewRecorder::subjectsInOrder()
{
    ManualClock clock;
    SkewRecorder recorder(clock);
    ClockStatus status;
    status.offset = 1;
    recorder.takeMember({u"u2"_s, u"Zoe"_s}, {u"u2"_s, 1, 1, StampState::Ok, false});
    recorder.takeSources(report(0, {source(u"pool"_s, 1, 1)}));
    recorder.takeMember({u"u1"_s, u"ana"_s}, {u"u1"_s, 1, 1, StampState::Ok, false});
    recorder.takeOwn({u"me"_s, u"you"_s}, status);
    QStringList keys;
    const QList<ClockSubject> subjects = recorder.subjects();
    for (const ClockSubject &subject : subjects)
        keys.append(subject.key);
    QCOMPARE(keys, (QStringList{u"r:"_s, u"m:me"_s, u"m:u1"_s, u"m:u2"_s, u"s:pool"_s}));
    QCOMPARE(subjects.at(2), (ClockSubject{ClockSubject::Kind::Member, u"m:u1"_s, u"ana"_s, u"u1"_s}));
}

QTEST_APPLESS_MAIN(tst_SkewRecorder)
#include "tst_skewrecorder.moc"
