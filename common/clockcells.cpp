// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockcells.h"

#include "common/timestamp.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

const QString NoReading = u"–"_s;

/// A reading shows no digits that its bound makes meaningless.
int decimalsFor(OptionalMicros bound)
{
    constexpr WireMicros Millisecond = 1000;
    if (!bound || *bound < 100 * Millisecond)
        return 3;
    if (*bound < 1000 * Millisecond)
        return 2;
    return *bound < 10'000 * Millisecond ? 1 : 0;
}

} // namespace

QString ClockCells::columnName(ClockColumn column)
{
    switch (column) {
    case ClockColumn::Author:
        return tr("author’s clock");
    case ClockColumn::Daemon:
        return tr("daemon");
    case ClockColumn::TimeApi:
        return tr("time API");
    case ClockColumn::Ntp:
        return tr("NTP");
    }
    return {};
}

QString ClockCells::shortColumnName(ClockColumn column)
{
    return column == ClockColumn::Author ? tr("author") : columnName(column);
}

ClockCell ClockCells::authorCell(const Stamps &stamps, const QTimeZone &zone)
{
    ClockCell cell;
    cell.column = ClockColumn::Author;
    cell.time = stamps.live.t;
    cell.reading = cell.time ? clockText(*cell.time, zone) : NoReading;
    cell.hasMark = cell.time.has_value();
    cell.mark = StampText::liveMark(stamps);
    const OptionalMicros skew = liveSkew(stamps);
    cell.value = skew ? StampText::skew(*skew) : tr("unknown");
    if (cell.time)
        cell.skew = cell.value;
    if (cell.time && skew && stamps.live.bound)
        cell.bound = StampText::bound(*stamps.live.bound);
    QStringList lines{tr("The author’s own clock, as it stood when they pressed Enter.")};
    if (stamps.live.t)
        lines << isoUtc(*stamps.live.t);
    if (skew)
        lines << tr("%1, measured over: %2.")
                     .arg(StampText::skewInWords(*skew) +
                              (stamps.live.bound ? u' ' + StampText::bound(*stamps.live.bound) : QString()),
                          StampText::pathInWords(stamps.live.via));
    else
        lines << tr("The author’s program had no measurement of it.");
    if (stamps.live.fault)
        lines << tr("A clock fault was injected on purpose.");
    cell.toolTip = lines.join(u'\n');
    return cell;
}

ClockCell ClockCells::daemonCell(const Stamps &stamps, const QTimeZone &zone)
{
    ClockCell cell;
    cell.column = ClockColumn::Daemon;
    cell.time = stamps.local.t;
    cell.reading = cell.time ? clockText(*cell.time, zone) : NoReading;
    cell.hasMark = cell.time.has_value();
    cell.mark = StampText::localMark(stamps);
    const OptionalMicros skew = localSkew(stamps);
    const bool confirmed = skew && cell.mark != Mark::Unknown;
    cell.value = confirmed ? StampText::skew(*skew) : tr("unconfirmed");
    if (cell.time)
        cell.skew = cell.value;
    if (confirmed && stamps.local.bound)
        cell.bound = StampText::bound(*stamps.local.bound);
    QStringList lines{tr("The daemon’s own clock, read when it took the message.")};
    if (stamps.local.t)
        lines << isoUtc(*stamps.local.t);
    if (confirmed)
        lines << StampText::skewInWords(*skew) +
                     (stamps.local.bound ? u' ' + StampText::bound(*stamps.local.bound) : QString());
    if (stamps.local.t)
        lines << tr("Reference: %1.").arg(StampText::referenceInWords(stamps.best.state, stamps.best.bound));
    if (stamps.local.fault)
        lines << tr("A clock fault was injected on purpose.");
    cell.toolTip = lines.join(u'\n');
    return cell;
}

ClockCell ClockCells::sourceCell(ClockColumn column, const SourceStamp &source, const BestStamp &best,
                                 const QTimeZone &zone)
{
    ClockCell cell;
    cell.column = column;
    cell.time = source.t;
    cell.reading = cell.time ? clockText(*cell.time, zone, decimalsFor(source.bound)) : NoReading;
    cell.hasMark = cell.time.has_value();
    cell.mark = StampText::sourceMark(source, best);
    const OptionalMicros skew = sourceSkew(source, best);
    if (source.bound)
        cell.bound = StampText::bound(*source.bound);
    if (cell.time)
        cell.skew = skew ? StampText::skew(*skew) : tr("unconfirmed");
    if (source.source == "self"_L1) {
        cell.skew = tr("own clock");
        cell.value = cell.skew;
    } else if (cell.loud() && skew) {
        cell.value = cell.skew;
    } else {
        cell.value = source.bound ? cell.bound : tr("unconfirmed");
    }
    cell.toolTip = sourceLines(column, source).join(u'\n');
    return cell;
}

QStringList ClockCells::sourceLines(ClockColumn column, const SourceStamp &source)
{
    QStringList lines{column == ClockColumn::Ntp ? tr("The same moment by NTP.")
                                                 : tr("The same moment by a time API on the web.")};
    if (!source.t)
        return lines << tr("There was no reading.");
    lines << isoUtc(*source.t);
    if (source.source == "self"_L1)
        lines << tr("The daemon asked its own NTP server: this confirms nothing.");
    else if (!source.source.isEmpty())
        lines << tr("Source: %1.").arg(source.source);
    if (source.bound)
        lines << StampText::bound(*source.bound);
    if (source.age)
        lines << tr("Last heard of %1 before.").arg(StampText::duration(*source.age));
    return lines;
}

QList<ClockCell> ClockCells::of(const Stamps &stamps, const QTimeZone &zone)
{
    QList<ClockCell> cells{authorCell(stamps, zone), daemonCell(stamps, zone),
                           sourceCell(ClockColumn::TimeApi, stamps.api, stamps.best, zone),
                           sourceCell(ClockColumn::Ntp, stamps.ntp, stamps.best, zone)};
    for (ClockCell &cell : cells)
        cell.name = shortColumnName(cell.column);
    return cells;
}

} // namespace Synchat
