// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/ui/windowtest.h"

#include "client/ui/banner.h"

#include <QAbstractButton>
#include <QAction>
#include <QCalendarWidget>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTimeEdit>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Day = 86'400'000'000;

} // namespace

/// Scrolling, jumping and what is unread, in the whole window.
class tst_WindowHistory : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void scrollsUpToTheFirst();
    void scrollsDownThroughAHole();
    void liveMessagesAndResizesMoveNothing();
    void gapSaysThatItFailed();
    void goesToADate();
    void saysThatNothingWasSaidThen();
    void dateOfAnEmptyRoom();
    void firstUnreadAfterARestart();
    void nothingIsUnread();
    void exportsTheRoom();
    void exportsForSpreadsheets_data();
    void exportsForSpreadsheets();

private:
    void fill(int count, const QString &room = u"general"_s)
    {
        for (int i = 1; i <= count; ++i)
            m_daemon->say(room, i % 3 == 0 ? u"luis"_s : u"marta"_s, u"message %1"_s.arg(i));
    }
    RoomModel &model() const { return *view()->model(); }
    qint64 seqInTheMiddle() const
    {
        const int row = view()->rowAt({10, view()->viewport()->height() / 2});
        return row < 0 ? 0 : model().row(row).message.seq;
    }
    bool anyGapLoads() const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().row(row).gapState == RoomRow::GapState::Loading)
                return true;
        }
        return false;
    }
    void waitForGaps() const
    {
        QCoreApplication::processEvents(); // what is near is wanted from the event loop
        QTRY_VERIFY(!anyGapLoads());
    }
    void trigger(const QString &action) { find<QAction>(action)->trigger(); }
    void goTo(const QDate &day);
    QString notice() const
    {
        auto *banner = find<Banner>(u"noticeBanner"_s);
        return banner->isHidden() ? QString() : banner->text();
    }
};

void tst_WindowHistory::goTo(const QDate &day)
{
    trigger(u"dateAction"_s);
    auto *dialog = find<QDialog>(u"dateDialog"_s);
    dialog->findChild<QCalendarWidget *>(u"dateCalendar"_s)->setSelectedDate(day);
    dialog->findChild<QAbstractButton *>(u"dateAccept"_s)->click();
    QTRY_VERIFY(!m_window->findChild<QDialog *>(u"dateDialog"_s)); // gone with its choice
}

void tst_WindowHistory::scrollsUpToTheFirst()
{
    fill(420);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    QScrollBar *bar = view()->verticalScrollBar();
    int steps = 0;
    while (model().rowOfSeq(1) < 0 || bar->value() > 0) {
        QVERIFY(++steps < 400);
        const qint64 seq = seqInTheMiddle();
        const int before = seq > 0 ? view()->rowRect(model().rowOfSeq(seq)).bottom() : 0;
        const int value = bar->value();
        bar->setValue(value - 400);
        const int moved = seq > 0 ? view()->rowRect(model().rowOfSeq(seq)).bottom() - before : 0;
        if (seq > 0 && !view()->rowRect(model().rowOfSeq(seq)).isNull())
            QVERIFY(moved >= 0 && moved <= 400);
        // What comes meanwhile moves nothing.
        const qint64 now = seqInTheMiddle();
        const int at = now > 0 ? view()->rowRect(model().rowOfSeq(now)).bottom() : 0;
        waitForGaps();
        if (now > 0)
            QCOMPARE(view()->rowRect(model().rowOfSeq(now)).bottom(), at);
    }
    QCOMPARE(model().rowCount(), 420);
    QCOMPARE(view()->rowRect(0).top(), 0);
}

