// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timeevents.h"

#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;
using Kind = TimeEvent::Kind;

namespace {

constexpr WireMicros Millisecond = 1000;
constexpr WireMicros Second = 1000 * Millisecond;
constexpr WireMicros Hour = 3600 * Second;
constexpr WireMicros Noon = 1'795'439'005 * Second;
constexpr WireMicros Least = std::numeric_limits<WireMicros>::min();

/// Taken at `at` by a daemon in its second hour, whose clock is right to ±0.45 ms.
Message message(qint64 seq, WireMicros at)
{
    Message made;
    made.seq = seq;
    made.from = {u"u7"_s, u"luis"_s};
    made.stamps.live = {at - 10 * Millisecond, 0, 900, StampState::Ok, ProbePath::Udp, false};
    made.stamps.local = {at, 0, 450, StampState::Ok, false, u"k3f9"_s, at - Noon + Hour};
    made.stamps.best = {at, 450, StampState::Ok};
    return made;
}

void leaveAlone(Message &message)
{
    message.stamps.local.bound.reset();
    message.stamps.local.state = StampState::Unsynced;
    message.stamps.best = {message.stamps.local.t, {}, StampState::Unsynced};
}

QList<Kind> kindsOf(const QList<TimeEvent> &events)
{
    QList<Kind> kinds;
    for (const TimeEvent &event : events)
        kinds.append(event.kind);
    return kinds;
}

using Change = void (*)(Message &before, Message &after);
using Kinds = QList<Kind>;

} // namespace
Q_DECLARE_METATYPE(Change)

class tst_TimeEvents : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ofTheDaemon_data();
    void ofTheDaemon();
    void restartSaysHowLong();
    void stepSaysHowMuch();
    void acrossAGap();
    void ofTheAuthor_data();
    void ofTheAuthor();
    void authorStepSaysHowMuch();
    void waits_data();
    void waits();
};

void tst_TimeEvents::ofTheDaemon_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Kinds>("kinds");
    QTest::newRow("nothing") << Change([](Message &, Message &) {}) << Kinds{};
    QTest::newRow("another-run") << Change([](Message &, Message &b) {
        b.stamps.local.boot = u"other"_s;
        b.stamps.local.up = 5 * Second;
    }) << Kinds{Kind::DaemonRestarted};
    QTest::newRow("run-unknown") << Change([](Message &, Message &b) { b.stamps.local.boot.clear(); })
                                 << Kinds{};
    // A minute: 500 ppm are 30 ms, and 1 ms for reading.
    QTest::newRow("slewed") << Change([](Message &, Message &b) { *b.stamps.local.t += 31 * Millisecond; })
                            << Kinds{};
    QTest::newRow("set-forward") << Change([](Message &, Message &b) {
        *b.stamps.local.t += 31 * Millisecond + 1;
    }) << Kinds{Kind::DaemonClockSet};
    QTest::newRow("slewed-back") << Change([](Message &, Message &b) {
        *b.stamps.local.t -= 31 * Millisecond;
    }) << Kinds{};
    QTest::newRow("set-back") << Change([](Message &, Message &b) {
        *b.stamps.local.t -= 31 * Millisecond + 1;
    }) << Kinds{Kind::DaemonClockSet};
    QTest::newRow("set-without-any-source") << Change([](Message &a, Message &b) {
        leaveAlone(a);
        *b.stamps.local.t += Second;
        leaveAlone(b);
    }) << Kinds{Kind::DaemonClockSet};
    QTest::newRow("set-while-away") << Change([](Message &, Message &b) {
        b.stamps.local.boot = u"other"_s;
        b.stamps.local.up = 5 * Second;
        b.stamps.local.offset = -2 * Second;
    }) << Kinds{Kind::DaemonRestarted, Kind::DaemonClockSet};
    QTest::newRow("old-daemon-without-up") << Change([](Message &a, Message &b) {
        a.stamps.local.up.reset();
        b.stamps.local.up.reset();
        b.stamps.local.offset = 33 * Millisecond;
    }) << Kinds{Kind::DaemonClockSet};
    QTest::newRow("offset-within-bounds") << Change([](Message &a, Message &b) {
        a.stamps.local.up.reset();
        b.stamps.local.offset = 31 * Millisecond + 900;
    }) << Kinds{};
    QTest::newRow("offset-of-nothing") << Change([](Message &a, Message &b) {
        a.stamps.local.up.reset();
        b.stamps.local.offset = 2 * Second;
        b.stamps.best.bound.reset();
    }) << Kinds{};
    QTest::newRow("a-better-offset-is-no-step") << Change([](Message &, Message &b) {
        b.stamps.local.offset = 2 * Second; // t and up went on together
    }) << Kinds{};
    QTest::newRow("fault-began") << Change([](Message &, Message &b) { b.stamps.local.fault = true; })
                                 << Kinds{Kind::DaemonFaultBegan};
    QTest::newRow("fault-ended") << Change([](Message &a, Message &) { a.stamps.local.fault = true; })
                                 << Kinds{Kind::DaemonFaultEnded};
    QTest::newRow("held") << Change([](Message &, Message &b) { b.stamps.best.state = StampState::Holdover; })
                          << Kinds{Kind::ReferenceHeld};
    QTest::newRow("lost") << Change([](Message &, Message &b) { b.stamps.best.state = StampState::Unsynced; })
                          << Kinds{Kind::ReferenceLost};
    QTest::newRow("disputed") << Change([](Message &, Message &b) {
        b.stamps.best.state = StampState::Falseticker;
    }) << Kinds{Kind::ReferenceDisputed};
    QTest::newRow("back") << Change([](Message &a, Message &) { a.stamps.best.state = StampState::Unsynced; })
                          << Kinds{Kind::ReferenceBack};
    QTest::newRow("no-reading-is-no-event")
        << Change([](Message &a, Message &) { a.stamps.best = {}; }) << Kinds{};
    QTest::newRow("no-stamps-at-all") << Change([](Message &, Message &b) { b.stamps = {}; }) << Kinds{};
    QTest::newRow("absurd") << Change([](Message &a, Message &b) {
        a.stamps.local.t = Least;
        b.stamps.local.up = Least;
        b.stamps.local.offset = Least;
        b.stamps.best.t = Least;
    }) << Kinds{};
}

