// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window, offscreen, against a scripted daemon; parts are found by their object names.
#include "client/core/chatclient.h"
#include "client/ui/banner.h"
#include "client/ui/composeredit.h"
#include "client/ui/faultlab.h"
#include "client/ui/mainwindow.h"
#include "client/ui/peoplemodel.h"
#include "client/ui/roomheader.h"
#include "client/ui/roomlistmodel.h"
#include "client/ui/statusline.h"
#include "client/ui/view/messageview.h"
#include "common/faultclock.h"
#include "tests/client/ui/scripteddaemon.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_MainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void firstStartAsksForServerAndName();
    void postIsPendingThenFinal();
    void refusedPostCanBeSentAgain();
    void lostConnectionIsSaidAndMended();
    void unreadBadgeAndMarkRead();
    void draftForEachRoom();
    void quickSwitcher();
    void createsARoom();
    void unknownRoomIsSaid();
    void noticeOfAnotherRoomStays();
    void secondWindowSaysWhatItCannotKeep();
    void olderMessagesComeAfterALostLink();
    void densityKeys();
    void textSizeKeys();
    void utcKey();
    void stripSaysWhatTheClockIsWorth();
    void bannerForAWrongClock();
    void injectedFaultIsSeenEverywhere();
    void daemonUnderAFaultIsSaid();
    void peopleShowTheirClocks();
    void detailsOfAMessage();
    void docksByKey();
    void statusLineOpensTheSources();
    void narrowWindowHidesTheSides();
    void sidesGiveWayToTheRoom();
    void whatIsWrongIsToldInANarrowWindow();
    void nameOfTheRoomIsNotCutForACount();
    void narrowBannerKeepsItsButtonsSmall();
    void followsTheSystemPalette();
    void remembersForTheNextRun();
    void noMenuIsEmpty();
    void everythingThatWorksHasNames();

private:
    void open();
    void openConnected(const QStringList &rooms = {});
    template <typename T>
    T *find(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        if (!found)
            qFatal("nothing is called %s", qPrintable(name));
        return found;
    }
    MessageView *view() const { return find<MessageView>(u"messageView"_s); }
    void key(Qt::Key code, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(m_window.get(), code, modifiers);
    }
    void write(const QString &text);

    SystemClock m_machine;
    FaultClock m_clock{m_machine, {}, 1};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedDaemon> m_daemon;
    std::unique_ptr<MainWindow> m_window;
};

void tst_MainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_daemon = std::make_unique<ScriptedDaemon>();
}

void tst_MainWindow::cleanup()
{
    m_window.reset();
    m_daemon.reset();
    m_folder.reset();
    m_clock.setFault({});
}

void tst_MainWindow::open()
{
    WindowSurroundings here;
    here.settingsPath = m_folder->filePath(u"synchat.ini"_s);
    here.stateDir = m_folder->filePath(u"state"_s);
    here.faultClock = &m_clock;
    m_window = std::make_unique<MainWindow>(m_clock, here);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_MainWindow::openConnected(const QStringList &rooms)
{
    open();
    const QStringList wanted = rooms.isEmpty() ? QStringList{u"general"_s} : rooms;
    m_window->begin({m_daemon->url(), *UserName::parse(u"ana"_s), *RoomName::parse(wanted.constFirst()), {}});
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Online);
    for (const QString &room : wanted)
        m_window->client()->join(*RoomName::parse(room));
    QTRY_VERIFY(m_window->client()->isJoined(wanted.constFirst()) &&
                m_window->client()->isJoined(wanted.constLast()));
}

