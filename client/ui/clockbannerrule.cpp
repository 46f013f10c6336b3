// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockbannerrule.h"

#include "client/ui/clockstriptext.h"

#include <cstdlib>
#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// How far it is off at least, whatever the true value inside the bound is.
WireMicros certainlyOff(WireMicros skew, WireMicros bound)
{
    if (skew == std::numeric_limits<WireMicros>::min())
        return std::numeric_limits<WireMicros>::max();
    return std::abs(skew) - bound;
}

WireMicros threshold(WireMicros above, bool stands)
{
    return stands ? above / 5 * 4 : above;
}

} // namespace

ClockAlarm ClockBannerRule::judge(const ClockStatus &status)
{
    const OptionalMicros skew = status.skew();
    if (!skew) {
        m_alarm = ClockAlarm::None;
        return m_alarm;
    }
    const WireMicros off = certainlyOff(*skew, status.bound.value_or(0));
    if (off > threshold(LoudBannerAbove, m_alarm == ClockAlarm::Loud))
        m_alarm = ClockAlarm::Loud;
    else if (off > threshold(BannerAbove, m_alarm != ClockAlarm::None))
        m_alarm = ClockAlarm::Notice;
    else
        m_alarm = ClockAlarm::None;
    return m_alarm;
}

QString ClockBannerRule::sentence(const ClockStatus &status)
{
    const QString skew = StampText::skewInWords(status.skew().value_or(0));
    const QString bound = status.bound ? ClockStripText::spacedBound(*status.bound) : QString();
    const QString head = tr("Your clock is %1 %2.").arg(skew, bound);
    if (status.referenceState == StampState::Ok || status.referenceBound)
        return tr("%1 Messages are still in the right order.").arg(head);
    return tr("%1 That is against the daemon's clock, which nothing confirms: it may be the daemon's clock "
              "that is "
              "wrong. Messages are still in the right order.")
        .arg(head);
}

QString ClockBannerRule::howToMend(TimeService service)
{
    switch (service) {
    case TimeService::Systemd:
        return tr("This system can set its clock from the network: run “sudo timedatectl set-ntp true” in a "
                  "terminal, "
                  "then “timedatectl” to see whether it is synchronised.");
    case TimeService::Chrony:
        return tr("This system keeps its clock by chrony: run “chronyc tracking” to see what it does, and "
                  "“sudo chronyc "
                  "makestep” to set the clock at once.");
    case TimeService::Unknown:
        break;
    }
    return tr("Set the clock in the settings of this system, or let it be set from the network by an NTP "
              "service such "
              "as chrony.");
}

} // namespace Synchat