void tst_TimeEvents::ofTheDaemon()
{
    QFETCH(Change, change);
    QFETCH(Kinds, kinds);
    Message before = message(1, Noon);
    Message after = message(2, Noon + 60 * Second);
    change(before, after);
    QCOMPARE(kindsOf(daemonEventsBetween(before, after)), kinds);
}

void tst_TimeEvents::restartSaysHowLong()
{
    const Message before = message(1, Noon);
    Message after = message(2, Noon + 60 * Second);
    after.stamps.local.boot = u"other"_s;
    after.stamps.local.up = 20 * Second;
    // Alive at noon, back 40 s later, each known to ±0.45 ms.
    QCOMPARE(daemonEventsBetween(before, after).first().amount, OptionalMicros(40 * Second + 900));
    Message unbounded = after;
    leaveAlone(unbounded);
    QVERIFY(!daemonEventsBetween(before, unbounded).first().amount);
    after.stamps.local.up = 90 * Second; // the clocks are not as they say
    QVERIFY(!daemonEventsBetween(before, after).first().amount);
}

void tst_TimeEvents::stepSaysHowMuch()
{
    const Message before = message(1, Noon);
    Message after = message(2, Noon + 60 * Second);
    *after.stamps.local.t -= 3 * Second;
    const TimeEvent set = daemonEventsBetween(before, after).first();
    QCOMPARE(set.amount, OptionalMicros(-3 * Second));
    QCOMPARE(set.bound, OptionalMicros(31 * Millisecond));
    QVERIFY(set.confirmed);
    QCOMPARE(set.from, 1);
    QCOMPARE(set.to, 2);
    after.stamps.local.boot = u"other"_s;
    after.stamps.local.offset = -2 * Second;
    const TimeEvent away = daemonEventsBetween(before, after).last();
    QCOMPARE(away.amount, OptionalMicros(2 * Second)); // its offset fell: it went forward
    QCOMPARE(away.bound, OptionalMicros(31 * Millisecond + 900));
}

void tst_TimeEvents::acrossAGap()
{
    const Message before = message(1, Noon);
    Message after = message(9, Noon + 60 * Second);
    after.stamps.local.boot = u"other"_s;
    after.stamps.local.up = Second;
    after.stamps.best.state = StampState::Holdover;
    const QList<TimeEvent> events = daemonEventsBetween(before, after);
    QCOMPARE(kindsOf(events), (Kinds{Kind::DaemonRestarted, Kind::ReferenceHeld}));
    for (const TimeEvent &event : events)
        QVERIFY(event.amongMissing);
    QVERIFY(!events.first().amount); // there may have been another run in between
}

