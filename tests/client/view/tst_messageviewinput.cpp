// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview.h"

#include "samplerows.h"
#include "viewfixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleHints>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using Sample::ViewFixture;

namespace {

constexpr auto NoKeys = Qt::NoModifier;
constexpr auto Left = Qt::LeftButton;

void drag(QWidget *viewport, QPoint from, QPoint to)
{
    QTest::mousePress(viewport, Left, NoKeys, from);
    QTest::mouseMove(viewport, (from + to) / 2);
    QTest::mouseMove(viewport, to);
    // Offscreen, moved pointers carry no pressed button: say it in full.
    QMouseEvent move(QEvent::MouseMove, to, viewport->mapToGlobal(to), Qt::NoButton, Left, NoKeys);
    QCoreApplication::sendEvent(viewport, &move);
    QTest::mouseRelease(viewport, Left, NoKeys, to);
}

/// Nobody's clicks may be counted together with those of the step before.
void waitForNextClick()
{
    QTest::qWait(QGuiApplication::styleHints()->mouseDoubleClickInterval() + 20);
}

} // namespace

class tst_MessageViewInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void selectsAcrossRows();
    void selectsInsideARow();
    void doubleClickTakesAWord();
    void tripleClickTakesTheRow();
    void shiftClickExtends();
    void copiesAllWithKeys();
    void selectionFollowsRowsAbove();
    void dragBeyondTheEdgeScrolls();
    void gapAsksToBeLoaded();
    void failedRowAnswersItsButtons();
    void linksAreActivated();
    void quoteLeadsToTheQuestion();
    void keysMoveTheCurrentRow();
    void controlClickCompares();
    void keysCompare();
    void comparisonEndsWithItsRows();
    void whatComesAboveIsSaidBelow();
    void keysActOnTheCurrentRow();
    void contextMenuCopies();
    void contextMenuOpensLinks();
};

void tst_MessageViewInput::selectsAcrossRows()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"disk alarm on db2"_s),
                 Sample::message(2, u"luis"_s, u"failing over"_s)});
    QSignalSpy changed(&f.view, &MessageView::selectionChanged);
    drag(f.view.viewport(), f.textPoint(0, 5), f.textPoint(1, 7));
    QCOMPARE(f.view.selectedText(), u"ana, 14:03:25: alarm on db2\nluis, 14:03:25: failing"_s);
    QVERIFY(f.view.hasSelection());
    QVERIFY(!changed.isEmpty());
    if (QGuiApplication::clipboard()->supportsSelection())
        QCOMPARE(QGuiApplication::clipboard()->text(QClipboard::Selection), f.view.selectedText());
    drag(f.view.viewport(), f.textPoint(1, 7), f.textPoint(0, 5));
    QCOMPARE(f.view.selectedText(), u"ana, 14:03:25: alarm on db2\nluis, 14:03:25: failing"_s);
    f.view.clearSelection();
    QVERIFY(!f.view.hasSelection());
    QCOMPARE(f.view.selectedText(), QString());
}

void tst_MessageViewInput::selectsInsideARow()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"disk alarm on db2"_s)});
    drag(f.view.viewport(), f.textPoint(0, 5), f.textPoint(0, 10));
    QCOMPARE(f.view.selectedText(), u"alarm"_s);
}

void tst_MessageViewInput::doubleClickTakesAWord()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"disk alarm on db2"_s)});
    QTest::mouseDClick(f.view.viewport(), Left, NoKeys, f.textPoint(0, 7));
    QCOMPARE(f.view.selectedText(), u"alarm"_s);
}

void tst_MessageViewInput::tripleClickTakesTheRow()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"disk alarm on db2"_s)});
    const QPoint point = f.textPoint(0, 7);
    QTest::mouseDClick(f.view.viewport(), Left, NoKeys, point);
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, point);
    QCOMPARE(f.view.selectedText(), u"disk alarm on db2"_s);
}

void tst_MessageViewInput::shiftClickExtends()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"disk alarm on db2"_s),
                 Sample::message(2, u"luis"_s, u"failing over"_s)});
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.textPoint(0, 5));
    QVERIFY(!f.view.hasSelection());
    QTest::mouseClick(f.view.viewport(), Left, Qt::ShiftModifier, f.textPoint(0, 10));
    QCOMPARE(f.view.selectedText(), u"alarm"_s);
    QTest::mouseClick(f.view.viewport(), Left, Qt::ShiftModifier, f.textPoint(1, 7));
    QCOMPARE(f.view.selectedText(), u"ana, 14:03:25: alarm on db2\nluis, 14:03:25: failing"_s);
}

