// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/clockbannerrule.h"

#include <QDate>
#include <QObject>

namespace Synchat {

class Banner;

/// Shows the banner about the own clock when its rule says so; keeps quiet for a day when asked to, unless it
/// gets worse.
class ClockWatch : public QObject
{
    Q_OBJECT
public:
    ClockWatch(Banner &banner, TimeService service, QObject *parent = nullptr);

    void look(const ClockStatus &status);
    /// In the zone in which clocks are shown.
    void setToday(const QDate &today) { m_today = today; }
    void hideForToday();
    void toggleAdvice();

private:
    void speak();

    Banner &m_banner;
    TimeService m_service;
    ClockBannerRule m_rule;
    ClockStatus m_status;
    QDate m_today;
    QDate m_hiddenOn;
    ClockAlarm m_hiddenAlarm = ClockAlarm::None;
    bool m_advice = false;
};

} // namespace Synchat
