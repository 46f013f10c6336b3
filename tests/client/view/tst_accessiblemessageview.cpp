// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/accessiblemessageview.h"
#include "client/ui/view/viewannouncer.h"

#include "samplerows.h"
#include "viewfixture.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using Sample::ViewFixture;

namespace {

struct Seen
{
    QAccessible::Event type;
    int row;
};
QList<Seen> seenEvents;

int countOf(QAccessible::Event type)
{
    return static_cast<int>(std::count_if(seenEvents.begin(), seenEvents.end(),
                                          [type](const Seen &seen) { return seen.type == type; }));
}

} // namespace

class tst_AccessibleMessageView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { seenEvents.clear(); }
    void isAListOfRows();
    void rowsKnowWhereTheyAre();
    void rowsFollowTheModel();
    void focusIsToldToTheRow();
    void newMessagesAreSaidTogether();
    void actionsOfRows();
    void outlivesModelAndView();
};

void tst_AccessibleMessageView::initTestCase()
{
    ViewAnnouncer::setListener([](QAccessible::Event type, int row) { seenEvents.append({type, row}); });
}

void tst_AccessibleMessageView::isAListOfRows()
{
    ViewFixture f;
    f.model.add(
        {Sample::message(1, u"ana"_s, u"disk alarm"_s), Sample::message(2, u"luis"_s, u"failing over"_s)});
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f.view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
    QCOMPARE(list->childCount(), 2);
    QAccessibleInterface *row = list->child(1);
    QVERIFY(row && row->isValid());
    QCOMPARE(row->role(), QAccessible::ListItem);
    QCOMPARE(row->text(QAccessible::Name),
             f.model.data(f.model.index(1), RoomModel::AccessibleRole).toString());
    QVERIFY(row->text(QAccessible::Name).contains(u"failing over"_s));
    QCOMPARE(row->parent(), list);
    QCOMPARE(list->child(1), row);
    QCOMPARE(list->indexOfChild(row), 1);
    QVERIFY(!list->child(2));
    QVERIFY(!list->child(-1));
    QCOMPARE(row->window(), f.view.window()->windowHandle());
}

void tst_AccessibleMessageView::rowsKnowWhereTheyAre()
{
    ViewFixture f;
    f.model.add(Sample::many(100));
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f.view);
    QAccessibleInterface *last = list->child(99);
    QVERIFY(!last->state().offscreen);
    QVERIFY(list->child(0)->state().offscreen);
    QVERIFY(list->child(0)->rect().isNull());
    const QPoint middle = last->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), last);
    f.view.verticalScrollBar()->setValue(0);
    QVERIFY(last->state().offscreen);
    QVERIFY(!list->child(0)->state().offscreen);
}

void tst_AccessibleMessageView::rowsFollowTheModel()
{
    ViewFixture f;
    f.model.add(Sample::many(3, 100));
    const Message own = Sample::message(0, u"kim"_s, u"mine"_s);
    f.model.addPending(own);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f.view);
    QAccessibleInterface *row = list->child(1);
    const QAccessible::Id pendingId = QAccessible::uniqueId(list->child(3));
    const QString name = row->text(QAccessible::Name);
    f.model.add(Sample::many(50, 50));
    QCOMPARE(list->childCount(), 54);
    QCOMPARE(list->indexOfChild(row), 51);
    QCOMPARE(row->text(QAccessible::Name), name);
    QVERIFY(countOf(QAccessible::ObjectReorder) >= 1);
    f.model.removePending(own.id);
    QCOMPARE(list->childCount(), 53);
    QVERIFY(!QAccessible::accessibleInterface(pendingId));
}

