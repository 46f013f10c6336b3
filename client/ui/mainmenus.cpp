// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/mainmenus.h"

#include "client/ui/roomheader.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace Synchat {

MainMenus::MainMenus(QMenuBar &bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{
    addChat(bar);
    addEdit(bar);
    addView(bar);
    addRoom(bar);
    addClocks(bar);
    addLab(bar);
    addHelp(bar);
    setConnected(false);
    setRoomOpen(false, false);
    setHasMessage(false);
}

QAction *MainMenus::add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(key);
    return action;
}

QAction *MainMenus::add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key,
                        Notify notify)
{
    QAction *action = add(menu, name, text, key);
    connect(action, &QAction::triggered, this, notify);
    return action;
}

void MainMenus::addChat(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("&Chat"));
    menu->setObjectName(u"chatMenu"_s);
    add(menu, u"connectAction"_s, tr("&Connect to a server…"), {}, &MainMenus::connectWanted);
    m_needClient.append(
        add(menu, u"reconnectAction"_s, tr("&Reconnect now"), Qt::Key_F5, &MainMenus::reconnectWanted));
    menu->addSeparator();
    m_needClient.append(add(menu, u"createRoomAction"_s, tr("Create a r&oom…"),
                            QKeySequence(Qt::CTRL | Qt::Key_N), &MainMenus::createRoomWanted));
    m_needClient.append(add(menu, u"joinRoomAction"_s, tr("&Join a room…"),
                            QKeySequence(Qt::CTRL | Qt::Key_J), &MainMenus::joinRoomWanted));
    m_leave = add(menu, u"leaveRoomAction"_s, tr("&Leave the room"), {}, &MainMenus::leaveRoomWanted);
    menu->addSeparator();
    add(menu, u"quitAction"_s, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), &MainMenus::quitWanted);
}

void MainMenus::addEdit(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("&Edit"));
    menu->setObjectName(u"editMenu"_s);
    m_needMessage.append(add(menu, u"replyAction"_s, tr("&Reply"), QKeySequence(Qt::CTRL | Qt::Key_R),
                             &MainMenus::replyWanted));
    menu->addSeparator();
    m_needRoom.append(add(menu, u"copyAction"_s, tr("&Copy"), QKeySequence::Copy, &MainMenus::copyWanted));
    m_needMessage.append(add(menu, u"copyJsonAction"_s, tr("Copy the message as &JSON"),
                             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &MainMenus::copyJsonWanted));
    m_needRoom.append(add(menu, u"selectAllAction"_s, tr("Select &all messages"), QKeySequence::SelectAll,
                          &MainMenus::selectAllWanted));
    menu->addSeparator();
    m_needRoom.append(
        add(menu, u"findAction"_s, tr("&Find in history…"), QKeySequence::Find, &MainMenus::findWanted));
}

void MainMenus::addView(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("&View"));
    menu->setObjectName(u"viewMenu"_s);
    addDensities(menu);
    menu->addSeparator();
    addTextSizes(menu);
    menu->addSeparator();
    addZones(menu);
    addThemes(menu);
    menu->addSeparator();
    m_rooms = add(menu, u"roomsPanelAction"_s, tr("&Rooms"), Qt::Key_F8);
    m_people = add(menu, u"peoplePanelAction"_s, tr("&People"), Qt::Key_F9);
    for (QAction *action : {m_rooms, m_people})
        action->setCheckable(true);
    connect(m_rooms, &QAction::triggered, this, &MainMenus::roomsToggled);
    connect(m_people, &QAction::triggered, this, &MainMenus::peopleToggled);
}

void MainMenus::addDensities(QMenu *view)
{
    m_densities = new QActionGroup(this);
    const std::array keys{Qt::Key_1, Qt::Key_2, Qt::Key_3};
    const std::array names{u"densityCompactAction"_s, u"densityDeltasAction"_s, u"densityAllFourAction"_s};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto density = static_cast<Density>(i);
        QAction *action = add(view, names.at(i), densityName(density), QKeySequence(Qt::CTRL | keys.at(i)));
        action->setCheckable(true);
        action->setData(static_cast<int>(density));
        m_densities->addAction(action);
    }
    connect(m_densities, &QActionGroup::triggered, this,
            [this](QAction *action) { Q_EMIT densityChosen(static_cast<Density>(action->data().toInt())); });
    add(view, u"densityCycleAction"_s, tr("&Next of these"), QKeySequence(Qt::CTRL | Qt::Key_T),
        &MainMenus::densityCycled);
}