void tst_MessageViewInput::copiesAllWithKeys()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"one"_s), Sample::message(5, u"luis"_s, u"five"_s)});
    f.view.setFocus();
    QTest::keyClick(&f.view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"ana, 14:03:25: one\n[3 messages missing]\nluis, 14:03:25: five"_s);
    QTest::keyClick(&f.view, Qt::Key_Escape);
    QVERIFY(!f.view.hasSelection());
    // Without a selection: the current row.
    f.view.setCurrentRow(2);
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"five"_s);
}

void tst_MessageViewInput::selectionFollowsRowsAbove()
{
    ViewFixture f;
    f.model.add(Sample::many(3, 100));
    drag(f.view.viewport(), f.textPoint(1, 0), f.textPoint(1, 7));
    QCOMPARE(f.view.selectedText(), u"message"_s);
    f.view.setCurrentRow(1);
    f.model.add(Sample::many(50, 50));
    QCOMPARE(f.view.selectedText(), u"message"_s);
    QCOMPARE(f.view.currentRow(), 51);
}

void tst_MessageViewInput::dragBeyondTheEdgeScrolls()
{
    ViewFixture f;
    f.model.add(Sample::many(200));
    const int bottom = f.view.verticalScrollBar()->value();
    const int row = f.view.rowAt({400, 250});
    QWidget *viewport = f.view.viewport();
    const QPoint start = f.textPoint(row, 3);
    QTest::mousePress(viewport, Left, NoKeys, start);
    const QPoint above(start.x(), -80);
    QMouseEvent move(QEvent::MouseMove, above, viewport->mapToGlobal(above), Qt::NoButton, Left, NoKeys);
    QCoreApplication::sendEvent(viewport, &move);
    QTRY_VERIFY(f.view.verticalScrollBar()->value() < bottom - 1000);
    QTest::mouseRelease(viewport, Left, NoKeys, above);
    QVERIFY(f.view.selectedText().count(u'\n') > 10);
    const int rested = f.view.verticalScrollBar()->value();
    QTest::qWait(100);
    QCOMPARE(f.view.verticalScrollBar()->value(), rested);
}

void tst_MessageViewInput::gapAsksToBeLoaded()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"one"_s), Sample::message(5, u"luis"_s, u"five"_s)});
    QSignalSpy wanted(&f.view, &MessageView::gapLoadRequested);
    const QPoint load = f.hotPoint(1, RowAction::LoadGap);
    QVERIFY(!load.isNull());
    QCoreApplication::processEvents(); // it is near, so it is wanted by itself
    wanted.clear();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, load);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first(), (QVariantList{qint64(2), qint64(4), QVariant::fromValue(GapEnd::Older)}));
    f.model.setGapState(2, RoomRow::GapState::Loading);
    waitForNextClick();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, load);
    QCOMPARE(wanted.size(), 1);
}

void tst_MessageViewInput::failedRowAnswersItsButtons()
{
    ViewFixture f;
    const Message lost = Sample::message(0, u"kim"_s, u"lost"_s);
    f.model.addPending(lost);
    QVERIFY(f.hotPoint(0, RowAction::Retry).isNull());
    f.model.markFailed(lost.id, u"The daemon could not store the message."_s);
    QSignalSpy retry(&f.view, &MessageView::retryRequested);
    QSignalSpy discard(&f.view, &MessageView::discardRequested);
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.hotPoint(0, RowAction::Retry));
    QCOMPARE(retry.size(), 1);
    QCOMPARE(retry.first().first().toUuid(), lost.id);
    waitForNextClick();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.hotPoint(0, RowAction::Discard));
    QCOMPARE(discard.size(), 1);
    QCOMPARE(discard.first().first().toUuid(), lost.id);
    f.model.removePending(lost.id);
    QCOMPARE(f.view.currentRow(), -1);
}

void tst_MessageViewInput::linksAreActivated()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"see http://a.example/b now"_s)});
    QSignalSpy activated(&f.view, &MessageView::linkActivated);
    drag(f.view.viewport(), f.textPoint(0, 6), f.textPoint(0, 12));
    QCOMPARE(activated.size(), 0);
    waitForNextClick();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.textPoint(0, 8));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().toUrl(), QUrl(u"http://a.example/b"_s));
    waitForNextClick();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.textPoint(0, 1));
    QCOMPARE(activated.size(), 1);
}

void tst_MessageViewInput::quoteLeadsToTheQuestion()
{
    ViewFixture f;
    QList<Message> rows = Sample::many(200);
    rows.last().replyTo = 3;
    f.model.add(rows);
    QVERIFY(f.view.rowRect(2).isNull());
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.hotPoint(199, RowAction::ShowQuoted));
    QVERIFY(!f.view.rowRect(2).isNull());
}

