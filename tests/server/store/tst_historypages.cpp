// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Start = 1'764'000'000'000'000;
constexpr qint64 Step = 1'000'000;
constexpr int Count = 60;

/// Message n is of second n, but 21 to 30 are of one moment, and at 41 the clock jumps back by 15 s.
qint64 timeOf(int seq)
{
    if (seq >= 21 && seq <= 30)
        return Start + 21 * Step;
    return Start + (seq > 40 ? seq - 15 : seq) * Step;
}

QList<qint64> seqsFrom(qint64 lo, qint64 hi)
{
    QList<qint64> seqs;
    for (qint64 seq = lo; seq <= hi; ++seq)
        seqs.append(seq);
    return seqs;
}

} // namespace

class tst_HistoryPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void reads_data();
    void reads();
    void oldestOfEqualTimes();
    void placeAtJumpIsCrossing();
    void messagesWithoutReferenceGoByLocalClock();
    void unknownRoomIsEmpty_data();
    void unknownRoomIsEmpty();
    void readingsAreBounded();

private:
    HistoryFixture m_fixture;
    qint64 m_other = 0;
};

void tst_HistoryPages::initTestCase()
{
    QVERIFY(m_fixture.open());
    const auto other = m_fixture.createRoom(u"other"_s);
    QVERIFY(other);
    m_other = other->number;
    for (int seq = 1; seq <= Count; ++seq) {
        Message message = sampleMessage(QString::number(seq));
        message.stamps.best.t = timeOf(seq);
        m_fixture.append(message);
        m_fixture.append(sampleMessage(u"elsewhere"_s), m_other);
    }
    QVERIFY(m_fixture.waitForAnswers(2 * Count));
}

void tst_HistoryPages::reads_data()
{
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("limit");
    QTest::addColumn<qint64>("upTo");
    QTest::addColumn<qint64>("lo"); // 0: empty
    QTest::addColumn<qint64>("hi");
    QTest::addColumn<bool>("reachesFirst");
    QTest::addColumn<bool>("reachesLast");

    using A = HistoryAnchor;
    constexpr qint64 Max = std::numeric_limits<qint64>::max();
    constexpr qint64 Min = std::numeric_limits<qint64>::min();
    const auto row = [](const char *name, A anchor, qint64 value, int limit, qint64 upTo, qint64 lo,
                        qint64 hi, bool reachesFirst, bool reachesLast) {
        QTest::newRow(name) << anchor << value << limit << upTo << lo << hi << reachesFirst << reachesLast;
    };
    row("newest", A::Newest, 0, 10, 60, 51, 60, false, true);
    row("newest-all", A::Newest, 0, 100, 60, 1, 60, true, true);
    row("newest-never-runs-ahead", A::Newest, 0, 10, 50, 41, 50, false, true);
    row("nothing-announced", A::Newest, 0, 10, 0, 0, 0, true, true);
    row("announced-negative", A::Newest, 0, 10, -5, 0, 0, true, true);
    row("announced-beyond-all", A::Newest, 0, 10, Max, 51, 60, false, true);
    row("before", A::Before, 21, 10, 60, 11, 20, false, false);
    row("before-first", A::Before, 1, 10, 60, 0, 0, true, false);
    row("before-beyond-announced", A::Before, 60, 10, 50, 41, 50, false, true);
    row("before-largest", A::Before, Max, 5, 60, 56, 60, false, true);
    row("after", A::After, 20, 10, 60, 21, 30, false, false);
    row("after-zero", A::After, 0, 10, 60, 1, 10, true, false);
    row("after-last", A::After, 60, 10, 60, 0, 0, false, true);
    row("after-beyond-announced", A::After, 55, 10, 50, 0, 0, false, true);
    row("after-smallest", A::After, Min, 10, 60, 1, 10, true, false);
    row("around", A::Around, 30, 11, 60, 25, 35, false, false);
    row("around-beyond-announced", A::Around, 58, 11, 50, 40, 50, false, true);
    row("at-exact", A::At, timeOf(12), 5, 60, 10, 14, false, false);
    row("at-between", A::At, timeOf(12) - 1, 5, 60, 10, 14, false, false);
    row("at-before-all", A::At, Min, 5, 60, 1, 5, true, false);
    row("at-after-all", A::At, Max, 5, 60, 56, 60, false, true);
    row("at-in-empty", A::At, Start, 5, 0, 0, 0, true, true);
}