void tst_MainWindow::write(const QString &text)
{
    auto *edit = find<ComposerEdit>(u"composerEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void tst_MainWindow::firstStartAsksForServerAndName()
{
    open();
    m_window->begin({});
    auto *dialog = find<QDialog>(u"connectDialog"_s);
    QVERIFY(dialog->isVisible());
    auto *problem = find<QLabel>(u"connectProblem"_s);
    auto *connectButton = find<QPushButton>(u"connectButton"_s);
    const auto answer = [&](const QString &server, const QString &name) {
        find<QLineEdit>(u"serverEdit"_s)->setText(server);
        find<QLineEdit>(u"nameEdit"_s)->setText(name);
        QTest::mouseClick(connectButton, Qt::LeftButton);
    };
    answer({}, u"ana"_s);
    QVERIFY(dialog->isVisible() && !problem->text().isEmpty());
    answer(u"ftp://x"_s, u"ana"_s);
    QVERIFY(dialog->isVisible() && !problem->text().isEmpty());
    answer(m_daemon->url().toString(), u"  "_s);
    QVERIFY(dialog->isVisible() && !problem->text().isEmpty());
    QVERIFY(!m_window->client());
    answer(m_daemon->url().toString(), u"ana"_s);
    QTRY_VERIFY(m_window->client() && m_window->client()->linkState() == LinkState::Online);
    QTRY_VERIFY(m_window->client()->isJoined(u"general"_s));
}

void tst_MainWindow::postIsPendingThenFinal()
{
    openConnected();
    m_daemon->holdPosts(true);
    write(u"disk alarm"_s);
    QVERIFY(view()->model());
    QTRY_COMPARE(view()->model()->rowCount(), 1);
    QCOMPARE(view()->model()->row(0).kind, RoomRow::Kind::Pending);
    QCOMPARE(find<ComposerEdit>(u"composerEdit"_s)->toPlainText(), QString());
    QTRY_COMPARE(find<QLabel>(u"waitingStatus"_s)->text(), u"1 message waiting to be sent"_s);
    QTRY_COMPARE(m_daemon->postedTexts(), QStringList{u"disk alarm"_s});
    m_daemon->holdPosts(false);
    QTRY_COMPARE(view()->model()->row(0).kind, RoomRow::Kind::Message);
    QCOMPARE(view()->model()->rowCount(), 1);
    QTRY_COMPARE(find<QLabel>(u"waitingStatus"_s)->text(), u"Nothing waiting to be sent"_s);
    QTRY_COMPARE(find<QLabel>(u"lastMessageStatus"_s)->text(), u"message 1"_s);
}

void tst_MainWindow::refusedPostCanBeSentAgain()
{
    openConnected();
    m_daemon->refusePosts(ErrorCode::NotStored);
    write(u"keep me"_s);
    QTRY_VERIFY(view()->model()->rowCount() == 1 && view()->model()->row(0).kind == RoomRow::Kind::Failed);
    QVERIFY(!view()->model()->row(0).failure.isEmpty());
    m_daemon->refusePosts(std::nullopt);
    Q_EMIT view()->retryRequested(view()->model()->row(0).message.id);
    QTRY_COMPARE(view()->model()->row(0).kind, RoomRow::Kind::Message);
}

void tst_MainWindow::lostConnectionIsSaidAndMended()
{
    openConnected();
    auto *banner = find<Banner>(u"linkBanner"_s);
    QVERIFY(banner->isHidden());
    m_daemon->goAway();
    QTRY_VERIFY(m_window->client()->linkState() != LinkState::Online);
    QVERIFY(banner->isHidden()); // a short break is nobody's business
    QTRY_VERIFY_WITH_TIMEOUT(!banner->isHidden(), 10000);
    QVERIFY(!banner->text().isEmpty());
    write(u"typed offline"_s);
    QTRY_COMPARE(view()->model()->rowCount(), 1);
    m_daemon->comeBack();
    QTest::mouseClick(find<QPushButton>(u"reconnectButton"_s), Qt::LeftButton);
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Online);
    QTRY_VERIFY(banner->isHidden());
    QTRY_COMPARE(view()->model()->row(0).kind, RoomRow::Kind::Message);
    QCOMPARE(m_daemon->postedTexts(), QStringList{u"typed offline"_s});
}

void tst_MainWindow::unreadBadgeAndMarkRead()
{
    m_daemon->addRoom(u"ops"_s);
    openConnected({u"general"_s, u"ops"_s});
    const auto *rooms = find<QListView>(u"roomList"_s)->model();
    const auto unread = [&](int row) { return rooms->index(row, 0).data(RoomListModel::UnreadRole).toInt(); };
    QTRY_COMPARE(rooms->rowCount(), 2);
    QCOMPARE(rooms->index(1, 0).data().toString(), u"ops"_s);
    m_daemon->say(u"ops"_s, u"luis"_s, u"one"_s);
    m_daemon->say(u"ops"_s, u"luis"_s, u"two"_s);
    QTRY_COMPARE(unread(1), 2);
    QCOMPARE(unread(0), 0);
    QVERIFY(rooms->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(u"2 unread"_s));
    key(Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE(view()->model()->room(), u"ops"_s);
    QTRY_COMPARE(view()->model()->rowCount(), 2);
    key(Qt::Key_Escape, Qt::NoModifier);
    QTRY_COMPARE(unread(1), 0);
    QCOMPARE(m_window->client()->lastRead(u"ops"_s), 2);
}

void tst_MainWindow::draftForEachRoom()
{
    m_daemon->addRoom(u"ops"_s);
    openConnected({u"general"_s, u"ops"_s});
    auto *edit = find<ComposerEdit>(u"composerEdit"_s);
    edit->setPlainText(u"half a thought"_s);
    key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(edit->toPlainText(), QString());
    key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(edit->toPlainText(), u"half a thought"_s);
    m_window->close();
    QCOMPARE(Remembered::load(m_folder->filePath(u"synchat.ini"_s)).drafts.value(u"general"_s),
             u"half a thought"_s);
}

void tst_MainWindow::quickSwitcher()
{
    m_daemon->addRoom(u"incident-42"_s, u"Storage"_s);
    m_daemon->addRoom(u"ops"_s);
    openConnected({u"general"_s, u"ops"_s});
    QTRY_COMPARE(m_window->client()->rooms().size(), 3);
    find<ComposerEdit>(u"composerEdit"_s)->setFocus(); // whose own Ctrl+K must not win
    QTest::keyClick(find<ComposerEdit>(u"composerEdit"_s), Qt::Key_K, Qt::ControlModifier);
    auto *filter = find<QLineEdit>(u"switcherFilter"_s);
    QCOMPARE(find<QListWidget>(u"switcherList"_s)->count(), 3);
    QTest::keyClicks(filter, u"i42"_s);
    QCOMPARE(find<QListWidget>(u"switcherList"_s)->count(), 1);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(view()->model()->room(), u"incident-42"_s);
    QTRY_VERIFY(m_window->client()->isJoined(u"incident-42"_s));
}

void tst_MainWindow::createsARoom()
{
    openConnected();
    QTest::mouseClick(find<QToolButton>(u"createRoomButton"_s), Qt::LeftButton);
    find<QLineEdit>(u"roomEdit"_s)->setText(u"Not A Room"_s);
    QTest::mouseClick(find<QPushButton>(u"roomAccept"_s), Qt::LeftButton);
    QVERIFY(!find<QLabel>(u"roomProblem"_s)->text().isEmpty());
    find<QLineEdit>(u"roomEdit"_s)->setText(u"war-room"_s);
    find<QLineEdit>(u"titleEdit"_s)->setText(u"The outage"_s);
    QTest::mouseClick(find<QPushButton>(u"roomAccept"_s), Qt::LeftButton);
    QTRY_VERIFY(view()->model() && view()->model()->room() == u"war-room"_s);
    QTRY_COMPARE(find<QToolButton>(u"roomName"_s)->text(), u"# war-room"_s);
}

void tst_MainWindow::unknownRoomIsSaid()
{
    open();
    m_window->begin({m_daemon->url(), *UserName::parse(u"ana"_s), *RoomName::parse(u"nowhere"_s), {}});
    auto *notice = find<Banner>(u"noticeBanner"_s);
    QTRY_VERIFY(!notice->isHidden());
    QVERIFY(notice->text().contains(u"nowhere"_s));
}

void tst_MainWindow::noticeOfAnotherRoomStays()
{
    m_daemon->addRoom(u"ops"_s);
    open();
    m_window->begin({m_daemon->url(), *UserName::parse(u"ana"_s), *RoomName::parse(u"nowhere"_s), {}});
    auto *notice = find<Banner>(u"noticeBanner"_s);
    QTRY_VERIFY(!notice->isHidden());
    QVERIFY(!m_window->client()->isJoined(u"ops"_s));
    m_window->client()->join(*RoomName::parse(u"ops"_s));
    QTRY_VERIFY(m_window->client()->isJoined(u"ops"_s));
    QVERIFY(!notice->isHidden()); // nobody has looked at another room
}

void tst_MainWindow::secondWindowSaysWhatItCannotKeep()
{
    const ChatClient first(
        m_clock, {m_daemon->url(), *UserName::parse(u"ana"_s), u"test"_s, m_folder->filePath(u"state"_s)});
    QVERIFY(first.storageProblem().isEmpty());
    openConnected();
    QVERIFY(!m_window->client()->storageProblem().isEmpty());
    auto *notice = find<Banner>(u"noticeBanner"_s);
    QVERIFY(!notice->isHidden());
    QCOMPARE(notice->text(), m_window->client()->storageProblem());
}

void tst_MainWindow::olderMessagesComeAfterALostLink()
{
    for (int i = 1; i <= 150; ++i)
        m_daemon->say(u"general"_s, u"luis"_s, QString::number(i));
    openConnected();
    QTRY_COMPARE(view()->model()->rowCount(), 100);
    m_daemon->goAway();
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Offline);
    view()->verticalScrollBar()->setValue(0);
    QCoreApplication::processEvents();
    QCOMPARE(view()->model()->rowCount(), 100);
    m_daemon->comeBack();
    QTRY_COMPARE_WITH_TIMEOUT(view()->model()->rowCount(), 150, 10'000);
}

void tst_MainWindow::densityKeys()
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

void tst_MainWindow::textSizeKeys()
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

void tst_MainWindow::utcKey()
{
    openConnected();
    find<QAction>(u"zoneMadridAction"_s)->trigger();
    QVERIFY(find<QLabel>(u"clockPlace"_s)->text().contains(u"Europe/Madrid"_s));
    auto *edit = find<ComposerEdit>(u"composerEdit"_s);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_U, Qt::ControlModifier);
    QVERIFY(find<QLabel>(u"clockPlace"_s)->text().contains(u"UTC"_s));
    QVERIFY(find<QAction>(u"zoneUtcAction"_s)->isChecked());
    QTest::keyClick(edit, Qt::Key_U, Qt::ControlModifier);
    QVERIFY(find<QLabel>(u"clockPlace"_s)->text().contains(u"Europe/Madrid"_s));
}

void tst_MainWindow::stripSaysWhatTheClockIsWorth()
{
    m_daemon->setUnsynced(true);
    openConnected();
    QTRY_VERIFY(find<QLabel>(u"clockNote"_s)->text().contains(u"which nothing confirms"_s));
    QVERIFY(find<QLabel>(u"pathFactValue"_s)->text().contains(StampText::pathInWords(ProbePath::WebSocket)));
    QTRY_VERIFY(find<QLabel>(u"referenceStatus"_s)->text().contains(u"which nothing confirms"_s));
}

void tst_MainWindow::bannerForAWrongClock()
{
    m_daemon->setAhead(90'000'000);
    openConnected();
    auto *banner = find<Banner>(u"clockBanner"_s);
    QTRY_VERIFY(!banner->isHidden());
    QVERIFY(banner->text().contains(u"behind"_s));
    QCOMPARE(banner->property("banner").toString(), u"loud"_s);
    auto *advice = find<QLabel>(u"clockBannerDetail"_s);
    QVERIFY(advice->isHidden());
    QTest::mouseClick(find<QPushButton>(u"mendClockButton"_s), Qt::LeftButton);
    QVERIFY(!advice->isHidden() && !advice->text().isEmpty());
    QTest::mouseClick(find<QPushButton>(u"hideClockBannerButton"_s), Qt::LeftButton);
    QVERIFY(banner->isHidden());
}

void tst_MainWindow::injectedFaultIsSeenEverywhere()
{
    openConnected();
    auto *strip = find<QWidget>(u"faultStrip"_s);
    auto *banner = find<Banner>(u"clockBanner"_s);
    const auto *people = find<QListView>(u"peopleList"_s)->model();
    QTRY_COMPARE(people->index(0, 0).data(PeopleModel::MarkRole).toInt(), static_cast<int>(Mark::Fine));
    QVERIFY(strip->isHidden() && banner->isHidden());
    const QStringList before{m_window->windowTitle(), find<QLabel>(u"clockPlace"_s)->text()};

    m_window->findChild<FaultLab *>()->inject(*ClockFault::parse(u"offset=-90s"_s));
    QVERIFY(strip->isVisible());
    QVERIFY(find<QLabel>(u"faultStripText"_s)->text().contains(u"90 s behind"_s));
    QCOMPARE(m_window->windowTitle(), u"[fault] "_s + before.first());
    QTRY_VERIFY(banner->isVisible()); // what was measured goes with the clock: nobody waits for an exchange
    QVERIFY(banner->text().contains(u"because a clock fault was injected here"_s));
    QVERIFY(!find<QPushButton>(u"mendClockButton"_s)->isVisible());
    QVERIFY(people->index(0, 0).data(PeopleModel::FaultRole).toBool());
    write(u"by a wrong clock"_s);
    QTRY_VERIFY(view()->model()->rowCount() == 1 && view()->model()->row(0).kind == RoomRow::Kind::Message);
    QVERIFY(view()->model()->row(0).message.stamps.live.fault);

    QTest::mouseClick(find<QPushButton>(u"bannerFaultOffButton"_s), Qt::LeftButton);
    QVERIFY(!m_clock.isFaulty());
    QVERIFY(strip->isHidden());
    QTRY_VERIFY(banner->isHidden());
    QCOMPARE(m_window->windowTitle(), before.first());
    QVERIFY(!people->index(0, 0).data(PeopleModel::FaultRole).toBool());
}

void tst_MainWindow::daemonUnderAFaultIsSaid()
{
    m_daemon->setUnsynced(true);
    m_daemon->setFault(true);
    m_daemon->setAhead(1'800'000);
    openConnected();
    auto *strip = find<QWidget>(u"faultStrip"_s);
    QTRY_VERIFY(strip->isVisible());
    QVERIFY(find<QLabel>(u"faultStripText"_s)->text().contains(u"The daemon runs under"_s));
    QVERIFY(!find<QPushButton>(u"faultStripOff"_s)->isVisible());
    QTRY_VERIFY(find<Banner>(u"clockBanner"_s)->text().contains(u"in which a clock fault was injected"_s));
    QVERIFY(find<QPushButton>(u"mendClockButton"_s)->isVisible());
}

void tst_MainWindow::peopleShowTheirClocks()
{
    m_daemon->addRoom(u"ops"_s);
    m_daemon->setMembers(u"general"_s, {{u"u-luis"_s, u"luis"_s}, {u"u-bea"_s, u"bea"_s}});
    openConnected({u"general"_s, u"ops"_s});
    const auto *people = find<QListView>(u"peopleList"_s)->model();
    QTRY_COMPARE(people->rowCount(), 3);
    const auto clockOf = [&](const QString &name) {
        for (int row = 0; row < people->rowCount(); ++row) {
            if (people->index(row, 0).data().toString() == name)
                return people->index(row, 0).data(PeopleModel::ClockRole).toString();
        }
        return u"not here"_s;
    };
    QCOMPARE(clockOf(u"luis"_s), u"not measured"_s);
    m_daemon->sendToAll(ClocksFrame{u"general"_s, {{u"u-luis"_s, -1800000, 9000, StampState::Ok, false, 5}}});
    m_daemon->say(u"general"_s, u"luis"_s, u"just after"_s);
    QTRY_COMPARE(clockOf(u"luis"_s), u"1.80 s behind ± 10 ms"_s);
    QCOMPARE(people->index(0, 0).data().toString(), u"luis"_s); // who is off stands first
    m_daemon->say(u"general"_s, u"luis"_s, u"what I report counts for more than one message"_s);
    m_daemon->say(u"ops"_s, u"luis"_s, u"in another room neither"_s);
    m_daemon->say(u"general"_s, u"bea"_s, u"I report nothing"_s);
    QTRY_COMPARE(clockOf(u"bea"_s), u"2 ms ahead ± 1.9 ms"_s);
    QCOMPARE(clockOf(u"luis"_s), u"1.80 s behind ± 10 ms"_s);
    QTRY_VERIFY(clockOf(u"ana"_s) != u"not measured"_s);
}

void tst_MainWindow::detailsOfAMessage()
{
    openConnected();
    m_daemon->say(u"general"_s, u"luis"_s, u"failing over"_s);
    QTRY_COMPARE(view()->model()->rowCount(), 1);
    QCOMPARE(view()->currentRow(), -1); // none was picked: the newest is meant
    key(Qt::Key_I, Qt::ControlModifier);
    auto *table = find<QTableWidget>(u"detailsTable"_s);
    QCOMPARE(table->rowCount(), 5);
    QVERIFY(!find<QWidget>(u"detailsLine"_s)->accessibleDescription().isEmpty());
    QTest::mouseClick(find<QPushButton>(u"detailsCopy"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"failing over\""_s));
}

void tst_MainWindow::docksByKey()
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

void tst_MainWindow::statusLineOpensTheSources()
{
    openConnected();
    auto *words = find<QLabel>(u"referenceStatus"_s);
    QTRY_VERIFY(words->isVisible());
    QTest::mouseClick(words, Qt::LeftButton);
    QTRY_VERIFY(find<QWidget>(u"sourcesPanel"_s)->isVisible());
}

void tst_MainWindow::narrowWindowHidesTheSides()
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

void tst_MainWindow::sidesGiveWayToTheRoom()
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

void tst_MainWindow::whatIsWrongIsToldInANarrowWindow()
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

void tst_MainWindow::nameOfTheRoomIsNotCutForACount()
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

void tst_MainWindow::narrowBannerKeepsItsButtonsSmall()
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

void tst_MainWindow::followsTheSystemPalette()
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

void tst_MainWindow::remembersForTheNextRun()
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

void tst_MainWindow::noMenuIsEmpty()
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

void tst_MainWindow::everythingThatWorksHasNames()
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

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
