// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/statuslinetext.h"

#include "common/stamptext.h"

#include <QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// Whom a person should hear of first: who is wrong before who is only silent.
QList<TimeSourceRow> unusedOf(const QList<TimeSourceRow> &sources)
{
    QList<TimeSourceRow> unused;
    std::copy_if(sources.begin(), sources.end(), std::back_inserter(unused),
                 [](const TimeSourceRow &source) { return !source.isUsed(); });
    std::stable_partition(unused.begin(), unused.end(),
                          [](const TimeSourceRow &source) { return source.mark == u'x'; });
    return unused;
}

/// The daemon's own server repeats the reference and is no source of it.
QList<TimeSourceRow> sourcesOf(const std::optional<SourcesReport> &report)
{
    QList<TimeSourceRow> sources;
    if (report)
        std::copy_if(report->sources.begin(), report->sources.end(), std::back_inserter(sources),
                     [](const TimeSourceRow &source) { return source.kind != u"self"_s; });
    return sources;
}

} // namespace

QString StatusLineText::connection(const QString &sentence, bool online, std::optional<int> roundTripMs)
{
    if (!online || !roundTripMs)
        return sentence;
    QString head = sentence;
    if (head.endsWith(u'.'))
        head.chop(1);
    return tr("%1, %2 ms").arg(head).arg(*roundTripMs);
}

QString StatusLineText::waiting(int count)
{
    if (count <= 0)
        return tr("Nothing waiting to be sent");
    if (count == 1)
        return tr("1 message waiting to be sent");
    return tr("%1 messages waiting to be sent").arg(QLocale().toString(count));
}

QString StatusLineText::reference(const ClockStatus &status, const std::optional<SourcesReport> &report)
{
    const QList<TimeSourceRow> sources = sourcesOf(report);
    const auto agreeing =
        std::count_if(sources.begin(), sources.end(), [](const auto &s) { return s.isUsed(); });
    if (status.referenceState == StampState::None && sources.isEmpty())
        return {};
    if (agreeing == 0 && status.referenceState != StampState::Ok && !status.referenceBound)
        return tr("Reference: the daemon's clock, which nothing confirms");
    if (sources.isEmpty())
        return tr("Reference: %1")
            .arg(StampText::referenceInWords(status.referenceState, status.referenceBound));
    const QString total = QLocale().toString(sources.size());
    const QString head = sources.size() == 1
                             ? tr("Reference: its one source agrees")
                             : tr("Reference: %1 of %2 sources agree").arg(agreeing).arg(total);
    const QList<TimeSourceRow> unused = unusedOf(sources);
    return unused.isEmpty() ? head : u"%1, %2"_s.arg(head, notUsed(*report, unused));
}

QString StatusLineText::notUsed(const SourcesReport &report, const QList<TimeSourceRow> &unused)
{
    const auto named = [&report](const TimeSourceRow &source) {
        const OptionalMicros off = report.disagreement(source);
        return off ? tr("%1 (%2 off)").arg(source.name, StampText::span(*off)) : source.name;
    };
    const TimeSourceRow &first = unused.constFirst();
    const OptionalMicros off = report.disagreement(first);
    if (unused.size() == 1)
        return off ? tr("%1 is %2 off and not used").arg(first.name, StampText::span(*off))
                   : tr("%1 is not used").arg(first.name);
    if (unused.size() == 2)
        return tr("%1 and %2 are not used").arg(named(first), named(unused.at(1)));
    return tr("%1 and %2 others are not used").arg(named(first)).arg(unused.size() - 1);
}

QString StatusLineText::lastMessage(qint64 seq)
{
    return seq > 0 ? tr("message %1").arg(QLocale().toString(seq)) : QString();
}

} // namespace Synchat
