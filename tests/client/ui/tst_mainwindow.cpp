// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window: connections, rooms and messages. What it says of clocks: tst_windowclocks.cpp; how it is
// laid out and operated: tst_windowlook.cpp.
#include "client/ui/banner.h"
#include "client/ui/composeredit.h"
#include "client/ui/roomlistmodel.h"
#include "tests/client/ui/windowtest.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_MainWindow : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
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
    void detailsOfAMessage();
};

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
    QTRY_COMPARE(view()->model()->rowCount(), 101);
    m_daemon->goAway();
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Offline);
    view()->verticalScrollBar()->setValue(0);
    QCoreApplication::processEvents();
    QCOMPARE(view()->model()->rowCount(), 101);
    m_daemon->comeBack();
    QTRY_COMPARE_WITH_TIMEOUT(view()->model()->rowCount(), 150, 10'000);
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

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
