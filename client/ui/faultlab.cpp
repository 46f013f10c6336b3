// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/faultlab.h"

#include "client/ui/faultdialog.h"
#include "client/ui/faultstrip.h"
#include "client/ui/faultwords.h"
#include "common/faultclock.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Synchat {

FaultLab::FaultLab(FaultClock *clock, QMainWindow &window)
    : QObject(&window)
    , m_clock(clock)
    , m_window(window)
    , m_strip(new FaultStrip(&window))
    , m_title(window.windowTitle())
{
    connect(m_strip, &FaultStrip::offWanted, this, &FaultLab::turnOff);
    refresh();
}

void FaultLab::fillMenu(QMenu &menu)
{
    const auto add = [this, &menu](const QString &name, const QString &text, auto slot) {
        QAction *action = menu.addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_inject = add(u"injectFaultAction"_s, tr("&Inject a clock fault…"), &FaultLab::openDialog);
    m_inject->setCheckable(true);
    m_off = add(u"faultOffAction"_s, tr("&Turn the fault off"), &FaultLab::turnOff);
    menu.addSeparator();
    m_copy = add(u"copyFaultAction"_s, tr("&Copy the fault as an option"), &FaultLab::copyOption);
    refresh();
}

ClockFault FaultLab::active() const
{
    return m_clock ? m_clock->fault() : ClockFault();
}

void FaultLab::inject(const ClockFault &fault)
{
    if (!m_clock)
        return;
    m_clock->setFault(fault);
    refresh();
    Q_EMIT faultChanged();
}

void FaultLab::openDialog()
{
    refresh(); // choosing it has toggled the check mark
    if (!m_clock)
        return;
    if (!m_dialog) {
        m_dialog = new FaultDialog(active(), &m_window);
        dressFields(*m_dialog, m_window.palette());
        connect(m_dialog, &FaultDialog::chosen, this, &FaultLab::inject);
    }
    m_dialog->QWidget::show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void FaultLab::copyOption()
{
    QGuiApplication::clipboard()->setText(FaultWords::option(active()));
}

void FaultLab::setLook(const Look &look)
{
    m_strip->setLook(look);
}

void FaultLab::setTitle(const QString &title)
{
    m_title = title;
    refresh();
}

void FaultLab::setDaemonFault(bool fault)
{
    if (fault == m_daemonFault)
        return;
    m_daemonFault = fault;
    refresh();
}

void FaultLab::refresh()
{
    const ClockFault fault = active();
    const bool on = !fault.isNone();
    m_strip->say(on ? FaultWords::of(fault) : QString(), m_daemonFault);
    m_window.setWindowTitle(on ? tr("[fault] %1").arg(m_title) : m_title);
    if (!m_inject)
        return;
    m_inject->setEnabled(m_clock != nullptr);
    m_inject->setChecked(on);
    m_off->setEnabled(on);
    m_copy->setEnabled(on);
}

} // namespace Synchat
