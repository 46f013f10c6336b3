// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcestext.h"

#include <QStringList>

#include <bit>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int Polls = 8; ///< that fit into `reach`

QString dash()
{
    return u"–"_s;
}

/// How far it is off, against what can be known.
OptionalMicros offsetOf(const SourcesReport &report, const TimeSourceRow &source)
{
    return report.offset ? report.disagreement(source) : source.offset;
}

} // namespace

Mark SourcesText::shapeOf(QChar mark)
{
    switch (mark.unicode()) {
    case u'*':
    case u'+':
        return Mark::Fine;
    case u'-':
        return Mark::HeldOver;
    case u'x':
        return Mark::Contradiction;
    case u'~':
        return Mark::Off;
    default:
        return Mark::Unknown;
    }
}

QString SourcesText::markWord(QChar mark)
{
    switch (mark.unicode()) {
    case u'*':
        return tr("best");
    case u'+':
        return tr("used");
    case u'-':
        return tr("not needed");
    case u'x':
        return tr("falseticker");
    case u'~':
        return tr("too unsteady");
    default:
        return tr("not usable");
    }
}

QString SourcesText::markMeaning(QChar mark)
{
    switch (mark.unicode()) {
    case u'*':
        return tr("It agrees with the majority and is the sharpest of them.");
    case u'+':
        return tr("It agrees with the majority and takes part in the reference.");
    case u'-':
        return tr("It does not take part in the reference.");
    case u'x':
        return tr("It contradicts the others: its time is not used.");
    case u'~':
        return tr("Its time varies too much to be used.");
    default:
        return tr("It was not heard, or cannot be used for another reason.");
    }
}

QList<std::pair<QChar, QString>> SourcesText::legend()
{
    QList<std::pair<QChar, QString>> legend;
    for (const QChar mark : u"*+-x~?"_s)
        legend.append({mark, markWord(mark)});
    return legend;
}

QString SourcesText::kind(const TimeSourceRow &source)
{
    QString kind = source.kind;
    if (kind == "ntp"_L1)
        kind = tr("NTP");
    else if (kind == "http"_L1)
        kind = tr("HTTP");
    else if (kind == "os"_L1)
        kind = tr("system clock");
    else if (kind == "self"_L1)
        kind = tr("this daemon");
    return source.unverified ? tr("%1, unverified").arg(kind) : kind;
}

QString SourcesText::reach(quint8 reach)
{
    return QString::number(reach, 8).rightJustified(3, u'0');
}

QString SourcesText::reachInWords(quint8 reach)
{
    QString dots;
    for (int bit = Polls - 1; bit >= 0; --bit)
        dots += (reach >> bit & 1) != 0 ? u'●' : u'○';
    const int answered = std::popcount(reach);
    return answered == 1
               ? tr("%1, the newest at the right: 1 of the last 8 questions was answered.").arg(dots)
               : tr("%1, the newest at the right: %2 of the last 8 questions were answered.")
                     .arg(dots)
                     .arg(answered);
}

QString SourcesText::age(OptionalMicros age)
{
    return age ? StampText::duration(*age) : tr("never");
}

QString SourcesText::offset(const SourcesReport &report, const TimeSourceRow &source)
{
    const OptionalMicros offset = offsetOf(report, source);
    return offset ? StampText::skew(*offset) : dash();
}

QString SourcesText::offsetMeaning(const SourcesReport &report)
{
    return report.offset ? tr("How far the source is ahead (+) or behind (−) of the reference.")
                         : tr("How far the source is ahead (+) or behind (−) of the daemon's clock: there is "
                              "no reference.");
}

QString SourcesText::offsetInWords(const SourcesReport &report, const TimeSourceRow &source)
{
    const OptionalMicros offset = offsetOf(report, source);
    if (!offset)
        return tr("How far it is off is not known.");
    if (*offset == 0)
        return report.offset ? tr("It shows the reference's time.") : tr("It shows the daemon's time.");
    const QString far = StampText::span(*offset);
    if (report.offset)
        return *offset > 0 ? tr("%1 ahead of the reference.").arg(far)
                           : tr("%1 behind the reference.").arg(far);
    return *offset > 0 ? tr("%1 ahead of the daemon's clock; there is no reference.").arg(far)
                       : tr("%1 behind the daemon's clock; there is no reference.").arg(far);
}

QString SourcesText::bound(const TimeSourceRow &source)
{
    return source.bound ? StampText::bound(*source.bound) : dash();
}

QString SourcesText::boundInWords(const TimeSourceRow &source)
{
    if (!source.bound)
        return tr("How far it can be trusted is not known.");
    const QString bound =
        tr("By what it says of itself it is right within %1.").arg(StampText::spacedBound(*source.bound));
    if (!source.unverified)
        return bound;
    const QString part = source.assumedError ? StampText::spacedBound(*source.assumedError) : QString();
    return bound + u' ' +
           (part.isEmpty() ? tr("A part of that is an assumption, which nothing confirms.")
                           : tr("Of that, %1 is an assumption, which nothing confirms.").arg(part));
}

QString SourcesText::summary(const SourcesReport &report, const TimeSourceRow &source)
{
    QStringList lines{source.name,
                      tr("%1 %2: %3").arg(source.mark).arg(markWord(source.mark), source.reason)};
    if (source.reason.isEmpty())
        lines[1] = tr("%1 %2: %3").arg(source.mark).arg(markWord(source.mark), markMeaning(source.mark));
    lines.append(source.stratum ? tr("%1, stratum %2").arg(kind(source)).arg(*source.stratum) : kind(source));
    lines.append(offsetInWords(report, source));
    lines.append(boundInWords(source));
    lines.append(tr("Reach %1").arg(reach(source.reach) + u"  "_s + reachInWords(source.reach)));
    if (source.delay)
        lines.append(tr("Delay of the best exchange: %1").arg(StampText::span(*source.delay)));
    return lines.join(u'\n');
}

QString SourcesText::reference(const SourcesReport &report)
{
    QStringList sentences;
    // A note says why there is no reference, and that there is none.
    if (report.state != StampState::Unsynced || report.note.isEmpty())
        sentences.append(StampText::referenceSentence(report.state, report.bound));
    if (!report.note.isEmpty())
        sentences.append(report.note);
    if (report.offset && report.bound && *report.offset != 0) {
        const QString far = StampText::span(*report.offset);
        sentences.append(*report.offset < 0 ? tr("The daemon's clock is %1 ahead of it.").arg(far)
                                            : tr("The daemon's clock is %1 behind it.").arg(far));
    }
    if (report.fault)
        sentences.append(tr("The daemon's clock is wrong on purpose (an injected fault)."));
    return sentences.join(u' ');
}

Mark SourcesText::referenceMark(const SourcesReport &report)
{
    switch (report.state) {
    case StampState::Ok:
        return Mark::Fine;
    case StampState::Holdover:
        return Mark::HeldOver;
    case StampState::Falseticker:
        return Mark::Contradiction;
    case StampState::Unsynced:
    case StampState::None:
        break;
    }
    return Mark::Unknown;
}

} // namespace Synchat
