// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messageorder.h"

#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr WireMicros Millisecond = 1000;
constexpr WireMicros Second = 1000 * Millisecond;
constexpr WireMicros Noon = 1'795'439'005 * Second;
constexpr WireMicros Most = std::numeric_limits<WireMicros>::max();
constexpr WireMicros Least = std::numeric_limits<WireMicros>::min();

/// Written at `at` by the reference, taken 10 ms later; the author's clock is `skew` ahead and known to
/// ±0.9 ms, the reference to ±0.45 ms.
Message message(qint64 seq, WireMicros at, WireMicros skew = 0)
{
    Message made;
    made.room = u"ops"_s;
    made.seq = seq;
    made.id = QUuid::createUuid();
    made.from = {u"u%1"_s.arg(seq), u"person %1"_s.arg(seq)};
    const WireMicros taken = at + 10 * Millisecond;
    made.stamps.live = {at + skew, -skew, 900, StampState::Ok, ProbePath::Udp, false};
    made.stamps.local = {taken, 0, 450, StampState::Ok, false, u"k3f9"_s, taken - Noon + 3600 * Second};
    made.stamps.best = {taken, 450, StampState::Ok};
    return made;
}

/// The same without any source of time: moments stand on the daemon's clock.
Message alone(qint64 seq, WireMicros at, WireMicros skew = 0)
{
    Message made = message(seq, at, skew);
    made.stamps.local.bound.reset();
    made.stamps.local.state = StampState::Unsynced;
    made.stamps.best = {made.stamps.local.t, {}, StampState::Unsynced};
    return made;
}

Message unmeasured(Message message)
{
    message.stamps.live.offset.reset();
    message.stamps.live.bound.reset();
    return message;
}

using Change = void (*)(Message &, Message &);

} // namespace
Q_DECLARE_METATYPE(Synchat::Order)
Q_DECLARE_METATYPE(Synchat::OrderDoubt)
Q_DECLARE_METATYPE(Synchat::Cause)
Q_DECLARE_METATYPE(Change)

class tst_MessageOrder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writtenRanges();
    void byIntervals_data();
    void byIntervals();
    void numbers();
    void isTheSameSeenFromTheOther_data();
    void isTheSameSeenFromTheOther();
    void causes_data();
    void causes();
    void chains();
    void causeBeatsIntervals();
    void contradictions_data();
    void contradictions();
    void contradictionInTheVerdict();
    void shifts();
};

void tst_MessageOrder::writtenRanges()
{
    Message one = message(1, Noon, 3 * Second);
    QCOMPARE(*writtenRange(one), (MomentRange{Noon - 900, Noon + 900}));
    QCOMPARE(*takenRange(one), (MomentRange{Noon + 10 * Millisecond - 450, Noon + 10 * Millisecond + 450}));
    // A bound below that of the reference has not counted it.
    one.stamps.live.bound = 100;
    QCOMPARE(*writtenRange(one), (MomentRange{Noon - 550, Noon + 550}));
    QVERIFY(!writtenRange(unmeasured(one)));
    one.stamps.live.t = Most;
    one.stamps.live.offset = 1;
    QVERIFY(!writtenRange(one));
    one.stamps.live.offset = 0;
    QVERIFY(!writtenRange(one));
    one.stamps.live.bound = Most;
    one.stamps.live.t = Noon;
    QVERIFY(!writtenRange(one));
    one.stamps.best = {};
    QVERIFY(!takenRange(one));
}

