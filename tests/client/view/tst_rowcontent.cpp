// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowcontent.h"

#include "samplerows.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

ContentContext context(Density density = Density::AllFour)
{
    return {{Sample::zone(), 0, u"u-kim"_s}, density};
}

RoomRow rowOf(const Message &message, RoomRow::Kind kind = RoomRow::Kind::Message)
{
    RoomRow row;
    row.kind = kind;
    row.message = message;
    return row;
}

/// "reading|mark|value" of one column.
QString cellText(const Stamps &stamps, ClockColumn column, Density density = Density::AllFour)
{
    for (const ClockCell &cell : RowContentWriter::clockCells(stamps, Sample::zone(), density)) {
        if (cell.column == column)
            return cell.reading + u'|' +
                   (cell.hasMark ? QString(markGlyph(cell.mark)) + u'|' + cell.value : u"|"_s);
    }
    return u"none"_s;
}

} // namespace

class tst_RowContent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cellsOfAGoodMessage();
    void cellsWithoutReadings();
    void cellsThatAreOff();
    void daemonByItself();
    void readingsShowNoMoreThanTheyKnow_data();
    void readingsShowNoMoreThanTheyKnow();
    void densities();
    void timeline();
    void replyToUnknown();
    void states();
    void gapWords_data();
    void gapWords();
    void copyLines();
};

