// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/connectdialog.h"
#include "client/ui/machinetime.h"
#include "client/ui/remembered.h"
#include "client/ui/startoptions.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <memory>

class QSplitter;

namespace Synchat {

class ChatBinding;
class ChatClient;
class Clock;
class ClockDocks;
class ClockStrip;
class ClockWatch;
class FaultClock;
class FaultLab;
class MainMenus;
class OwnClockDialog;
class PeoplePanel;
class RoomPage;
class RoomPanel;
class StatusLine;

/// Where the window keeps things and what this machine is like; handed in.
struct WindowSurroundings
{
    QString settingsPath; ///< empty: nothing is remembered
    QString stateDir;     ///< for ChatClient
    MachineTime machine = {};
    QString suggestedName;     ///< for the first-start dialog
    QString documentsDir = {}; ///< suggested for what is exported
    /// The clock that the window is given, where faults can be injected into it; null: they cannot.
    FaultClock *faultClock = nullptr;
};

/// The window: makes the parts and wires them. What is shown of a chat is ChatBinding's, what is decided
/// stands in the parts and in the pure classes beside them.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(const Clock &clock, WindowSurroundings surroundings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// After the first paint: connects as told, or as remembered, or asks.
    void begin(const StartOptions &options);
    void connectTo(const QUrl &server, const UserName &name, const QStringList &rooms,
                   const QString &keyOfFirst = {});

    ChatClient *client() const { return m_client.get(); }
    const Remembered &remembered() const { return m_known; }
    const Look &look() const { return m_look; }

    void setDensity(Density density);
    void setZone(const ZoneChoice &zone);
    void setThemeChoice(ThemeChoice choice);
    void setTextScale(double scale);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void makeParts(const Clock &clock);
    void makeBanners();
    void wireLab();
    void wireMenus();
    void wireViewMenu();
    void wireDialogs();
    void wireDocks();
    void wireHistory();
    void openDate();
    void openExport();
    void applyLook();
    void applyZone();
    void arrangePanels();
    void sharePanels();
    void restoreWindow();
    void remember();
    void remembersSoon();
    void tick();
    void askWhereTo(ConnectDialog::Occasion occasion, const QString &problem = {});
    void askForRoom(bool create);
    void openSwitcher();
    void openDetails(int row);
    void openOwnClock();
    void openBundleCheck();
    void allowMessageActions();
    /// What is done to "the message" is done to the newest one, when none was picked.
    void pickRow();
    QWidget *dressed(QWidget *dialog);

    WindowSurroundings m_surroundings;
    Remembered m_known;
    Look m_look;
    StartOptions m_options;
    const Clock &m_clock;
    MainMenus *m_menus = nullptr;
    ClockStrip *m_clockStrip = nullptr;
    ClockDocks *m_docks = nullptr;
    QSplitter *m_splitter = nullptr;
    QList<int> m_wideSizes; ///< of the splitter, while a narrow window has others
    RoomPanel *m_rooms = nullptr;
    RoomPage *m_page = nullptr;
    PeoplePanel *m_people = nullptr;
    StatusLine *m_status = nullptr;
    ClockWatch *m_clockWatch = nullptr;
    FaultLab *m_lab = nullptr;
    QPointer<ConnectDialog> m_connectDialog;
    QPointer<OwnClockDialog> m_ownClock;
    QTimer m_saver;
    std::unique_ptr<ChatClient> m_client;
    std::unique_ptr<ChatBinding> m_binding;
};

} // namespace Synchat
