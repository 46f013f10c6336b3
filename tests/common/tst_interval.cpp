// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/interval.h"

#include <QTest>

using namespace Synchat;

namespace {
constexpr qint64 Least = std::numeric_limits<qint64>::min();
constexpr qint64 Most = std::numeric_limits<qint64>::max();

Interval interval(qint64 lo, qint64 hi)
{
    return *Interval::between(Nanos(lo), Nanos(hi));
}
} // namespace

class tst_Interval : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesReversed();
    void middle_data();
    void middle();
    void around_data();
    void around();
    void widened_data();
    void widened();
    void shifted_data();
    void shifted();
    void intersected_data();
    void intersected();
};

void tst_Interval::refusesReversed()
{
    QVERIFY(!Interval::between(Nanos(1), Nanos(0)));
    QVERIFY(Interval::between(Nanos(1), Nanos(1)));
}

void tst_Interval::middle_data()
{
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::addColumn<qint64>("midpoint");
    QTest::addColumn<qint64>("bound");
    QTest::newRow("point") << 5LL << 5LL << 5LL << 0LL;
    QTest::newRow("even") << -4LL << 4LL << 0LL << 4LL;
    QTest::newRow("odd-rounds-to-lo") << 0LL << 5LL << 2LL << 3LL;
    QTest::newRow("odd-negative") << -5LL << 0LL << -3LL << 3LL;
    QTest::newRow("widest") << Least << Most << -1LL << Most;
    QTest::newRow("top") << Most - 1 << Most << Most - 1 << 1LL;
    QTest::newRow("bottom") << Least << Least + 1 << Least << 1LL;
}

void tst_Interval::middle()
{
    QFETCH(qint64, lo);
    QFETCH(qint64, hi);
    const Interval range = interval(lo, hi);
    QTEST(qint64(range.midpoint().count()), "midpoint");
    QTEST(qint64(range.bound().count()), "bound");
    const Interval covering = Interval::around(range.midpoint(), range.bound());
    QVERIFY(covering.contains(range.lo()));
    // The widest range is 2^64 - 1 wide, which is more than two half-widths can be.
    if (lo != Least || hi != Most)
        QVERIFY(covering.contains(range.hi()));
}

void tst_Interval::around_data()
{
    QTest::addColumn<qint64>("middle");
    QTest::addColumn<qint64>("bound");
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::newRow("plain") << 10LL << 3LL << 7LL << 13LL;
    QTest::newRow("negative-bound-is-zero") << 10LL << -3LL << 10LL << 10LL;
    QTest::newRow("saturates-up") << Most << 1LL << Most - 1 << Most;
    QTest::newRow("saturates-down") << Least << 1LL << Least << Least + 1;
    QTest::newRow("saturates-both") << 0LL << Most << -Most << Most;
    QTest::newRow("least-bound") << 0LL << Least << 0LL << 0LL;
}

void tst_Interval::around()
{
    QFETCH(qint64, middle);
    QFETCH(qint64, bound);
    const Interval range = Interval::around(Nanos(middle), Nanos(bound));
    QTEST(qint64(range.lo().count()), "lo");
    QTEST(qint64(range.hi().count()), "hi");
}

void tst_Interval::widened_data()
{
    QTest::addColumn<qint64>("by");
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::newRow("plain") << 5LL << -15LL << 25LL;
    QTest::newRow("zero") << 0LL << -10LL << 20LL;
    QTest::newRow("negative-counts-as-zero") << -5LL << -10LL << 20LL;
    QTest::newRow("saturates") << Most << Least << Most;
}

void tst_Interval::widened()
{
    QFETCH(qint64, by);
    const Interval range = interval(-10, 20).widened(Nanos(by));
    QTEST(qint64(range.lo().count()), "lo");
    QTEST(qint64(range.hi().count()), "hi");
}

void tst_Interval::shifted_data()
{
    QTest::addColumn<qint64>("by");
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::newRow("up") << 5LL << -5LL << 25LL;
    QTest::newRow("down") << -5LL << -15LL << 15LL;
    QTest::newRow("saturates-up") << Most << Most - 10 << Most;
    QTest::newRow("saturates-down") << Least << Least << Least + 20;
}

void tst_Interval::shifted()
{
    QFETCH(qint64, by);
    const Interval range = interval(-10, 20).shifted(Nanos(by));
    QTEST(qint64(range.lo().count()), "lo");
    QTEST(qint64(range.hi().count()), "hi");
}

void tst_Interval::intersected_data()
{
    QTest::addColumn<qint64>("lo");
    QTest::addColumn<qint64>("hi");
    QTest::addColumn<bool>("meets");
    QTest::addColumn<qint64>("commonLo");
    QTest::addColumn<qint64>("commonHi");
    QTest::newRow("same") << 0LL << 10LL << true << 0LL << 10LL;
    QTest::newRow("inside") << 2LL << 3LL << true << 2LL << 3LL;
    QTest::newRow("left") << -5LL << 5LL << true << 0LL << 5LL;
    QTest::newRow("touching") << 10LL << 20LL << true << 10LL << 10LL;
    QTest::newRow("apart") << 11LL << 20LL << false << 0LL << 0LL;
    QTest::newRow("apart-below") << -20LL << -1LL << false << 0LL << 0LL;
}

void tst_Interval::intersected()
{
    QFETCH(qint64, lo);
    QFETCH(qint64, hi);
    QFETCH(qint64, commonLo);
    QFETCH(qint64, commonHi);
    const auto both = interval(0, 10).intersected(interval(lo, hi));
    QTEST(both.has_value(), "meets");
    QVERIFY(both == interval(lo, hi).intersected(interval(0, 10)));
    if (both)
        QVERIFY(*both == interval(commonLo, commonHi));
}

QTEST_GUILESS_MAIN(tst_Interval)
#include "tst_interval.moc"