void MainMenus::addTextSizes(QMenu *view)
{
    QAction *bigger = add(view, u"textBiggerAction"_s, tr("Text &bigger"));
    bigger->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    QAction *smaller =
        add(view, u"textSmallerAction"_s, tr("Text &smaller"), QKeySequence(Qt::CTRL | Qt::Key_Minus));
    QAction *normal =
        add(view, u"textNormalAction"_s, tr("Text n&ormal"), QKeySequence(Qt::CTRL | Qt::Key_0));
    connect(bigger, &QAction::triggered, this, [this] { Q_EMIT textSizeStepped(1); });
    connect(smaller, &QAction::triggered, this, [this] { Q_EMIT textSizeStepped(-1); });
    connect(normal, &QAction::triggered, this, [this] { Q_EMIT textSizeStepped(0); });
}

void MainMenus::addZones(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Time &zone"));
    menu->setObjectName(u"zoneMenu"_s);
    m_zones = new QActionGroup(this);
    const auto choice = [&](const QString &name, const QString &text, const ZoneChoice &zone) {
        QAction *action = add(menu, name, text);
        action->setCheckable(true);
        action->setData(zone.id());
        m_zones->addAction(action);
        connect(action, &QAction::triggered, this, [this, zone] { Q_EMIT zoneChosen(zone); });
    };
    choice(u"zoneSystemAction"_s, tr("&System"), ZoneChoice::system());
    choice(u"zoneUtcAction"_s, tr("&UTC"), ZoneChoice::utc());
    choice(u"zoneMadridAction"_s, tr("Europe/&Madrid"), ZoneChoice::madrid());
    m_otherZone = add(menu, u"zoneOtherAction"_s, tr("&Other…"), {}, &MainMenus::otherZoneWanted);
    m_otherZone->setCheckable(true);
    m_zones->addAction(m_otherZone);
    menu->addSeparator();
    add(menu, u"zoneToggleUtcAction"_s, tr("UTC and &back"), QKeySequence(Qt::CTRL | Qt::Key_U),
        &MainMenus::utcToggled);
}

void MainMenus::addThemes(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("&Theme"));
    menu->setObjectName(u"themeMenu"_s);
    m_themes = new QActionGroup(this);
    const auto choice = [&](const QString &name, const QString &text, ThemeChoice theme) {
        QAction *action = add(menu, name, text);
        action->setCheckable(true);
        action->setData(static_cast<int>(theme));
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, theme] { Q_EMIT themeChosen(theme); });
    };
    choice(u"themeSystemAction"_s, tr("As the &system"), ThemeChoice::System);
    choice(u"themeLightAction"_s, tr("&Light"), ThemeChoice::Light);
    choice(u"themeDarkAction"_s, tr("&Dark"), ThemeChoice::Dark);
}

void MainMenus::addRoom(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("&Room"));
    menu->setObjectName(u"roomMenu"_s);
    QAction *previous =
        add(menu, u"previousRoomAction"_s, tr("&Previous room"), QKeySequence(Qt::ALT | Qt::Key_Up));
    QAction *next = add(menu, u"nextRoomAction"_s, tr("&Next room"), QKeySequence(Qt::ALT | Qt::Key_Down));
    connect(previous, &QAction::triggered, this, [this] { Q_EMIT neighbourWanted(-1); });
    connect(next, &QAction::triggered, this, [this] { Q_EMIT neighbourWanted(1); });
    QAction *switcher = add(menu, u"switcherAction"_s, tr("&Go to a room…"),
                            QKeySequence(Qt::CTRL | Qt::Key_K), &MainMenus::switcherWanted);
    m_needClient.append({previous, next, switcher});
    menu->addSeparator();
    m_needRoom.append(add(menu, u"firstUnreadAction"_s, tr("First &unread message"),
                          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U), &MainMenus::firstUnreadWanted));
    m_needRoom.append(add(menu, u"dateAction"_s, tr("Go to a &date…"), QKeySequence(Qt::CTRL | Qt::Key_G),
                          &MainMenus::dateWanted));
    m_needRoom.append(add(menu, u"exportAction"_s, tr("&Export…"),
                          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), &MainMenus::exportWanted));
    menu->addSeparator();
    m_needRoom.append(
        add(menu, u"markReadAction"_s, tr("Mark as &read"), Qt::Key_Escape, &MainMenus::markReadWanted));
}

