// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/postflow.h"

#include <QTest>

using namespace Synchat;

namespace {

constexpr MonoTime start{std::chrono::hours(1)};

MonoTime after(int milliseconds)
{
    return start + std::chrono::milliseconds(milliseconds);
}

} // namespace

class tst_PostFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverExceedsTheServersBucket_data();
    void neverExceedsTheServersBucket();
    void windows_data();
    void windows();
    void nothingOvertakesWhatIsRefusedForNow();
    void waitsAfterARefusal();
    void backsOffWithoutANumber();
    void forgetsWhatWasNeverAnswered();
};

void tst_PostFlow::neverExceedsTheServersBucket_data()
{
    QTest::addColumn<int>("rate");
    QTest::newRow("one") << 1;
    QTest::newRow("ten") << 10;
    QTest::newRow("hundred") << 100;
}

void tst_PostFlow::neverExceedsTheServersBucket()
{
    QFETCH(int, rate);
    PostFlow flow;
    flow.setRate(rate, start);
    double bucket = 30; // as PROTOCOL.md says: so many a second, 30 at once
    int sent = 0;
    for (int now = 0; now < 60'000; ++now) {
        bucket = std::min(30.0, bucket + rate / 1000.0);
        while (flow.maySend(after(now))) {
            const QUuid id = QUuid::createUuid();
            flow.sent(id, after(now));
            flow.answered(id);
            bucket -= 1;
            ++sent;
            QVERIFY(bucket >= 0);
        }
        const auto wait = flow.waitTime(after(now));
        QVERIFY(wait && *wait > Nanos(0));
        PostFlow ahead = flow;
        QVERIFY(ahead.maySend(after(now) + *wait + std::chrono::microseconds(1)));
    }
    QVERIFY(sent >= rate * 60 * 9 / 10);
}

void tst_PostFlow::windows_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("window");
    QTest::newRow("limited") << 10 << 1;
    QTest::newRow("unlimited") << 0 << 64;
}

void tst_PostFlow::windows()
{
    QFETCH(int, rate);
    QFETCH(int, window);
    PostFlow flow;
    flow.setRate(rate, start);
    QList<QUuid> ids;
    while (flow.maySend(start)) {
        ids.append(QUuid::createUuid());
        flow.sent(ids.last(), start);
    }
    QCOMPARE(ids.size(), window);
    QVERIFY(!flow.waitTime(start)); // only an answer helps
    flow.answered(ids.first());
    QVERIFY(flow.maySend(start));
    flow.linkLost();
    QCOMPARE(flow.inFlight(), 0);
}

void tst_PostFlow::nothingOvertakesWhatIsRefusedForNow()
{
    // Somebody else of our name posts too: the daemon's bucket is empty, and fills while our posts arrive.
    PostFlow flow;
    flow.setRate(10, start);
    QList<int> waiting{1, 2, 3, 4, 5, 6, 7, 8};
    QList<int> stored;
    for (int now = 0, number = 0; now < 10'000 && !waiting.isEmpty(); ++now) {
        QList<std::pair<int, QUuid>> arriving;
        for (qsizetype i = 0; i < waiting.size() && flow.maySend(after(now)); ++i) {
            arriving.append({waiting.at(i), QUuid::createUuid()});
            flow.sent(arriving.last().second, after(now));
        }
        for (const auto &[post, id] : std::as_const(arriving)) {
            if (++number % 3 != 0) {
                flow.refusedForNow(id, 0.1, after(now));
                continue;
            }
            flow.answered(id);
            stored.append(post);
            waiting.removeOne(post);
        }
    }
    QCOMPARE(stored, (QList<int>{1, 2, 3, 4, 5, 6, 7, 8}));
}

void tst_PostFlow::waitsAfterARefusal()
{
    PostFlow flow;
    flow.setRate(10, start);
    const QUuid id = QUuid::createUuid();
    flow.sent(id, start);
    flow.refusedForNow(id, 2.5, start);
    QVERIFY(!flow.isInFlight(id));
    QVERIFY(!flow.maySend(after(2499)));
    QCOMPARE(*flow.waitTime(start), std::chrono::milliseconds(2500));
    QVERIFY(flow.maySend(after(2501)));
}

void tst_PostFlow::backsOffWithoutANumber()
{
    PostFlow flow;
    flow.setRate(0, start);
    MonoTime now = start;
    QList<int> waits;
    for (int i = 0; i < 7; ++i) {
        const QUuid id = QUuid::createUuid();
        flow.sent(id, now);
        flow.refusedForNow(id, std::nullopt, now);
        const Nanos wait = *flow.waitTime(now);
        waits.append(static_cast<int>(wait / std::chrono::seconds(1)));
        now += wait;
    }
    QCOMPARE(waits, (QList<int>{1, 2, 4, 8, 16, 30, 30}));
    const QUuid id = QUuid::createUuid();
    flow.sent(id, now);
    flow.answered(id); // it got through: the next refusal begins afresh
    flow.sent(id, now);
    flow.refusedForNow(id, std::nullopt, now);
    QCOMPARE(*flow.waitTime(now), std::chrono::seconds(1));
}

void tst_PostFlow::forgetsWhatWasNeverAnswered()
{
    PostFlow flow;
    flow.setRate(10, start);
    const QUuid id = QUuid::createUuid();
    flow.sent(id, start);
    flow.forgetStale(after(29'999));
    QVERIFY(flow.isInFlight(id));
    flow.forgetStale(after(30'000));
    QVERIFY(!flow.isInFlight(id));
}

QTEST_GUILESS_MAIN(tst_PostFlow)
#include "tst_postflow.moc"
