// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window: what it says of clocks and of the reference.
#include "client/ui/banner.h"
#include "client/ui/composeredit.h"
#include "client/ui/faultlab.h"
#include "client/ui/peoplemodel.h"
#include "tests/client/ui/windowtest.h"

#include <QAction>
#include <QLabel>
#include <QListView>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_WindowClocks : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void utcKey();
    void stripSaysWhatTheClockIsWorth();
    void bannerForAWrongClock();
    void injectedFaultIsSeenEverywhere();
    void daemonUnderAFaultIsSaid();
    void peopleShowTheirClocks();
    void statusLineOpensTheSources();
};

void tst_WindowClocks::utcKey()
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

void tst_WindowClocks::stripSaysWhatTheClockIsWorth()
{
    m_daemon->setUnsynced(true);
    openConnected();
    QTRY_VERIFY(find<QLabel>(u"clockNote"_s)->text().contains(u"which nothing confirms"_s));
    QVERIFY(find<QLabel>(u"pathFactValue"_s)->text().contains(StampText::pathInWords(ProbePath::WebSocket)));
    QTRY_VERIFY(find<QLabel>(u"referenceStatus"_s)->text().contains(u"which nothing confirms"_s));
}

void tst_WindowClocks::bannerForAWrongClock()
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

void tst_WindowClocks::injectedFaultIsSeenEverywhere()
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

void tst_WindowClocks::daemonUnderAFaultIsSaid()
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

void tst_WindowClocks::peopleShowTheirClocks()
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

void tst_WindowClocks::statusLineOpensTheSources()
{
    openConnected();
    auto *words = find<QLabel>(u"referenceStatus"_s);
    QTRY_VERIFY(words->isVisible());
    QTest::mouseClick(words, Qt::LeftButton);
    QTRY_VERIFY(find<QWidget>(u"sourcesPanel"_s)->isVisible());
}

QTEST_MAIN(tst_WindowClocks)
#include "tst_windowclocks.moc"
