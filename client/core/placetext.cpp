// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/placetext.h"

#include "common/messagegroup.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::PlaceText)
};

QString dayText(const QDate &day)
{
    return QLocale().toString(day, Text::tr("d MMMM yyyy", "a day in a sentence"));
}

QDate dayIn(WireMicros time, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(time / 1000, zone).date();
}

} // namespace

QString remarkOnSeq(qint64 seq, const Message &shown)
{
    if (seq == shown.seq)
        return {};
    return Text::tr("Message %1 is not kept in # %2 any more. This is the one nearest to it.")
        .arg(QString::number(seq), shown.room);
}

QString remarkOnTime(WireMicros time, const Message &shown, const QTimeZone &zone)
{
    const OptionalMicros at = shownTime(shown);
    if (!at)
        return Text::tr("The message that was found does not say when it was written.");
    const QDate asked = dayIn(time, zone);
    const QDate found = dayIn(*at, zone);
    if (asked == found)
        return {};
    return found > asked ? Text::tr("Nothing was said in # %1 on %2. The next message is of %3.")
                               .arg(shown.room, dayText(asked), dayText(found))
                         : Text::tr("Nothing was said in # %1 on %2 or later. The last message is of %3.")
                               .arg(shown.room, dayText(asked), dayText(found));
}

} // namespace Synchat
