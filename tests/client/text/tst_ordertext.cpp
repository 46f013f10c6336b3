// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/ordertext.h"

#include <QSet>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Message messageOf(qint64 seq, const QString &name)
{
    Message message;
    message.seq = seq;
    message.from = {u"u-"_s + name, name};
    return message;
}

OrderVerdict certain(Order order, OptionalMicros atLeast = {}, OptionalMicros atMost = {})
{
    OrderVerdict verdict;
    verdict.order = order;
    verdict.firstIsEarlier = order == Order::Before;
    verdict.atLeast = atLeast;
    verdict.atMost = atMost;
    return verdict;
}

OrderVerdict unknown(OrderDoubt doubt, OptionalMicros overlap = {})
{
    OrderVerdict verdict;
    verdict.doubt = doubt;
    verdict.overlap = overlap;
    return verdict;
}

OrderVerdict contradiction(const ClockContradiction &found)
{
    OrderVerdict verdict;
    verdict.order = Order::Contradiction;
    verdict.firstIsEarlier = true;
    verdict.contradiction = found;
    return verdict;
}

} // namespace
Q_DECLARE_METATYPE(Synchat::OrderVerdict)
Q_DECLARE_METATYPE(Synchat::TimeEvent)
Q_DECLARE_METATYPE(Synchat::ClockContradiction)

class tst_OrderText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void unconfirmedAndFaultsAreSaid();
    void contradictions_data();
    void contradictions();
    void events_data();
    void events();
    void lengthsAreRoundedToTheSafeSide();
};

