// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/searchsession.h"
#include "tests/client/ui/windowtest.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// Search in the whole window.
class tst_WindowSearch : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void findsAndJumps();
    void jumpsIntoAnotherRoom();
    void loadsMoreAsOneScrolls();
    void saysWhatWentWrong_data();
    void saysWhatWentWrong();
    void saysThatItIsNotFinished();
    void saysThatMoreIsNotFinished();
    void saysThatTheLinkIsDown();
    void narrowsTheSearch();
    void keysAndReaders();

private:
    void search(const QString &words);
    QListView *list() const { return find<QListView>(u"searchResults"_s); }
    QString title() const { return find<QLabel>(u"searchTitle"_s)->text(); }
    QString hint() const { return find<QLabel>(u"searchHint"_s)->text(); }
    RoomModel &model() const { return *view()->model(); }
};

void tst_WindowSearch::search(const QString &words)
{
    key(Qt::Key_F, Qt::ControlModifier);
    auto *field = find<QLineEdit>(u"searchWords"_s);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, words);
    QTest::keyClick(field, Qt::Key_Return);
}

void tst_WindowSearch::findsAndJumps()
{
    for (int i = 1; i <= 600; ++i)
        m_daemon->say(u"general"_s, u"luis"_s, i == 100 ? u"the needle of the hay"_s : u"hay %1"_s.arg(i));
    openConnected();
    QTRY_COMPARE(model().rowCount(), 101);
    search(u"Needle"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY(list()->isVisible());
    list()->setFocus();
    list()->setCurrentIndex(list()->model()->index(0, 0));
    QTest::keyClick(list(), Qt::Key_Return);
    QTRY_VERIFY(!view()->rowRect(model().rowOfSeq(100)).isNull());
    QCOMPARE(view()->currentRow(), model().rowOfSeq(100));
    QVERIFY(model().rowOfSeq(99) >= 0 && model().rowOfSeq(101) >= 0); // in its context
    view()->scrollToEnd();
    QTest::keyClick(list(), Qt::Key_Return); // now it is held
    QVERIFY(!view()->rowRect(model().rowOfSeq(100)).isNull());
    auto *pill = find<QAbstractButton>(u"newBelowPill"_s);
    QCOMPARE(pill->text(), u"↓ Back to newest"_s);
    pill->click();
    QVERIFY(view()->isAtEnd());
    QCOMPARE(view()->lastVisibleSeq(), 600);
}

void tst_WindowSearch::jumpsIntoAnotherRoom()
{
    m_daemon->addRoom(u"ops"_s);
    for (int i = 1; i <= 400; ++i)
        m_daemon->say(u"ops"_s, u"luis"_s, i == 30 ? u"needle"_s : u"hay"_s);
    m_daemon->say(u"general"_s, u"luis"_s, u"hello"_s);
    openConnected();
    find<QComboBox>(u"searchScope"_s)->setCurrentIndex(1);
    search(u"needle"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY(!m_daemon->searches().constLast().room);
    const QRect row = list()->visualRect(list()->model()->index(0, 0));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, Qt::NoModifier, row.center());
    QTRY_COMPARE(model().room(), u"ops"_s);
    QTRY_VERIFY(model().rowOfSeq(30) >= 0 && !view()->rowRect(model().rowOfSeq(30)).isNull());
    QTRY_COMPARE(model().lastSeq(), 400); // the newest page, which came after it, moved nothing
    QVERIFY(!view()->rowRect(model().rowOfSeq(30)).isNull());
}

void tst_WindowSearch::loadsMoreAsOneScrolls()
{
    for (int i = 1; i <= 130; ++i)
        m_daemon->say(u"general"_s, u"luis"_s, u"needle %1"_s.arg(i));
    openConnected();
    search(u"needle"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 50);
    const auto scrollUntil = [this](int rows) { // again and again: rows may be there before they are laid out
        if (list()->model()->rowCount() < rows)
            list()->verticalScrollBar()->setValue(list()->verticalScrollBar()->maximum());
        return list()->model()->rowCount() == rows;
    };
    QTRY_VERIFY(scrollUntil(100));
    QTRY_VERIFY(scrollUntil(130));
    QTRY_COMPARE(find<QLabel>(u"searchBelow"_s)->text(), u"130 messages, newest first."_s);
    QCOMPARE(m_daemon->searches().size(), 3);
}

void tst_WindowSearch::saysWhatWentWrong_data()
{
    QTest::addColumn<ErrorFrame>("error");
    QTest::addColumn<QString>("words");
    QTest::newRow("forbidden") << ErrorFrame{ErrorCode::Forbidden, u"This daemon has no search."_s, {}, {}}
                               << u"This daemon has no search."_s;
    QTest::newRow("rate") << ErrorFrame{ErrorCode::RateLimited, u"Too many searches."_s, {}, 3}
                          << u"Too many searches. Try again in 3 seconds."_s;
}

void tst_WindowSearch::saysWhatWentWrong()
{
    QFETCH(ErrorFrame, error);
    QFETCH(QString, words);
    m_daemon->say(u"general"_s, u"luis"_s, u"needle"_s);
    openConnected();
    m_daemon->refuseSearch(error);
    search(u"needle"_s);
    QTRY_COMPARE(title(), u"The search failed"_s);
    QCOMPARE(hint(), words);
    m_daemon->refuseSearch({});
    QTest::mouseClick(find<QAbstractButton>(u"searchAgain"_s), Qt::LeftButton);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY(list()->isVisible());
}

void tst_WindowSearch::saysThatItIsNotFinished()
{
    m_daemon->say(u"general"_s, u"luis"_s, u"needle"_s);
    openConnected();
    m_daemon->endSearchesEarly(true);
    search(u"needle"_s);
    QTRY_COMPARE(title(), u"Not searched to the end yet"_s);
    QCOMPARE(m_daemon->searches().size(), SearchSession::MostEmptyPages);
    auto *goOn = find<QAbstractButton>(u"searchAgain"_s);
    QVERIFY(goOn->isVisible() && !find<QAbstractButton>(u"searchMoreAgain"_s)->isVisible());
    QCOMPARE(goOn->text(), u"Search on"_s);
    m_daemon->endSearchesEarly(false);
    QTest::mouseClick(goOn, Qt::LeftButton);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY(list()->isVisible());
}

void tst_WindowSearch::saysThatMoreIsNotFinished()
{
    for (int i = 1; i <= 70; ++i)
        m_daemon->say(u"general"_s, u"luis"_s, u"needle %1"_s.arg(i));
    openConnected();
    search(u"needle"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 50);
    m_daemon->endSearchesEarly(true);
    QTRY_VERIFY(list()->verticalScrollBar()->maximum() > 0); // laid out
    list()->verticalScrollBar()->setValue(list()->verticalScrollBar()->maximum());
    auto *goOn = find<QAbstractButton>(u"searchMoreAgain"_s);
    QTRY_VERIFY(goOn->isVisible());
    QCOMPARE(goOn->text(), u"Search on"_s);
    QCOMPARE(find<QLabel>(u"searchBelow"_s)->text(),
             u"50 messages so far, newest first. Not searched to the end yet."_s);
    m_daemon->endSearchesEarly(false);
    QTest::mouseClick(goOn, Qt::LeftButton);
    QTRY_COMPARE(list()->model()->rowCount(), 70);
    QVERIFY(!goOn->isVisible());
}

void tst_WindowSearch::saysThatTheLinkIsDown()
{
    openConnected();
    m_daemon->goAway();
    QTRY_COMPARE(m_window->client()->linkState(), LinkState::Offline);
    search(u"needle"_s);
    QTRY_COMPARE(title(), u"The search failed"_s);
    QVERIFY2(hint().contains(u"no connection"_s), qPrintable(hint()));
    QVERIFY(find<QAbstractButton>(u"searchAgain"_s)->isVisible());
}

void tst_WindowSearch::narrowsTheSearch()
{
    m_daemon->say(u"general"_s, u"luis"_s, u"needle"_s);
    openConnected();
    search({});
    QCOMPARE(title(), u"Nothing to search for"_s);
    QCOMPARE(m_daemon->searches().size(), 0);
    auto *author = find<QLineEdit>(u"searchAuthor"_s);
    QTest::keyClicks(author, u"marta"_s);
    QTest::keyClick(author, Qt::Key_Return);
    QTRY_COMPARE(title(), u"Nothing found"_s);
    QVERIFY(hint().contains(u"# general"_s));
    QCOMPARE(m_daemon->searches().constLast().from, u"marta"_s);
    find<QComboBox>(u"searchPeriod"_s)->setCurrentIndex(4);
    QVERIFY(find<QWidget>(u"searchFrom"_s)->isVisible());
    author->setFocus();
    QTest::keyClick(author, Qt::Key_Return);
    QTRY_COMPARE(m_daemon->searches().size(), 2);
    QVERIFY(m_daemon->searches().constLast().since && m_daemon->searches().constLast().until);
}

void tst_WindowSearch::keysAndReaders()
{
    m_daemon->say(u"general"_s, u"luis"_s, u"a needle, in the text"_s);
    openConnected();
    QTRY_COMPARE(model().rowCount(), 1);
    search(u"needle"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    const QString spoken = list()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.startsWith(u"luis, "_s) && spoken.endsWith(u"room general: a needle, in the text"_s),
             qPrintable(spoken));
    for (const QString &name :
         {u"searchWords"_s, u"searchAuthor"_s, u"searchScope"_s, u"searchPeriod"_s, u"searchResults"_s})
        QVERIFY2(!find<QWidget>(name)->accessibleName().isEmpty(), qPrintable(name));
    auto *dock = find<QDockWidget>(u"searchDock"_s);
    QVERIFY(dock->isVisible());
    QTest::keyClick(find<QLineEdit>(u"searchWords"_s), Qt::Key_Escape);
    QVERIFY(!dock->isVisible());
    QVERIFY(find<QWidget>(u"composerEdit"_s)->hasFocus());
    key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(dock->isVisible());
    QCOMPARE(list()->model()->rowCount(), 1); // what was found is still there
}

QTEST_MAIN(tst_WindowSearch)
#include "tst_windowsearch.moc"
