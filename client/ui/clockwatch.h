// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/clockbannerrule.h"
#include "client/ui/machinetime.h"

#include <QDate>
#include <QObject>

class QPushButton;

namespace Synchat {

class Banner;

/// Shows the banner about the own clock when its rule says so, with what can be done about it: mend the
/// clock, or turn the fault off that was injected. Keeps quiet for a day when asked to, unless it gets worse.
class ClockWatch : public QObject
{
    Q_OBJECT
public:
    ClockWatch(Banner &banner, const MachineTime &machine, QObject *parent = nullptr);

    void look(const ClockStatus &status);
    /// In the zone in which clocks are shown.
    void setToday(const QDate &today) { m_today = today; }
    void hideForToday();
    void toggleAdvice();

Q_SIGNALS:
    void faultOffWanted();

private:
    void speak();

    Banner &m_banner;
    MachineTime m_machine;
    QPushButton *m_mend = nullptr;
    QPushButton *m_faultOff = nullptr;
    ClockBannerRule m_rule;
    ClockStatus m_status;
    QDate m_today;
    QDate m_hiddenOn;
    ClockAlarm m_hiddenAlarm = ClockAlarm::None;
    bool m_advice = false;
};

} // namespace Synchat
