// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/shipment.h"

#include <QSet>
#include <QTest>

#include <functional>

using namespace Synchat;
using namespace Qt::StringLiterals;

using Kind = StoreFailure::Kind;
using Next = Shipment::Next;
using Indexes = QSet<qsizetype>;

namespace {

/// What a store answers to the request of this number (from 0), which holds these documents; `isProbe`:
/// another document.
struct Reply
{
    std::optional<StoreFailure> failure;
    QList<DocumentRefusal> refusals = {};
};
using Store = std::function<Reply(int request, const Shipment::Slice &slice, bool isProbe)>;

StoreFailure failureOf(Kind kind)
{
    return {kind, u"no"_s, std::nullopt};
}

struct Course
{
    Indexes taken;
    Indexes refused;
    QList<qsizetype> order; ///< as they were taken
    int requests = 0;
    int waits = 0;
    int pauses = 0;
};

/// Ships until all is done, or `most` requests were made.
Course ship(qsizetype documents, const Store &store, qsizetype limit = 1000, int most = 20000)
{
    Course course;
    Shipment shipment(documents);
    Next next = Next::GoOn;
    while (!shipment.isDone() && course.requests < most) {
        const bool isProbe = next == Next::Probe;
        const Shipment::Slice slice = shipment.current(limit);
        const Reply reply = store(course.requests++, slice, isProbe);
        if (isProbe)
            next = shipment.probed(reply.failure ? &*reply.failure : nullptr);
        else
            next = reply.failure ? shipment.failed(*reply.failure) : shipment.taken(reply.refusals);
        course.waits += next == Next::Later;
        course.pauses += next == Next::Pause;
        for (const Shipment::Slice &taken : shipment.takeTaken()) {
            for (qsizetype index = taken.first; index < taken.first + taken.count; ++index) {
                course.taken.insert(index);
                course.order.append(index);
            }
        }
        for (const Shipment::Refused &refused : shipment.takeRefused())
            course.refused.insert(refused.index);
    }
    return course;
}

/// Refuses every batch that holds one of these.
Store refusesWith(Kind kind, const Indexes &bad)
{
    return [=](int, const Shipment::Slice &slice, bool isProbe) -> Reply {
        for (const qsizetype index : bad) {
            if (!isProbe && index >= slice.first && index < slice.first + slice.count)
                return {failureOf(kind)};
        }
        return {};
    };
}

} // namespace

class tst_Shipment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesAtOnce();
    void keepsToTheLimit();
    void findsTheBadOnes_data();
    void findsTheBadOnes();
    void namedOnesAreTriedOnceMore();
    void namedOnceOnly();
    void strangeNamesAreNothing();
    void troubleLosesNothing_data();
    void troubleLosesNothing();
    void storeThatRefusesEverything_data();
    void storeThatRefusesEverything();
    void goodOnesDoNotWaitForBad();
};

void tst_Shipment::goesAtOnce()
{
    const Course course = ship(1000, [](int, const Shipment::Slice &, bool) { return Reply(); });
    QCOMPARE(course.requests, 1);
    QCOMPARE(course.taken.size(), 1000);
    QVERIFY(Shipment(0).isDone());
}

void tst_Shipment::keepsToTheLimit()
{
    qsizetype largest = 0;
    const Course course = ship(
        25,
        [&](int, const Shipment::Slice &slice, bool) {
            largest = qMax(largest, slice.count);
            return Reply();
        },
        10);
    QCOMPARE(largest, 10);
    QCOMPARE(course.requests, 3);
    QVERIFY(std::is_sorted(course.order.cbegin(), course.order.cend()));
    QCOMPARE(course.order.size(), 25);
}

void tst_Shipment::findsTheBadOnes_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<qsizetype>("documents");
    QTest::addColumn<Indexes>("bad");
    const std::pair<const char *, Kind> kinds[] = {
        {"poison", Kind::Poison}, {"unclear", Kind::Unclear}, {"too-large", Kind::TooLarge}};
    for (const auto &[name, kind] : kinds) {
        QTest::addRow("%s-one-of-1000", name) << kind << qsizetype(1000) << Indexes{617};
        QTest::addRow("%s-first-and-last", name) << kind << qsizetype(1000) << Indexes{0, 999};
        QTest::addRow("%s-neighbours", name) << kind << qsizetype(33) << Indexes{15, 16};
        QTest::addRow("%s-alone", name) << kind << qsizetype(1) << Indexes{0};
        QTest::addRow("%s-all-of-three", name) << kind << qsizetype(3) << Indexes{0, 1, 2};
    }
}

