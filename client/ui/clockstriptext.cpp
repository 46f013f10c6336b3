// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockstriptext.h"

#include "common/timestamp.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// `±0.9 ms` of StampText as running text wants it, with a space after the sign.
QString spacedBound(WireMicros bound)
{
    QString text = StampText::bound(bound);
    if (text.startsWith(u'±') && text.size() > 1 && text.at(1) != u' ')
        text.insert(1, u' ');
    return text;
}

} // namespace

QString ClockStripText::zoneName(const QTimeZone &zone)
{
    const QString id = QString::fromLatin1(zone.id());
    return id == "Etc/UTC"_L1 ? u"UTC"_s : id;
}

Mark ClockStripText::markOf(const ClockStatus &status)
{
    Stamps stamps;
    stamps.live = {0, status.offset, status.bound, status.state, status.via, false};
    return StampText::liveMark(stamps);
}

ClockStripWords ClockStripText::words(WallTime now, OptionalMicros referenceNow, const ClockStatus &status,
                                      const QTimeZone &zone)
{
    ClockStripWords words;
    words.clock = clockText(toWire(now), zone, 0);
    words.place = tr("your live clock · %1").arg(zoneName(zone));
    words.reference.caption = tr("Reference");
    words.skew.caption = tr("Your clock is");
    words.path.caption = tr("Measured by");
    if (!status.measured() || !referenceNow) {
        words.reference.value = u"–"_s;
        words.skew.value = tr("not measured");
        words.path.value = tr("nothing yet");
        words.spoken = tr("Your clock is not measured yet.");
        return words;
    }
    words.mark = markOf(status);
    words.reference.value = clockText(*referenceNow, zone, 3);
    words.skew.value = StampText::skewInWords(*status.skew());
    const QString bound = status.bound ? spacedBound(*status.bound) : tr("without a bound");
    words.reference.detail = bound;
    words.skew.detail = bound;
    words.path.value = StampText::pathInWords(status.via);
    if (status.age)
        words.path.detail = tr("%1 ago").arg(StampText::duration(*status.age));
    if (status.referenceState != StampState::Ok) {
        words.note = StampText::referenceInWords(status.referenceState, status.referenceBound);
        words.reference.caption = status.referenceState == StampState::Holdover ? tr("Reference, held over")
                                                                                : tr("The daemon's clock");
    }
    words.spoken = tr("Your clock is %1, %2.").arg(words.skew.value, bound);
    if (!words.note.isEmpty())
        words.spoken = tr("Your clock is %1, %2, %3.").arg(words.skew.value, bound, words.note);
    return words;
}

} // namespace Synchat