void tst_OrderText::verdicts_data()
{
    QTest::addColumn<OrderVerdict>("verdict");
    QTest::addColumn<QString>("words");
    QTest::newRow("before") << certain(Order::Before, 1'239'999, 1'240'001)
                            << u"Certainly before: Message 41 by ana was written at least 1.23 s and at most "
                               "1.25 s before message 44 by luis."_s;
    QTest::newRow("after") << certain(Order::After, 2000)
                           << u"Certainly after: Message 44 by luis was written at least 2 ms before message "
                              "41 by ana."_s;
    OrderVerdict seen = certain(Order::Before);
    seen.cause = Cause::Seen;
    QTest::newRow("seen")
        << seen
        << u"Certainly before: Message 41 by ana was written before message 44 by luis. luis "
           "had seen message 41."_s;
    OrderVerdict chain = certain(Order::Before);
    chain.cause = Cause::Chain;
    QTest::newRow("chain")
        << chain
        << u"Certainly before: Message 41 by ana was written before message 44 by luis. luis "
           "answers somebody who had seen message 41."_s;
    QTest::newRow("overlap")
        << unknown(OrderDoubt::Overlap, 2901)
        << u"Cannot tell: The intervals in which message 41 by ana and message 44 by luis "
           "were written overlap by 3 ms."_s;
    QTest::newRow("unmeasured") << unknown(OrderDoubt::SecondUnmeasured)
                                << u"Cannot tell: There is no measurement that tells when message 44 by luis "
                                   "was written."_s;
    QTest::newRow("both") << unknown(OrderDoubt::BothUnmeasured)
                          << u"Cannot tell: There is no measurement that tells when message 41 by ana or "
                             "message 44 by luis was written."_s;
    QTest::newRow("other-run")
        << unknown(OrderDoubt::NoCommonReference)
        << u"Cannot tell: The daemon had no source of time for at least one of them, and "
           "it cannot be shown that its clock went on undisturbed from one to the other."_s;
    QTest::newRow("contradiction")
        << contradiction({41, 216'400, {}, true})
        << u"Contradicts its cause: luis had seen message 41 by ana, but by their clock they wrote at least "
           "216 ms before the daemon took that. Message 41 was first all the same."_s;
    QTest::newRow("broken-promise")
        << contradiction({41, {}, 900'000, true})
        << u"Contradicts its cause: luis had seen message 41 by ana, which their clock does not contradict "
           u"as "
           "it stood. Even with what was measured of that clock it would have been at least 900 ms before: a "
           "bound was too narrow. Message 41 was first all the same."_s;
}

void tst_OrderText::verdicts()
{
    QFETCH(OrderVerdict, verdict);
    QTEST(OrderText::verdict(messageOf(41, u"ana"_s), messageOf(44, u"luis"_s), verdict).text(), "words");
}

void tst_OrderText::unconfirmedAndFaultsAreSaid()
{
    Message faulty = messageOf(44, u"luis"_s);
    faulty.stamps.live.fault = true;
    OrderVerdict verdict = certain(Order::Before, 1000);
    verdict.confirmed = false;
    const QString words = OrderText::verdict(messageOf(41, u"ana"_s), faulty, verdict).detail;
    QVERIFY(words.contains(u"This goes by the daemon’s own clock, which nothing confirms."_s));
    QVERIFY(words.endsWith(u"A clock fault was injected on purpose."_s));
    verdict.atLeast.reset();
    QVERIFY(!OrderText::verdict(messageOf(41, u"ana"_s), faulty, verdict).detail.contains(u"own clock"_s));
}

void tst_OrderText::contradictions_data()
{
    QTest::addColumn<ClockContradiction>("found");
    QTest::addColumn<QString>("words");
    QTest::newRow("seen") << ClockContradiction{43, 216'999, {}, true}
                          << u"by this clock it was written at least 216 ms before message 43, which its "
                             "author had seen"_s;
    QTest::newRow("answered") << ClockContradiction{41, 216'000, {}, true}
                              << u"by this clock it was written at least 216 ms before the message that it "
                                 "answers"_s;
    QTest::newRow("measured") << ClockContradiction{41, 216'000, 200'000, true}
                              << u"even with what was measured of this clock it was written at least 200 ms "
                                 "before the message that it answers"_s;
    QTest::newRow("absurd") << ClockContradiction{41, std::numeric_limits<WireMicros>::max(), {}, true}
                            << u"by this clock it was written long before the message that it answers"_s;
    QTest::newRow("unconfirmed")
        << ClockContradiction{41, 216'000, {}, false}
        << u"by this clock it was written at least 216 ms before the message that it "
           "answers, by a daemon’s clock that nothing confirms"_s;
}

void tst_OrderText::contradictions()
{
    QFETCH(ClockContradiction, found);
    Message effect = messageOf(44, u"luis"_s);
    effect.replyTo = 41;
    QTEST(OrderText::contradiction(found, effect), "words");
}

void tst_OrderText::events_data()
{
    using Kind = TimeEvent::Kind;
    QTest::addColumn<TimeEvent>("event");
    QTest::addColumn<QString>("words");
    QTest::newRow("restart") << TimeEvent{.kind = Kind::DaemonRestarted, .amount = 40'000'900}
                             << u"The daemon was started again; it was away for at most 40.1 s"_s;
    QTest::newRow("missing") << TimeEvent{.kind = Kind::DaemonRestarted, .amongMissing = true}
                             << u"Among the missing messages: the daemon was started again"_s;
    QTest::newRow("forward") << TimeEvent{.kind = Kind::DaemonClockSet, .amount = 3'200'000, .bound = 6500}
                             << u"The daemon’s clock was set forward by 3.20 s ±6.5 ms"_s;
    QTest::newRow("back")
        << TimeEvent{.kind = Kind::AuthorClockSet,
                     .amount = -3'700'000,
                     .bound = 33'000,
                     .from = 41,
                     .to = 44}
        << u"luis’s clock lost 3.70 s ±33 ms between messages 41 and 44: set, too slow, or another "
           "device"_s;
    QTest::newRow("ahead") << TimeEvent{.kind = Kind::AuthorClockSet, .amount = 60'000, .from = 4, .to = 14}
                           << u"luis’s clock gained 60 ms between messages 4 and 14: set, too fast, or "
                              "another device"_s;
    QTest::newRow("waited") << TimeEvent{.kind = Kind::Waited, .amount = 7'380'000'000}
                            << u"waited 2 h 3 min to be sent"_s;
    QTest::newRow("repeated")
        << TimeEvent{.kind = Kind::ReferenceLost, .repeated = true}
        << u"The daemon lost its sources of time · more of this follows and is not told"_s;
}

void tst_OrderText::events()
{
    QFETCH(TimeEvent, event);
    QTEST(OrderText::event(event, u"luis"_s), "words");
    QSet<QString> all; // each kind has its own words
    for (int kind = 0; kind <= static_cast<int>(TimeEvent::Kind::Waited); ++kind)
        all.insert(OrderText::event({.kind = static_cast<TimeEvent::Kind>(kind)}, u"luis"_s));
    QCOMPARE(all.size(), 12);
    QVERIFY(!all.contains(QString()));
}

void tst_OrderText::lengthsAreRoundedToTheSafeSide()
{
    for (WireMicros span = 1; span < 40'000'000'000; span += 1 + span / 7) {
        QVERIFY(!StampText::spanAtLeast(span).isEmpty());
        QVERIFY(StampText::spanAtLeast(span) == StampText::spanAtMost(span) ||
                StampText::span(span) == StampText::spanAtLeast(span) ||
                StampText::span(span) == StampText::spanAtMost(span));
    }
    QCOMPARE(StampText::spanAtLeast(1'239'999), u"1.23 s"_s);
    QCOMPARE(StampText::spanAtMost(1'230'001), u"1.24 s"_s);
    QCOMPARE(StampText::spanAtLeast(999'999), u"999 ms"_s);
    QCOMPARE(StampText::spanAtMost(999'999), u"1.00 s"_s);
    QCOMPARE(StampText::spanAtLeast(59), u"59 µs"_s);
}

QTEST_APPLESS_MAIN(tst_OrderText)
#include "tst_ordertext.moc"
