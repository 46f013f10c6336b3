// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview.h"

#include "samplerows.h"
#include "viewfixture.h"

#include <QAbstractButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace Synchat;
using Sample::ViewFixture;

namespace {

constexpr auto NoKeys = Qt::NoModifier;
constexpr auto Left = Qt::LeftButton;

} // namespace

class tst_MessageView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staysAtTheEnd();
    void doesNotFollowWhenScrolledUp();
    void holdsItsPlaceUnderRowsAbove();
    void holdsItsPlaceWhenAGapFills();
    void holdsItsPlaceScrollingIntoUnknownRows();
    void holdsItsPlaceOverAnotherWidth();
    void pillLeadsToTheEnd();
    void quoteComesWithItsMessage();
    void wantsWhatIsNear();
    void wishesAgain();
    void holdsItsPlaceOnTheWayUp();
    void holdsItsPlaceOnTheWayDown();
    void shownSeqIsMarkedForAMoment();
    void buttonLeadsToTheFirstUnread();
    void lastVisibleIsWhollyVisible();
    void headsOnlyOverFourColumns();
    void emptyAndGoneModels();
    void everyDensityAndScalePaints();
    void layoutsStayFewInALongRoom();
};

void tst_MessageView::staysAtTheEnd()
{
    ViewFixture f;
    f.model.add(Sample::many(100));
    QVERIFY(f.view.isAtEnd());
    QCOMPARE(f.view.lastVisibleSeq(), 100);
    QSignalSpy reached(&f.view, &MessageView::endReached);
    QTRY_COMPARE(reached.size(), 1);
    f.model.add(Sample::many(3, 101));
    QVERIFY(f.view.isAtEnd());
    QCOMPARE(f.view.lastVisibleSeq(), 103);
    QTRY_COMPARE(reached.size(), 2);
    f.view.resize(800, 300);
    QVERIFY(f.view.isAtEnd());
}

void tst_MessageView::doesNotFollowWhenScrolledUp()
{
    ViewFixture f;
    f.model.add(Sample::many(100));
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->value() - 200);
    QVERIFY(!f.view.isAtEnd());
    const QImage before = f.view.viewport()->grab().toImage();
    QSignalSpy fresh(&f.view, &MessageView::newBelowChanged);
    f.model.add(Sample::many(5, 101));
    QVERIFY(!f.view.isAtEnd());
    QCOMPARE(f.view.viewport()->grab().toImage(), before);
    QCOMPARE(fresh.size(), 1);
    QCOMPARE(fresh.first().first().toInt(), 5);
    f.model.add({Sample::message(106, u"kim"_s, u"mine"_s)});
    QCOMPARE(fresh.size(), 1);
    f.view.scrollToEnd();
    QVERIFY(f.view.isAtEnd());
    QCOMPARE(fresh.last().first().toInt(), 0);
}

void tst_MessageView::holdsItsPlaceUnderRowsAbove()
{
    ViewFixture f;
    f.model.add(Sample::many(300, 1001));
    for (const int value : {0, 5000}) {
        f.view.verticalScrollBar()->setValue(value);
        const qint64 seq = f.model.row(f.view.rowAt({10, 250})).message.seq;
        const QRect before = f.view.rowRect(f.model.rowOfSeq(seq));
        QVERIFY(!before.isNull());
        f.model.add(Sample::many(100, value == 0 ? 901 : 801));
        QCOMPARE(f.view.rowRect(f.model.rowOfSeq(seq)), before);
    }
    QCOMPARE(f.model.rowCount(), 500);
}

void tst_MessageView::holdsItsPlaceWhenAGapFills()
{
    ViewFixture f;
    f.model.add(Sample::many(100, 1));
    f.model.add(Sample::many(100, 201));
    // The gap stands just above the first message that is wholly visible.
    f.view.scrollToSeq(201);
    const int gap = f.model.rowOfSeq(201) - 1;
    QCOMPARE(f.model.row(gap).kind, RoomRow::Kind::Gap);
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->value() + f.view.rowRect(gap).top() + 5);
    const QRect before = f.view.rowRect(f.model.rowOfSeq(203));
    QVERIFY(!before.isNull());
    f.model.add(Sample::many(50, 151));
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(203)), before);
    f.model.add(Sample::many(50, 101));
    QCOMPARE(f.model.rowCount(), 300);
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(203)), before);
}

