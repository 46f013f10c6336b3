// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/mainwindow.h"

#include "client/core/chatclient.h"
#include "client/ui/banner.h"
#include "client/ui/chatbinding.h"
#include "client/ui/clockdocks.h"
#include "client/ui/clockstrip.h"
#include "client/ui/clockwatch.h"
#include "client/ui/composer.h"
#include "client/ui/faultlab.h"
#include "client/ui/faultstrip.h"
#include "client/ui/mainmenus.h"
#include "client/ui/ownclockdialog.h"
#include "client/ui/peoplepanel.h"
#include "client/ui/roomheader.h"
#include "client/ui/roompage.h"
#include "client/ui/roompanel.h"
#include "client/ui/searchpanel.h"
#include "client/ui/statusline.h"
#include "common/timestamp.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenuBar>
#include <QPushButton>
#include <QSplitter>
#include <QSysInfo>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int PeopleFromWidth = 800; ///< narrower windows hide the people, at text size 1
constexpr int RoomsFromWidth = 600;
constexpr int BesideSearch = 320;  ///< what an open search takes from them
constexpr int PageFromWidth = 370; ///< the room itself, before the panels beside it are made narrower
constexpr std::chrono::milliseconds SaveDelay{1500};

} // namespace

MainWindow::MainWindow(const Clock &clock, WindowSurroundings surroundings, QWidget *parent)
    : QMainWindow(parent)
    , m_surroundings(std::move(surroundings))
    , m_known(Remembered::load(m_surroundings.settingsPath))
    , m_clock(clock)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Synchat"));
    setMinimumSize(480, 360);
    m_menus = new MainMenus(*menuBar(), this);
    makeParts(clock);
    makeBanners();
    wireLab();
    wireMenus();
    wireViewMenu();
    wireDialogs();
    wireDocks();
    wireHistory();
    m_saver.setSingleShot(true);
    m_saver.setInterval(SaveDelay);
    connect(&m_saver, &QTimer::timeout, this, &MainWindow::remember);
    m_page->composer().setDrafts(m_known.drafts);
    applyLook();
    applyZone();
    setDensity(m_known.density);
    restoreWindow();
}

MainWindow::~MainWindow()
{
    m_docks->disconnect(this); // they still tell that they go
    m_binding.reset();
    m_client.reset();
}

