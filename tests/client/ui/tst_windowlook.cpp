// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window: its look, its layout, its keys and menus, and what it remembers of them.
#include "client/ui/banner.h"
#include "client/ui/composeredit.h"
#include "client/ui/roomheader.h"
#include "client/ui/statusline.h"
#include "tests/client/ui/windowtest.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_WindowLook : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void densityKeys();
    void textSizeKeys();
    void docksByKey();
    void narrowWindowHidesTheSides();
    void sidesGiveWayToTheRoom();
    void whatIsWrongIsToldInANarrowWindow();
    void nameOfTheRoomIsNotCutForACount();
    void narrowBannerKeepsItsButtonsSmall();
    void followsTheSystemPalette();
    void remembersForTheNextRun();
    void noMenuIsEmpty();
    void everythingThatWorksHasNames();
};

void tst_WindowLook::densityKeys()
{
    openConnected();
    QCOMPARE(view()->density(), Density::AllFour);
    key(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(view()->density(), Density::Compact);
    key(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(view()->density(), Density::Deltas);
    QVERIFY(find<QAction>(u"densityDeltasAction"_s)->isChecked());
    QVERIFY(find<QToolButton>(u"densityChooser"_s)->text().contains(u"Deltas"_s));
    key(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(view()->density(), Density::AllFour);
    key(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(view()->density(), Density::Compact);
}

void tst_WindowLook::textSizeKeys()
{
    openConnected();
    key(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_window->look().scale, 1.1);
    const double bigger = find<ComposerEdit>(u"composerEdit"_s)->font().pointSizeF();
    key(Qt::Key_Minus, Qt::ControlModifier);
    key(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_window->look().scale, 0.9);
    QVERIFY(find<ComposerEdit>(u"composerEdit"_s)->font().pointSizeF() < bigger);
    key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_window->look().scale, 1.0);
}

void tst_WindowLook::docksByKey()
{
    open();
    const auto *sources = find<QWidget>(u"sourcesPanel"_s);
    const auto *skews = find<QWidget>(u"skewPanel"_s);
    QVERIFY(!sources->isVisible() && !skews->isVisible());
    key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(sources->isVisible());
    QCOMPARE(find<QLabel>(u"sourcesEmptyTitle"_s)->text(), u"Not connected"_s);
    key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(skews->isVisible());
    key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!skews->isVisible());
    m_window->close();
    m_window.reset();
    open(); // the other one is still there
    QTRY_VERIFY(find<QWidget>(u"sourcesPanel"_s)->isVisible());
    QVERIFY(!find<QWidget>(u"skewPanel"_s)->isVisible());
}

void tst_WindowLook::narrowWindowHidesTheSides()
{
    open();
    m_window->resize(1200, 700);
    QTRY_VERIFY(find<QWidget>(u"peoplePanel"_s)->isVisible());
    QVERIFY(find<QWidget>(u"roomPanel"_s)->isVisible());
    m_window->resize(700, 600);
    QTRY_VERIFY(!find<QWidget>(u"peoplePanel"_s)->isVisible());
    QVERIFY(find<QWidget>(u"roomPanel"_s)->isVisible());
    m_window->resize(480, 360);
    QTRY_VERIFY(!find<QWidget>(u"roomPanel"_s)->isVisible());
    QCOMPARE(m_window->size(), QSize(480, 360));
    m_window->resize(1200, 700);
    QTRY_VERIFY(find<QWidget>(u"peoplePanel"_s)->isVisible());
    find<QAction>(u"peoplePanelAction"_s)->trigger();
    QVERIFY(!find<QWidget>(u"peoplePanel"_s)->isVisible());
}

void tst_WindowLook::sidesGiveWayToTheRoom()
{
    open();
    m_window->resize(1240, 780);
    const auto *page = find<QWidget>(u"roomPage"_s);
    const auto *people = find<QWidget>(u"peoplePanel"_s);
    QTRY_VERIFY(people->isVisible());
    const int wide = people->width();
    m_window->resize(800, 600);
    QTRY_VERIFY(page->width() >= 370);
    QVERIFY(people->isVisible());
    QVERIFY(people->width() < wide);
    m_window->resize(1240, 780);
    QTRY_COMPARE(people->width(), wide);
}

void tst_WindowLook::whatIsWrongIsToldInANarrowWindow()
{
    StatusLine line;
    line.setLook({});
    line.resize(800, 24);
    line.setConnection(StatusLine::Link::Online, u"Connected to 127.0.0.1:8737, 1 ms"_s);
    line.setReference(u"Reference: 3 of 4 sources agree, time.example:123 is 5.00 s off and not used"_s);
    line.setWaiting(u"Nothing waiting to be sent"_s, false);
    line.show();
    QVERIFY(line.findChild<QLabel *>(u"referenceStatus"_s)->isVisible());
    QVERIFY(!line.findChild<QLabel *>(u"waitingStatus"_s)->isVisible());
    line.setWaiting(u"2 messages waiting to be sent"_s, true);
    QVERIFY(line.findChild<QLabel *>(u"waitingStatus"_s)->isVisible());
}

void tst_WindowLook::nameOfTheRoomIsNotCutForACount()
{
    RoomHeader header;
    header.setLook({});
    header.setRoom(u"general"_s, {});
    header.setPeopleText(u"13 people"_s);
    header.resize(600, 48);
    header.show();
    const auto *name = header.findChild<QToolButton *>(u"roomName"_s);
    const auto *people = header.findChild<QToolButton *>(u"peopleButton"_s);
    QVERIFY(people->isVisible());
    header.resize(300, 48);
    QVERIFY(!people->isVisible());
    QCOMPARE(name->text(), u"# general"_s);
    header.resize(600, 48);
    QVERIFY(people->isVisible());
}

void tst_WindowLook::narrowBannerKeepsItsButtonsSmall()
{
    Banner banner(u"sample"_s);
    banner.setLook({});
    const QPushButton *first = banner.addButton(u"first"_s, u"Turn the fault off"_s);
    const QPushButton *second = banner.addButton(u"second"_s, u"Hide for today"_s);
    banner.say(Banner::Tone::Notice, u"Your clock is 5.00 s ahead ± 3.4 ms."_s);
    for (const int width : {500, 1200}) {
        banner.resize(width, banner.heightForWidth(width));
        QTRY_COMPARE(first->width(), first->sizeHint().width());
        QCOMPARE(second->width(), second->sizeHint().width());
    }
}

void tst_WindowLook::followsTheSystemPalette()
{
    open();
    const QPalette before = QApplication::palette();
    QVERIFY(!m_window->look().theme.dark);
    QApplication::setPalette(QPalette(QColor(30, 30, 30)));
    QTRY_VERIFY(m_window->look().theme.dark);
    find<QAction>(u"themeLightAction"_s)->trigger();
    QVERIFY(!m_window->look().theme.dark);
    find<QAction>(u"themeSystemAction"_s)->trigger();
    QVERIFY(m_window->look().theme.dark);
    QApplication::setPalette(before);
    QTRY_VERIFY(!m_window->look().theme.dark);
}

void tst_WindowLook::remembersForTheNextRun()
{
    m_daemon->addRoom(u"ops"_s);
    openConnected({u"ops"_s, u"general"_s});
    key(Qt::Key_2, Qt::ControlModifier);
    key(Qt::Key_Plus, Qt::ControlModifier);
    m_window->resize(900, 640);
    m_window->close();
    m_window.reset();
    open();
    QCOMPARE(m_window->size(), QSize(900, 640));
    m_window->begin({});
    QVERIFY(!m_window->findChild<QDialog *>(u"connectDialog"_s));
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Online);
    QCOMPARE(view()->model()->room(), u"ops"_s);
    QCOMPARE(view()->density(), Density::Deltas);
    QCOMPARE(m_window->look().scale, 1.1);
}

void tst_WindowLook::noMenuIsEmpty()
{
    open();
    const QList<QMenu *> menus = m_window->findChildren<QMenu *>();
    QVERIFY(menus.size() >= 6);
    for (const QMenu *menu : menus)
        QVERIFY2(!menu->isEmpty(), qPrintable(menu->title()));
    QStringList keys; // two menus of the bar with one letter: neither opens by it
    const QList<QAction *> heads = m_window->menuBar()->actions();
    for (const QAction *head : heads)
        keys.append(head->text().section(u'&', 1).left(1).toLower());
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), heads.size());
}

void tst_WindowLook::everythingThatWorksHasNames()
{
    open();
    const QList<QAbstractButton *> buttons = m_window->findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (button->objectName().startsWith(u"qt_"_s) || button->isHidden())
            continue;
        QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                 qPrintable(button->objectName()));
    }
    const QList<QAction *> actions = m_window->menuBar()->findChildren<QAction *>();
    for (const QAction *action : actions) {
        if (!action->isSeparator() && !action->menu() && !action->text().isEmpty() &&
            !action->data().isValid())
            QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
    }
}

QTEST_MAIN(tst_WindowLook)
#include "tst_windowlook.moc"