void tst_MessageView::holdsItsPlaceScrollingIntoUnknownRows()
{
    ViewFixture f;
    f.model.add(Sample::many(2000));
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2); // rows above were never laid out
    for (int i = 0; i < 40; ++i) {
        const int row = f.view.rowAt({10, 100});
        const QRect before = f.view.rowRect(row);
        bar->setValue(bar->value() - 130);
        QCOMPARE(f.view.rowRect(row), before.translated(0, 130));
    }
}

void tst_MessageView::holdsItsPlaceOverAnotherWidth()
{
    ViewFixture f;
    f.model.add(Sample::many(300));
    f.view.verticalScrollBar()->setValue(6000);
    const int row = f.view.rowAt({10, 100});
    f.view.resize(420, 500);
    QVERIFY(!f.view.rowRect(row).isNull());
    QVERIFY(!f.view.isAtEnd());
    f.view.setDensity(Density::Compact);
    QVERIFY(!f.view.rowRect(row).isNull());
}

void tst_MessageView::pillLeadsToTheEnd()
{
    ViewFixture f;
    f.model.add(Sample::many(100));
    auto *pill = f.view.findChild<QAbstractButton *>(u"newBelowPill"_s);
    QVERIFY(pill && !pill->isVisible());
    f.view.verticalScrollBar()->setValue(0);
    QVERIFY(pill->isVisible());
    f.model.add(Sample::many(2, 101));
    QCOMPARE(pill->text(), u"↓ 2 new"_s);
    QTest::mouseClick(pill, Left);
    QVERIFY(f.view.isAtEnd());
    QVERIFY(!pill->isVisible());
}

void tst_MessageView::quoteComesWithItsMessage()
{
    ViewFixture f;
    QList<Message> rows = Sample::many(3, 10);
    rows.last().replyTo = 5;
    f.model.add(rows);
    const QImage before = f.view.viewport()->grab(f.view.rowRect(2)).toImage();
    f.model.add(Sample::many(9, 1));
    QVERIFY(f.view.viewport()->grab(f.view.rowRect(f.model.rowOfSeq(12))).toImage() != before);
}

void tst_MessageView::wantsWhatIsNear()
{
    ViewFixture f;
    QSignalSpy wanted(&f.view, &MessageView::gapLoadRequested);
    f.model.setServerRange(1, 1300);
    f.model.add(Sample::many(300, 1001));
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 0);
    f.view.verticalScrollBar()->setValue(100);
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first(), (QVariantList{qint64(1), qint64(1000), QVariant::fromValue(GapEnd::Newer)}));
    f.model.add(Sample::many(100, 901));
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 1);
    f.model.setServerRange(901, 1300);
    f.view.verticalScrollBar()->setValue(0);
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 1); // nothing is older
}

void tst_MessageView::wishesAgain()
{
    ViewFixture f;
    f.model.setServerRange(1, 1300);
    f.model.add(Sample::many(300, 1001));
    QSignalSpy wanted(&f.view, &MessageView::gapLoadRequested);
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(0);
    QTRY_COMPARE(wanted.size(), 1);
    f.model.setGapState(1, RoomRow::GapState::Failed, u"The connection was lost."_s);
    bar->setValue(10);
    f.view.wishAgain();
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 1); // a person may try again; it does not go on by itself
    f.model.forgiveGaps();
    f.view.wishAgain(); // the link is back
    QTRY_COMPARE(wanted.size(), 2);
    bar->setValue(bar->maximum());
    QCoreApplication::processEvents();
    f.view.wishAgain(); // not while reading elsewhere
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 2);
}

void tst_MessageView::holdsItsPlaceOnTheWayUp()
{
    ViewFixture f;
    f.model.setServerRange(1, 1300);
    f.model.add(Sample::many(100, 1));
    f.model.add(Sample::many(100, 1201));
    // The gap stands in the middle; one came from below.
    f.view.scrollToSeq(1201);
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->value() - 60);
    const QRect before = f.view.rowRect(f.model.rowOfSeq(1201));
    QVERIFY(before.top() > 100);
    // The line with the day above it goes with the gap; the message itself does not move.
    for (const int first : {1101, 1001, 901}) {
        f.model.add(Sample::many(100, first));
        QCOMPARE(f.view.rowRect(f.model.rowOfSeq(1201)).bottom(), before.bottom());
        f.model.add(Sample::many(1, 1301 + (1101 - first) / 100)); // somebody speaks meanwhile
        QCOMPARE(f.view.rowRect(f.model.rowOfSeq(1201)).bottom(), before.bottom());
    }
    f.model.add(Sample::many(800, 101));
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(1201)).bottom(), before.bottom());
}