void tst_AccessibleMessageView::focusIsToldToTheRow()
{
    ViewFixture f;
    f.model.add(Sample::many(10));
    f.view.activateWindow();
    f.view.setFocus();
    QTRY_VERIFY(f.view.hasFocus());
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f.view);
    seenEvents.clear();
    QTest::keyClick(&f.view, Qt::Key_Up);
    const int row = f.view.currentRow();
    QVERIFY(row >= 0);
    QCOMPARE(countOf(QAccessible::Focus), 1);
    const auto focus = std::find_if(seenEvents.begin(), seenEvents.end(),
                                    [](const Seen &seen) { return seen.type == QAccessible::Focus; });
    QCOMPARE(focus->row, row);
    QCOMPARE(list->focusChild(), list->child(row));
    QVERIFY(list->child(row)->state().focused);
    QVERIFY(list->child(row)->state().selected);
    QVERIFY(!list->child(row == 0 ? 1 : 0)->state().selected);
}

void tst_AccessibleMessageView::newMessagesAreSaidTogether()
{
    ViewFixture f;
    QVERIFY(QAccessible::queryAccessibleInterface(&f.view));
    f.model.add({Sample::message(1, u"ana"_s, u"first"_s)});
    QCOMPARE(countOf(QAccessible::Alert), 1);
    QVERIFY(f.view.accessibleDescription().contains(u"first"_s));
    for (int seq = 2; seq <= 6; ++seq)
        f.model.add({Sample::message(seq, u"ana"_s, u"message %1"_s.arg(seq))});
    QCOMPARE(countOf(QAccessible::Alert), 1); // held back
    QTRY_COMPARE_WITH_TIMEOUT(countOf(QAccessible::Alert), 2, 10'000);
    QVERIFY(f.view.accessibleDescription().startsWith(u"5 new messages"_s));
    QVERIFY(f.view.accessibleDescription().contains(u"message 6"_s));
}

void tst_AccessibleMessageView::actionsOfRows()
{
    ViewFixture f;
    f.model.add({Sample::message(1, u"ana"_s, u"one"_s), Sample::message(5, u"luis"_s, u"five"_s)});
    const Message lost = Sample::message(0, u"kim"_s, u"lost"_s);
    f.model.addPending(lost);
    f.model.markFailed(lost.id, u"The disk is full."_s);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f.view);
    QCoreApplication::processEvents();
    QSignalSpy load(&f.view, &MessageView::gapLoadRequested);
    QSignalSpy details(&f.view, &MessageView::detailsRequested);
    QSignalSpy retry(&f.view, &MessageView::retryRequested);
    QSignalSpy discard(&f.view, &MessageView::discardRequested);
    const QString press = QAccessibleActionInterface::pressAction();
    list->child(1)->actionInterface()->doAction(press);
    QCOMPARE(load.size(), 1);
    list->child(2)->actionInterface()->doAction(press);
    QCOMPARE(details.size(), 1);
    QVERIFY(!list->child(2)->actionInterface()->actionNames().contains(u"Retry"_s));
    QVERIFY(list->child(3)->actionInterface()->actionNames().contains(u"Retry"_s));
    list->child(3)->actionInterface()->doAction(u"Retry"_s);
    list->child(3)->actionInterface()->doAction(u"Discard"_s);
    QCOMPARE(retry.size(), 1);
    QCOMPARE(discard.size(), 1);
    list->child(2)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(f.view.currentRow(), 2);
}

void tst_AccessibleMessageView::outlivesModelAndView()
{
    QAccessible::Id id = 0;
    {
        auto f = std::make_unique<ViewFixture>();
        f->model.add(Sample::many(5));
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&f->view);
        id = QAccessible::uniqueId(list->child(2));
        QVERIFY(QAccessible::accessibleInterface(id));
        f->view.setModel(nullptr);
        QCOMPARE(list->childCount(), 0);
        QVERIFY(!QAccessible::accessibleInterface(id));
        f->view.setModel(&f->model);
        id = QAccessible::uniqueId(list->child(2));
    }
    QVERIFY(!QAccessible::accessibleInterface(id));
}

QTEST_MAIN(tst_AccessibleMessageView)
#include "tst_accessiblemessageview.moc"