void MainWindow::makeParts(const Clock &clock)
{
    auto *body = new QWidget(this);
    body->setObjectName(u"windowBody"_s);
    m_clockStrip = new ClockStrip(clock, body);
    m_docks = new ClockDocks(clock, body);
    m_splitter = new QSplitter(Qt::Horizontal, m_docks);
    m_splitter->setObjectName(u"panels"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_rooms = new RoomPanel(m_splitter);
    m_page = new RoomPage(m_splitter);
    m_people = new PeoplePanel(m_splitter);
    m_splitter->addWidget(m_rooms);
    m_splitter->addWidget(m_page);
    m_splitter->addWidget(m_people);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({228, 852, 320});
    m_docks->setCentralWidget(m_splitter);
    m_status = new StatusLine(body);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_lab = new FaultLab(m_surroundings.faultClock, *this);
    column->addWidget(m_lab->strip());
    column->addWidget(m_clockStrip);
    column->addWidget(m_docks, 1);
    column->addWidget(m_status);
    setCentralWidget(body);
    m_page->view().setEmptyText(tr("Not connected"), tr("Choose a server in the menu Chat."));
    m_status->setConnection(StatusLine::Link::Offline, tr("Not connected to any server."));
    connect(m_clockStrip, &ClockStrip::ticked, this, &MainWindow::tick);
    connect(&m_page->composer(), &Composer::draftsChanged, this, &MainWindow::remembersSoon);
    connect(m_splitter, &QSplitter::splitterMoved, this, &MainWindow::remembersSoon);
}

void MainWindow::makeBanners()
{
    const QPushButton *reconnect = m_page->linkBanner().addButton(u"reconnectButton"_s, tr("Reconnect"));
    connect(reconnect, &QPushButton::clicked, this, [this] {
        if (m_client)
            m_client->reconnectNow();
    });
    m_clockWatch = new ClockWatch(m_page->clockBanner(), m_surroundings.machine, this);
    const QPushButton *hideNotice = m_page->noticeBanner().addButton(u"hideNoticeButton"_s, tr("Hide"));
    connect(hideNotice, &QPushButton::clicked, &m_page->noticeBanner(), &QWidget::hide);
}

void MainWindow::wireLab()
{
    m_lab->fillMenu(m_menus->lab());
    connect(m_clockWatch, &ClockWatch::faultOffWanted, m_lab, &FaultLab::turnOff);
    connect(m_lab, &FaultLab::faultChanged, this, [this] {
        m_clockStrip->start(); // its next second is another one now
        tick();
    });
}

void MainWindow::wireMenus()
{
    const MainMenus *menus = m_menus;
    connect(menus, &MainMenus::quitWanted, this, &QWidget::close);
    connect(menus, &MainMenus::reconnectWanted, this, [this] {
        if (m_client)
            m_client->reconnectNow();
    });
    connect(menus, &MainMenus::leaveRoomWanted, this, [this] {
        if (m_binding)
            m_binding->leaveRoom();
    });
    MessageView *view = &m_page->view();
    connect(menus, &MainMenus::copyWanted, view, &MessageView::copySelection);
    connect(menus, &MainMenus::copyJsonWanted, this, [this, view] {
        pickRow();
        view->copyCurrentAsJson();
    });
    connect(menus, &MainMenus::selectAllWanted, view, &MessageView::selectAll);
    connect(menus, &MainMenus::replyWanted, this, [this] {
        pickRow();
        if (m_binding)
            m_binding->replyToCurrent();
    });
    connect(menus, &MainMenus::neighbourWanted, this, [this](int step) {
        if (m_binding)
            m_binding->openRoom(m_rooms->neighbour(step));
    });
    connect(menus, &MainMenus::markReadWanted, this, [this] {
        if (!m_binding)
            return;
        m_binding->markRead();
        m_page->view().scrollToEnd();
    });
}

void MainWindow::wireViewMenu()
{
    const MainMenus *menus = m_menus;
    connect(menus, &MainMenus::densityChosen, this, &MainWindow::setDensity);
    connect(menus, &MainMenus::densityCycled, this,
            [this] { setDensity(static_cast<Density>((static_cast<int>(m_known.density) + 1) % 3)); });
    connect(menus, &MainMenus::textSizeStepped, this, [this](int direction) {
        setTextScale(direction == 0 ? 1.0 : nextTextScale(m_look.scale, direction));
    });
    connect(menus, &MainMenus::zoneChosen, this, &MainWindow::setZone);
    connect(menus, &MainMenus::utcToggled, this,
            [this] { setZone(m_known.zone.isUtc() ? m_known.zoneBeforeUtc : ZoneChoice::utc()); });
    connect(menus, &MainMenus::themeChosen, this, &MainWindow::setThemeChoice);
    const auto showRooms = [this](bool shown) {
        m_known.roomsShown = shown;
        arrangePanels();
    };
    const auto showPeople = [this](bool shown) {
        m_known.peopleShown = shown;
        arrangePanels();
    };
    connect(menus, &MainMenus::roomsToggled, this, showRooms);
    connect(menus, &MainMenus::peopleToggled, this, showPeople);
    connect(&m_page->header(), &RoomHeader::peopleWanted, this,
            [this, showPeople] { showPeople(!m_known.peopleShown); });
    connect(&m_page->header(), &RoomHeader::densityChosen, this, &MainWindow::setDensity);
}

void MainWindow::setDensity(Density density)
{
    m_known.density = density;
    m_page->view().setDensity(density);
    m_page->header().setDensity(density);
    m_menus->setDensity(density);
    remembersSoon();
}

void MainWindow::setZone(const ZoneChoice &zone)
{
    if (zone.isUtc() && !m_known.zone.isUtc())
        m_known.zoneBeforeUtc = m_known.zone;
    m_known.zone = zone;
    applyZone();
    remembersSoon();
}

void MainWindow::applyZone()
{
    const QTimeZone zone = m_known.zone.zone();
    m_clockStrip->setTimeZone(zone);
    m_page->view().setTimeZone(zone);
    m_docks->search().setTimeZone(zone);
    m_menus->setZone(m_known.zone);
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_known.theme = choice;
    applyLook();
    remembersSoon();
}

void MainWindow::setTextScale(double scale)
{
    m_known.scale = boundedTextScale(scale);
    applyLook();
    arrangePanels();
    remembersSoon();
}

void MainWindow::applyLook()
{
    const Theme theme = themeFor(m_known.theme, QApplication::palette());
    if (m_look.theme != theme || styleSheet().isEmpty()) {
        setPalette(theme.palette());
        setStyleSheet(styleSheetFor(theme));
    }
    m_look = {theme, m_known.scale};
    const QFont font = m_look.font(10);
    // By the application: under a style sheet a window's own font does not reach its children.
    if (QApplication::font() != font)
        QApplication::setFont(font);
    menuBar()->setFont(font);
    m_lab->setLook(m_look);
    m_clockStrip->setLook(m_look);
    m_rooms->setLook(m_look);
    m_page->setLook(m_look);
    m_people->setLook(m_look);
    m_status->setLook(m_look);
    m_docks->setLook(m_look);
    m_menus->setThemeChoice(m_known.theme);
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && m_status)
        applyLook();
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_binding)
        m_binding->look();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    arrangePanels();
    sharePanels();
    remembersSoon();
}

