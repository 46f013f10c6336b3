// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockstriptext.h"

#include "common/timestamp.h"

using namespace Qt::StringLiterals;

namespace Synchat {

QString ClockStripText::spacedBound(WireMicros bound)
{
    QString text = StampText::bound(bound);
    if (text.startsWith(u'±') && text.size() > 1 && text.at(1) != u' ')
        text.insert(1, u' ');
    return text;
}

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

QString ClockStripText::referenceSentence(StampState state, OptionalMicros bound)
{
    if (state == StampState::Unsynced && !bound)
        return tr("The reference is the daemon's own clock, which nothing confirms.");
    if (state == StampState::None)
        return tr("There is no reference.");
    if (state == StampState::Falseticker)
        return tr("There is no reference that can be trusted: the sources of time contradict each other.");
    return tr("The reference is %1.").arg(StampText::referenceInWords(state, bound));
}

void ClockStripText::addDoubt(ClockStripWords &words, const ClockStatus &status)
{
    const QString worth = StampText::referenceInWords(status.referenceState, status.referenceBound);
    if (!status.referenceBound) { // nothing but the daemon's own clock
        words.note = worth;
        words.reference.caption = tr("The daemon's clock");
        return;
    }
    words.note = tr("the reference is %1").arg(worth);
    words.reference.caption = tr("Reference, uncertain");
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
    if (status.referenceState != StampState::Ok)
        addDoubt(words, status);
    words.spoken = tr("Your clock is %1, %2.").arg(words.skew.value, bound);
    if (!words.note.isEmpty())
        words.spoken = tr("Your clock is %1, %2, %3.").arg(words.skew.value, bound, words.note);
    return words;
}

} // namespace Synchat