void tst_MessageOrder::byIntervals_data()
{
    QTest::addColumn<Message>("second");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Order>("order");
    QTest::addColumn<OrderDoubt>("doubt");
    const Change none = [](Message &, Message &) {};
    QTest::newRow("a-second-later") << message(2, Noon + Second) << none << Order::Before << OrderDoubt::None;
    QTest::newRow("written-earlier-taken-later")
        << message(2, Noon - Second) << none << Order::After << OrderDoubt::None;
    QTest::newRow("skews-do-not-matter")
        << message(2, Noon + Second, -3600 * Second) << none << Order::Before << OrderDoubt::None;
    QTest::newRow("overlap") << message(2, Noon + 1799) << none << Order::Unknown << OrderDoubt::Overlap;
    QTest::newRow("touching") << message(2, Noon + 1800) << none << Order::Unknown << OrderDoubt::Overlap;
    QTest::newRow("just-apart") << message(2, Noon + 1801) << none << Order::Before << OrderDoubt::None;
    QTest::newRow("first-unmeasured-but-taken-before")
        << message(2, Noon + Second) << Change([](Message &a, Message &) { a = unmeasured(a); })
        << Order::Before << OrderDoubt::None;
    QTest::newRow("first-unmeasured")
        << message(2, Noon + 5 * Millisecond) << Change([](Message &a, Message &) { a = unmeasured(a); })
        << Order::Unknown << OrderDoubt::FirstUnmeasured;
    QTest::newRow("second-unmeasured")
        << message(2, Noon + Second) << Change([](Message &, Message &b) { b = unmeasured(b); })
        << Order::Unknown << OrderDoubt::SecondUnmeasured;
    QTest::newRow("both-unmeasured") << message(2, Noon + Second) << Change([](Message &a, Message &b) {
        a = unmeasured(a);
        b = unmeasured(b);
    }) << Order::Unknown << OrderDoubt::BothUnmeasured;
    QTest::newRow("no-live-reading") << message(2, Noon + Second)
                                     << Change([](Message &, Message &b) { b.stamps.live = {}; })
                                     << Order::Unknown << OrderDoubt::SecondUnmeasured;
    QTest::newRow("absurd-time") << message(2, Noon + Second)
                                 << Change([](Message &, Message &b) { b.stamps.live.t = Least; })
                                 << Order::Unknown << OrderDoubt::SecondUnmeasured;
    QTest::newRow("measured-after-it-was-taken") // a broken measurement proves nothing
        << message(2, Noon + Second) << Change([](Message &, Message &b) { *b.stamps.live.t += 60 * Second; })
        << Order::Unknown << OrderDoubt::SecondUnmeasured;
    QTest::newRow("pending") << message(0, Noon + Second) << none << Order::Unknown << OrderDoubt::NotTaken;
    QTest::newRow("same-person-is-no-cause")
        << message(2, Noon - Second) << Change([](Message &a, Message &b) { b.from = a.from; })
        << Order::After << OrderDoubt::None;
    QTest::newRow("alone-in-one-run")
        << alone(2, Noon + Second) << Change([](Message &a, Message &) { a = alone(1, Noon); })
        << Order::Before << OrderDoubt::None;
    QTest::newRow("alone-in-two-runs") << alone(2, Noon + Second) << Change([](Message &a, Message &b) {
        a = alone(1, Noon);
        b.stamps.local.boot = u"other"_s;
    }) << Order::Unknown << OrderDoubt::NoCommonReference;
    QTest::newRow("alone-and-the-clock-was-set")
        << alone(2, Noon + Second) << Change([](Message &a, Message &b) {
               a = alone(1, Noon);
               *b.stamps.local.up -= 5 * Millisecond;
           })
        << Order::Unknown << OrderDoubt::NoCommonReference;
    QTest::newRow("alone-and-an-old-daemon") << alone(2, Noon + Second) << Change([](Message &a, Message &b) {
        a = alone(1, Noon);
        b.stamps.local.up.reset();
    }) << Order::Unknown << OrderDoubt::NoCommonReference;
    QTest::newRow("one-has-a-reference")
        << message(2, Noon + Second) << Change([](Message &a, Message &) { a = alone(1, Noon); })
        << Order::Unknown << OrderDoubt::NoCommonReference;
    QTest::newRow("two-runs-with-a-reference")
        << message(2, Noon + Second) << Change([](Message &, Message &b) {
               b.stamps.local.boot = u"other"_s;
               b.stamps.local.up = 5;
           })
        << Order::Before << OrderDoubt::None;
}

