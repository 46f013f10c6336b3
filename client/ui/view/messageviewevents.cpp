// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview_p.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>

namespace Synchat {

void MessageView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !d->model) {
        event->ignore();
        return;
    }
    if (event->modifiers() == Qt::ControlModifier) {
        d->compareByClick(event->position().toPoint());
        return;
    }
    d->press(event->position().toPoint(), event->modifiers().testFlag(Qt::ShiftModifier));
}

void MessageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && d->model)
        d->press(event->position().toPoint(), false, true);
}

void MessageView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (d->dragging && event->buttons().testFlag(Qt::LeftButton))
        d->dragTo(point);
    else
        d->hover(point);
}

void MessageView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && d->model)
        d->release(event->position().toPoint());
}

void MessageView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPoint point = viewport()->mapFromGlobal(event->globalPos());
    const int row = byMouse ? rowAt(point) : d->currentRow;
    if (!d->model || row < 0) {
        event->ignore();
        return;
    }
    d->moveCurrent(row, !byMouse);
    QMenu *menu = d->menuFor(row);
    menu->popup(byMouse ? event->globalPos() : viewport()->mapToGlobal(rowRect(row).center()));
}

void MessageView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    if (event->key() == Qt::Key_Escape && hasSelection()) {
        clearSelection();
        return;
    }
    if (event->key() == Qt::Key_Escape && d->picked.isValid()) {
        clearComparison();
        return;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const bool plain = modifiers == Qt::NoModifier || modifiers == Qt::KeypadModifier;
    if ((plain && d->scrollKey(event->key())) || d->rowKey(event->key(), modifiers))
        return;
    event->ignore(); // typing belongs to whoever listens above, the composer for one
}

void MessageView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) {
        const int row = d->currentRow >= 0 ? d->currentRow : d->flow.lastVisible();
        if (row >= 0)
            d->moveCurrent(row, true);
    }
    d->announcer->focused();
    viewport()->update();
}

void MessageView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void MessageView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == d->autoScrollTimer.timerId()) {
        d->autoScroll();
    } else if (event->timerId() == d->foundTimer.timerId()) {
        d->foundTimer.stop();
        d->found = QPersistentModelIndex();
        viewport()->update();
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

bool MessageView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        d->hoverPoint.reset();
        viewport()->update();
    }
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Private::Spot spot = d->spotAt(help->pos());
    const QString words = spot.row < 0 ? QString() : d->flow.layout(spot.row).toolTipAt(spot.inRow);
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")),
                           viewport());
    return true;
}

} // namespace Synchat
