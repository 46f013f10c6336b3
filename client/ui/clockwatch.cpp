// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockwatch.h"

#include "client/ui/banner.h"

namespace Synchat {

ClockWatch::ClockWatch(Banner &banner, TimeService service, QObject *parent)
    : QObject(parent)
    , m_banner(banner)
    , m_service(service)
{}

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
    m_banner.say(tone, ClockBannerRule::sentence(m_status),
                 m_advice ? ClockBannerRule::howToMend(m_service) : QString());
}

} // namespace Synchat
