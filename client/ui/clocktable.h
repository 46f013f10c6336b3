// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace Synchat {

/// A table of clocks in the hand of the window: whole rows are chosen, numbers are tabular, a cell may begin
/// with the shape of a mark. Copy takes the chosen rows, or all, as text with tabulators.
class ClockTable : public QTableView
{
    Q_OBJECT
public:
    enum Role {
        MarkRole = Qt::UserRole + 1, ///< int of Mark: its shape stands before the text
        LoudRole,                    ///< bool: in heavier letters
        SwatchRole,                  ///< QColor: a short line of it stands before the text
        DashedRole,                  ///< bool: of that line
    };

    explicit ClockTable(QWidget *parent = nullptr);

    void setLook(const Look &look);
    const Look &look() const { return m_look; }
    using QTableView::sizeHintForColumn;
    void copyRows();
    /// Of the columns that are shown, a line for each of these rows below their titles.
    QString asText(const QList<int> &rows) const;

Q_SIGNALS:
    void resized(); ///< there is another width for the columns

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Look m_look;
};

/// Paints one cell of a ClockTable.
class ClockCellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ClockCellDelegate(ClockTable *table);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QFont fontOf(const QModelIndex &index) const;
    int shapeWidth(const QModelIndex &index) const;
    void paintShape(QPainter &painter, const QRect &box, const QModelIndex &index, const QColor &color) const;

    ClockTable *m_table;
};

} // namespace Synchat
