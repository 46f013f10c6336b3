// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"
#include "client/ui/view/theme.h"
#include "common/clock.h"

#include <QAbstractTableModel>

namespace Synchat {

/// The daemon's sources of time, a row each, in the daemon's order. Ages count on between two reports.
class SourcesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        MarkColumn,
        NameColumn,
        KindColumn,
        StratumColumn,
        ReachColumn,
        AgeColumn,
        OffsetColumn,
        BoundColumn,
        DelayColumn,
        ReasonColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `at`: when it came, on the same line as for setNow().
    void setReport(const std::optional<SourcesReport> &report, MonoTime at);
    void setNow(MonoTime now);
    void setTheme(const Theme &theme);
    const SourcesReport &report() const { return m_report; }

private:
    OptionalMicros ageOf(const TimeSourceRow &source) const;
    QString text(const TimeSourceRow &source, int column) const;
    QString toolTip(const TimeSourceRow &source, int column) const;
    QVariant color(const TimeSourceRow &source, int column) const;
    void everythingChanged();

    SourcesReport m_report;
    MonoTime m_reportedAt{};
    MonoTime m_now{};
    Theme m_theme = Theme::light();
};

} // namespace Synchat
