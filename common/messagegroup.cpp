// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagegroup.h"

#include "common/stamptext.h"

#include <QDateTime>

namespace Synchat {

namespace {

constexpr WireMicros SecondsPerYear = 31'556'952;
constexpr WireMicros LatestShown = (9999 - 1970) * SecondsPerYear * 1'000'000;
constexpr WireMicros EarliestShown = (1 - 1970) * SecondsPerYear * 1'000'000;

} // namespace

OptionalMicros shownTime(const Message &message)
{
    const Stamps &stamps = message.stamps;
    if (stamps.best.t)
        return stamps.best.t;
    return stamps.local.t ? stamps.local.t : stamps.live.t;
}

std::optional<QDate> dayOf(WireMicros time, const QTimeZone &zone)
{
    if (time < EarliestShown || time > LatestShown)
        return std::nullopt;
    const qint64 milliseconds = time >= 0 ? time / 1000 : (time - 999) / 1000;
    return QDateTime::fromMSecsSinceEpoch(milliseconds, zone).date();
}

bool continuesGroup(const Message &above, const Message &message)
{
    if (above.from != message.from)
        return false;
    if (StampText::liveMark(above.stamps) != StampText::liveMark(message.stamps))
        return false;
    const OptionalMicros before = shownTime(above);
    const OptionalMicros now = shownTime(message);
    if (before.has_value() != now.has_value())
        return false;
    if (!now || !dayOf(*now, QTimeZone::utc()) || !dayOf(*before, QTimeZone::utc()))
        return now == before;
    return qAbs(*now - *before) <= GroupBreak;
}

} // namespace Synchat
