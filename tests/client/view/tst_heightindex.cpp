// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/heightindex.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Synchat;

class tst_HeightIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyHasNoRows();
    void edgesOfRows_data();
    void edgesOfRows();
    void agreesWithAPlainList();
    void forgettingKeepsHeights();
};

void tst_HeightIndex::emptyHasNoRows()
{
    const HeightIndex index;
    QCOMPARE(index.count(), 0);
    QCOMPARE(index.total(), 0);
    QCOMPARE(index.rowAt(0), -1);
    QCOMPARE(index.top(0), 0);
}

void tst_HeightIndex::edgesOfRows_data()
{
    QTest::addColumn<qint64>("y");
    QTest::addColumn<int>("row");
    QTest::newRow("above-all") << qint64(-5) << 0;
    QTest::newRow("first-pixel") << qint64(0) << 0;
    QTest::newRow("last-pixel-of-first") << qint64(9) << 0;
    QTest::newRow("first-pixel-of-second") << qint64(10) << 1;
    QTest::newRow("a-row-without-height-is-never-hit") << qint64(30) << 3;
    QTest::newRow("last-pixel") << qint64(69) << 3;
    QTest::newRow("below-all") << qint64(1000) << 3;
}

void tst_HeightIndex::edgesOfRows()
{
    HeightIndex index;
    index.insert(0, {10, 20, 0, 40});
    QFETCH(qint64, y);
    QTEST(index.rowAt(y), "row");
}

void tst_HeightIndex::agreesWithAPlainList()
{
    QRandomGenerator random(7);
    HeightIndex index;
    std::vector<int> plain;
    for (int step = 0; step < 400; ++step) {
        const int at = plain.empty() ? 0 : random.bounded(static_cast<int>(plain.size()) + 1);
        const int kind = random.bounded(4);
        if (kind < 2 || plain.empty()) {
            std::vector<int> fresh(static_cast<std::size_t>(random.bounded(1, kind == 0 ? 3 : 700)));
            for (int &height : fresh)
                height = random.bounded(1, 100);
            index.insert(at, fresh);
            plain.insert(plain.begin() + at, fresh.begin(), fresh.end());
        } else if (kind == 2) {
            const int count = std::min(random.bounded(500), static_cast<int>(plain.size()) - at);
            index.remove(at, count);
            plain.erase(plain.begin() + at, plain.begin() + at + count);
        } else {
            const int row = std::min(at, static_cast<int>(plain.size()) - 1);
            plain[static_cast<std::size_t>(row)] = random.bounded(200);
            index.setExact(row, plain[static_cast<std::size_t>(row)]);
            QVERIFY(index.isExact(row));
        }
        QCOMPARE(index.count(), static_cast<int>(plain.size()));
        qint64 y = 0;
        for (int row = 0; row < index.count(); row += 97) {
            y = 0;
            for (int i = 0; i < row; ++i)
                y += plain[static_cast<std::size_t>(i)];
            QCOMPARE(index.top(row), y);
            if (index.height(row) > 0)
                QCOMPARE(index.rowAt(y), row);
        }
        qint64 total = 0;
        for (const int height : plain)
            total += height;
        QCOMPARE(index.total(), total);
        QCOMPARE(index.top(index.count()), total);
    }
}

void tst_HeightIndex::forgettingKeepsHeights()
{
    HeightIndex index;
    index.insert(0, {10, 20});
    index.setExact(1, 33);
    index.forgetExact();
    QVERIFY(!index.isExact(1));
    QCOMPARE(index.height(1), 33);
    QCOMPARE(index.total(), 43);
}

QTEST_APPLESS_MAIN(tst_HeightIndex)
#include "tst_heightindex.moc"
