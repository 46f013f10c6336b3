// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcesmodel.h"

#include "client/core/sourcestext.h"
#include "client/ui/clocktable.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

bool isNumber(int column)
{
    return column >= SourcesModel::StratumColumn && column <= SourcesModel::DelayColumn;
}

} // namespace

int SourcesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_report.sources.size());
}

int SourcesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

OptionalMicros SourcesModel::ageOf(const TimeSourceRow &source) const
{
    return source.age ? OptionalMicros(*source.age + std::max<WireMicros>(toWire(m_now - m_reportedAt), 0))
                      : std::nullopt;
}

QString SourcesModel::text(const TimeSourceRow &source, int column) const
{
    switch (column) {
    case MarkColumn:
        return source.mark + u' ' + SourcesText::markWord(source.mark);
    case NameColumn:
        return source.name;
    case KindColumn:
        return SourcesText::kind(source);
    case StratumColumn:
        return source.stratum ? QString::number(*source.stratum) : u"–"_s;
    case ReachColumn:
        return SourcesText::reach(source.reach);
    case AgeColumn:
        return SourcesText::age(ageOf(source));
    case OffsetColumn:
        return SourcesText::offset(m_report, source);
    case BoundColumn:
        return SourcesText::bound(source);
    case DelayColumn:
        return source.delay ? StampText::span(*source.delay) : u"–"_s;
    case ReasonColumn:
        return source.reason;
    default:
        return {};
    }
}

QString SourcesModel::toolTip(const TimeSourceRow &source, int column) const
{
    switch (column) {
    case MarkColumn:
        return SourcesText::markMeaning(source.mark);
    case ReachColumn:
        return SourcesText::reachInWords(source.reach);
    case OffsetColumn:
        return SourcesText::offsetInWords(m_report, source);
    case BoundColumn:
    case KindColumn:
        return SourcesText::boundInWords(source);
    default:
        return SourcesText::summary(m_report, source);
    }
}

QVariant SourcesModel::color(const TimeSourceRow &source, int column) const
{
    const Mark shape = SourcesText::shapeOf(source.mark);
    if (shape == Mark::Contradiction || column == MarkColumn)
        return m_theme.markColor(shape);
    const bool quiet = !source.isUsed() || column == KindColumn || column == ReasonColumn;
    return quiet ? m_theme.muted : m_theme.text;
}

QVariant SourcesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimeSourceRow &source = m_report.sources.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(source, index.column());
    case Qt::ToolTipRole:
        return toolTip(source, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == MarkColumn
                   ? tr("%1: %2").arg(source.name, SourcesText::markWord(source.mark))
                   : tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                                      text(source, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ForegroundRole:
        return color(source, index.column());
    case ClockTable::MarkRole:
        return index.column() == MarkColumn ? QVariant(static_cast<int>(SourcesText::shapeOf(source.mark)))
                                            : QVariant();
    case ClockTable::LoudRole:
        return SourcesText::shapeOf(source.mark) == Mark::Contradiction &&
               (index.column() <= NameColumn || index.column() == OffsetColumn);
    default:
        return {};
    }
}

QVariant SourcesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    const std::array<std::pair<QString, QString>, ColumnCount> headers{{
        {tr("State"), tr("chrony's letter, and what it means.")},
        {tr("Source"), tr("As it is called in the daemon's configuration.")},
        {tr("Kind"), tr("How the daemon asks it.")},
        {tr("Stratum"), tr("How many servers it is away from a reference clock.")},
        {tr("Reach"), tr("The last eight questions as bits, in octal: 377 is all answered.")},
        {tr("Age"), tr("How long ago it was last heard.")},
        {tr("Offset"), SourcesText::offsetMeaning(m_report)},
        {tr("Bound"), tr("Within how much the source is right by what it says of itself, its way included.")},
        {tr("Delay"), tr("There and back, of the best exchange.")},
        {tr("Why not"), tr("Why it is not used.")},
    }};
    const auto &[title, meaning] = headers.at(static_cast<std::size_t>(section));
    if (role == Qt::DisplayRole)
        return title;
    return role == Qt::ToolTipRole ? QVariant(meaning) : QVariant();
}

void SourcesModel::setReport(const std::optional<SourcesReport> &report, MonoTime at)
{
    const SourcesReport next = report.value_or(SourcesReport());
    m_reportedAt = at;
    m_now = std::max(m_now, at);
    const bool sameRows =
        std::equal(next.sources.begin(), next.sources.end(), m_report.sources.begin(), m_report.sources.end(),
                   [](const auto &a, const auto &b) { return a.name == b.name; });
    if (!sameRows)
        beginResetModel();
    m_report = next;
    if (!sameRows)
        endResetModel();
    else
        everythingChanged();
}

void SourcesModel::setNow(MonoTime now)
{
    m_now = now;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, AgeColumn), index(rowCount() - 1, AgeColumn), {Qt::DisplayRole});
}

void SourcesModel::setTheme(const Theme &theme)
{
    m_theme = theme;
    everythingChanged();
}

void SourcesModel::everythingChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

} // namespace Synchat
