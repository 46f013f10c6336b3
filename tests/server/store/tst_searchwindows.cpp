// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/searchwindows.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_SearchWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void coversEverythingOnce();
    void growsAndShrinks();
    void emptyIsDone();
    void endsInTheMiddle();
    void blocks();
};

void tst_SearchWindows::coversEverythingOnce()
{
    SearchWindows windows({5, 1'000'000});
    qint64 expected = 1'000'000;
    while (!windows.isDone()) {
        const ArrivalWindow next = windows.next();
        QCOMPARE(next.last, expected);
        QVERIFY(!next.isEmpty() && next.first >= 5);
        windows.lookedAt(next.first);
        windows.took(1ms);
        expected = next.first - 1;
    }
    QCOMPARE(expected, qint64(4));
}

void tst_SearchWindows::growsAndShrinks()
{
    const auto widthAfter = [](std::initializer_list<std::chrono::nanoseconds> times) {
        SearchWindows windows({1, qint64(1) << 50});
        for (const auto time : times)
            windows.took(time);
        return windows.next().last - windows.next().first + 1;
    };
    QCOMPARE(widthAfter({}), SearchWindows::FirstWidth);
    QCOMPARE(widthAfter({9ms}), 4 * SearchWindows::FirstWidth);
    QCOMPARE(widthAfter({30ms}), SearchWindows::FirstWidth);
    QCOMPARE(widthAfter({51ms}), SearchWindows::FirstWidth / 2);
    QCOMPARE(widthAfter({1s, 1s, 1s, 1s, 1s, 1s}), SearchWindows::LeastWidth);
    QVERIFY(widthAfter({1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms,
                        1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms,
                        1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms, 1ms}) > 0); // no overflow
}

void tst_SearchWindows::emptyIsDone()
{
    QVERIFY(SearchWindows().isDone());
    QVERIFY(SearchWindows({1, 0}).isDone());
    QVERIFY(!SearchWindows({1, 1}).isDone());
}

void tst_SearchWindows::endsInTheMiddle()
{
    SearchWindows windows({1, 100});
    windows.lookedAt(42);
    QCOMPARE(windows.next(), (ArrivalWindow{1, 41}));
    windows.lookedAt(1);
    QVERIFY(windows.isDone());
    windows.lookedAt(0); // a block that begins before everything
    QVERIFY(windows.isDone());
}

void tst_SearchWindows::blocks()
{
    QCOMPARE(TimeBlocks::blockOf(0), (ArrivalWindow{0, 8191}));
    QCOMPARE(TimeBlocks::blockOf(8191), (ArrivalWindow{0, 8191}));
    QCOMPARE(TimeBlocks::blockOf(8192), (ArrivalWindow{8192, 16383}));
    TimeBlocks blocks;
    blocks.keep(8200, {7, 9});
    QVERIFY(!blocks.find(8191));
    QVERIFY(blocks.find(16383));
    QCOMPARE(blocks.find(8192)->latest, 9);
}

QTEST_GUILESS_MAIN(tst_SearchWindows)

#include "tst_searchwindows.moc"