void tst_MessageViewInput::keysMoveTheCurrentRow()
{
    ViewFixture f;
    f.model.add(Sample::many(300));
    f.view.setFocus();
    QSignalSpy moved(&f.view, &MessageView::currentRowChanged);
    QTest::keyClick(&f.view, Qt::Key_End);
    QCOMPARE(f.view.currentRow(), 299);
    QTest::keyClick(&f.view, Qt::Key_Up);
    QCOMPARE(f.view.currentRow(), 298);
    QTest::keyClick(&f.view, Qt::Key_Down);
    QTest::keyClick(&f.view, Qt::Key_Down);
    QCOMPARE(f.view.currentRow(), 299);
    QTest::keyClick(&f.view, Qt::Key_Home);
    QCOMPARE(f.view.currentRow(), 0);
    QCOMPARE(f.view.verticalScrollBar()->value(), 0);
    QTest::keyClick(&f.view, Qt::Key_PageDown);
    const int paged = f.view.currentRow();
    QVERIFY(paged > 3 && paged < 40);
    QVERIFY(!f.view.rowRect(paged).isNull());
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(&f.view, Qt::Key_Down);
        const QRect rect = f.view.rowRect(f.view.currentRow());
        QVERIFY(rect.top() >= 0 && rect.bottom() < f.view.viewport()->height());
    }
    QTest::keyClick(&f.view, Qt::Key_PageUp);
    QVERIFY(f.view.currentRow() < paged + 30);
    QVERIFY(moved.size() > 30);
}

void tst_MessageViewInput::keysActOnTheCurrentRow()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"one"_s), Sample::message(5, u"luis"_s, u"five"_s)});
    f.view.setFocus();
    QSignalSpy details(&f.view, &MessageView::detailsRequested);
    QSignalSpy reply(&f.view, &MessageView::replyRequested);
    QSignalSpy load(&f.view, &MessageView::gapLoadRequested);
    f.view.setCurrentRow(2);
    QTest::keyClick(&f.view, Qt::Key_Return);
    QTest::keyClick(&f.view, Qt::Key_I, Qt::ControlModifier);
    QCOMPARE(details.size(), 2);
    QCOMPARE(details.first().first().toInt(), 2);
    QTest::keyClick(&f.view, Qt::Key_R);
    QCOMPARE(reply.size(), 1);
    QCOMPARE(reply.first().first().toLongLong(), 5);
    f.view.setCurrentRow(1);
    f.model.setGapState(2, RoomRow::GapState::Failed, u"No."_s); // not wanted by itself any more
    load.clear();
    QTest::keyClick(&f.view, Qt::Key_Return);
    QTest::keyClick(&f.view, Qt::Key_R);
    QCOMPARE(load.size(), 1);
    QCOMPARE(reply.size(), 1);
    QCOMPARE(details.size(), 2);
}

void tst_MessageViewInput::contextMenuCopies()
{
    ViewFixture f;
    const Message message = Sample::message(1, u"ana"_s, u"disk alarm"_s);
    f.model.add({message});
    const auto choose = [&](const QString &name) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, f.textPoint(0, 2),
                                f.view.viewport()->mapToGlobal(f.textPoint(0, 2)));
        QCoreApplication::sendEvent(f.view.viewport(), &event);
        auto *menu = f.view.findChild<QMenu *>(u"messageMenu"_s);
        QVERIFY(menu);
        auto *action = menu->findChild<QAction *>(name);
        QVERIFY2(action, qPrintable(name));
        action->trigger();
        delete menu;
    };
    choose(u"copyText"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"disk alarm"_s);
    choose(u"copyWithTime"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"2026-11-23T13:03:25.000000Z ana: disk alarm"_s);
    choose(u"copyJson"_s);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"seq\":1"_s));
    QSignalSpy reply(&f.view, &MessageView::replyRequested);
    choose(u"reply"_s);
    QCOMPARE(reply.size(), 1);
    QSignalSpy details(&f.view, &MessageView::detailsRequested);
    choose(u"details"_s);
    QCOMPARE(details.size(), 1);
}

