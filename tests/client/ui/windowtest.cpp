// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/ui/windowtest.h"

#include "client/ui/composeredit.h"

using namespace Qt::StringLiterals;

namespace Synchat {

void WindowTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_daemon = std::make_unique<ScriptedDaemon>();
}

void WindowTest::cleanup()
{
    m_window.reset();
    m_daemon.reset();
    m_folder.reset();
    m_clock.setFault({});
}

void WindowTest::open()
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

void WindowTest::openConnected(const QStringList &rooms)
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

void WindowTest::write(const QString &text)
{
    auto *edit = find<ComposerEdit>(u"composerEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

} // namespace Synchat