void tst_RowContent::cellsOfAGoodMessage()
{
    const Stamps stamps = Sample::message(1, u"ana"_s, u"x"_s, Sample::Noon + 131'000).stamps;
    QCOMPARE(cellText(stamps, ClockColumn::Author), u"14:03:25.118|●|+2 ms"_s);
    QCOMPARE(cellText(stamps, ClockColumn::Daemon), u"14:03:25.131|●|+0.2 ms"_s);
    QCOMPARE(cellText(stamps, ClockColumn::TimeApi), u"14:03:25.18|●|±130 ms"_s);
    QCOMPARE(cellText(stamps, ClockColumn::Ntp), u"14:03:25.131|●|±0.5 ms"_s);
}

void tst_RowContent::cellsWithoutReadings()
{
    for (const ClockColumn column :
         {ClockColumn::Author, ClockColumn::Daemon, ClockColumn::TimeApi, ClockColumn::Ntp})
        QCOMPARE(cellText(Stamps(), column), u"–||"_s);
    Stamps unmeasured = Sample::message(1, u"ana"_s, u"x"_s).stamps;
    unmeasured.live.offset.reset();
    unmeasured.live.bound.reset();
    QCOMPARE(cellText(unmeasured, ClockColumn::Author), u"14:03:24.987|?|unknown"_s);
}

void tst_RowContent::cellsThatAreOff()
{
    Stamps stamps = Sample::message(1, u"ana"_s, u"x"_s, Sample::Noon, -1'800'000).stamps;
    stamps.api.t = Sample::Noon + 5'000'000;
    stamps.api.state = StampState::Falseticker;
    QCOMPARE(cellText(stamps, ClockColumn::Author), u"14:03:24.987|▲|−1.80 s"_s);
    QCOMPARE(cellText(stamps, ClockColumn::TimeApi), u"14:03:30.00|✖|+5.00 s"_s);
}

void tst_RowContent::daemonByItself()
{
    Stamps stamps = Sample::message(1, u"ana"_s, u"x"_s).stamps;
    stamps.best = {stamps.local.t, {}, StampState::Unsynced};
    stamps.local.offset = 0;
    stamps.local.bound.reset();
    stamps.local.state = StampState::Unsynced;
    stamps.ntp = {stamps.local.t, {}, {}, StampState::Unsynced, u"self"_s};
    QCOMPARE(cellText(stamps, ClockColumn::Daemon), u"14:03:25.000|?|unconfirmed"_s);
    QCOMPARE(cellText(stamps, ClockColumn::Ntp), u"14:03:25.000|?|own clock"_s);
}

void tst_RowContent::readingsShowNoMoreThanTheyKnow_data()
{
    QTest::addColumn<WireMicros>("bound");
    QTest::addColumn<QString>("reading");
    QTest::newRow("fine") << WireMicros(900) << u"14:03:25.000"_s;
    QTest::newRow("below-100-ms") << WireMicros(99'999) << u"14:03:25.000"_s;
    QTest::newRow("100-ms") << WireMicros(100'000) << u"14:03:25.00"_s;
    QTest::newRow("a-second") << WireMicros(1'000'000) << u"14:03:25.0"_s;
    QTest::newRow("ten-seconds") << WireMicros(10'000'000) << u"14:03:25"_s;
}

void tst_RowContent::readingsShowNoMoreThanTheyKnow()
{
    QFETCH(WireMicros, bound);
    Stamps stamps = Sample::message(1, u"ana"_s, u"x"_s).stamps;
    stamps.ntp.bound = bound;
    QTEST(cellText(stamps, ClockColumn::Ntp).section(u'|', 0, 0), "reading");
}

void tst_RowContent::densities()
{
    Stamps stamps = Sample::message(1, u"ana"_s, u"x"_s, Sample::Noon, -1'800'000).stamps;
    QCOMPARE(cellText(stamps, ClockColumn::Author, Density::Deltas), u"|▲|−1.80 s"_s);
    QCOMPARE(cellText(Stamps(), ClockColumn::Ntp, Density::Deltas), u"–||"_s);
    // The author's clock stands beside the name; the others appear when they are off.
    QVERIFY(RowContentWriter::clockCells(stamps, Sample::zone(), Density::Compact).isEmpty());
    stamps.ntp.t = Sample::Noon - 3'000'000;
    QCOMPARE(cellText(stamps, ClockColumn::Ntp, Density::Compact), u"|▲|−3.00 s"_s);
}

void tst_RowContent::timeline()
{
    Message reply = Sample::message(50, u"luis"_s, u"yes"_s);
    RowSurroundings around;
    around.timeline.lines = {{.kind = TimeEvent::Kind::DaemonRestarted},
                             {.kind = TimeEvent::Kind::ReferenceLost}};
    around.timeline.notes = {{.kind = TimeEvent::Kind::Waited, .amount = 7'380'000'000}};
    around.timeline.contradiction = ClockContradiction{41, 216'400, {}, true};
    const RowContent content = RowContentWriter::write(around, rowOf(reply), context());
    QCOMPARE(content.lines.size(), 2);
    QCOMPARE(content.lines.first().text, u"The daemon was started again"_s);
    QCOMPARE(content.decor.eventLines, 2);
    QVERIFY(content.decor.hasLine());
    QCOMPARE(content.notes.first().text, u"waited 2 h 3 min to be sent"_s);
    QCOMPARE(content.contradiction,
             u"by this clock it was written at least 216 ms before message 41, which its author had seen"_s);
    QCOMPARE(RowContentWriter::copyLine(rowOf(reply), u"yes"_s, Sample::zone(), around.timeline),
             u"[The daemon was started again.]\n[The daemon lost its sources of time.]\nluis, 14:03:25: yes\n"
             "[By this clock it was written at least 216 ms before message 41, which its author had seen.]\n"
             "[Waited 2 h 3 min to be sent.]"_s);
    // A line begins a new group: the same author above makes no difference.
    const RoomRow above = rowOf(Sample::message(49, u"luis"_s, u"no"_s));
    RowSurroundings plain;
    plain.above = around.above = &above;
    QVERIFY(!RowContentWriter::write(plain, rowOf(reply), context()).decor.header);
    QVERIFY(RowContentWriter::write(around, rowOf(reply), context()).decor.header);
}

void tst_RowContent::replyToUnknown()
{
    Message reply = Sample::message(50, u"luis"_s, u"yes"_s);
    reply.replyTo = 41;
    const RowContent unknown = RowContentWriter::write({}, rowOf(reply), context());
    QCOMPARE(unknown.quoteText, u"message 41"_s);
    QVERIFY(!unknown.replyHeld);
    QVERIFY(unknown.contradiction.isEmpty());
    const Message asked = Sample::message(41, u"ana"_s, u"disk\n alarm"_s);
    RowSurroundings answering;
    answering.answered = &asked;
    const RowContent known = RowContentWriter::write(answering, rowOf(reply), context());
    QCOMPARE(known.quoteName, u"ana"_s);
    QCOMPARE(known.quoteText, u"disk alarm"_s);
}

void tst_RowContent::states()
{
    const Message message = Sample::message(1, u"luis"_s, u"x"_s, Sample::Noon, -1'800'000);
    const RowContent final = RowContentWriter::write({}, rowOf(message), context());
    QCOMPARE(final.name, u"luis"_s);
    QCOMPARE(final.initial, u"L"_s);
    QCOMPARE(final.time, u"14:03:25"_s);
    QCOMPARE(final.remark, u"clock 1.80 s behind"_s);
    QCOMPARE(final.remarkMark, Mark::Off);
    QVERIFY(!final.own);
    const RowContent pending = RowContentWriter::write({}, rowOf(message, RoomRow::Kind::Pending), context());
    QCOMPARE(pending.name, u"you"_s);
    QCOMPARE(pending.note, u"sending…"_s);
    RoomRow failedRow = rowOf(message, RoomRow::Kind::Failed);
    failedRow.failure = u"The disk is full."_s;
    const RowContent failed = RowContentWriter::write({}, failedRow, context());
    QCOMPARE(failed.note, u"not sent"_s);
    QCOMPARE(failed.failure, u"The disk is full."_s);
}

void tst_RowContent::gapWords_data()
{
    constexpr auto Missing = RoomRow::GapState::Missing;
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<RoomRow::GapState>("state");
    QTest::addColumn<bool>("first");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("action");
    QTest::newRow("one") << qint64(4) << qint64(4) << Missing << false << u"1 message missing"_s << u"Load"_s;
    QTest::newRow("three") << qint64(4) << qint64(6) << Missing << false << u"3 messages missing"_s
                           << u"Load"_s;
    QTest::newRow("loading") << qint64(4) << qint64(6) << RoomRow::GapState::Loading << false
                             << u"3 messages missing · loading…"_s << u""_s;
    QTest::newRow("failed") << qint64(4) << qint64(6) << RoomRow::GapState::Failed << false
                            << u"3 messages missing"_s << u"Try again"_s;
    QTest::newRow("gone") << qint64(4) << qint64(6) << RoomRow::GapState::Gone << false
                          << u"3 messages missing · the server keeps them no more"_s << u""_s;
    QTest::newRow("before-all") << qint64(1) << qint64(2900) << Missing << true
                                << QLocale().toString(2900) + u" earlier messages"_s << u"Load"_s;
    QTest::newRow("one-before-all") << qint64(1) << qint64(1) << Missing << true << u"1 earlier message"_s
                                    << u"Load"_s;
}

void tst_RowContent::gapWords()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(RoomRow::GapState, state);
    QFETCH(bool, first);
    RoomRow gap;
    gap.kind = RoomRow::Kind::Gap;
    gap.gapFrom = from;
    gap.gapTo = to;
    gap.gapState = state;
    const RoomRow above = rowOf(Sample::message(3, u"ana"_s, u"text"_s));
    RowSurroundings around;
    around.above = first ? nullptr : &above;
    const RowContent content = RowContentWriter::write(around, gap, context());
    QTEST(content.gapText, "words");
    QTEST(content.gapAction, "action");
}

void tst_RowContent::copyLines()
{
    const RoomRow row = rowOf(Sample::message(1, u"ana"_s, u"disk alarm"_s));
    QCOMPARE(RowContentWriter::copyLine(row, u"alarm"_s, Sample::zone()), u"ana, 14:03:25: alarm"_s);
    RoomRow gap;
    gap.kind = RoomRow::Kind::Gap;
    gap.gapFrom = 2;
    gap.gapTo = 4;
    QCOMPARE(RowContentWriter::copyLine(gap, {}, Sample::zone()), u"[3 messages missing]"_s);
}

QTEST_APPLESS_MAIN(tst_RowContent)
#include "tst_rowcontent.moc"