void tst_MessageOrder::byIntervals()
{
    QFETCH(Message, second);
    QFETCH(Change, change);
    Message first = message(1, Noon);
    change(first, second);
    const OrderVerdict verdict = orderOf(first, second);
    QTEST(verdict.order, "order");
    QTEST(verdict.doubt, "doubt");
    QVERIFY(!verdict.contradiction);
    QCOMPARE(verdict.cause, Cause::None);
}

void tst_MessageOrder::numbers()
{
    const OrderVerdict before = orderOf(message(1, Noon), message(2, Noon + Second));
    QCOMPARE(before.atLeast, OptionalMicros(Second - 1800));
    QCOMPARE(before.atMost, OptionalMicros(Second + 1800));
    QVERIFY(before.confirmed);
    const OrderVerdict overlap = orderOf(message(1, Noon), message(2, Noon + 800));
    QCOMPARE(overlap.overlap, OptionalMicros(1000));
    // Unmeasured, so until it was taken is all that is known.
    const OrderVerdict open = orderOf(unmeasured(message(1, Noon)), message(2, Noon + Second));
    QCOMPARE(open.atLeast, OptionalMicros(Second - 900 - 10 * Millisecond - 450));
    QVERIFY(!open.atMost);
    // The daemon's clock and `up` went apart by 300 us.
    Message shifted = alone(2, Noon + Second);
    *shifted.stamps.local.up += 300;
    const OrderVerdict unconfirmed = orderOf(alone(1, Noon), shifted);
    QVERIFY(!unconfirmed.confirmed);
    QCOMPARE(unconfirmed.atLeast, OptionalMicros(Second - 1800 - 300));
    QCOMPARE(unconfirmed.atMost, OptionalMicros(Second + 1800 + 300));
}

void tst_MessageOrder::isTheSameSeenFromTheOther_data()
{
    QTest::addColumn<Message>("second");
    QTest::newRow("later") << message(2, Noon + Second);
    QTest::newRow("earlier") << message(2, Noon - Second);
    QTest::newRow("overlap") << message(2, Noon + 700);
    Message seeing = message(2, Noon - Second);
    seeing.seen = 1;
    QTest::newRow("contradiction") << seeing;
    QTest::newRow("unmeasured") << unmeasured(message(2, Noon + Second));
}

void tst_MessageOrder::isTheSameSeenFromTheOther()
{
    QFETCH(Message, second);
    const Message first = message(1, Noon);
    const OrderVerdict one = orderOf(first, second);
    const OrderVerdict other = orderOf(second, first);
    const auto turned = [](Order order) {
        if (order == Order::Before)
            return Order::After;
        return order == Order::After ? Order::Before : order;
    };
    QCOMPARE(other.order, turned(one.order));
    QCOMPARE(other.atLeast, one.atLeast);
    QCOMPARE(other.atMost, one.atMost);
    QCOMPARE(other.overlap, one.overlap);
    QCOMPARE(other.contradiction, one.contradiction);
    QVERIFY(!orderOf(first, first).contradiction);
    QCOMPARE(orderOf(first, first).doubt, OrderDoubt::SameMessage);
}

void tst_MessageOrder::causes_data()
{
    QTest::addColumn<qint64>("seen");
    QTest::addColumn<qint64>("replyTo");
    QTest::addColumn<qint64>("effect");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("nothing-seen") << qint64(0) << qint64(0) << qint64(44) << Cause::None;
    QTest::newRow("seen-before-it") << qint64(40) << qint64(0) << qint64(44) << Cause::None;
    QTest::newRow("seen-it") << qint64(41) << qint64(0) << qint64(44) << Cause::Seen;
    QTest::newRow("seen-later-ones") << qint64(43) << qint64(0) << qint64(44) << Cause::Seen;
    QTest::newRow("answers-it") << qint64(40) << qint64(41) << qint64(44) << Cause::Reply;
    QTest::newRow("answers-another") << qint64(40) << qint64(42) << qint64(44) << Cause::None;
    QTest::newRow("seen-itself-is-nonsense") << qint64(41) << qint64(0) << qint64(41) << Cause::None;
    QTest::newRow("the-future-is-no-cause") << qint64(99) << qint64(41) << qint64(40) << Cause::None;
    QTest::newRow("pending-had-seen-it") << qint64(41) << qint64(0) << qint64(0) << Cause::Seen;
}