void tst_TimeEvents::ofTheAuthor_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Kinds>("kinds");
    QTest::newRow("nothing") << Change([](Message &, Message &) {}) << Kinds{};
    // Both bounds, 500 ppm of a minute and a little more, and 1 ms.
    QTest::newRow("drifted") << Change([](Message &, Message &b) { b.stamps.live.offset = 32 * Millisecond; })
                             << Kinds{};
    QTest::newRow("set-back") << Change([](Message &, Message &b) {
        b.stamps.live.offset = 34 * Millisecond;
        *b.stamps.live.t -= 34 * Millisecond;
    }) << Kinds{Kind::AuthorClockSet};
    QTest::newRow("raw-time-says-nothing") << Change([](Message &, Message &b) {
        *b.stamps.live.t += 20 * Second; // the measured offset stayed
    }) << Kinds{};
    QTest::newRow("unmeasured") << Change([](Message &, Message &b) {
        b.stamps.live.offset.reset();
        *b.stamps.live.t += Hour;
    }) << Kinds{};
    QTest::newRow("reference-came") << Change([](Message &a, Message &b) {
        leaveAlone(a); // offsets to two different things
        b.stamps.live.offset = 5 * Second;
    }) << Kinds{};
    QTest::newRow("alone-in-one-run") << Change([](Message &a, Message &b) {
        leaveAlone(a);
        leaveAlone(b);
        b.stamps.live.offset = 5 * Second;
        *b.stamps.live.t -= 5 * Second;
    }) << Kinds{Kind::AuthorClockSet};
    QTest::newRow("it-was-the-daemon") << Change([](Message &a, Message &b) {
        leaveAlone(a);
        *b.stamps.local.t += 5 * Second;
        leaveAlone(b);
        b.stamps.live.offset = 5 * Second;
    }) << Kinds{};
    QTest::newRow("another-run-alone") << Change([](Message &a, Message &b) {
        leaveAlone(a);
        leaveAlone(b);
        b.stamps.local.boot = u"other"_s;
        b.stamps.live.offset = 5 * Second;
    }) << Kinds{};
    QTest::newRow("fault-began") << Change([](Message &, Message &b) { b.stamps.live.fault = true; })
                                 << Kinds{Kind::AuthorFaultBegan};
    QTest::newRow("fault-ended") << Change([](Message &a, Message &) { a.stamps.live.fault = true; })
                                 << Kinds{Kind::AuthorFaultEnded};
    QTest::newRow("no-reading-no-fault") << Change([](Message &a, Message &b) {
        a.stamps.live.fault = true;
        b.stamps.live = {};
    }) << Kinds{};
    QTest::newRow("absurd") << Change([](Message &a, Message &b) {
        a.stamps.live.t = 0;
        a.stamps.live.offset = std::numeric_limits<WireMicros>::max();
        b.stamps.live.offset = Least;
    }) << Kinds{};
}

void tst_TimeEvents::ofTheAuthor()
{
    QFETCH(Change, change);
    QFETCH(Kinds, kinds);
    Message before = message(1, Noon);
    Message after = message(4, Noon + 60 * Second);
    change(before, after);
    QCOMPARE(kindsOf(authorEventsBetween(before, after)), kinds);
}

void tst_TimeEvents::authorStepSaysHowMuch()
{
    const Message before = message(41, Noon);
    Message after = message(44, Noon + 60 * Second);
    after.stamps.live.offset = 3'700 * Millisecond;
    *after.stamps.live.t -= 3'700 * Millisecond;
    const TimeEvent set = authorEventsBetween(before, after).first();
    QCOMPARE(set.amount, OptionalMicros(-3'700 * Millisecond));
    QVERIFY(*set.bound >= 1800 + 31 * Millisecond && *set.bound < 33 * Millisecond);
    QCOMPARE(set.from, 41);
    QCOMPARE(set.to, 44);
}

void tst_TimeEvents::waits_data()
{
    QTest::addColumn<WireMicros>("earlier");
    QTest::addColumn<bool>("waited");
    QTest::newRow("at-once") << WireMicros(0) << false;
    QTest::newRow("slow-link") << 9 * Second << false;
    QTest::newRow("ten-seconds") << 10 * Second - 10 * Millisecond + 1350 << false;
    QTest::newRow("more-than-the-bounds-explain") << 10 * Second - 10 * Millisecond + 1351 << true;
    QTest::newRow("two-hours") << 2 * Hour << true;
    QTest::newRow("from-the-future") << -Hour << false;
}

void tst_TimeEvents::waits()
{
    QFETCH(WireMicros, earlier);
    QFETCH(bool, waited);
    Message late = message(1, Noon);
    *late.stamps.live.t -= earlier;
    const auto wait = waitOf(late);
    QCOMPARE(wait.has_value(), waited);
    if (wait)
        QCOMPARE(*wait->amount, earlier + 10 * Millisecond - 1350);
    late.stamps.live.offset.reset();
    QVERIFY(!waitOf(late));
}

QTEST_APPLESS_MAIN(tst_TimeEvents)
#include "tst_timeevents.moc"
