// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/pagespan.h"

#include <QTest>

using namespace Synchat;

class tst_PageSpan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holds_data();
    void holds();
    void limitIsBounded();
};

void tst_PageSpan::holds_data()
{
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("limit");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<qint64>("lo"); // 0: empty
    QTest::addColumn<qint64>("hi");
    QTest::addColumn<bool>("reachesFirst");
    QTest::addColumn<bool>("reachesLast");

    using A = HistoryAnchor;
    constexpr qint64 Max = std::numeric_limits<qint64>::max();
    constexpr qint64 Min = std::numeric_limits<qint64>::min();
    const auto row = [](const char *name, A anchor, qint64 value, int limit, qint64 first, qint64 last,
                        qint64 lo, qint64 hi, bool reachesFirst, bool reachesLast) {
        QTest::newRow(name) << anchor << value << limit << first << last << lo << hi << reachesFirst
                            << reachesLast;
    };
    row("newest-of-empty-room", A::Newest, 0, 10, 0, 0, 0, 0, true, true);
    row("before-in-empty-room", A::Before, 5, 10, 0, 0, 0, 0, true, true);
    row("after-in-empty-room", A::After, 5, 10, 0, 0, 0, 0, true, true);
    row("around-in-empty-room", A::Around, 5, 10, 0, 0, 0, 0, true, true);

    row("newest", A::Newest, 0, 10, 1, 100, 91, 100, false, true);
    row("newest-of-short-room", A::Newest, 0, 10, 1, 7, 1, 7, true, true);
    row("newest-exactly-all", A::Newest, 0, 10, 1, 10, 1, 10, true, true);
    row("newest-of-cut-room", A::Newest, 0, 10, 95, 100, 95, 100, true, true);

    row("before", A::Before, 50, 10, 1, 100, 40, 49, false, false);
    row("before-near-first", A::Before, 5, 10, 1, 100, 1, 4, true, false);
    row("before-first", A::Before, 1, 10, 1, 100, 0, 0, true, false);
    row("before-beyond-last", A::Before, 500, 10, 1, 100, 91, 100, false, true);
    row("before-just-after-last", A::Before, 101, 10, 1, 100, 91, 100, false, true);
    row("before-largest", A::Before, Max, 10, 1, 100, 91, 100, false, true);
    row("before-smallest", A::Before, Min, 10, 1, 100, 0, 0, true, false);
    row("before-what-was-cut", A::Before, 50, 10, 90, 100, 0, 0, true, false);

    row("after", A::After, 50, 10, 1, 100, 51, 60, false, false);
    row("after-zero", A::After, 0, 10, 1, 100, 1, 10, true, false);
    row("after-near-last", A::After, 95, 10, 1, 100, 96, 100, false, true);
    row("after-last", A::After, 100, 10, 1, 100, 0, 0, false, true);
    row("after-beyond-last", A::After, 500, 10, 1, 100, 0, 0, false, true);
    row("after-largest", A::After, Max, 10, 1, 100, 0, 0, false, true);
    row("after-smallest", A::After, Min, 10, 1, 100, 1, 10, true, false);
    row("after-what-was-cut", A::After, 5, 10, 90, 100, 90, 99, true, false);

    row("around", A::Around, 50, 10, 1, 100, 45, 54, false, false);
    row("around-odd", A::Around, 50, 11, 1, 100, 45, 55, false, false);
    row("around-one", A::Around, 50, 1, 1, 100, 50, 50, false, false);
    row("around-first", A::Around, 1, 10, 1, 100, 1, 10, true, false);
    row("around-last", A::Around, 100, 10, 1, 100, 91, 100, false, true);
    row("around-beyond", A::Around, 1000, 10, 1, 100, 91, 100, false, true);
    row("around-negative", A::Around, -5, 10, 1, 100, 1, 10, true, false);
    row("around-in-short-room", A::Around, 3, 10, 1, 5, 1, 5, true, true);
    row("around-largest", A::Around, Max, 500, 1, 100, 1, 100, true, true);
    row("at-after-all", A::At, 101, 10, 1, 100, 91, 100, false, true);
}

void tst_PageSpan::holds()
{
    QFETCH(HistoryAnchor, anchor);
    QFETCH(qint64, value);
    QFETCH(int, limit);
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    QFETCH(qint64, lo);
    QFETCH(qint64, hi);
    const PageSpan span = pageSpan(anchor, value, limit, {first, last});
    QCOMPARE(span.isEmpty(), lo == 0);
    if (!span.isEmpty()) {
        QCOMPARE(span.lo, lo);
        QCOMPARE(span.hi, hi);
    }
    QTEST(span.reachesFirst, "reachesFirst");
    QTEST(span.reachesLast, "reachesLast");
}

void tst_PageSpan::limitIsBounded()
{
    QCOMPARE(pageSpan(HistoryAnchor::Newest, 0, 100000, {1, 9000}).lo, 9000 - Limits::MaxPage + 1);
    QCOMPARE(pageSpan(HistoryAnchor::Newest, 0, 0, {1, 9000}).lo, 9000);
    QCOMPARE(pageSpan(HistoryAnchor::Newest, 0, -7, {1, 9000}).lo, 9000);
}

QTEST_APPLESS_MAIN(tst_PageSpan)
#include "tst_pagespan.moc"