void tst_MessageOrder::causes()
{
    QFETCH(qint64, seen);
    QFETCH(qint64, replyTo);
    QFETCH(qint64, effect);
    const Message cause = message(41, Noon);
    Message later = message(effect, Noon + Second);
    if (seen > 0)
        later.seen = seen;
    if (replyTo > 0)
        later.replyTo = replyTo;
    QTEST(causeBetween(cause, later), "cause");
    Message unsent = cause;
    unsent.seq = 0;
    QCOMPARE(causeBetween(unsent, later), Cause::None);
}

void tst_MessageOrder::chains()
{
    const Message first = message(1, Noon);
    Message seeing = message(2, Noon + Second);
    seeing.seen = 1;
    Message answer = message(3, Noon + 2 * Second);
    answer.replyTo = 2;
    Message answerToThat = message(4, Noon + 3 * Second);
    answerToThat.replyTo = 3;
    const QList<Message> room{first, seeing, answer, answerToThat};
    const FindMessage find = [&room](qint64 seq) -> const Message * {
        return seq >= 1 && seq <= room.size() ? &room[seq - 1] : nullptr;
    };
    QCOMPARE(causeBetween(first, answer, find), Cause::Chain);
    QCOMPARE(causeBetween(first, answerToThat, find), Cause::Chain);
    QCOMPARE(causeBetween(seeing, answerToThat, find), Cause::Chain);
    QCOMPARE(causeBetween(first, answerToThat), Cause::None);
    QCOMPARE(orderOf(first, answerToThat, find).cause, Cause::Chain);
    // Two that answer each other, as no daemon of ours would take them: the chain ends all the same.
    Message one = message(5, Noon);
    Message other = message(6, Noon);
    one.replyTo = 6;
    other.replyTo = 5;
    const FindMessage circle = [&](qint64 seq) { return seq == 5 ? &one : &other; };
    QCOMPARE(causeBetween(first, other, circle), Cause::None);
}

void tst_MessageOrder::causeBeatsIntervals()
{
    Message seeing = message(2, Noon + 11 * Millisecond);
    seeing.seen = 1;
    const OrderVerdict clear = orderOf(message(1, Noon), seeing);
    QCOMPARE(clear.order, Order::Before);
    QCOMPARE(clear.cause, Cause::Seen);
    QCOMPARE(clear.atLeast, OptionalMicros(11 * Millisecond - 1800));
    const OrderVerdict blind = orderOf(unmeasured(message(1, Noon)), unmeasured(seeing));
    QCOMPARE(blind.order, Order::Before);
    QVERIFY(!blind.atLeast);
    QCOMPARE(blind.doubt, OrderDoubt::None);
    Message pending = message(0, Noon + Second);
    pending.stamps.best = {};
    pending.seen = 1;
    QCOMPARE(orderOf(message(1, Noon), pending).order, Order::Before);
}