void tst_MessageViewInput::contextMenuOpensLinks()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"see https://a.example/?x=1&y=2 and http://b.example."_s),
                 Sample::message(2, u"ana"_s, u"nothing to open"_s)});
    const auto actionsOf = [&](int row) {
        f.view.setCurrentRow(row);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(),
                                QPoint()); // the menu key: no mouse is needed
        QCoreApplication::sendEvent(f.view.viewport(), &event);
        auto *menu = f.view.findChild<QMenu *>(u"messageMenu"_s);
        const QList<QAction *> actions =
            menu ? menu->findChildren<QAction *>(u"openLink"_s) : QList<QAction *>();
        return std::pair(std::unique_ptr<QMenu>(menu), actions);
    };
    QSignalSpy activated(&f.view, &MessageView::linkActivated);
    {
        const auto [menu, actions] = actionsOf(0);
        QCOMPARE(actions.size(), 2);
        QVERIFY(actions.first()->text().contains(u"x=1&&y=2"_s)); // no mnemonic
        actions.first()->trigger();
        actions.last()->trigger();
    }
    QCOMPARE(activated.size(), 2);
    QCOMPARE(activated.first().first().toUrl(), QUrl(u"https://a.example/?x=1&y=2"_s));
    QCOMPARE(activated.last().first().toUrl(), QUrl(u"http://b.example"_s));
    const auto [menu, none] = actionsOf(1);
    QVERIFY(menu);
    QVERIFY(none.isEmpty());
}

void tst_MessageViewInput::controlClickCompares()
{
    ViewFixture f;
    f.model.add(Sample::many(4));
    const QSignalSpy picked(&f.view, &MessageView::comparisonPicked);
    const QSignalSpy asked(&f.view, &MessageView::compareRequested);
    const QSignalSpy cleared(&f.view, &MessageView::comparisonCleared);
    QTest::mouseClick(f.view.viewport(), Left, Qt::ControlModifier, f.textPoint(1, 0));
    QCOMPARE(picked.size(), 1);
    QTest::mouseClick(f.view.viewport(), Left, Qt::ControlModifier, f.textPoint(3, 0));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first(), (QVariantList{1, 3}));
    QVERIFY(!f.view.hasSelection());
    // The current row is the first of the next pair.
    waitForNextClick();
    QTest::mouseClick(f.view.viewport(), Left, NoKeys, f.textPoint(2, 0));
    QTest::mouseClick(f.view.viewport(), Left, Qt::ControlModifier, f.textPoint(0, 0));
    QCOMPARE(asked.last(), (QVariantList{2, 0}));
    QCOMPARE(cleared.size(), 0);
    QTest::keyClick(&f.view, Qt::Key_Escape);
    QCOMPARE(cleared.size(), 1);
}

void tst_MessageViewInput::keysCompare()
{
    ViewFixture f;
    Sample::fillOdd(f.model); // row 2 is a gap
    const QSignalSpy picked(&f.view, &MessageView::comparisonPicked);
    const QSignalSpy asked(&f.view, &MessageView::compareRequested);
    const QSignalSpy cleared(&f.view, &MessageView::comparisonCleared);
    f.view.compareCurrent(); // nothing is current
    f.view.setCurrentRow(2);
    f.view.compareCurrent();
    QCOMPARE(picked.size(), 0);
    f.view.setCurrentRow(0);
    f.view.compareCurrent();
    QCOMPARE(picked.size(), 1);
    f.view.compareCurrent(); // the same one again gives it up
    QCOMPARE(cleared.size(), 1);
    f.view.compareCurrent();
    f.view.setCurrentRow(1);
    f.view.compareCurrent();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first(), (QVariantList{0, 1}));
}

void tst_MessageViewInput::comparisonEndsWithItsRows()
{
    ViewFixture f;
    f.model.add(Sample::many(3, 10));
    f.view.setCurrentRow(0);
    f.view.compareCurrent();
    const QSignalSpy asked(&f.view, &MessageView::compareRequested);
    const QSignalSpy cleared(&f.view, &MessageView::comparisonCleared);
    f.model.add(Sample::many(5)); // older ones come: it is the same message all the same
    f.view.setCurrentRow(f.model.rowOfSeq(12));
    f.view.compareCurrent();
    QCOMPARE(asked.first(), (QVariantList{f.model.rowOfSeq(10), f.model.rowOfSeq(12)}));
    f.view.setModel(nullptr);
    QCOMPARE(cleared.size(), 1);
}

void tst_MessageViewInput::whatComesAboveIsSaidBelow()
{
    ViewFixture f;
    Message late = Sample::message(6, u"luis"_s, u"yes"_s, Sample::Noon + 60'000'000, -120'000'000);
    *late.stamps.live.t -= 120'000'000;
    late.seen = 4;
    f.model.add({Sample::message(5, u"ana"_s, u"!"_s), late});
    const int before = f.view.rowRect(1).height();
    f.model.add({Sample::message(4, u"ana"_s, u"?"_s)}); // what luis had seen: now his clock contradicts it
    QVERIFY(f.view.rowRect(2).height() > before);
}

QTEST_MAIN(tst_MessageViewInput)
#include "tst_messageviewinput.moc"
