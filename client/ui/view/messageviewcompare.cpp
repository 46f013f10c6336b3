// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two messages are picked to be compared: by Ctrl+click, by the keyboard, or from the context menu.
#include "client/ui/view/messageview_p.h"

namespace Synchat {

bool MessageView::Private::isComparable(int row) const
{
    return model && row >= 0 && row < model->rowCount() && model->row(row).kind != RoomRow::Kind::Gap;
}

void MessageView::Private::pickForComparison(int row)
{
    if (!isComparable(row))
        return;
    if (!picked.isValid() || compared.isValid()) {
        compared = QPersistentModelIndex();
        picked = model->index(row);
        q->viewport()->update();
        Q_EMIT q->comparisonPicked(row);
        return;
    }
    if (picked.row() == row) {
        q->clearComparison();
        return;
    }
    compared = model->index(row);
    q->viewport()->update();
    Q_EMIT q->compareRequested(picked.row(), row);
}

void MessageView::Private::compareByClick(QPoint point)
{
    const int row = q->rowAt(point);
    const bool alone = !picked.isValid() || compared.isValid();
    // The row that is current already is the first of the two.
    if (alone && isComparable(currentRow) && currentRow != row && isComparable(row)) {
        compared = QPersistentModelIndex();
        picked = model->index(currentRow);
    }
    pickForComparison(row);
}

bool MessageView::Private::isPicked(int row) const
{
    return (picked.isValid() && picked.row() == row) || (compared.isValid() && compared.row() == row);
}

void MessageView::compareCurrent()
{
    d->pickForComparison(d->currentRow);
}

void MessageView::clearComparison()
{
    if (!d->picked.isValid() && !d->compared.isValid())
        return;
    d->forgetComparison();
}

void MessageView::Private::forgetComparison()
{
    picked = QPersistentModelIndex();
    compared = QPersistentModelIndex();
    q->viewport()->update();
    Q_EMIT q->comparisonCleared();
}

} // namespace Synchat