void tst_MessageView::holdsItsPlaceOnTheWayDown()
{
    ViewFixture f;
    f.model.setServerRange(1, 1300);
    f.model.add(Sample::many(100, 1));
    f.model.add(Sample::many(100, 1201));
    f.view.scrollToSeq(99);
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->value() + 20);
    const QRect before = f.view.rowRect(f.model.rowOfSeq(99));
    QVERIFY(f.view.rowRect(f.model.rowOfSeq(1201)).isValid()); // across the gap
    for (const int first : {101, 201, 301}) {
        f.model.add(Sample::many(100, first));
        QCOMPARE(f.view.rowRect(f.model.rowOfSeq(99)), before);
        f.model.add(Sample::many(1, 1301 + (first - 101) / 100));
        QCOMPARE(f.view.rowRect(f.model.rowOfSeq(99)), before);
    }
    f.model.add(Sample::many(800, 401));
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(99)), before);
    // What stands at the bottom stays there while the window changes its height, and comes back with it.
    const int below = f.view.viewport()->height() - before.top();
    f.view.resize(800, 340);
    QCOMPARE(f.view.viewport()->height() - f.view.rowRect(f.model.rowOfSeq(99)).top(), below);
    f.view.resize(800, 500);
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(99)), before);
}

void tst_MessageView::shownSeqIsMarkedForAMoment()
{
    ViewFixture f;
    f.model.add(Sample::many(300));
    f.view.showSeq(120);
    const QRect row = f.view.rowRect(f.model.rowOfSeq(120));
    QVERIFY(f.view.viewport()->rect().contains(row));
    QCOMPARE(f.view.currentRow(), f.model.rowOfSeq(120));
    const QImage marked = f.view.viewport()->grab(row).toImage();
    QTRY_VERIFY_WITH_TIMEOUT(f.view.viewport()->grab(row).toImage() != marked, 5000);
    f.view.showSeq(9999); // is not held
    QCOMPARE(f.view.rowRect(f.model.rowOfSeq(120)), row);
}

void tst_MessageView::buttonLeadsToTheFirstUnread()
{
    ViewFixture f;
    f.model.setServerRange(1, 1300);
    f.model.add(Sample::many(100, 1201));
    auto *pill = f.view.findChild<QAbstractButton *>(u"unreadPill"_s);
    QVERIFY(!pill->isVisible());
    f.view.setUnreadAfter(1150); // it is not held
    QVERIFY(pill->isVisible());
    QCOMPARE(pill->text(), u"↑ First of 150 new"_s);
    QSignalSpy wanted(&f.view, &MessageView::unreadWanted);
    QTest::mouseClick(pill, Left);
    QCOMPARE(wanted.first().first().toLongLong(), 1151);
    f.model.add(Sample::many(100, 1101));
    f.view.showSeq(1151);
    QVERIFY(!pill->isVisible());
    f.view.scrollToEnd();
    QVERIFY(!pill->isVisible()); // it was seen
    f.view.setUnreadAfter(1299);
    QVERIFY(!pill->isVisible()); // it is on the screen
}

void tst_MessageView::lastVisibleIsWhollyVisible()
{
    ViewFixture f;
    QCOMPARE(f.view.lastVisibleSeq(), 0);
    f.model.add(Sample::many(100));
    QCOMPARE(f.view.lastVisibleSeq(), 100);
    QScrollBar *bar = f.view.verticalScrollBar();
    bar->setValue(bar->maximum() - 30);
    QCOMPARE(f.view.lastVisibleSeq(), 99);
    const Message own = Sample::message(0, u"kim"_s, u"mine"_s);
    f.view.scrollToEnd();
    f.model.addPending(own);
    QCOMPARE(f.view.lastVisibleSeq(), 100);
}

