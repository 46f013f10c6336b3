// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockstriptext.h"

#include "common/timestamp.h"

using namespace Qt::StringLiterals;

namespace Synchat {

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

/// What the other side is worth; empty when it is confirmed.
QString ClockStripText::referenceDoubt(const ClockStatus &status)
{
    if (status.referenceState == StampState::Ok)
        return {};
    const QString worth = StampText::referenceInWords(status.referenceState, status.referenceBound);
    if (status.referenceState == StampState::Falseticker)
        return worth;
    if (status.referenceBound)
        return tr("the reference is %1").arg(worth);
    // Nothing but the daemon's own clock.
    return status.referenceFault ? tr("against the daemon's clock, which is wrong on purpose") : worth;
}

/// What our own measurement is worth; empty when it is fresh.
QString ClockStripText::ownDoubt(const ClockStatus &status)
{
    if (status.slept)
        return tr("not measured since this machine slept");
    if (status.state == StampState::Holdover && status.age)
        return tr("not measured for %1").arg(StampText::duration(*status.age));
    if (status.state == StampState::Unsynced && status.bound)
        return tr("known no better than %1").arg(StampText::spacedBound(*status.bound));
    return {};
}

/// Why it was not NTP that measured; empty when it was, or none is offered.
QString ClockStripText::troubleInWords(const ClockStatus &status)
{
    if (status.via != ProbePath::WebSocket)
        return {};
    switch (status.ntpTrouble) {
    case NtpTrouble::Blocked:
        return tr("UDP does not get through");
    case NtpTrouble::NoTime:
        return tr("NTP waits for the daemon's sources of time");
    case NtpTrouble::OtherServer:
        return tr("what answers NTP there is not this daemon");
    case NtpTrouble::None:
        break;
    }
    return {};
}

void ClockStripText::writePath(ClockStripWords &words, const ClockStatus &status)
{
    words.path.value = StampText::pathInWords(status.via);
    if (const QString trouble = troubleInWords(status); !trouble.isEmpty()) {
        words.path.caption = tr("Measured over");
        words.path.value = tr("the WebSocket");
        words.path.detail = trouble;
    }
    if (!status.age || status.slept)
        return;
    const QString ago = tr("%1 ago").arg(StampText::duration(*status.age));
    words.path.detail = words.path.detail.isEmpty() ? ago : tr("%1, %2").arg(words.path.detail, ago);
}

QString ClockStripText::spokenOf(const ClockStripWords &words, const ClockStatus &status)
{
    QStringList parts{tr("Your clock is %1, %2").arg(words.skew.value, words.skew.detail)};
    if (!words.note.isEmpty())
        parts.append(words.note);
    if (const QString trouble = troubleInWords(status); !trouble.isEmpty())
        parts.append(tr("measured over the WebSocket, %1").arg(trouble));
    return parts.join(", "_L1) + u'.';
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
        if (status.slept) { // what was known before is void
            words.path.value = tr("nothing since this machine slept");
            words.note = ownDoubt(status);
            words.spoken = tr("Your clock was not measured since this machine slept.");
        }
        return words;
    }
    words.mark = markOf(status);
    words.reference.value = clockText(*referenceNow, zone, 3);
    words.skew.value = StampText::skewInWords(*status.skew());
    const QString bound = status.bound ? StampText::spacedBound(*status.bound) : tr("without a bound");
    words.reference.detail = bound;
    words.skew.detail = bound;
    writePath(words, status);
    if (status.referenceState != StampState::Ok)
        words.reference.caption =
            status.referenceBound ? tr("Reference, uncertain") : tr("The daemon's clock");
    QStringList notes;
    for (const QString &note : {ownDoubt(status), referenceDoubt(status)}) {
        if (!note.isEmpty())
            notes.append(note);
    }
    words.note = notes.join(u" · "_s);
    words.spoken = spokenOf(words, status);
    return words;
}

} // namespace Synchat
