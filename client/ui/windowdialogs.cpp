// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogs and docks of MainWindow: which one is opened when, and what becomes of its answer.
#include "client/core/chatclient.h"
#include "client/ui/aboutdialog.h"
#include "client/ui/bundledialog.h"
#include "client/ui/chatbinding.h"
#include "client/ui/clockdocks.h"
#include "client/ui/clockstrip.h"
#include "client/ui/composer.h"
#include "client/ui/datedialog.h"
#include "client/ui/detailsdialog.h"
#include "client/ui/exportdialog.h"
#include "client/ui/mainmenus.h"
#include "client/ui/mainwindow.h"
#include "client/ui/ownclockdialog.h"
#include "client/ui/quickswitcher.h"
#include "client/ui/roomdialog.h"
#include "client/ui/roomheader.h"
#include "client/ui/roompage.h"
#include "client/ui/roompanel.h"
#include "client/ui/searchpanel.h"
#include "client/ui/startrooms.h"
#include "client/ui/statusline.h"
#include "client/ui/zonedialog.h"
#include "common/clock.h"

using namespace Qt::StringLiterals;

namespace Synchat {

void MainWindow::wireDialogs()
{
    const MainMenus *menus = m_menus;
    connect(menus, &MainMenus::connectWanted, this, [this] { askWhereTo(ConnectDialog::Occasion::Change); });
    connect(menus, &MainMenus::createRoomWanted, this, [this] { askForRoom(true); });
    connect(menus, &MainMenus::joinRoomWanted, this, [this] { askForRoom(false); });
    connect(m_rooms, &RoomPanel::createWanted, this, [this] { askForRoom(true); });
    connect(m_rooms, &RoomPanel::joinWanted, this, [this] { askForRoom(false); });
    connect(menus, &MainMenus::switcherWanted, this, &MainWindow::openSwitcher);
    connect(&m_page->header(), &RoomHeader::roomsWanted, this, &MainWindow::openSwitcher);
    connect(menus, &MainMenus::detailsWanted, this, [this] {
        pickRow();
        openDetails(m_page->view().currentRow());
    });
    connect(&m_page->view(), &MessageView::detailsRequested, this, &MainWindow::openDetails);
    connect(menus, &MainMenus::compareWanted, this, [this] {
        pickRow();
        m_page->view().compareCurrent();
    });
    connect(menus, &MainMenus::ownClockWanted, this, &MainWindow::openOwnClock);
    connect(menus, &MainMenus::otherZoneWanted, this, [this] {
        m_menus->setZone(m_known.zone); // a click has moved the check mark already
        auto *dialog = new ZoneDialog(m_known.zone.id(), this);
        connect(dialog, &ZoneDialog::zoneChosen, this,
                [this](const QString &id) { setZone(ZoneChoice::fromId(id)); });
        dressed(dialog)->show();
    });
    connect(menus, &MainMenus::bundleWanted, this, &MainWindow::openBundleCheck);
    connect(menus, &MainMenus::shortcutsWanted, this,
            [this] { dressed(new ShortcutsDialog(m_menus->shortcuts(), m_look, this))->show(); });
    connect(menus, &MainMenus::aboutWanted, this, [this] { dressed(new AboutDialog(m_look, this))->show(); });
}

void MainWindow::wireDocks()
{
    connect(m_menus, &MainMenus::sourcesWanted, m_docks, &ClockDocks::toggleSources);
    connect(m_menus, &MainMenus::skewsWanted, m_docks, &ClockDocks::toggleSkews);
    connect(m_status, &StatusLine::referenceClicked, m_docks, &ClockDocks::showSources);
    connect(m_docks, &ClockDocks::focusGivenBack, this, [this] { m_page->composer().focusText(); });
    connect(m_docks, &ClockDocks::arranged, this, [this] {
        arrangePanels();
        remembersSoon();
    });
}

void MainWindow::wireHistory()
{
    connect(m_menus, &MainMenus::findWanted, m_docks, &ClockDocks::showSearch);
    connect(&m_docks->search(), &SearchPanel::messageChosen, this, [this](const QString &room, qint64 seq) {
        if (!m_binding || !RoomName::parse(room))
            return;
        QWidget *reading = focusWidget(); // one goes on to the next result
        m_binding->guide().showMessage(room, seq);
        if (reading)
            reading->setFocus();
    });
    connect(m_menus, &MainMenus::firstUnreadWanted, this, [this] {
        if (m_binding)
            m_binding->guide().showFirstUnread();
    });
    connect(m_menus, &MainMenus::dateWanted, this, &MainWindow::openDate);
    connect(m_menus, &MainMenus::exportWanted, this, &MainWindow::openExport);
}

void MainWindow::openDate()
{
    if (!m_binding)
        return;
    const QTimeZone zone = m_known.zone.zone();
    auto *dialog = new DateDialog(m_binding->room(), zone, toWire(m_clock.now()), this);
    connect(dialog, &DateDialog::timeChosen, this, [this, zone](WireMicros time) {
        if (m_binding)
            m_binding->guide().showTime(time, zone);
    });
    dressFields(*dialog, palette());
    dressed(dialog)->show();
}

void MainWindow::openExport()
{
    const auto room = m_binding ? RoomName::parse(m_binding->room()) : RoomName::general();
    if (!m_binding || !room)
        return;
    ExportOrder order;
    order.room = *room;
    order.heading.title = m_client->roomInfo(room->text()).title;
    order.heading.origin = m_known.server;
    order.heading.madeAt = toWire(m_clock.now());
    auto *dialog = new ExportDialog(*m_client, order, m_surroundings.documentsDir, this);
    dressFields(*dialog, palette());
    dressed(dialog)->show();
}

QWidget *MainWindow::dressed(QWidget *dialog)
{
    dialog->setPalette(palette());
    dialog->setWindowModality(Qt::WindowModal);
    return dialog;
}

void MainWindow::begin(const StartOptions &options)
{
    m_options = options;
    m_clockStrip->start();
    const auto rememberedServer = QUrl(m_known.server);
    const auto rememberedName = UserName::parse(m_known.name);
    const QUrl server = options.server.value_or(rememberedServer);
    const bool named = options.name || rememberedName;
    if (server.host().isEmpty() || !named) {
        askWhereTo(ConnectDialog::Occasion::FirstStart);
        return;
    }
    const UserName name = options.name ? *options.name : *rememberedName;
    connectTo(server, name, roomsAtStart(options.room, m_known, server),
              options.room ? options.key : QString());
}

void MainWindow::askWhereTo(ConnectDialog::Occasion occasion, const QString &problem)
{
    if (m_connectDialog) {
        m_connectDialog->say(problem);
        return;
    }
    // At the first start the command line counts for more than what is remembered, later what was chosen
    // last.
    const bool first = occasion == ConnectDialog::Occasion::FirstStart;
    QString server = first && m_options.server ? m_options.server->toString() : m_known.server;
    QString name = first && m_options.name ? m_options.name->text() : m_known.name;
    if (server.isEmpty())
        server = u"localhost:8737"_s;
    if (name.isEmpty())
        name = m_surroundings.suggestedName;
    m_connectDialog = new ConnectDialog(occasion, server, name, this);
    m_connectDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_connectDialog->say(problem);
    connect(m_connectDialog, &ConnectDialog::chosen, this, [this](const QUrl &where, const UserName &who) {
        const QStringList rooms = roomsAtStart(m_options.room, m_known, where);
        connectTo(where, who, rooms, m_options.room ? m_options.key : QString());
    });
    dressed(m_connectDialog)->show();
}

void MainWindow::askForRoom(bool create)
{
    if (!m_binding)
        return;
    auto *dialog = new RoomDialog(create ? RoomDialog::Task::Create : RoomDialog::Task::Join, this);
    connect(dialog, &RoomDialog::chosen, this, [this, create](const RoomName &room, const QString &extra) {
        if (!m_binding)
            return;
        if (create)
            m_binding->createRoom(room, extra);
        else
            m_binding->joinRoom(room, extra);
    });
    dressed(dialog)->show();
}

void MainWindow::openSwitcher()
{
    if (!m_binding)
        return;
    auto *dialog = new QuickSwitcher(m_binding->roomEntries(), this);
    connect(dialog, &QuickSwitcher::roomChosen, this, [this](const QString &room) {
        if (m_binding)
            m_binding->openRoom(room);
    });
    dressed(dialog)->show();
}

void MainWindow::openDetails(int row)
{
    const RoomModel *model = m_page->view().model();
    if (!model || row < 0 || row >= model->rowCount() || model->row(row).kind == RoomRow::Kind::Gap)
        return;
    dressed(new DetailsDialog(model->row(row).message, m_look, this))->show();
}

void MainWindow::openOwnClock()
{
    if (!m_ownClock) {
        m_ownClock = new OwnClockDialog(m_surroundings.machine, this);
        dressed(m_ownClock);
        m_ownClock->setWindowModality(Qt::NonModal);
    }
    m_ownClock->show(m_clockStrip->words(), m_client ? m_client->clockProbe().status() : ClockStatus());
}

void MainWindow::openBundleCheck()
{
    std::optional<QString> key;
    if (m_client && m_client->welcome())
        key = m_client->welcome()->key;
    auto *dialog = new BundleDialog(key, m_look, this);
    dressed(dialog)->setWindowModality(Qt::NonModal);
    dialog->show();
}

void MainWindow::allowMessageActions()
{
    m_menus->setHasMessage(m_page->view().model() != nullptr);
}

void MainWindow::pickRow()
{
    MessageView &view = m_page->view();
    const RoomModel *model = view.model();
    if (!model || view.currentRow() >= 0)
        return;
    for (int row = model->rowCount() - 1; row >= 0; --row) {
        if (model->row(row).kind != RoomRow::Kind::Gap)
            return view.setCurrentRow(row);
    }
}

} // namespace Synchat
