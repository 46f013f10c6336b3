// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpratelimiter.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr quint64 Secret = 5905;
const MonoTime Start{1h};
const NtpPeer Stranger = NtpPeer::fromIpv4(0xC000'0201);

struct Tally
{
    int answered = 0;
    int kissed = 0;
    int dropped = 0;
};

Tally ask(NtpRateLimiter &limiter, const NtpPeer &peer, int times, MonoTime from, Nanos gap)
{
    Tally tally;
    for (int i = 0; i < times; ++i) {
        const NtpRateVerdict verdict = limiter.judge(peer, from + i * gap);
        ++(verdict == NtpRateVerdict::Answer ? tally.answered
           : verdict == NtpRateVerdict::Kiss ? tally.kissed
                                             : tally.dropped);
    }
    return tally;
}

NtpPeer stranger(quint32 number)
{
    return NtpPeer::fromIpv4(0x0B00'0000 + number);
}

} // namespace

class tst_NtpRateLimiter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void limits_data();
    void limits();
    void kissesAtMostOnceASecond();
    void kissesOneOfEight();
    void refills();
    void countsEachAddressApart();
    void countsANetworkOfIpv6AsOne();
    void forgetsTheOldest();
    void survivesAbsurdMoments();
};

void tst_NtpRateLimiter::limits_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("perSecond");
    QTest::addColumn<int>("burst");
    QTest::addColumn<bool>("limitNearby");
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("gapMillis");
    QTest::addColumn<int>("answered");
    const QString far = QStringLiteral("192.0.2.1");
    QTest::newRow("burst") << far << 8 << 32 << false << 100 << 0 << 32;
    QTest::newRow("burst-of-one") << far << 8 << 1 << false << 100 << 0 << 1;
    QTest::newRow("burst-of-zero-is-one") << far << 8 << 0 << false << 100 << 0 << 1;
    QTest::newRow("at-the-rate") << far << 8 << 1 << false << 100 << 125 << 100;
    QTest::newRow("above-the-rate") << far << 8 << 1 << false << 100 << 100 << 50;
    QTest::newRow("burst-then-rate") << far << 8 << 32 << false << 1000 << 10 << 111;
    QTest::newRow("off") << far << 0 << 32 << false << 1000 << 0 << 1000;
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << 8 << 32 << false << 1000 << 0 << 1000;
    QTest::newRow("lan") << QStringLiteral("192.168.1.9") << 8 << 32 << false << 1000 << 0 << 1000;
    QTest::newRow("lan-v6") << QStringLiteral("fe80::9") << 8 << 32 << false << 1000 << 0 << 1000;
    QTest::newRow("lan-limited") << QStringLiteral("192.168.1.9") << 8 << 32 << true << 100 << 0 << 32;
    QTest::newRow("loopback-limited") << QStringLiteral("::1") << 8 << 32 << true << 100 << 0 << 32;
    QTest::newRow("far-v6") << QStringLiteral("2001:db8::1") << 8 << 32 << false << 100 << 0 << 32;
}

void tst_NtpRateLimiter::limits()
{
    QFETCH(QString, address);
    QFETCH(int, perSecond);
    QFETCH(int, burst);
    QFETCH(bool, limitNearby);
    QFETCH(int, requests);
    QFETCH(int, gapMillis);
    NtpRateLimiter limiter({perSecond, burst, limitNearby}, Secret);
    const Tally tally = ask(limiter, NtpPeer::from(QHostAddress(address)), requests, Start,
                            std::chrono::milliseconds(gapMillis));
    QTEST(tally.answered, "answered");
    QCOMPARE(tally.kissed + tally.dropped, requests - tally.answered);
    QVERIFY(tally.kissed <= (requests - tally.answered + 7) / 8);
}

void tst_NtpRateLimiter::kissesAtMostOnceASecond()
{
    NtpRateLimiter limiter({8, 32}, Secret);
    // 1000 a second for ten seconds: 32 and 80 are answered, a kiss is due for each eighth of the rest.
    const Tally tally = ask(limiter, Stranger, 10'000, Start, 1ms);
    QCOMPARE(tally.answered, 32 + 79);
    QVERIFY2(tally.kissed >= 9 && tally.kissed <= 10, qPrintable(QString::number(tally.kissed)));
}

void tst_NtpRateLimiter::kissesOneOfEight()
{
    NtpRateLimiter limiter({1, 1}, Secret);
    // Half of it is too much, a second or more apart: 80 excess requests, 10 kisses.
    int kissed = 0;
    for (int i = 0; i < 160; ++i)
        kissed += limiter.judge(Stranger, Start + i * 500ms) == NtpRateVerdict::Kiss ? 1 : 0;
    QCOMPARE(kissed, 10);
}

void tst_NtpRateLimiter::refills()
{
    NtpRateLimiter limiter({8, 32}, Secret);
    QCOMPARE(ask(limiter, Stranger, 50, Start, 0s).answered, 32);
    QCOMPARE(ask(limiter, Stranger, 50, Start + 1s, 0s).answered, 8);
    QCOMPARE(ask(limiter, Stranger, 50, Start + 1h, 0s).answered, 32);
}

void tst_NtpRateLimiter::countsEachAddressApart()
{
    NtpRateLimiter limiter({8, 1}, Secret);
    for (quint32 i = 0; i < 1000; ++i)
        QCOMPARE(limiter.judge(stranger(i), Start + 1us * i), NtpRateVerdict::Answer);
}

void tst_NtpRateLimiter::countsANetworkOfIpv6AsOne()
{
    NtpRateLimiter limiter({8, 32}, Secret);
    int answered = 0;
    for (int i = 1; i <= 100; ++i) {
        const QHostAddress address(QStringLiteral("2001:db8::%1").arg(i));
        answered += limiter.judge(NtpPeer::from(address), Start) == NtpRateVerdict::Answer ? 1 : 0;
    }
    QCOMPARE(answered, 32);
}

void tst_NtpRateLimiter::forgetsTheOldest()
{
    NtpRateLimiter limiter({8, 1}, Secret);
    QCOMPARE(limiter.judge(Stranger, Start), NtpRateVerdict::Answer);
    QVERIFY(limiter.judge(Stranger, Start) != NtpRateVerdict::Answer);
    // Far more others than there is room for, while the first goes on asking: it is not forgotten.
    for (quint32 i = 0; i < 4 * NtpRateLimiter::Capacity; ++i) {
        limiter.judge(stranger(i), Start + 1us);
        if (i % 64 == 0)
            QVERIFY(limiter.judge(Stranger, Start + 2us) != NtpRateVerdict::Answer);
    }
    // Once it is silent it is, and begins anew.
    for (quint32 i = 0; i < 8 * NtpRateLimiter::Capacity; ++i)
        limiter.judge(stranger(i), Start + 3us);
    QCOMPARE(limiter.judge(Stranger, Start + 4us), NtpRateVerdict::Answer);
}

void tst_NtpRateLimiter::survivesAbsurdMoments()
{
    NtpRateLimiter limiter({1'000'000, 1'000'000}, Secret);
    QCOMPARE(limiter.judge(Stranger, MonoTime(0ns)), NtpRateVerdict::Answer);
    QCOMPARE(limiter.judge(Stranger, MonoTime(24h * 365 * 100)), NtpRateVerdict::Answer);
    QCOMPARE(limiter.judge(Stranger, MonoTime(0ns)), NtpRateVerdict::Kiss); // a line never goes back: no harm
}

QTEST_APPLESS_MAIN(tst_NtpRateLimiter)
#include "tst_ntpratelimiter.moc"
