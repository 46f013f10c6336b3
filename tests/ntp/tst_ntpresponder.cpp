// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpresponder.h"

#include "tests/ntp/oddrequests.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <functional>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const WallTime Kernel{1'764'000'000s};
const NtpPeer Neighbour = NtpPeer::fromIpv4(0x7F00'0001);
const NtpPeer Stranger = NtpPeer::fromIpv4(0xC000'0201);

/// What the wall clock does with each reading of it, while the kernel's and the line go on rightly.
class UnrulyClock : public Clock
{
public:
    using Wall = std::function<WallTime(WallTime right, int reading)>;
    explicit UnrulyClock(Wall wall)
        : m_wall(std::move(wall))
    {}

    ClockReading read() const override
    {
        passes(1us);
        return {m_wall(Kernel + m_passed, ++m_readings), MonoTime(1h) + m_passed};
    }
    void passes(Nanos time) const { m_passed += time; }
    WallTime kernelTime() const { return Kernel + m_passed; }

protected:
    WallTime kernelNow() const override { return kernelTime(); }

private:
    Wall m_wall;
    mutable Nanos m_passed{};
    mutable int m_readings = 0;
};

SharedSnapshot following(Nanos middle, const ClockReading &at)
{
    auto snapshot = std::make_shared<ReferenceSnapshot>();
    snapshot->at = at.mono;
    snapshot->wallAt = at.wall;
    snapshot->offset = Interval::around(middle, 1ms);
    snapshot->state = StampState::Ok;
    snapshot->stratum = 3;
    snapshot->sourcesConfigured = true;
    return snapshot;
}

} // namespace

class tst_NtpResponder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staysInOrderUnderAnyClock_data();
    void staysInOrderUnderAnyClock();
    void servesTheReferenceThroughAnyClock_data();
    void servesTheReferenceThroughAnyClock();
    void neverMixesAShiftedClockWithKernelTime_data();
    void neverMixesAShiftedClockWithKernelTime();
    void countsWhatBecameOfEach();
    void kissesAndDropsStrangers();
};

namespace {

void addUnrulyClocks()
{
    using Wall = UnrulyClock::Wall;
    QTest::addColumn<Wall>("wall");
    QTest::newRow("right") << Wall([](WallTime right, int) { return right; });
    QTest::newRow("+250ms") << Wall([](WallTime right, int) { return right + 250ms; });
    QTest::newRow("jitters-by-5ms") << Wall(
        [](WallTime right, int reading) { return right + (reading % 2 == 0 ? 5ms : -5ms); });
    QTest::newRow("stands-still") << Wall([](WallTime, int) { return Kernel; });
    QTest::newRow("steps-back-at-each-reading")
        << Wall([](WallTime right, int reading) { return right - reading * 3700ms; });
    QTest::newRow("steps-on-at-each-reading")
        << Wall([](WallTime right, int reading) { return right + reading * 3700ms; });
    QTest::newRow("runs-backwards") << Wall([](WallTime right, int) { return Kernel - (right - Kernel); });
}

} // namespace

void tst_NtpResponder::staysInOrderUnderAnyClock_data()
{
    addUnrulyClocks();
}

void tst_NtpResponder::staysInOrderUnderAnyClock()
{
    QFETCH(UnrulyClock::Wall, wall);
    const UnrulyClock clock(wall);
    NtpResponder responder(clock, {}, 1);
    for (int batch = 0; batch < 50; ++batch) {
        const WallTime first = clock.kernelTime();
        clock.passes(20us);
        const WallTime second = clock.kernelTime();
        clock.passes(200us);
        responder.beginBatch(first);
        for (const auto stamp : {std::optional(first), std::optional(second), std::optional<WallTime>()}) {
            const auto reply = responder.reply(ntpRequestHeader(4, 3), stamp, Neighbour);
            const WallTime received = fromNtpTimestamp(decodeNtpHeader(*reply)->receive, Kernel);
            const WallTime sent = fromNtpTimestamp(responder.transmitTime(responder.now()), Kernel);
            QVERIFY(sent >= received);
            QVERIFY(sent - received < Nanos(1ms));
        }
    }
}

void tst_NtpResponder::servesTheReferenceThroughAnyClock_data()
{
    addUnrulyClocks();
}