void tst_Shipment::findsTheBadOnes()
{
    QFETCH(Kind, kind);
    QFETCH(qsizetype, documents);
    QFETCH(Indexes, bad);
    const Course course = ship(documents, refusesWith(kind, bad));
    QCOMPARE(course.refused, bad);
    QCOMPARE(course.taken.size() + bad.size(), documents);
    QCOMPARE(course.order.size(), course.taken.size()); // none twice
    QCOMPARE(course.pauses, 0);
    QVERIFY2(course.requests < 60, qPrintable(QString::number(course.requests)));
}

void tst_Shipment::namedOnesAreTriedOnceMore()
{
    const Course course = ship(10, [](int, const Shipment::Slice &slice, bool) {
        Reply reply;
        if (slice.first <= 3 && slice.first + slice.count > 3)
            reply.refusals.append({3 - slice.first, 11000, u"duplicate"_s});
        return reply;
    });
    QCOMPARE(course.refused, Indexes{3});
    QCOMPARE(course.order.size(), 9);
    QCOMPARE(course.requests, 2);
}

void tst_Shipment::namedOnceOnly()
{
    const Course course = ship(10, [](int request, const Shipment::Slice &, bool) {
        Reply reply;
        if (request == 0)
            reply.refusals = {{0, 0, u"busy"_s}, {9, 0, u"busy"_s}};
        return reply;
    });
    QVERIFY(course.refused.isEmpty());
    QCOMPARE(course.taken.size(), 10);
    QCOMPARE(course.order.size(), 10);
}

void tst_Shipment::strangeNamesAreNothing()
{
    const Course course = ship(3, [](int, const Shipment::Slice &, bool) {
        return Reply{std::nullopt, {{-1, 0, {}}, {3, 0, {}}, {1000000, 0, {}}}};
    });
    QCOMPARE(course.order, (QList<qsizetype>{0, 1, 2}));
}

void tst_Shipment::troubleLosesNothing_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QList<bool>>("works"); // again and again
    const std::pair<const char *, Kind> kinds[] = {{"retryable", Kind::Retryable},
                                                   {"unauthorized", Kind::Unauthorized},
                                                   {"misplaced", Kind::Misplaced},
                                                   {"unclear", Kind::Unclear}};
    for (const auto &[name, kind] : kinds) {
        QTest::addRow("%s-every-second", name) << kind << QList<bool>{false, true};
        QTest::addRow("%s-two-of-three", name) << kind << QList<bool>{false, false, true};
        QTest::addRow("%s-three-of-four", name) << kind << QList<bool>{false, false, false, true};
        QTest::addRow("%s-six-of-seven", name) << kind << (QList<bool>(6, false) << true);
        QTest::addRow("%s-long-then-well", name)
            << kind << (QList<bool>(100, false) + QList<bool>(100, true));
    }
}

void tst_Shipment::troubleLosesNothing()
{
    QFETCH(Kind, kind);
    QFETCH(QList<bool>, works);
    const Course course = ship(100, [&](int request, const Shipment::Slice &, bool) -> Reply {
        if (works.at(request % works.size()))
            return {};
        return {failureOf(kind)};
    });
    QVERIFY(course.refused.isEmpty());
    QCOMPARE(course.taken.size(), 100);
    QCOMPARE(course.order.size(), 100);
}

void tst_Shipment::storeThatRefusesEverything_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("poison") << Kind::Poison;
    QTest::newRow("unclear") << Kind::Unclear;
    QTest::newRow("too-large") << Kind::TooLarge;
}

/// Such as a proxy in front of it that takes no POST.
void tst_Shipment::storeThatRefusesEverything()
{
    QFETCH(Kind, kind);
    const Course course = ship(
        100, [&](int, const Shipment::Slice &, bool) -> Reply { return {failureOf(kind)}; }, 1000, 500);
    QVERIFY(course.refused.isEmpty());
    QVERIFY(course.taken.isEmpty());
    QVERIFY2(course.waits + course.pauses > 200, "it is asked without rest");
}

void tst_Shipment::goodOnesDoNotWaitForBad()
{
    int doubts = 0;
    Indexes taken;
    const Store store = refusesWith(Kind::Poison, {2});
    Shipment shipment(8);
    Next next = Next::GoOn;
    while (!shipment.isDone()) {
        const bool isProbe = next == Next::Probe;
        doubts += isProbe;
        if (isProbe && doubts == 2) // the first was before the others
            QCOMPARE(taken.size(), 7);
        const Reply reply = store(0, shipment.current(1000), isProbe);
        if (isProbe)
            next = shipment.probed(nullptr);
        else
            next = reply.failure ? shipment.failed(*reply.failure) : shipment.taken({});
        for (const Shipment::Slice &slice : shipment.takeTaken()) {
            for (qsizetype index = slice.first; index < slice.first + slice.count; ++index)
                taken.insert(index);
        }
    }
    QCOMPARE(doubts, 3);
}

QTEST_APPLESS_MAIN(tst_Shipment)
#include "tst_shipment.moc"