void tst_WindowHistory::scrollsDownThroughAHole()
{
    fill(420);
    for (qint64 seq = 1; seq <= 20; ++seq)
        m_daemon->setTime(u"general"_s, seq, Day * 20'000 + seq);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    goTo(QDate(2024, 10, 4)); // day 20000
    QTRY_VERIFY(!view()->rowRect(model().rowOfSeq(1)).isNull());
    QCOMPARE(notice(), QString());
    QVERIFY(!view()->isAtEnd());
    auto *pill = find<QAbstractButton>(u"newBelowPill"_s);
    QCOMPARE(pill->text(), u"↓ Back to newest"_s);
    QScrollBar *bar = view()->verticalScrollBar();
    int steps = 0;
    while (!view()->isAtEnd()) {
        QVERIFY(++steps < 400);
        bar->setValue(bar->value() + 400);
        const qint64 seq = seqInTheMiddle();
        const QRect at = seq > 0 ? view()->rowRect(model().rowOfSeq(seq)) : QRect();
        waitForGaps();
        if (seq > 0)
            QCOMPARE(view()->rowRect(model().rowOfSeq(seq)), at);
    }
    QCOMPARE(model().rowCount(), 420);
    QVERIFY(!pill->isVisible());
}

void tst_WindowHistory::liveMessagesAndResizesMoveNothing()
{
    fill(600);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    QScrollBar *bar = view()->verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const qint64 seq = seqInTheMiddle();
    const QSize size = m_window->size();
    // What stands at the bottom stays there while the height changes.
    const auto aboveTheBottom = [&] {
        return view()->viewport()->height() - view()->rowRect(model().rowOfSeq(seq)).bottom();
    };
    const int before = aboveTheBottom();
    for (int i = 0; i < 5; ++i) {
        m_daemon->say(u"general"_s, u"luis"_s, u"meanwhile"_s);
        QTRY_COMPARE(model().lastSeq(), 601 + i);
        QCOMPARE(aboveTheBottom(), before);
        m_window->resize(size - QSize(0, 20 * i));
        QCoreApplication::processEvents();
        QCOMPARE(aboveTheBottom(), before);
    }
    m_window->resize(size - QSize(200, 0));
    QCoreApplication::processEvents();
    QVERIFY(!view()->rowRect(model().rowOfSeq(seq)).isNull());
    m_window->resize(size);
    QCoreApplication::processEvents();
    QVERIFY(!view()->rowRect(model().rowOfSeq(seq)).isNull());
}

void tst_WindowHistory::gapSaysThatItFailed()
{
    fill(300);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    m_daemon->holdHistory(true);
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    QTRY_COMPARE(model().row(0).gapState, RoomRow::GapState::Loading);
    QCOMPARE(view()->currentRow(), 0);
    m_daemon->goAway();
    QTRY_COMPARE(model().row(0).gapState, RoomRow::GapState::Failed);
    QTest::keyClick(view(), Qt::Key_Return);
    QTRY_COMPARE(model().row(0).failure, u"There is no connection."_s);
    m_daemon->holdHistory(false);
    m_daemon->comeBack();
    QTRY_VERIFY_WITH_TIMEOUT(model().rowCount() > 101, 10'000); // by itself, since one looks at it
}

void tst_WindowHistory::goesToADate()
{
    fill(900);
    for (qint64 seq = 1; seq <= 500; ++seq)
        m_daemon->setTime(u"general"_s, seq, Day * 20'000 + (seq > 250 ? 3 * Day : 0) + seq);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    goTo(QDate(2024, 10, 7));
    QTRY_VERIFY(!view()->rowRect(model().rowOfSeq(251)).isNull());
    QCOMPARE(view()->currentRow(), model().rowOfSeq(251));
    QCOMPARE(notice(), QString());
    find<QAbstractButton>(u"newBelowPill"_s)->click();
    QVERIFY(view()->isAtEnd());
}

void tst_WindowHistory::saysThatNothingWasSaidThen()
{
    fill(10);
    for (qint64 seq = 1; seq <= 5; ++seq)
        m_daemon->setTime(u"general"_s, seq, Day * 20'000 + seq);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 10);
    goTo(QDate(2024, 10, 1));
    QTRY_VERIFY2(notice().contains(u"Nothing was said"_s), qPrintable(notice()));
    QVERIFY(notice().contains(u"4 October 2024"_s));
    QCOMPARE(view()->currentRow(), 0);
}

void tst_WindowHistory::dateOfAnEmptyRoom()
{
    openConnected();
    goTo(QDate(2024, 10, 1));
    QTRY_VERIFY2(notice().contains(u"Nothing has been said"_s), qPrintable(notice()));
}

void tst_WindowHistory::firstUnreadAfterARestart()
{
    m_daemon->addRoom(u"ops"_s);
    fill(200, u"ops"_s);
    openConnected({u"ops"_s});
    QTRY_COMPARE(model().lastSeq(), 200);
    QTRY_COMPARE(m_window->client()->lastRead(u"ops"_s), 200);
    m_window->close();
    m_window.reset();
    fill(700, u"ops"_s);
    openConnected({u"ops"_s});
    QTRY_COMPARE(model().lastSeq(), 900);
    auto *pill = find<QAbstractButton>(u"unreadPill"_s);
    QTRY_VERIFY(pill->isVisible());
    QVERIFY(pill->text().contains(u"700"_s));
    key(Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!view()->rowRect(model().rowOfSeq(201)).isNull());
    QCOMPARE(view()->currentRow(), model().rowOfSeq(201));
    QTRY_VERIFY(!pill->isVisible());
    QCOMPARE(view()->unreadAfter(), 200);
}

void tst_WindowHistory::nothingIsUnread()
{
    fill(5);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 5);
    trigger(u"firstUnreadAction"_s);
    QCOMPARE(notice(), u"Nothing is unread in # general."_s);
}

void tst_WindowHistory::exportsTheRoom()
{
    fill(1234);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    trigger(u"exportAction"_s);
    auto *dialog = find<QDialog>(u"exportDialog"_s);
    auto *format = dialog->findChild<QComboBox *>(u"exportFormat"_s);
    auto *path = dialog->findChild<QLineEdit *>(u"exportPath"_s);
    auto *note = dialog->findChild<QLabel *>(u"exportNote"_s);
    auto *begin = dialog->findChild<QAbstractButton *>(u"exportStart"_s);
    QVERIFY(path->text().endsWith(u"general.html"_s));
    path->setText(m_folder->path());
    QVERIFY(!begin->isEnabled());
    path->setText(m_folder->filePath(u"no/general.html"_s));
    begin->click();
    QTRY_VERIFY2(note->text().contains(u"cannot be written"_s), qPrintable(note->text()));
    path->setText(m_folder->filePath(u"general.html"_s));
    format->setCurrentIndex(format->findData(u"jsonl"_s));
    QCOMPARE(path->text(), m_folder->filePath(u"general.jsonl"_s));
    begin->click();
    QTRY_VERIFY2(note->text().startsWith(u"1,234 messages written"_s), qPrintable(note->text()));
    QFile file(m_folder->filePath(u"general.jsonl"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1234);
    QCOMPARE(model().rowCount(), 101); // nothing was loaded into the room
}

void tst_WindowHistory::exportsForSpreadsheets_data()
{
    QTest::addColumn<bool>("forSpreadsheets");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("for-spreadsheets") << true << QByteArray(",hi;'=1+2,");
    QTest::newRow("exact") << false << QByteArray(",hi;=1+2,");
}

void tst_WindowHistory::exportsForSpreadsheets()
{
    QFETCH(bool, forSpreadsheets);
    QFETCH(QByteArray, cell);
    m_daemon->say(u"general"_s, u"luis"_s, u"hi;=1+2"_s);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 1);
    trigger(u"exportAction"_s);
    auto *dialog = find<QDialog>(u"exportDialog"_s);
    auto *choice = dialog->findChild<QAbstractButton *>(u"exportForSpreadsheets"_s);
    QVERIFY(!choice->isVisible()); // a page has no cells
    auto *format = dialog->findChild<QComboBox *>(u"exportFormat"_s);
    format->setCurrentIndex(format->findData(u"csv"_s));
    QVERIFY(choice->isVisible() && choice->isChecked());
    choice->setChecked(forSpreadsheets);
    dialog->findChild<QLineEdit *>(u"exportPath"_s)->setText(m_folder->filePath(u"general.csv"_s));
    dialog->findChild<QAbstractButton *>(u"exportStart"_s)->click();
    auto *note = dialog->findChild<QLabel *>(u"exportNote"_s);
    QTRY_VERIFY2(note->text().startsWith(u"1 message written"_s), qPrintable(note->text()));
    QFile file(m_folder->filePath(u"general.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray table = file.readAll();
    QCOMPARE(table.startsWith("\xEF\xBB\xBF"), forSpreadsheets);
    QVERIFY2(table.contains(cell), table.constData());
}

QTEST_MAIN(tst_WindowHistory)
#include "tst_windowhistory.moc"