void tst_NtpResponder::servesTheReferenceThroughAnyClock()
{
    QFETCH(UnrulyClock::Wall, wall);
    const UnrulyClock clock(wall);
    NtpResponder responder(clock, {}, 1);
    const ClockReading now = clock.read();
    // The truth is the kernel's time here, and the reference knows it.
    responder.setSnapshot(following(clock.kernelTime() - now.wall, now));
    for (int batch = 0; batch < 50; ++batch) {
        const WallTime stamp = clock.kernelTime();
        clock.passes(30ms);
        responder.beginBatch(stamp);
        const auto reply = responder.reply(ntpRequestHeader(4, 3), stamp, Neighbour);
        const Nanos receiveError = fromNtpTimestamp(decodeNtpHeader(*reply)->receive, Kernel) - stamp;
        QVERIFY2(std::abs(receiveError.count()) < 10'000, qPrintable(QString::number(receiveError.count())));
        clock.passes(40us);
        const WallTime sent = fromNtpTimestamp(responder.transmitTime(responder.now()), Kernel);
        QVERIFY(std::abs((sent - clock.kernelTime()).count()) < 10'000);
    }
}

void tst_NtpResponder::neverMixesAShiftedClockWithKernelTime_data()
{
    QTest::addColumn<qint64>("shift");
    QTest::newRow("+250ms") << 250'000'000LL;
    QTest::newRow("-250ms") << -250'000'000LL;
    QTest::newRow("-3.7s") << -3'700'000'000LL;
    QTest::newRow("a-year") << 31'536'000'000'000'000LL;
}

void tst_NtpResponder::neverMixesAShiftedClockWithKernelTime()
{
    QFETCH(qint64, shift);
    const UnrulyClock clock([shift](WallTime right, int) { return right + Nanos(shift); });
    NtpResponder responder(clock, {}, 1);
    const WallTime stamp = clock.kernelTime();
    clock.passes(1ms);
    responder.beginBatch(stamp);
    const auto reply = responder.reply(ntpRequestHeader(4, 3), stamp, Neighbour);
    const WallTime received = fromNtpTimestamp(decodeNtpHeader(*reply)->receive, Kernel);
    QVERIFY(std::abs((received - stamp).count() - shift) < 10'000);
}

void tst_NtpResponder::countsWhatBecameOfEach()
{
    const ManualClock clock;
    NtpResponder responder(clock, {}, 1);
    responder.beginBatch(std::nullopt);
    quint64 plain = 0;
    for (const OddRequest &odd : oddRequests()) {
        const bool answered = responder.reply(odd.bytes, std::nullopt, Neighbour).has_value();
        QCOMPARE(answered, odd.kind == NtpRequestKind::Plain);
        plain += answered ? 1 : 0;
    }
    QVERIFY(!responder.reply(std::nullopt, std::nullopt, Neighbour)); // longer than there was room for
    const NtpCounters &counters = responder.counters();
    QCOMPARE(counters.received, oddRequests().size() + 1);
    QCOMPARE(counters.answered, plain);
    QCOMPARE(counters.tooShort, quint64(4));
    QCOMPARE(counters.badVersion, quint64(4 * 8 + 1));
    QCOMPARE(counters.badMode, quint64(4 * 7));
    QVERIFY(counters.malformed >= 20);
    QCOMPARE(counters.received, counters.answered + counters.ignored());
}

void tst_NtpResponder::kissesAndDropsStrangers()
{
    const ManualClock clock;
    NtpResponder responder(clock, {8, 4, false}, 1);
    responder.beginBatch(std::nullopt);
    int kisses = 0;
    for (int i = 0; i < 20; ++i) {
        const auto reply = responder.reply(ntpRequestHeader(4, 3), std::nullopt, Stranger);
        if (reply && decodeNtpHeader(*reply)->stratum == 0 && decodeNtpHeader(*reply)->leap == 3)
            ++kisses;
        QVERIFY(responder.reply(ntpRequestHeader(4, 3), std::nullopt, Neighbour));
    }
    QVERIFY(!responder.reply(ntpRequestHeader(4, 1), std::nullopt, Stranger));
    const NtpCounters &counters = responder.counters();
    QCOMPARE(kisses, 1);
    QCOMPARE(counters.kissed, quint64(1));
    QCOMPARE(counters.rateLimited, quint64(15));
    QCOMPARE(counters.answered, quint64(24));
    QCOMPARE(counters.received, counters.answered + counters.kissed + counters.ignored());
}

QTEST_APPLESS_MAIN(tst_NtpResponder)
#include "tst_ntpresponder.moc"
