// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/historyplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

Message messageAt(qint64 seq, OptionalMicros time)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    message.id = QUuid::createUuid();
    message.from = {u"u1"_s, u"ana"_s};
    message.stamps.best.t = time;
    return message;
}

void addRange(RoomModel &model, qint64 from, qint64 to)
{
    QList<Message> messages;
    for (qint64 seq = from; seq <= to; ++seq)
        messages.append(messageAt(seq, seq));
    model.add(messages);
}

} // namespace

class tst_HistoryPlace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placeOfATime_data();
    void placeOfATime();
    void placeOfASeq_data();
    void placeOfASeq();
    void wishes_data();
    void wishes();
    void leavesGapsAlone_data();
    void leavesGapsAlone();
    void endsToFill_data();
    void endsToFill();
    void looksAheadWithinBounds();
};

void tst_HistoryPlace::placeOfATime_data()
{
    QTest::addColumn<QList<Message>>("page");
    QTest::addColumn<WireMicros>("time");
    QTest::addColumn<qint64>("seq"); // 0: none
    const QList<Message> page{messageAt(4, 100), messageAt(5, 200), messageAt(6, {}), messageAt(7, 300)};
    QTest::newRow("empty") << QList<Message>() << WireMicros(5) << qint64(0);
    QTest::newRow("before-all") << page << WireMicros(-5) << qint64(4);
    QTest::newRow("exactly") << page << WireMicros(200) << qint64(5);
    QTest::newRow("between") << page << WireMicros(101) << qint64(5);
    QTest::newRow("over-one-without-time") << page << WireMicros(250) << qint64(7);
    QTest::newRow("after-all") << page << WireMicros(301) << qint64(7);
}

void tst_HistoryPlace::placeOfATime()
{
    QFETCH(const QList<Message>, page);
    QFETCH(WireMicros, time);
    QTEST(seqAt(page, time).value_or(0), "seq");
}

void tst_HistoryPlace::placeOfASeq_data()
{
    QTest::addColumn<QList<Message>>("page");
    QTest::addColumn<qint64>("asked");
    QTest::addColumn<qint64>("seq");
    const QList<Message> page{messageAt(4, 1), messageAt(5, 2), messageAt(9, 3)};
    QTest::newRow("empty") << QList<Message>() << qint64(5) << qint64(0);
    QTest::newRow("held") << page << qint64(5) << qint64(5);
    QTest::newRow("gone") << page << qint64(1) << qint64(4);
    QTest::newRow("nearest") << page << qint64(8) << qint64(9);
    QTest::newRow("beyond") << page << qint64(70) << qint64(9);
}

void tst_HistoryPlace::placeOfASeq()
{
    QFETCH(const QList<Message>, page);
    QFETCH(qint64, asked);
    QTEST(seqNearest(page, asked).value_or(0), "seq");
}

void tst_HistoryPlace::wishes_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<bool>("upward");
    QTest::addColumn<bool>("wished");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<bool>("fromItsNewerEnd");
    // Rows: 0 the edge [1-100], 1-100 seq 101-200, 101 the gap [201-900], 102-201 seq 901-1000.
    const auto row = [](const char *name, int first, int last, bool upward, qint64 from, bool newer) {
        QTest::newRow(name) << first << last << upward << (from > 0) << from << newer;
    };
    row("nothing-is-looked-at", -1, -1, false, 0, false);
    row("beyond-the-rows", 190, 202, false, 0, false);
    row("at-the-end", 190, 201, false, 0, false);
    row("at-the-end-after-the-way-up", 190, 201, true, 0, false);
    row("gap-is-near-above", 118, 128, true, 201, true);
    row("gap-is-near-above-on-the-way-back", 118, 128, false, 201, true);
    row("gap-is-near-below", 70, 80, false, 201, false);
    row("gap-is-near-below-on-the-way-back", 70, 80, true, 201, false);
    row("gap-is-visible-from-below", 95, 105, true, 201, true);
    row("gap-is-visible-from-above", 95, 105, false, 201, false);
    row("gap-is-the-first-visible", 101, 110, false, 201, true);
    row("edge-is-near", 15, 25, true, 1, true);
    row("edge-is-near-on-the-way-back", 15, 25, false, 1, true);
    row("edge-is-visible", 0, 9, false, 1, true);
    row("between", 45, 55, true, 0, false);
}

void tst_HistoryPlace::wishes()
{
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(bool, upward);
    RoomModel model(u"general"_s);
    model.setServerRange(1, 1000);
    addRange(model, 901, 1000);
    addRange(model, 101, 200);
    QCOMPARE(model.rowCount(), 202);
    const auto wish = historyWish(model, {first, last, upward});
    QTEST(wish.has_value(), "wished");
    if (!wish)
        return;
    QTEST(wish->from, "from");
    QTEST(wish->end == GapEnd::Newer, "fromItsNewerEnd");
}

void tst_HistoryPlace::leavesGapsAlone_data()
{
    QTest::addColumn<RoomRow::GapState>("state");
    QTest::addColumn<qint64>("wished");
    QTest::newRow("missing") << RoomRow::GapState::Missing << qint64(3);
    QTest::newRow("loading") << RoomRow::GapState::Loading << qint64(12); // the other one is nearest
    QTest::newRow("failed") << RoomRow::GapState::Failed << qint64(12);
    QTest::newRow("gone") << RoomRow::GapState::Gone << qint64(12);
}

void tst_HistoryPlace::leavesGapsAlone()
{
    QFETCH(RoomRow::GapState, state);
    QFETCH(qint64, wished);
    RoomModel model(u"general"_s);
    addRange(model, 1, 2);
    addRange(model, 10, 11);
    addRange(model, 20, 21);
    model.setGapState(5, state, u"why"_s);
    QCOMPARE(historyWish(model, {0, model.rowCount() - 1, false})->from, wished);
}

void tst_HistoryPlace::endsToFill_data()
{
    QTest::addColumn<int>("gap");
    QTest::addColumn<bool>("upward");
    QTest::addColumn<GapEnd>("end");
    QTest::newRow("before-all") << 0 << false << GapEnd::Newer;
    QTest::newRow("above") << 5 << false << GapEnd::Newer;
    QTest::newRow("first-visible") << 10 << false << GapEnd::Newer;
    QTest::newRow("visible-on-the-way-down") << 15 << false << GapEnd::Older;
    QTest::newRow("visible-on-the-way-up") << 15 << true << GapEnd::Newer;
    QTest::newRow("below-on-the-way-up") << 25 << true << GapEnd::Older;
}

void tst_HistoryPlace::endsToFill()
{
    QFETCH(int, gap);
    QFETCH(bool, upward);
    QTEST(endToFill(gap, {10, 20, upward}), "end");
}

void tst_HistoryPlace::looksAheadWithinBounds()
{
    QCOMPARE(rowsAhead({10, 12, false}), 20);
    QCOMPARE(rowsAhead({10, 29, false}), 40);
    QCOMPARE(rowsAhead({0, 200, false}), 80);
}

QTEST_GUILESS_MAIN(tst_HistoryPlace)
#include "tst_historyplace.moc"