void tst_MessageOrder::contradictions_data()
{
    QTest::addColumn<Message>("effect");
    QTest::addColumn<Change>("change"); // of the cause, the effect
    QTest::addColumn<WireMicros>("byClock");
    QTest::addColumn<WireMicros>("byMeasured");
    const Change none = [](Message &, Message &) {};
    const WireMicros taken = 10 * Millisecond - 450; // of the cause, earliest, after noon
    QTest::newRow("fine") << message(2, Noon + Second) << none << WireMicros(0) << WireMicros(0);
    QTest::newRow("slow-clock") << message(2, Noon + Second, -1'300'000) << none
                                << WireMicros(taken + 300'000) << WireMicros(0);
    QTest::newRow("on-the-edge") << message(2, Noon + Second, taken - Second) << none << WireMicros(0)
                                 << WireMicros(0);
    QTest::newRow("just-over-it") << message(2, Noon + Second, taken - Second - 1) << none << WireMicros(1)
                                  << WireMicros(0);
    QTest::newRow("fast-clock") << message(2, Noon + Second, 3600 * Second) << none << WireMicros(0)
                                << WireMicros(0);
    QTest::newRow("broken-promise") << message(2, Noon - Second) << none << WireMicros(Second + taken)
                                    << WireMicros(Second + taken - 900);
    QTest::newRow("fast-clock-broken-promise") << message(2, Noon - Second, 3600 * Second) << none
                                               << WireMicros(0) << WireMicros(Second + taken - 900);
    QTest::newRow("no-reading") << message(2, Noon - Second)
                                << Change([](Message &, Message &b) { b.stamps.live = {}; }) << WireMicros(0)
                                << WireMicros(0);
    QTest::newRow("cause-without-time")
        << message(2, Noon - Second) << Change([](Message &a, Message &) { a.stamps.best = {}; })
        << WireMicros(0) << WireMicros(0);
    QTest::newRow("unmeasured-clock") << unmeasured(message(2, Noon + Second, -2 * Second)) << none
                                      << WireMicros(Second + taken) << WireMicros(0);
    QTest::newRow("absurd") << message(2, Noon)
                            << Change([](Message &, Message &b) { b.stamps.live.t = Least; })
                            << WireMicros(Most) << WireMicros(0);
    QTest::newRow("other-run-without-reference") // the raw clock still says so, by the daemon's clock
        << alone(2, Noon - Second) << Change([](Message &a, Message &b) {
               a = alone(1, Noon);
               b.stamps.local.boot = u"other"_s;
           })
        << WireMicros(Second + 10 * Millisecond) << WireMicros(0);
}

void tst_MessageOrder::contradictions()
{
    QFETCH(Message, effect);
    QFETCH(Change, change);
    QFETCH(WireMicros, byClock);
    QFETCH(WireMicros, byMeasured);
    Message cause = message(1, Noon);
    change(cause, effect);
    const auto found = contradictionBetween(cause, effect);
    QCOMPARE(found.has_value(), byClock != 0 || byMeasured != 0);
    if (!found)
        return;
    QCOMPARE(found->byClock.value_or(0), byClock);
    QCOMPARE(found->byMeasured.value_or(0), byMeasured);
    QCOMPARE(found->cause, 1);
    QCOMPARE(found->confirmed, cause.stamps.best.bound.has_value());
}

void tst_MessageOrder::contradictionInTheVerdict()
{
    Message effect = message(44, Noon + Second, -2 * Second);
    effect.seen = 41;
    const OrderVerdict verdict = orderOf(effect, message(41, Noon));
    QCOMPARE(verdict.order, Order::Contradiction);
    QVERIFY(!verdict.firstIsEarlier);
    QCOMPARE(verdict.contradiction->cause, 41);
    QVERIFY(!verdict.contradiction->byMeasured);
    QCOMPARE(verdict.atLeast, OptionalMicros(Second - 1800)); // measured, the clock tells the truth
    effect.seen = 40;
    QCOMPARE(orderOf(effect, message(41, Noon)).order, Order::After);
}

void tst_MessageOrder::shifts()
{
    const Message before = message(1, Noon);
    Message after = message(2, Noon + 10 * Second);
    QCOMPARE(daemonClockShift(before, after), OptionalMicros(0));
    *after.stamps.local.t += 3 * Second;
    QCOMPARE(daemonClockShift(before, after), OptionalMicros(3 * Second));
    after.stamps.local.boot = u"other"_s;
    QVERIFY(!daemonClockShift(before, after));
    QCOMPARE(explainedShift(0), Millisecond);
    QCOMPARE(explainedShift(-2000 * Second), Second + Millisecond);
    QCOMPARE(explainedShift(Least), Most / 2000 + Millisecond);
}

QTEST_APPLESS_MAIN(tst_MessageOrder)
#include "tst_messageorder.moc"
