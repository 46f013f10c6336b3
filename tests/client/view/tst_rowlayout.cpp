// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowlayout.h"

#include "samplerows.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

std::unique_ptr<RowLayout> layOut(const RoomRow &row, int width = 800, Density density = Density::AllFour)
{
    const ContentContext context{{Sample::zone(), 0, u"u-kim"_s}, density};
    return std::make_unique<RowLayout>(RowContentWriter::write({}, row, context),
                                       RowMetrics(width, 1.0, density));
}

RoomRow rowOf(const QString &text)
{
    RoomRow row;
    row.message = Sample::message(1, u"ana"_s, text);
    return row;
}

} // namespace

class tst_RowLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void columnsByWidth_data();
    void columnsByWidth();
    void cellsStayInside_data();
    void cellsStayInside();
    void longTextsWrap();
    void displayTextKeepsItsLength_data();
    void displayTextKeepsItsLength();
    void placesInText();
    void links();
    void gapIsClickable();
    void failedCanBeRetriedOrDiscarded();
    void toolTipsSayIsoTime();
};

void tst_RowLayout::columnsByWidth_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("heads");
    QTest::newRow("wide") << 1200 << 4 << true;
    QTest::newRow("as-drawn") << 787 << 4 << true;
    QTest::newRow("narrow") << 600 << 2 << false;
    QTest::newRow("slim") << 360 << 1 << false;
    QTest::newRow("nothing") << 0 << 1 << false;
}

void tst_RowLayout::columnsByWidth()
{
    QFETCH(int, width);
    const RowMetrics metrics(width, 1.0, Density::AllFour);
    QTEST(metrics.columns, "columns");
    QTEST(metrics.showsHeads(), "heads");
    QVERIFY(!RowMetrics(width, 1.0, Density::Compact).showsHeads());
}

void tst_RowLayout::cellsStayInside_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {420, 560, 640, 787, 1400})
        QTest::addRow("%d", width) << width;
}

void tst_RowLayout::cellsStayInside()
{
    QFETCH(int, width);
    const auto layout = layOut(rowOf(u"text"_s), width);
    QCOMPARE(layout->cells.size(), 4);
    for (const RowLayout::Cell &cell : layout->cells) {
        QVERIFY(cell.rect.left() >= 0);
        QVERIFY(cell.rect.right() <= width);
        QVERIFY(cell.rect.bottom() <= layout->height);
    }
    for (qsizetype i = 1; i < 4; ++i)
        QVERIFY(!layout->cells.at(i).rect.intersects(layout->cells.at(i - 1).rect));
}

void tst_RowLayout::longTextsWrap()
{
    const auto one = layOut(rowOf(u"short"_s));
    const auto many = layOut(rowOf(QString(4096, u'x')));
    QVERIFY(many->height > one->height + 20 * 15);
    QVERIFY(many->textRect().right() <= 800);
    QCOMPARE(layOut(rowOf(u"a\nb\nc"_s))->text().lineCount(), 3);
}

void tst_RowLayout::displayTextKeepsItsLength_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"abc"_s;
    QTest::newRow("lines") << u"a\r\nb\nc"_s;
    QTest::newRow("controls") << u"a\u0007\u001b[31mb\tc"_s;
}

void tst_RowLayout::displayTextKeepsItsLength()
{
    QFETCH(QString, text);
    const QString shown = displayText(text);
    QCOMPARE(shown.size(), text.size());
    for (const QChar c : shown)
        QVERIFY(c == u'\t' || c.category() != QChar::Other_Control);
}

void tst_RowLayout::placesInText()
{
    const auto layout = layOut(rowOf(u"alpha\nbeta"_s));
    const QRectF text = layout->textRect();
    QCOMPARE(layout->offsetAt(text.topLeft() - QPointF(0, 30)), 0);
    QCOMPARE(layout->offsetAt(QPointF(700, text.top() + 4)), 5);
    QCOMPARE(layout->offsetAt(QPointF(700, text.bottom() - 4)), 10);
    QCOMPARE(layout->offsetAt(QPointF(0, text.bottom() + 50)), 10);
    QVERIFY(layout->isOverText(text.topLeft() + QPointF(5, 8)));
    QVERIFY(!layout->isOverText(text.topRight() + QPointF(90, 8)));
}

void tst_RowLayout::links()
{
    const auto layout = layOut(rowOf(u"see http://a.example now"_s));
    const QTextLine line = layout->text().lineAt(0);
    const auto at = [&](int unit) {
        return layout->textOrigin + QPointF(line.cursorToX(unit) + 2, line.y() + 8);
    };
    QVERIFY(!layout->linkAt(at(1)));
    QVERIFY(layout->linkAt(at(4)));
    QVERIFY(layout->linkAt(at(19)));
    QVERIFY(!layout->linkAt(at(21)));
    QCOMPARE(layout->linkAt(at(6))->url, QUrl(u"http://a.example"_s));
}

void tst_RowLayout::gapIsClickable()
{
    RoomRow gap;
    gap.kind = RoomRow::Kind::Gap;
    gap.gapFrom = 4;
    gap.gapTo = 6;
    const auto layout = layOut(gap);
    QCOMPARE(layout->hots.size(), 1);
    QCOMPARE(layout->hotAt(layout->hots.first().rect.center())->action, RowAction::LoadGap);
    QVERIFY(!layout->hotAt(QPointF(20, layout->height / 2.0)));
    gap.gapState = RoomRow::GapState::Loading;
    QVERIFY(layOut(gap)->hots.isEmpty());
    gap.gapState = RoomRow::GapState::Failed;
    gap.failure = u"The connection was lost."_s;
    const auto failed = layOut(gap);
    QCOMPARE(failed->hots.first().words, u"Try again"_s);
    QCOMPARE(failed->height, layout->height); // what is read does not move for it
    QVERIFY(failed->gapWords.right() <= failed->hots.first().rect.left());
    QCOMPARE(failed->toolTipAt(failed->gapWords.center()), gap.failure);
    gap.failure = u"long "_s.repeated(200);
    QVERIFY(layOut(gap)->hots.first().rect.right() <= layOut(gap)->gapRect.right());
    gap.gapState = RoomRow::GapState::Gone;
    QVERIFY(layOut(gap)->hots.isEmpty());
}

void tst_RowLayout::failedCanBeRetriedOrDiscarded()
{
    RoomRow failed = rowOf(u"lost"_s);
    failed.kind = RoomRow::Kind::Failed;
    failed.failure = u"The daemon could not store the message."_s;
    const auto layout = layOut(failed);
    QCOMPARE(layout->hots.size(), 2);
    QCOMPARE(layout->hots.at(0).action, RowAction::Retry);
    QCOMPARE(layout->hots.at(1).action, RowAction::Discard);
    QVERIFY(!layout->hots.at(0).rect.intersects(layout->hots.at(1).rect));
    QVERIFY(layout->failureRect.top() >= layout->textRect().bottom());
}

void tst_RowLayout::toolTipsSayIsoTime()
{
    const auto layout = layOut(rowOf(u"text"_s));
    QVERIFY(layout->toolTipAt(layout->cells.at(0).rect.center()).contains(u"2026-11-23T13:03:24.987000Z"_s));
    QVERIFY(layout->toolTipAt(layout->cells.at(3).rect.center()).contains(u"ntp.example"_s));
    QVERIFY(layout->toolTipAt(layout->timeRect.center()).contains(u"2026-11-23T13:03:25.000000Z"_s));
    QVERIFY(layout->toolTipAt(layout->avatar.center()).isEmpty());
}

QTEST_MAIN(tst_RowLayout)
#include "tst_rowlayout.moc"
