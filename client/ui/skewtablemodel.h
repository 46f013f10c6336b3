// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/skewpicture.h"
#include "client/ui/view/theme.h"

#include <QAbstractTableModel>

namespace Synchat {

/// In which colour a clock is drawn, in the plot and in its table.
QColor curveColor(const Theme &theme, const ClockSubject &subject);

/// The curves of a picture as rows, legend and percentiles in one; the boxes say which are drawn.
class SkewTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        NowColumn,
        MedianColumn,
        P95Column,
        P99Column,
        MaxColumn,
        BoundColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setPicture(const SkewPicture &picture);
    void setTheme(const Theme &theme);

Q_SIGNALS:
    void shownChanged(const QString &key, bool shown);

private:
    QString text(const SkewCurve &curve, int column) const;

    QList<SkewCurve> m_curves;
    Theme m_theme = Theme::light();
};

} // namespace Synchat
