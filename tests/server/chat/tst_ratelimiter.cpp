// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/ratelimiter.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RateLimiter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void burstThenRate();
    void zeroIsNoLimit();
    void eachPersonHasTheirOwn();
    void waitingAsLongAsToldIsEnough();
    void fullBucketsAreForgotten();
    void clockThatStandsStillGivesNothing();
};

void tst_RateLimiter::burstThenRate()
{
    RateLimiter limiter(10, 30);
    MonoTime now(5s);
    for (int i = 0; i < 30; ++i)
        QVERIFY(!limiter.take(u"a"_s, now));
    const auto wait = limiter.take(u"a"_s, now);
    QVERIFY(wait);
    QVERIFY(qAbs(*wait - 0.1) < 1e-6);
    now += 1s;
    for (int i = 0; i < 10; ++i)
        QVERIFY(!limiter.take(u"a"_s, now));
    QVERIFY(limiter.take(u"a"_s, now));
    now += 1h;
    for (int i = 0; i < 30; ++i)
        QVERIFY(!limiter.take(u"a"_s, now));
    QVERIFY(limiter.take(u"a"_s, now));
}

void tst_RateLimiter::zeroIsNoLimit()
{
    RateLimiter limiter(0, 1);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!limiter.take(u"a"_s, MonoTime()));
    QCOMPARE(limiter.size(), 0);
}

void tst_RateLimiter::eachPersonHasTheirOwn()
{
    RateLimiter limiter(1, 1);
    QVERIFY(!limiter.take(u"a"_s, MonoTime()));
    QVERIFY(limiter.take(u"a"_s, MonoTime()));
    QVERIFY(!limiter.take(u"b"_s, MonoTime()));
}

void tst_RateLimiter::waitingAsLongAsToldIsEnough()
{
    RateLimiter limiter(7, 3);
    MonoTime now(1s);
    int taken = 0;
    for (int i = 0; i < 500; ++i) {
        const auto wait = limiter.take(u"a"_s, now);
        if (!wait) {
            ++taken;
            continue;
        }
        now += std::chrono::ceil<std::chrono::nanoseconds>(std::chrono::duration<double>(*wait));
        QVERIFY(!limiter.take(u"a"_s, now));
    }
    QCOMPARE(taken, 3);
}

void tst_RateLimiter::fullBucketsAreForgotten()
{
    RateLimiter limiter(10, 30);
    MonoTime now(1s);
    for (int i = 0; i < 100'000; ++i) {
        QVERIFY(!limiter.take(QString::number(i), now));
        now += 1ms;
    }
    QVERIFY2(limiter.size() < 3000, qPrintable(QString::number(limiter.size())));
}

void tst_RateLimiter::clockThatStandsStillGivesNothing()
{
    RateLimiter limiter(10, 1);
    QVERIFY(!limiter.take(u"a"_s, MonoTime(10s)));
    QVERIFY(limiter.take(u"a"_s, MonoTime(9s)));
    QVERIFY(limiter.take(u"a"_s, MonoTime(10s)));
}

QTEST_APPLESS_MAIN(tst_RateLimiter)
#include "tst_ratelimiter.moc"
