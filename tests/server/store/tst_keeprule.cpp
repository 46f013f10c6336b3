// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keeprule.h"

#include <QTest>

using namespace Synchat;

namespace {

constexpr qint64 Never = -1;
constexpr WireMicros Day = WireMicros(86400) * 1'000'000;

/// Messages 1, 2, ... written at these days; arrivals are ten times the seq.
QList<FrontMessage> writtenAt(const QList<int> &days)
{
    QList<FrontMessage> front;
    for (const int day : days) {
        const qint64 seq = front.size() + 1;
        front.append({seq, seq * 10, day * Day});
    }
    return front;
}

} // namespace

class tst_KeepRule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cutsTheFront_data();
    void cutsTheFront();
    void oldestKeptGoesByTheTime();
};

void tst_KeepRule::cutsTheFront_data()
{
    QTest::addColumn<QList<int>>("days");
    QTest::addColumn<qint64>("lastSeq");
    QTest::addColumn<int>("olderThan");    // a day; -1: no limit
    QTest::addColumn<qint64>("messages");  // 0: no limit
    QTest::addColumn<qint64>("unshipped"); // arrival; -1: none
    QTest::addColumn<qint64>("upTo");
    QTest::addColumn<bool>("waits");
    const QList<int> week{1, 2, 3, 4, 5, 6, 7};
    const auto row = [](const char *name, const QList<int> &days, qint64 lastSeq, int olderThan,
                        qint64 messages, qint64 unshipped, qint64 upTo, bool waits = false) {
        QTest::newRow(name) << days << lastSeq << olderThan << messages << unshipped << upTo << waits;
    };
    row("no-limits", week, 7, -1, 0, Never, 0);
    row("empty-room", {}, 0, 5, 5, Never, 0);
    row("by-age", week, 7, 4, 0, Never, 3);
    row("just-not-old", week, 7, 1, 0, Never, 0);
    row("all-old-but-newest-stays", week, 7, 100, 0, Never, 6);
    row("all-old-and-more-behind", week, 20, 100, 0, Never, 7);
    row("by-count", week, 7, -1, 5, Never, 2);
    row("by-count-of-a-long-room", week, 100, -1, 95, Never, 5);
    row("count-fits", week, 7, -1, 7, Never, 0);
    row("one-is-kept", week, 7, -1, 1, Never, 6);
    row("either-rule-is-enough", week, 7, 3, 2, Never, 5);
    row("one-old-message", {1}, 1, 100, 0, Never, 0);
    row("young-one-holds-what-is-behind", {1, 50, 3, 4, 60}, 5, 10, 0, Never, 1);
    row("clock-ahead-at-the-front", {90, 1, 2, 3}, 4, 10, 0, Never, 0);
    row("count-takes-a-clock-ahead", {90, 1, 2, 3}, 4, 10, 2, Never, 3);
    row("undated-goes-with-the-next", {0, 1, 50}, 3, 10, 0, Never, 2);
    row("undated-stays-with-the-next", {0, 50, 51}, 3, 10, 0, Never, 0);
    row("undated-behind-an-old-one", {1, 0, 50}, 3, 10, 0, Never, 1);
    row("undated-by-count", {0, 0, 0}, 3, -1, 1, Never, 2);
    row("bridge-has-none", week, 7, 100, 0, 10, 0, true);
    row("bridge-has-some", week, 7, 100, 0, 40, 3, true);
    row("bridge-has-all-that-goes", week, 7, 4, 0, 40, 3);
    row("bridge-holds-against-count", week, 7, -1, 1, 30, 2, true);
}

void tst_KeepRule::cutsTheFront()
{
    QFETCH(QList<int>, days);
    QFETCH(qint64, lastSeq);
    QFETCH(int, olderThan);
    QFETCH(qint64, messages);
    QFETCH(qint64, unshipped);
    KeepLimits limits;
    limits.messages = messages;
    if (olderThan >= 0)
        limits.olderThan = olderThan * Day;
    if (unshipped != Never)
        limits.firstToBeShipped = unshipped;
    const FrontCut cut = frontToCut(writtenAt(days), lastSeq, limits);
    QTEST(cut.upTo, "upTo");
    QTEST(cut.waitsForBridge, "waits");
}

void tst_KeepRule::oldestKeptGoesByTheTime()
{
    QCOMPARE(oldestKept({.days = 30}, 100 * Day), std::optional(70 * Day));
    QCOMPARE(oldestKept({.days = 30}, std::nullopt), std::nullopt);
    QCOMPARE(oldestKept({.messages = 10}, 100 * Day), std::nullopt);
    QVERIFY(!KeepRule().isOn());
    QVERIFY(KeepRule{.days = 1}.isOn() && KeepRule{.messages = 1}.isOn());
}

QTEST_APPLESS_MAIN(tst_KeepRule)
#include "tst_keeprule.moc"
