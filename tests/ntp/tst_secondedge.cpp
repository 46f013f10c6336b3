// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/secondedge.h"

#include "tests/support/manualclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

/// A web server that writes whole seconds, seen over a network with delays; all in simulated time.
class Web
{
public:
    Web(Nanos offset, Nanos oneWay)
        : m_offset(offset)
        , m_oneWay(oneWay)
    {}
    /// Its Date string is written anew only so often.
    void cacheFor(Nanos life) { m_cache = life; }
    void setJitter(Nanos jitter, quint32 seed)
    {
        m_jitter = jitter;
        m_random.seed(seed);
    }
    void step(Nanos by) { m_offset += by; }
    Nanos offset() const { return m_offset; }

    /// The offset by one exchange that starts now; the clock goes on to its end.
    Interval ask(ManualClock &clock)
    {
        const WallTime t1 = clock.now();
        clock.advance(oneWay());
        const WallTime truth = clock.now() + m_offset;
        const Nanos old = m_cache == Nanos::zero() ? Nanos::zero() : truth.time_since_epoch() % m_cache;
        const WallTime said = std::chrono::floor<std::chrono::seconds>(truth - old);
        clock.advance(oneWay());
        delay = clock.now() - t1;
        return *Interval::between(said - clock.now(), said + 1s - t1);
    }
    Nanos delay{};

private:
    Nanos oneWay() { return m_oneWay + Nanos(qint64(m_random.generateDouble() * double(m_jitter.count()))); }

    Nanos m_offset;
    Nanos m_oneWay;
    Nanos m_jitter{};
    Nanos m_cache{};
    QRandomGenerator m_random;
};

/// What is known after some exchanges, each at its best moment.
struct Search
{
    Search(ManualClock &ourClock, Web &ourWeb)
        : clock(ourClock)
        , web(ourWeb)
    {}
    void exchange(Nanos pause = 10s)
    {
        const MonoTime due = edge.nextAt(clock.monotonic() + pause, clock.read());
        clock.advance(due - clock.monotonic());
        const Interval raw = web.ask(clock);
        const auto taken = edge.feed(raw, tolerance, clock.read(), web.delay);
        if (taken.startsAnew)
            estimator.clear();
        estimator.feed(taken.offset.widened(tolerance), clock.read());
        ++exchanges;
        if (!estimate().contains(web.offset()))
            ++violations;
    }
    Interval estimate() const { return *estimator.estimate(clock.read()); }

    ManualClock &clock;
    Web &web;
    SecondEdge edge;
    ClockEstimator estimator;
    Nanos tolerance{};
    int exchanges = 0;
    int violations = 0;
};

} // namespace

class tst_SecondEdge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void halvesWithEachReply();
    void findsTheEdge_data();
    void findsTheEdge();
    void asksWhenTheSecondChanges();
    void isNotFooledByACachedDate_data();
    void isNotFooledByACachedDate();
    void aSingleSlipIsForgiven();
    void isNotForgivenWhileItGoesOn_data();
    void isNotForgivenWhileItGoesOn();
    void startsAnewAfterAStep();
    void bearsTwoServersBehindOneName();
    void asksAtOnceWhileNothingIsKnown();
};

