// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockdocks.h"

#include "client/ui/chatbinding.h"
#include "client/ui/searchpanel.h"
#include "client/ui/skewpanel.h"
#include "client/ui/sourcespanel.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int FirstHeight = 300;  ///< of the docks, at text size 1
constexpr int UsefulHeight = 250; ///< half of a small window is given away for it
constexpr int SearchWidth = 320;
constexpr int LeastSearchWidth = 280;

/// A dock's title in the hand of the window.
QWidget *makeTitle(QDockWidget *dock)
{
    auto *bar = new QWidget(dock);
    bar->setObjectName(dock->objectName() + u"Title"_s);
    bar->setProperty("dockTitle", true);
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *title = new QLabel(dock->windowTitle(), bar);
    title->setObjectName(dock->objectName() + u"Name"_s);
    auto *close = new QToolButton(bar);
    close->setObjectName(dock->objectName() + u"Close"_s);
    close->setText(u"✕"_s);
    close->setAccessibleName(ClockDocks::tr("Close %1").arg(dock->windowTitle()));
    close->setToolTip(close->accessibleName());
    QObject::connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(20, 4, 8, 4);
    row->addWidget(title, 1);
    row->addWidget(close);
    return bar;
}

} // namespace

ClockDocks::ClockDocks(const Clock &clock, QWidget *parent)
    : QMainWindow(parent)
{
    setWindowFlags(Qt::Widget);
    setObjectName(u"clockDocks"_s);
    setContextMenuPolicy(Qt::NoContextMenu);
    setDocumentMode(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    m_sources = new SourcesPanel(this);
    m_skews = new SkewPanel(clock, this);
    m_sourcesDock = addDock(u"sourcesDock"_s, tr("Sources of time"), m_sources);
    m_skewsDock = addDock(u"skewsDock"_s, tr("Skews over time"), m_skews);
    m_search = new SearchPanel(clock, this);
    m_searchDock = addDock(u"searchDock"_s, tr("Find in history"), m_search, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    tabifyDockWidget(m_sourcesDock, m_skewsDock);
    for (QDockWidget *dock : {m_sourcesDock, m_skewsDock, m_searchDock})
        dock->hide();
    connect(m_search, &SearchPanel::closeWanted, this, [this] { close(m_searchDock); });
}

ClockDocks::~ClockDocks()
{
    // They are hidden when they are destroyed, and nobody is here any more who could be told.
    for (QDockWidget *dock : {m_sourcesDock, m_skewsDock, m_searchDock})
        dock->disconnect(this);
}

QDockWidget *ClockDocks::addDock(const QString &name, const QString &title, QWidget *content,
                                 Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->setTitleBarWidget(makeTitle(dock));
    addDockWidget(area, dock);
    connect(dock, &QDockWidget::visibilityChanged, this, &ClockDocks::watch);
    connect(dock, &QDockWidget::dockLocationChanged, this, &ClockDocks::arranged);
    connect(dock, &QDockWidget::topLevelChanged, this, &ClockDocks::arranged);
    return dock;
}

void ClockDocks::bring(QDockWidget *dock)
{
    const bool first = m_sourcesDock->isHidden() && m_skewsDock->isHidden();
    dock->show();
    dock->raise();
    if (first && !dock->isFloating())
        resizeDocks({dock}, {firstHeight()}, Qt::Vertical);
    if (dock == m_sourcesDock)
        m_sources->focusTable();
    else
        m_skews->setFocus();
}

int ClockDocks::firstHeight() const
{
    const int wanted = std::min(m_look.grid(FirstHeight), height() * 2 / 5);
    return std::max(wanted, std::min(m_look.grid(UsefulHeight), height() / 2));
}

void ClockDocks::toggle(QDockWidget *dock)
{
    const bool inFront = dock->isVisible() && !dock->visibleRegion().isEmpty();
    if (!inFront) {
        bring(dock);
        return;
    }
    close(dock);
}

void ClockDocks::close(QDockWidget *dock)
{
    const bool hadFocus = dock->isAncestorOf(focusWidget());
    dock->close();
    if (hadFocus)
        Q_EMIT focusGivenBack();
}

void ClockDocks::showSearch()
{
    const bool first = m_searchDock->isHidden();
    m_searchDock->show();
    m_searchDock->raise();
    if (first && !m_searchDock->isFloating())
        resizeDocks({m_searchDock}, {std::min(m_look.grid(SearchWidth), width() * 2 / 5)}, Qt::Horizontal);
    m_search->focusWords();
}

bool ClockDocks::takesWidth() const
{
    return !m_searchDock->isHidden() && !m_searchDock->isFloating() &&
           dockWidgetArea(m_searchDock) != Qt::BottomDockWidgetArea;
}

void ClockDocks::showSources()
{
    bring(m_sourcesDock);
}

void ClockDocks::setBinding(ChatBinding *binding)
{
    m_binding = binding;
    m_skews->setRecorder(binding ? &binding->skews().recorder() : nullptr);
    m_search->setClient(binding ? &binding->client() : nullptr);
    if (binding) {
        connect(&binding->sources(), &SourcesPoll::answered, this, &ClockDocks::takeReport);
        // The binding's parts are gone by then; only the pointers to them are let go.
        connect(binding, &QObject::destroyed, this, [this, binding] {
            if (!m_binding || m_binding == binding)
                setBinding(nullptr);
        });
    }
    takeReport();
    watch();
}

void ClockDocks::takeReport()
{
    if (m_binding)
        m_sources->setReport(m_binding->sources().report(), m_binding->sources().trouble(),
                             m_binding->skews().recorder().now());
    else
        m_sources->setReport(std::nullopt, SourcesPoll::Trouble::NotAsked, {});
}

void ClockDocks::watch()
{
    if (m_binding)
        m_binding->sources().setWatched(m_sources->isVisible() || m_skews->isVisible());
    Q_EMIT arranged();
}

void ClockDocks::setLook(const Look &look)
{
    m_look = look;
    m_sources->setLook(look);
    m_skews->setLook(look);
    m_search->setLook(look);
    m_search->setMinimumWidth(look.grid(LeastSearchWidth));
    for (const QDockWidget *dock : {m_sourcesDock, m_skewsDock, m_searchDock}) {
        const QList<QLabel *> titles = dock->titleBarWidget()->findChildren<QLabel *>();
        for (QLabel *title : titles)
            title->setFont(look.font(10, QFont::DemiBold));
    }
}

void ClockDocks::tick()
{
    if (!m_binding)
        return;
    if (m_sources->isVisible())
        m_sources->setNow(m_binding->skews().recorder().now());
    m_skews->refresh();
}

} // namespace Synchat
