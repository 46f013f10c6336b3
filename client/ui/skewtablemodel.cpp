// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewtablemodel.h"

#include "client/ui/clocktable.h"
#include "client/ui/view/consistentcolor.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr double SourceSaturation = 45.0; ///< paler than people, who are the ones that are watched

QVariant alignment(int column)
{
    return QVariant::fromValue(Qt::AlignVCenter |
                               (column == SkewTableModel::NameColumn ? Qt::AlignLeft : Qt::AlignRight));
}

} // namespace

QColor curveColor(const Theme &theme, const ClockSubject &subject)
{
    switch (subject.kind) {
    case ClockSubject::Kind::Reference:
        return theme.muted;
    case ClockSubject::Kind::Own:
        return theme.accent;
    case ClockSubject::Kind::Member:
        return theme.authorColor(subject.id);
    case ClockSubject::Kind::Source:
        break;
    }
    return readableColor(consistentHue(subject.name), SourceSaturation, theme.background);
}

int SkewTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_curves.size());
}

int SkewTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SkewTableModel::text(const SkewCurve &curve, int column) const
{
    const SkewPercentiles known = curve.percentiles.value_or(SkewPercentiles());
    switch (column) {
    case NameColumn:
        return SkewPicture::nameOf(curve.subject);
    case NowColumn: {
        const OptionalMicros skew = curve.points.isEmpty() ? OptionalMicros() : curve.points.constLast().skew;
        return skew ? StampText::skew(*skew) : u"–"_s;
    }
    case MedianColumn:
        return StampText::span(known.p50);
    case P95Column:
        return StampText::span(known.p95);
    case P99Column:
        return StampText::span(known.p99);
    case MaxColumn:
        return StampText::span(known.max);
    case BoundColumn:
        return known.bound50 ? StampText::bound(*known.bound50) : u"–"_s;
    default:
        return {};
    }
}

QVariant SkewTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SkewCurve &curve = m_curves.at(index.row());
    const bool isName = index.column() == NameColumn;
    switch (role) {
    case Qt::DisplayRole:
        return text(curve, index.column());
    case Qt::ToolTipRole:
        return curve.points.isEmpty() ? QVariant()
                                      : tr("%1: %2").arg(SkewPicture::nameOf(curve.subject),
                                                         SkewPicture::clockWords(curve.points.constLast()));
    case Qt::AccessibleTextRole:
        return isName
                   ? SkewPicture::nameOf(curve.subject)
                   : tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                                      text(curve, index.column()));
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return curve.shown ? m_theme.text : m_theme.muted;
    case Qt::CheckStateRole:
        return isName ? QVariant(static_cast<int>(curve.shown ? Qt::Checked : Qt::Unchecked)) : QVariant();
    case ClockTable::SwatchRole:
        return isName ? QVariant(curveColor(m_theme, curve.subject)) : QVariant();
    case ClockTable::DashedRole:
        return curve.subject.kind == ClockSubject::Kind::Source;
    default:
        return {};
    }
}

bool SkewTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    SkewCurve &curve = m_curves[index.row()];
    curve.shown = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT shownChanged(curve.subject.key, curve.shown);
    return true;
}

QVariant SkewTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    const std::array<std::pair<QString, QString>, ColumnCount> headers{{
        {tr("Clock"), tr("Whose clock it is; the box says whether it is drawn.")},
        {tr("Now"), tr("How far it is ahead (+) or behind (−) of the reference.")},
        {tr("p50"), tr("For half of the time that is known it was no farther off than this.")},
        {tr("p95"), tr("For 95 % of the time that is known it was no farther off than this.")},
        {tr("p99"), tr("For 99 % of the time that is known it was no farther off than this.")},
        {tr("Most"), tr("The farthest that it was off.")},
        {tr("Bound"), tr("For half of the time its bound was no wider than this.")},
    }};
    const auto &[title, meaning] = headers.at(static_cast<std::size_t>(section));
    if (role == Qt::DisplayRole)
        return title;
    return role == Qt::ToolTipRole ? QVariant(meaning) : QVariant();
}

Qt::ItemFlags SkewTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

void SkewTableModel::setPicture(const SkewPicture &picture)
{
    const bool sameRows =
        std::equal(picture.curves.begin(), picture.curves.end(), m_curves.begin(), m_curves.end(),
                   [](const auto &a, const auto &b) { return a.subject.key == b.subject.key; });
    if (!sameRows)
        beginResetModel();
    m_curves = picture.curves;
    if (!sameRows)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void SkewTableModel::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

} // namespace Synchat
