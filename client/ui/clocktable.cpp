// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clocktable.h"

#include "client/ui/view/markpainter.h"
#include "client/ui/view/tabulartext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int CellMargin = 8;
constexpr int ShapeGap = 6;
constexpr double TextPoints = 9.5;

QString inOneLine(const QVariant &text)
{
    return text.toString().simplified();
}

/// A style sheet would draw a box without a tick.
void paintCheckBox(QPainter &painter, const QRectF &box, bool checked, const Theme &theme)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(checked ? theme.text : theme.muted, 1.0));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (!checked)
        return;
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.setPen(QPen(theme.text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at(0.26, 0.52), at(0.44, 0.70), at(0.76, 0.32)});
}

} // namespace

ClockTable::ClockTable(QWidget *parent)
    : QTableView(parent)
{
    setItemDelegate(new ClockCellDelegate(this));
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(24);
    verticalHeader()->hide();
    auto *copy = new QAction(tr("&Copy"), this);
    copy->setObjectName(u"copyRowsAction"_s);
    connect(copy, &QAction::triggered, this, &ClockTable::copyRows);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ClockTable::setLook(const Look &look)
{
    m_look = look;
    setFont(look.font(TextPoints));
    horizontalHeader()->setFont(look.font(9));
    verticalHeader()->setDefaultSectionSize((QFontMetrics(look.font(TextPoints)).height() + 11) / 4 * 4);
    viewport()->update();
}

bool ClockTable::event(QEvent *event)
{
    // The window has the same key for its messages; here it means these rows.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event) == QKeySequence::Copy) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void ClockTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    Q_EMIT resized();
}

void ClockTable::keyPressEvent(QKeyEvent *event)
{
    if (event == QKeySequence::Copy) {
        copyRows();
        return;
    }
    const QModelIndex box = currentIndex().siblingAtColumn(0);
    if (event->key() == Qt::Key_Space && box.flags().testFlag(Qt::ItemIsUserCheckable)) {
        const bool checked = box.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        model()->setData(box, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        return;
    }
    QTableView::keyPressEvent(event);
}

void ClockTable::copyRows()
{
    QList<int> rows;
    const QModelIndexList chosen = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    for (const QModelIndex &index : chosen)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        for (int row = 0; model() && row < model()->rowCount(); ++row)
            rows.append(row);
    }
    QApplication::clipboard()->setText(asText(rows));
}

QString ClockTable::asText(const QList<int> &rows) const
{
    if (!model())
        return {};
    const auto line = [this](auto cellOf) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            if (!isColumnHidden(column))
                cells.append(inOneLine(cellOf(column)));
        }
        return cells.join(u'\t') + u'\n';
    };
    QString text =
        line([this](int column) { return model()->headerData(column, Qt::Horizontal, Qt::DisplayRole); });
    for (const int row : rows)
        text += line([this, row](int column) { return model()->index(row, column).data(); });
    return text;
}

ClockCellDelegate::ClockCellDelegate(ClockTable *table)
    : QStyledItemDelegate(table)
    , m_table(table)
{}

QFont ClockCellDelegate::fontOf(const QModelIndex &index) const
{
    return m_table->look().font(TextPoints,
                                index.data(ClockTable::LoudRole).toBool() ? QFont::DemiBold : QFont::Normal);
}

int ClockCellDelegate::shapeWidth(const QModelIndex &index) const
{
    const int box = QFontMetrics(fontOf(index)).ascent();
    if (index.data(ClockTable::SwatchRole).isValid())
        return box * 3 / 2 + ShapeGap;
    return index.data(ClockTable::MarkRole).isValid() ? box + ShapeGap : 0;
}

QSize ClockCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool checkable = index.data(Qt::CheckStateRole).isValid();
    const QSize base = QStyledItemDelegate::sizeHint(option, index);
    const double text = tabularWidth(index.data().toString(), fontOf(index));
    const int check = checkable ? base.height() : 0;
    return {static_cast<int>(std::ceil(text)) + shapeWidth(index) + 2 * CellMargin + check, base.height()};
}

void ClockCellDelegate::paintShape(QPainter &painter, const QRect &box, const QModelIndex &index,
                                   const QColor &color) const
{
    const QVariant swatch = index.data(ClockTable::SwatchRole);
    if (swatch.isValid()) {
        const bool dashed = index.data(ClockTable::DashedRole).toBool();
        painter.setPen(QPen(swatch.value<QColor>(), 2.5, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(box.left(), box.center().y() + 0.5),
                         QPointF(box.right() - ShapeGap, box.center().y() + 0.5));
        return;
    }
    const double size = box.width() - ShapeGap;
    paintMark(painter, QRectF(box.left(), box.center().y() - size / 2.0 + 0.5, size, size),
              static_cast<Mark>(index.data(ClockTable::MarkRole).toInt()), color);
}

void ClockCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    cell.state.setFlag(QStyle::State_HasFocus, false); // the whole row is chosen
    QStyle *style = m_table->style();
    const bool checkable = cell.features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
    const QRect check = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &cell, m_table);
    cell.features.setFlag(QStyleOptionViewItem::HasCheckIndicator, false); // the box is drawn here
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, m_table);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect area = option.rect.adjusted(CellMargin, 0, -CellMargin, 0);
    if (checkable) {
        paintCheckBox(*painter, check, cell.checkState == Qt::Checked, m_table->look().theme);
        area.setLeft(check.right() + CellMargin);
    }
    const QFont font = fontOf(index);
    const QColor color = index.data(Qt::ForegroundRole).isValid()
                             ? index.data(Qt::ForegroundRole).value<QColor>()
                             : m_table->look().theme.text;
    const int shape = shapeWidth(index);
    if (shape > 0) {
        paintShape(*painter, QRect(area.left(), area.top(), shape, area.height()), index, color);
        area.setLeft(area.left() + shape);
    }
    const QFontMetrics metrics(font);
    const QString text = metrics.elidedText(index.data().toString(), Qt::ElideRight, area.width());
    painter->setClipRect(option.rect);
    painter->setPen(color);
    painter->setFont(font);
    if ((cell.displayAlignment & Qt::AlignRight) == 0) {
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, text);
    } else {
        const double x = std::max<double>(area.left(), area.right() + 1 - tabularWidth(text, font));
        const double y = area.center().y() + (metrics.ascent() - metrics.descent()) / 2.0 + 0.5;
        drawTabular(*painter, {x, y}, text, font);
    }
    painter->restore();
}

} // namespace Synchat
