// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/view/messageview.h"
#include "client/ui/zonechoice.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;

namespace Synchat {

/// The menus and their keys. Says what was chosen, shows what holds; does nothing itself.
class MainMenus : public QObject
{
    Q_OBJECT
public:
    explicit MainMenus(QMenuBar &bar, QObject *parent = nullptr);

    void setDensity(Density density);
    void setZone(const ZoneChoice &zone);
    void setThemeChoice(ThemeChoice choice);
    void setPanels(bool rooms, bool people);
    void setConnected(bool hasClient);
    void setRoomOpen(bool open, bool leavable);
    void setHasMessage(bool has);

    /// Filled by whoever experiments with the clock.
    QMenu &lab() { return *m_lab; }

    /// Every action with a key: its words and its key, as the shortcuts dialog lists them.
    QList<std::pair<QString, QString>> shortcuts() const;

Q_SIGNALS:
    void connectWanted();
    void reconnectWanted();
    void createRoomWanted();
    void joinRoomWanted();
    void leaveRoomWanted();
    void quitWanted();
    void copyWanted();
    void copyJsonWanted();
    void compareWanted();
    void selectAllWanted();
    void findWanted();
    void firstUnreadWanted();
    void dateWanted();
    void exportWanted();
    void replyWanted();
    void densityChosen(Synchat::Density density);
    void densityCycled();
    void textSizeStepped(int direction); ///< 0: back to normal
    void zoneChosen(const Synchat::ZoneChoice &zone);
    void utcToggled();
    void otherZoneWanted();
    void themeChosen(Synchat::ThemeChoice choice);
    void roomsToggled(bool shown);
    void peopleToggled(bool shown);
    void neighbourWanted(int step);
    void switcherWanted();
    void markReadWanted();
    void detailsWanted();
    void ownClockWanted();
    void sourcesWanted();
    void skewsWanted();
    void bundleWanted();
    void shortcutsWanted();
    void aboutWanted();

private:
    using Notify = void (MainMenus::*)();
    QAction *add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key = {});
    QAction *add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key,
                 Notify notify);
    void addChat(QMenuBar &bar);
    void addEdit(QMenuBar &bar);
    void addView(QMenuBar &bar);
    void addDensities(QMenu *view);
    void addTextSizes(QMenu *view);
    void addZones(QMenu *view);
    void addThemes(QMenu *view);
    void addRoom(QMenuBar &bar);
    void addClocks(QMenuBar &bar);
    void addLab(QMenuBar &bar);
    void addHelp(QMenuBar &bar);

    QMenuBar &m_bar;
    QActionGroup *m_densities = nullptr;
    QActionGroup *m_zones = nullptr;
    QActionGroup *m_themes = nullptr;
    QAction *m_otherZone = nullptr;
    QAction *m_rooms = nullptr;
    QAction *m_people = nullptr;
    QList<QAction *> m_needClient;
    QList<QAction *> m_needRoom;
    QList<QAction *> m_needMessage;
    QAction *m_leave = nullptr;
    QMenu *m_lab = nullptr;
};

} // namespace Synchat