void tst_HistoryPages::reads()
{
    QFETCH(HistoryAnchor, anchor);
    QFETCH(qint64, value);
    QFETCH(int, limit);
    QFETCH(qint64, upTo);
    QFETCH(qint64, lo);
    QFETCH(qint64, hi);
    const auto page = m_fixture.read(
        {.room = m_fixture.general(), .anchor = anchor, .value = value, .limit = limit, .upTo = upTo});
    QVERIFY(page);
    QList<qint64> seqs;
    for (const Message &message : page->messages) {
        seqs.append(message.seq);
        QCOMPARE(message.room, u"general"_s);
        QCOMPARE(message.text, QString::number(message.seq));
    }
    QCOMPARE(seqs, lo == 0 ? QList<qint64>() : seqsFrom(lo, hi));
    QTEST(page->reachesFirst, "reachesFirst");
    QTEST(page->reachesLast, "reachesLast");
    QCOMPARE(page->firstSeq, upTo > 0 ? 1 : 0);
}

void tst_HistoryPages::oldestOfEqualTimes()
{
    const auto page = m_fixture.read({.room = m_fixture.general(),
                                      .anchor = HistoryAnchor::At,
                                      .value = timeOf(25),
                                      .limit = 1,
                                      .upTo = 40});
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 1);
    QCOMPARE(page->messages.first().seq, 21);
}

void tst_HistoryPages::placeAtJumpIsCrossing()
{
    const qint64 wanted = timeOf(35); // 35 and, after the jump, 50
    const auto page = m_fixture.read({.room = m_fixture.general(),
                                      .anchor = HistoryAnchor::At,
                                      .value = wanted,
                                      .limit = 1,
                                      .upTo = Count});
    QVERIFY(page);
    const qint64 seq = page->messages.first().seq;
    QVERIFY2(seq == 35 || seq == 50, qPrintable(QString::number(seq)));
}

void tst_HistoryPages::messagesWithoutReferenceGoByLocalClock()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 9; ++i) {
        Message message = sampleMessage();
        message.stamps.best = {};
        message.stamps.local.t = Start + i * Step;
        fixture.append(message);
    }
    QVERIFY(fixture.waitForAnswers(9));
    const auto page = fixture.read({.room = fixture.general(),
                                    .anchor = HistoryAnchor::At,
                                    .value = Start + 4 * Step,
                                    .limit = 1,
                                    .upTo = 9});
    QVERIFY(page);
    QCOMPARE(page->messages.first().seq, 4);
}

void tst_HistoryPages::unknownRoomIsEmpty_data()
{
    QTest::addColumn<qint64>("room");
    QTest::newRow("none") << qint64(0);
    QTest::newRow("negative") << qint64(-1);
    QTest::newRow("not-there") << qint64(4711);
    QTest::newRow("beyond-the-key") << (qint64(1) << 40);
    QTest::newRow("largest") << std::numeric_limits<qint64>::max();
}

void tst_HistoryPages::unknownRoomIsEmpty()
{
    QFETCH(qint64, room);
    const auto page = m_fixture.read({.room = room, .upTo = 100});
    QVERIFY(page);
    QVERIFY(page->messages.isEmpty());
    QVERIFY(page->reachesFirst && page->reachesLast);
}

void tst_HistoryPages::readingsAreBounded()
{
    QSignalSpy read(&m_fixture.history(), &History::pageRead);
    int taken = 0;
    while (taken < 100000 &&
           m_fixture.history().readPage(quint64(taken), {.room = 1, .limit = 1, .upTo = Count}))
        ++taken;
    QCOMPARE_LT(taken, 100000);
    QTRY_COMPARE_WITH_TIMEOUT(read.size(), taken, 20000);
    QVERIFY(m_fixture.read({.room = 1, .upTo = Count})); // and on it goes
}

QTEST_GUILESS_MAIN(tst_HistoryPages)
#include "tst_historypages.moc"
