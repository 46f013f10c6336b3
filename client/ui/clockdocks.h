// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QMainWindow>
#include <QPointer>

class QDockWidget;

namespace Synchat {

class ChatBinding;
class Clock;
class SearchPanel;
class SkewPanel;
class SourcesPanel;

/// The middle of the window with its docks: the daemon's sources of time, skews over time, and search in the
/// history. A main window inside the main window, so that the docks stand between clock strip and status
/// line.
class ClockDocks : public QMainWindow
{
    Q_OBJECT
public:
    explicit ClockDocks(const Clock &clock, QWidget *parent = nullptr);
    ~ClockDocks() override;

    /// What is shown is of this connection, as long as it lives.
    void setBinding(ChatBinding *binding);
    void setLook(const Look &look);
    /// Once a second.
    void tick();

    /// Shows it in front of the other one; puts it away when it is there already.
    void toggleSources() { toggle(m_sourcesDock); }
    void toggleSkews() { toggle(m_skewsDock); }
    void showSources();
    /// With the keyboard in it; it stays when it is there already.
    void showSearch();
    bool takesWidth() const; ///< search stands beside the room
    SearchPanel &search() { return *m_search; }

Q_SIGNALS:
    /// They came, went or moved: what saveState() gives has changed.
    void arranged();
    /// A dock was put away that had the keyboard.
    void focusGivenBack();

private:
    QDockWidget *addDock(const QString &name, const QString &title, QWidget *content,
                         Qt::DockWidgetArea area = Qt::BottomDockWidgetArea);
    void close(QDockWidget *dock);
    void bring(QDockWidget *dock);
    int firstHeight() const;
    void toggle(QDockWidget *dock);
    void takeReport();
    void watch();

    Look m_look;
    QPointer<ChatBinding> m_binding;
    SourcesPanel *m_sources = nullptr;
    SkewPanel *m_skews = nullptr;
    SearchPanel *m_search = nullptr;
    QDockWidget *m_sourcesDock = nullptr;
    QDockWidget *m_skewsDock = nullptr;
    QDockWidget *m_searchDock = nullptr;
};

} // namespace Synchat
