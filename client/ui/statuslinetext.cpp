// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/statuslinetext.h"

#include "client/core/stamptext.h"

#include <QLocale>

#include <algorithm>
#include <cstdlib>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

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
    const auto odd = std::find_if(sources.begin(), sources.end(), [](const auto &s) { return !s.isUsed(); });
    if (odd == sources.end())
        return head;
    const OptionalMicros off = report->disagreement(*odd);
    if (!off)
        return tr("%1, %2 is not used").arg(head, odd->name);
    return tr("%1, %2 is %3 off and not used").arg(head, odd->name, StampText::duration(std::abs(*off)));
}

QString StatusLineText::lastMessage(qint64 seq)
{
    return seq > 0 ? tr("message %1").arg(QLocale().toString(seq)) : QString();
}

} // namespace Synchat