void tst_MessageView::headsOnlyOverFourColumns()
{
    ViewFixture f({900, 500});
    auto *heads = f.view.findChild<QWidget *>(u"columnHeads"_s);
    QVERIFY(heads->isVisible());
    QVERIFY(f.view.viewport()->y() >= heads->height());
    f.view.setDensity(Density::Compact);
    QVERIFY(!heads->isVisible());
    QCOMPARE(f.view.viewport()->y(), 0);
    f.view.setDensity(Density::Deltas);
    QVERIFY(heads->isVisible());
    f.view.resize(300, 500);
    QVERIFY(!heads->isVisible());
}

void tst_MessageView::emptyAndGoneModels()
{
    MessageView view;
    view.setEmptyText(u"Nothing here yet"_s, u"Say something."_s);
    view.resize(600, 400);
    view.show();
    view.selectAll();
    view.copySelection();
    view.scrollToEnd();
    view.scrollToSeq(7);
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::mouseClick(view.viewport(), Left, NoKeys, {50, 50});
    QVERIFY(!view.grab().isNull());
    {
        RoomModel model(u"ops"_s);
        view.setModel(&model);
        model.add(Sample::many(50));
        view.setCurrentRow(10);
        view.selectAll();
        QVERIFY(!view.grab().isNull());
        model.reset();
        QCOMPARE(view.currentRow(), -1);
        QVERIFY(!view.hasSelection());
        model.add(Sample::many(50));
    }
    QCOMPARE(view.model(), nullptr);
    QVERIFY(!view.grab().isNull());
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.currentRow(), -1);
}

void tst_MessageView::everyDensityAndScalePaints()
{
    ViewFixture f;
    Sample::fillOdd(f.model);
    QSet<QByteArray> pictures;
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        f.view.setTheme(theme);
        for (const Density density : {Density::AllFour, Density::Deltas, Density::Compact}) {
            f.view.setDensity(density);
            for (const double scale : {1.0, 2.0}) {
                f.view.setFontScale(scale);
                const QImage image = f.view.grab().toImage();
                pictures.insert(
                    QByteArray(reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes()));
            }
        }
    }
    QCOMPARE(pictures.size(), 12);
}

void tst_MessageView::layoutsStayFewInALongRoom()
{
    constexpr int Rows = 100'000;
    RoomModel model(u"ops"_s);
    model.add(Sample::many(Rows));
    MessageView view;
    view.setTimeZone(Sample::zone());
    view.resize(800, 600);
    view.show();
    QCoreApplication::processEvents();
    // The time that this program used: others may be using the machine.
    std::clock_t longest = 0;
    const auto microseconds = [](std::clock_t ticks) {
        return static_cast<long long>(ticks) * 1'000'000 / CLOCKS_PER_SEC;
    };
    const auto measured = [&](auto &&what) {
        const qint64 layoutsBefore = view.layoutsMade();
        const std::clock_t begin = std::clock();
        what();
        view.viewport()->repaint();
        QCoreApplication::processEvents();
        longest = qMax(longest, std::clock() - begin);
        // What is on the screen, and what the estimates were wrong by.
        return view.layoutsMade() - layoutsBefore;
    };
    QVERIFY(measured([&] { view.setModel(&model); }) < 40);
    qInfo("opening 100000 rows: %lld us", microseconds(longest));
    longest = 0;
    QScrollBar *bar = view.verticalScrollBar();
    QVERIFY(measured([&] { bar->setValue(0); }) < 40);
    QCOMPARE(view.rowRect(0).top(), 0);
    QVERIFY(measured([&] { bar->setValue(bar->maximum()); }) < 40);
    QVERIFY(view.isAtEnd());
    for (int i = 0; i <= 100; ++i)
        QVERIFY(measured([&] { bar->setValue(static_cast<int>(qint64(bar->maximum()) * i / 100)); }) < 40);
    for (int i = 0; i < 200; ++i)
        QVERIFY(measured([&] { bar->setValue(bar->value() - 60); }) < 12);
    qInfo("longest step of scrolling: %lld us", microseconds(longest));
    longest = 0;
    QVERIFY(measured([&] { model.add(Sample::many(500, Rows + 1)); }) < 40);
    QVERIFY(measured([&] { view.resize(500, 600); }) < 80);
    qInfo("a page of 500 more, another width: %lld us", microseconds(longest));
}

QTEST_MAIN(tst_MessageView)
#include "tst_messageview.moc"