void MainMenus::addClocks(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("C&locks"));
    menu->setObjectName(u"clocksMenu"_s);
    m_needMessage.append(add(menu, u"detailsAction"_s, tr("&Clocks of the message…"),
                             QKeySequence(Qt::CTRL | Qt::Key_I), &MainMenus::detailsWanted));
    m_needMessage.append(add(menu, u"compareAction"_s, tr("Compare &two messages"),
                             QKeySequence(Qt::CTRL | Qt::Key_D), &MainMenus::compareWanted));
    add(menu, u"ownClockAction"_s, tr("&Your clock…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I),
        &MainMenus::ownClockWanted);
    menu->addSeparator();
    add(menu, u"sourcesAction"_s, tr("&Sources of time…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        &MainMenus::sourcesWanted);
    add(menu, u"skewsAction"_s, tr("S&kews over time…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
        &MainMenus::skewsWanted);
}

void MainMenus::addLab(QMenuBar &bar)
{
    m_lab = bar.addMenu(tr("La&b"));
    m_lab->setObjectName(u"labMenu"_s);
}

void MainMenus::addHelp(QMenuBar &bar)
{
    QMenu *menu = bar.addMenu(tr("&Help"));
    menu->setObjectName(u"helpMenu"_s);
    add(menu, u"bundleAction"_s, tr("&Check a bundle…"), {}, &MainMenus::bundleWanted);
    menu->addSeparator();
    add(menu, u"shortcutsAction"_s, tr("&Keys"), Qt::Key_F1, &MainMenus::shortcutsWanted);
    add(menu, u"aboutAction"_s, tr("&About Synchat"), {}, &MainMenus::aboutWanted);
}

void MainMenus::setDensity(Density density)
{
    const QList<QAction *> actions = m_densities->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == static_cast<int>(density));
}

void MainMenus::setZone(const ZoneChoice &zone)
{
    bool known = false;
    const QList<QAction *> actions = m_zones->actions();
    for (QAction *action : actions) {
        if (action == m_otherZone)
            continue;
        const bool here = action->data().toString() == zone.id();
        known = known || here;
        action->setChecked(here);
    }
    m_otherZone->setChecked(!known);
    m_otherZone->setText(known ? tr("&Other…") : tr("&Other (%1)…").arg(zone.id()));
}

void MainMenus::setThemeChoice(ThemeChoice choice)
{
    const QList<QAction *> actions = m_themes->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
}

void MainMenus::setPanels(bool rooms, bool people)
{
    m_rooms->setChecked(rooms);
    m_people->setChecked(people);
}

void MainMenus::setConnected(bool hasClient)
{
    for (QAction *action : std::as_const(m_needClient))
        action->setEnabled(hasClient);
}

void MainMenus::setRoomOpen(bool open, bool leavable)
{
    for (QAction *action : std::as_const(m_needRoom))
        action->setEnabled(open);
    m_leave->setEnabled(open && leavable);
}

void MainMenus::setHasMessage(bool has)
{
    for (QAction *action : std::as_const(m_needMessage))
        action->setEnabled(has);
}

QList<std::pair<QString, QString>> MainMenus::shortcuts() const
{
    QList<std::pair<QString, QString>> list;
    const QList<QMenu *> menus = m_bar.findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        const QList<QAction *> actions = menu->actions();
        for (const QAction *action : actions) {
            if (action->shortcut().isEmpty())
                continue;
            QString text = action->text();
            text.remove(u'&').remove(u'…');
            list.append({text, action->shortcut().toString(QKeySequence::NativeText)});
        }
    }
    return list;
}

} // namespace Synchat
