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

/// Why it may be the other side that is wrong; empty when the reference is confirmed.
QString ClockBannerRule::doubt(const ClockStatus &status)
{
    switch (status.referenceState) {
    case StampState::Ok:
        return {};
    case StampState::Holdover:
        return tr("The reference has been held over without a fresh sample from its sources.");
    case StampState::Falseticker:
        return tr("The daemon's sources of time contradict each other, so that it may not be your clock that "
                  "is wrong.");
    case StampState::Unsynced:
    case StampState::None:
        break;
    }
    if (status.referenceBound)
        return tr("The reference itself is known no better than %1.")
            .arg(StampText::spacedBound(*status.referenceBound));
    if (status.referenceFault)
        return tr("That is against the daemon's clock, in which a clock fault was injected on purpose: it is "
                  "probably not your clock that is wrong.");
    return tr("That is against the daemon's clock, which nothing confirms: it may be the daemon's clock that "
              "is wrong.");
}

QString ClockBannerRule::sentence(const ClockStatus &status)
{
    const QString skew = StampText::skewInWords(status.skew().value_or(0));
    const QString bound = status.bound ? StampText::spacedBound(*status.bound) : tr("without a bound");
    QStringList sentences{
        status.fault
            ? tr("Your clock is %1 %2, because a clock fault was injected here on purpose.").arg(skew, bound)
            : tr("Your clock is %1 %2.").arg(skew, bound)};
    const QString why = doubt(status);
    if (!why.isEmpty())
        sentences.append(why);
    sentences.append(tr("Messages are still in the right order."));
    return sentences.join(u' ');
}

} // namespace Synchat