void tst_SecondEdge::halvesWithEachReply()
{
    ManualClock clock(WallTime(1'764'000'000s + 370ms));
    Web web(250ms, 1ms);
    Search search(clock, web);
    Nanos last = 2s;
    for (int i = 0; i < 7; ++i) {
        search.exchange();
        const Nanos width = 2 * search.estimate().bound();
        QVERIFY2(width < last / 2 + 10ms, qPrintable(QString::number(width.count())));
        last = width;
    }
    QVERIFY(last < 25ms);
    QCOMPARE(search.violations, 0);
}

void tst_SecondEdge::findsTheEdge_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("oneWay");
    QTest::addColumn<qint64>("jitter");
    for (const qint64 offset : {0, 250, 999, -3700, 5000})
        QTest::addRow("offset-%lld", static_cast<long long>(offset)) << offset << qint64(5) << qint64(0);
    QTest::newRow("slow") << qint64(1) << qint64(150) << qint64(0);
    QTest::newRow("jitter") << qint64(1) << qint64(5) << qint64(40);
}

void tst_SecondEdge::findsTheEdge()
{
    QFETCH(qint64, offset);
    QFETCH(qint64, oneWay);
    QFETCH(qint64, jitter);
    for (quint32 seed = 1; seed <= 20; ++seed) {
        ManualClock clock(WallTime(1'764'000'000s + std::chrono::milliseconds(seed * 47)));
        Web web{std::chrono::milliseconds(offset), std::chrono::milliseconds(oneWay)};
        web.setJitter(std::chrono::milliseconds(jitter), seed);
        Search search(clock, web);
        do {
            search.exchange();
        } while (search.edge.isSearching());
        QVERIFY(search.exchanges <= 12);
        for (int i = 0; i < 20; ++i)
            search.exchange(60s);
        QCOMPARE(search.violations, 0);
        // The round trip, and by how much the clocks may have drifted in a minute, both ways.
        QVERIFY2(2 * search.estimate().bound() < 2 * Nanos(std::chrono::milliseconds(oneWay + jitter)) + 60ms,
                 qPrintable(QString::number(search.estimate().bound().count())));
        QVERIFY(!search.edge.isStale());
    }
}

void tst_SecondEdge::asksWhenTheSecondChanges()
{
    ManualClock clock(WallTime(1'764'000'000s));
    SecondEdge edge;
    // The server is 300 ms to 500 ms ahead; replies take 20 ms.
    edge.feed(Interval::around(400ms, 100ms), 0s, clock.read(), 20ms);
    const MonoTime due = edge.nextAt(clock.monotonic() + 10s, clock.read());
    // It arrives 10 ms later, when the middle of what is possible shows a full second.
    QCOMPARE(due - clock.monotonic(), Nanos(10s + 590ms));
}

void tst_SecondEdge::isNotFooledByACachedDate_data()
{
    QTest::addColumn<qint64>("life");
    // A timer of exactly a second that starts beside the second's edge is late by the same each time, and
    // only another source can tell. One that is not exact wanders.
    QTest::newRow("wandering-second") << qint64(1003);
    QTest::newRow("most-of-a-second") << qint64(937);
    QTest::newRow("odd") << qint64(610);
}

void tst_SecondEdge::isNotFooledByACachedDate()
{
    QFETCH(qint64, life);
    int found = 0;
    for (quint32 seed = 1; seed <= 20; ++seed) {
        ManualClock clock(WallTime(1'764'000'000s + std::chrono::milliseconds(seed * 47)));
        Web web(250ms, 5ms);
        web.cacheFor(std::chrono::milliseconds(life));
        web.setJitter(3ms, seed);
        Search search(clock, web);
        for (int i = 0; i < 100; ++i) {
            search.exchange(10s + std::chrono::milliseconds(seed * 13));
            if (search.edge.isStale()) {
                ++found;
                QVERIFY(!search.edge.isSearching());
                // From here on a second is allowed for, to one side.
                search.violations = 0;
                for (int more = 0; more < 40; ++more)
                    search.exchange(10s + std::chrono::milliseconds(seed * 13));
                QCOMPARE(search.violations, 0);
                break;
            }
        }
    }
    QCOMPARE(found, 20);
}

void tst_SecondEdge::aSingleSlipIsForgiven()
{
    ManualClock clock;
    Web web(250ms, 5ms);
    Search search(clock, web);
    for (int i = 0; i < 12; ++i)
        search.exchange();
    int needed = 0;
    for (const Nanos slip : {300ms, -300ms}) { // its clock is set, once and once more
        web.step(slip);
        while (!search.edge.isStale())
            search.exchange();
        QVERIFY(search.exchanges < 40 + 2 * needed);
        search.violations = 0;
        const int before = search.exchanges;
        while (search.edge.isStale() && search.exchanges < before + 400)
            search.exchange(4min);
        QVERIFY2(search.exchanges - before >= std::max(60, 2 * needed - 8),
                 qPrintable(QString::number(search.exchanges - before)));
        needed = search.exchanges - before;
        for (int i = 0; i < 20; ++i)
            search.exchange();
        QVERIFY(search.estimate().bound() < Nanos(50ms));
        QCOMPARE(search.violations, 0);
    }
}

void tst_SecondEdge::isNotForgivenWhileItGoesOn_data()
{
    isNotFooledByACachedDate_data();
}

void tst_SecondEdge::isNotForgivenWhileItGoesOn()
{
    QFETCH(qint64, life);
    int violations = 0;
    for (quint32 seed = 1; seed <= 20; ++seed) {
        ManualClock clock(WallTime(1'764'000'000s + std::chrono::milliseconds(seed * 47)));
        Web web(250ms, 5ms);
        web.cacheFor(std::chrono::milliseconds(life));
        web.setJitter(3ms, seed);
        Search search(clock, web);
        while (!search.edge.isStale() && search.exchanges < 100)
            search.exchange(10s + std::chrono::milliseconds(seed * 13));
        search.violations = 0;
        for (int i = 0; i < 1000; ++i)
            search.exchange(4min + std::chrono::milliseconds(seed * 13));
        violations += search.violations;
    }
    QCOMPARE(violations, 0);
}

void tst_SecondEdge::startsAnewAfterAStep()
{
    ManualClock clock;
    Web web(250ms, 5ms);
    Search search(clock, web);
    for (int i = 0; i < 10; ++i)
        search.exchange();
    web.step(-30s);
    search.exchange();
    QVERIFY(search.edge.isSearching());
    QVERIFY(!search.edge.isStale());
    for (int i = 0; i < 8; ++i)
        search.exchange();
    QVERIFY(search.estimate().contains(web.offset()));
    QVERIFY(search.estimate().bound() < Nanos(50ms));
}

void tst_SecondEdge::bearsTwoServersBehindOneName()
{
    ManualClock clock;
    Web one(250ms, 5ms);
    Web other(280ms, 5ms);
    Search search(clock, one);
    search.tolerance = 100ms;
    for (int i = 0; i < 30; ++i) {
        Web &asked = i % 2 == 0 ? one : other;
        const MonoTime due = search.edge.nextAt(clock.monotonic() + 10s, clock.read());
        clock.advance(due - clock.monotonic());
        const Interval raw = asked.ask(clock);
        const auto taken = search.edge.feed(raw, search.tolerance, clock.read(), asked.delay);
        QVERIFY(!taken.startsAnew);
        QCOMPARE(taken.offset, raw);
    }
    QVERIFY(!search.edge.isStale());
}

void tst_SecondEdge::asksAtOnceWhileNothingIsKnown()
{
    const ManualClock clock;
    const SecondEdge edge;
    QCOMPARE(edge.nextAt(clock.monotonic() + 7s, clock.read()), clock.monotonic() + 7s);
    QVERIFY(!edge.isSearching());
}

QTEST_APPLESS_MAIN(tst_SecondEdge)
#include "tst_secondedge.moc"