void MainWindow::arrangePanels()
{
    const double wide = width() / m_look.scale - (m_docks->takesWidth() ? BesideSearch : 0);
    m_people->setVisible(m_known.peopleShown && wide >= PeopleFromWidth);
    m_rooms->setVisible(m_known.roomsShown && wide >= RoomsFromWidth);
    m_menus->setPanels(m_known.roomsShown, m_known.peopleShown);
}

/// The panels give way to the room in a narrow window, and have their widths again in a wide one.
void MainWindow::sharePanels()
{
    const auto isTight = [this](const QList<int> &sizes) {
        const double search = m_docks->takesWidth() ? BesideSearch * m_look.scale : 0;
        return width() - search - sizes.constFirst() - sizes.constLast() < PageFromWidth * m_look.scale;
    };
    if (!m_wideSizes.isEmpty() && !isTight(m_wideSizes))
        m_splitter->setSizes(std::exchange(m_wideSizes, {}));
    if (!isTight(m_splitter->sizes()) || m_people->isHidden() || m_rooms->isHidden())
        return;
    if (m_wideSizes.isEmpty())
        m_wideSizes = m_splitter->sizes();
    const int rooms = m_rooms->minimumWidth();
    const int people = std::max(m_people->minimumWidth(), width() * 32 / 100);
    m_splitter->setSizes({rooms, width() - rooms - people, people});
}

void MainWindow::restoreWindow()
{
    if (m_known.geometry.isEmpty() || !restoreGeometry(m_known.geometry))
        resize(1280, 800);
    if (!m_known.splitter.isEmpty())
        m_splitter->restoreState(m_known.splitter);
    if (!m_known.docks.isEmpty())
        m_docks->restoreState(m_known.docks);
    arrangePanels();
}

void MainWindow::remembersSoon()
{
    if (!m_saver.isActive())
        m_saver.start();
}

void MainWindow::remember()
{
    m_saver.stop();
    m_known.geometry = saveGeometry();
    if (!m_people->isHidden() && !m_rooms->isHidden())
        m_known.splitter = m_splitter->saveState();
    m_known.docks = m_docks->saveState();
    m_known.drafts = m_page->composer().drafts();
    if (m_binding) {
        m_known.room = m_binding->room();
        m_known.rooms = m_binding->joinedRooms();
    }
    if (!m_known.save(m_surroundings.settingsPath))
        m_page->noticeBanner().say(
            Banner::Tone::Warning,
            tr("The settings could not be written to %1.").arg(m_surroundings.settingsPath));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    if (m_client)
        m_client->stop();
    QMainWindow::closeEvent(event);
}

void MainWindow::tick()
{
    const QTimeZone zone = m_known.zone.zone();
    m_clockWatch->setToday(QDateTime::fromMSecsSinceEpoch(toWire(m_clock.now()) / 1000, zone).date());
    if (m_client) {
        const ClockStatus status = m_client->clockProbe().status();
        m_clockWatch->look(status);
        m_lab->setDaemonFault(status.referenceFault);
    }
    if (m_binding)
        m_binding->tick();
    m_docks->tick();
    if (m_ownClock && m_client)
        openOwnClock();
}

void MainWindow::connectTo(const QUrl &server, const UserName &name, const QStringList &rooms,
                           const QString &keyOfFirst)
{
    m_binding.reset();
    m_client.reset();
    m_known.server = server.toString();
    m_known.name = name.text();
    const QString program =
        u"synchat/%1 (%2)"_s.arg(QStringLiteral(SYNCHAT_VERSION), QSysInfo::prettyProductName());
    m_client =
        std::make_unique<ChatClient>(m_clock, ClientConfig{server, name, program, m_surroundings.stateDir});
    m_binding = std::make_unique<ChatBinding>(
        m_clock, *m_client, WindowParts{*m_clockStrip, *m_rooms, *m_page, *m_people, *m_status});
    connect(m_binding.get(), &ChatBinding::roomOpened, this, [this](const QString &room) {
        m_docks->search().setRoom(room);
        m_lab->setTitle(tr("# %1 – Synchat").arg(room));
        m_menus->setRoomOpen(true, room != RoomName::general().text());
        allowMessageActions();
        remembersSoon();
    });
    connect(m_binding.get(), &ChatBinding::refused, this,
            [this](const QString &sentence) { askWhereTo(ConnectDialog::Occasion::Change, sentence); });
    m_docks->setBinding(m_binding.get());
    m_menus->setConnected(true);
    m_binding->begin(rooms, keyOfFirst);
    m_client->start();
    remembersSoon();
}

} // namespace Synchat
