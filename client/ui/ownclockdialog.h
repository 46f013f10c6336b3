// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/clockstriptext.h"
#include "client/ui/machinetime.h"

#include <QDialog>

class QLabel;

namespace Synchat {

/// What is known of this machine's own clock, in sentences, up to date while it is open.
class OwnClockDialog : public QDialog
{
    Q_OBJECT
public:
    OwnClockDialog(const MachineTime &machine, QWidget *parent = nullptr);
    void show(const ClockStripWords &words, const ClockStatus &status);

private:
    MachineTime m_machine;
    QLabel *m_text = nullptr;
};

} // namespace Synchat
