// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockwatch.h"

#include "client/ui/banner.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Synchat {

ClockWatch::ClockWatch(Banner &banner, const MachineTime &machine, QObject *parent)
    : QObject(parent)
    , m_banner(banner)
    , m_machine(machine)
{
    m_mend = banner.addButton(u"mendClockButton"_s, tr("How to mend it"));
    connect(m_mend, &QPushButton::clicked, this, &ClockWatch::toggleAdvice);
    m_faultOff = banner.addButton(u"bannerFaultOffButton"_s, tr("Turn the fault off"));
    m_faultOff->hide();
    connect(m_faultOff, &QPushButton::clicked, this, &ClockWatch::faultOffWanted);
    const QPushButton *hide = banner.addButton(u"hideClockBannerButton"_s, tr("Hide for today"));
    connect(hide, &QPushButton::clicked, this, &ClockWatch::hideForToday);
}

void ClockWatch::look(const ClockStatus &status)
{
    m_status = status;
    const ClockAlarm alarm = m_rule.judge(status);
    const bool asleep = m_hiddenOn.isValid() && m_hiddenOn == m_today && alarm <= m_hiddenAlarm;
    if (alarm == ClockAlarm::None || asleep) {
        m_banner.hide();
        return;
    }
    speak();
}

void ClockWatch::hideForToday()
{
    m_hiddenOn = m_today;
    m_hiddenAlarm = m_rule.alarm();
    m_banner.hide();
}

void ClockWatch::toggleAdvice()
{
    m_advice = !m_advice;
    speak();
}

void ClockWatch::speak()
{
    const auto tone = m_rule.alarm() == ClockAlarm::Loud ? Banner::Tone::Loud : Banner::Tone::Notice;
    // A clock that is wrong on purpose is not mended in the system.
    m_mend->setVisible(!m_status.fault);
    m_faultOff->setVisible(m_status.fault);
    const bool advises = m_advice && !m_status.fault;
    m_banner.say(tone, ClockBannerRule::sentence(m_status),
                 advises ? MendingAdvice::words(m_machine) : QString());
}

} // namespace Synchat
