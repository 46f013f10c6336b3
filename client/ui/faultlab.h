// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "common/clockfault.h"

#include <QObject>
#include <QPointer>

class QAction;
class QMainWindow;
class QMenu;

namespace Synchat {

class FaultClock;
class FaultDialog;
class FaultStrip;

/// Clock faults of this window, for teaching: the menu Lab, its dialog, the coloured strip and the mark in
/// the title. Sets faults on the FaultClock that was handed in, and on nothing else.
class FaultLab : public QObject
{
    Q_OBJECT
public:
    /// `clock` null: faults cannot be injected here, only the daemon's is shown.
    FaultLab(FaultClock *clock, QMainWindow &window);

    /// Put it at the top of the window.
    FaultStrip *strip() const { return m_strip; }
    /// Fills the menu; it belongs to the menu bar.
    void fillMenu(QMenu &menu);
    void setLook(const Look &look);
    /// The window's title but for the mark of a fault.
    void setTitle(const QString &title);
    void setDaemonFault(bool fault);

    void inject(const ClockFault &fault);
    void turnOff() { inject({}); }
    void openDialog();
    void copyOption();

Q_SIGNALS:
    void faultChanged();

private:
    ClockFault active() const;
    void refresh();

    FaultClock *m_clock;
    QMainWindow &m_window;
    FaultStrip *m_strip = nullptr;
    QPointer<FaultDialog> m_dialog;
    QAction *m_inject = nullptr;
    QAction *m_off = nullptr;
    QAction *m_copy = nullptr;
    QString m_title;
    bool m_daemonFault = false;
};

} // namespace Synchat
