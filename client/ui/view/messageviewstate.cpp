// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview_p.h"

#include <QLocale>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace Synchat {

MessageView::Private::Private(MessageView *view)
    : q(view)
    , flow([this](int row) { return estimate(row); }, [this](int row) { return layOut(row); })
    , announcer(std::make_unique<ViewAnnouncer>(view))
{
    context.decor.zone = QTimeZone::systemTimeZone();
    tellTimer.setSingleShot(true);
    tellTimer.setInterval(0);
    QObject::connect(&tellTimer, &QTimer::timeout, view, [this] { tellOthers(); });
}

std::unique_ptr<RowLayout> MessageView::Private::layOut(int row) const
{
    return std::make_unique<RowLayout>(
        RowContentWriter::write(RowSurroundings::of(*model, row), model->row(row), context), metrics);
}

int MessageView::Private::estimate(int row) const
{
    const RoomRow &shown = model->row(row);
    const bool header = row == 0 || model->row(row - 1).message.from.id != shown.message.from.id;
    return metrics.estimatedHeight(shown, header);
}

int MessageView::Private::answered(int row) const
{
    const RoomRow &reply = model->row(row);
    return reply.message.replyTo ? model->rowOfSeq(*reply.message.replyTo) : -1;
}

QString MessageView::Private::textOf(int row) const
{
    const RoomRow &shown = model->row(row);
    return shown.kind == RoomRow::Kind::Gap ? QString() : shown.message.text;
}

void MessageView::Private::connectModel()
{
    const RoomModel *rows = model;
    QObject::connect(rows, &QAbstractItemModel::rowsInserted, q,
                     [this](const QModelIndex &, int first, int last) { takeInserted(first, last); });
    QObject::connect(rows, &QAbstractItemModel::rowsRemoved, q,
                     [this](const QModelIndex &, int first, int last) { takeRemoved(first, last); });
    QObject::connect(rows, &QAbstractItemModel::rowsMoved, q,
                     [this](const QModelIndex &, int first, int last, const QModelIndex &, int before) {
                         // One row at a time, from the end that does not disturb the others.
                         for (int i = 0; i <= last - first; ++i)
                             takeMoved(before > first ? first : first + i,
                                       before > first ? before - 1 : before + i);
                     });
    QObject::connect(
        rows, &QAbstractItemModel::dataChanged, q,
        [this](const QModelIndex &from, const QModelIndex &to) { takeChanged(from.row(), to.row()); });
    QObject::connect(rows, &QAbstractItemModel::modelReset, q, [this] { takeReset(); });
    QObject::connect(rows, &QObject::destroyed, q, [this] { takeReset(); });
}

void MessageView::Private::takeInserted(int first, int last)
{
    const int count = last - first + 1;
    const bool wasAtEnd = flow.isAtEnd();
    const bool below = first > flow.lastVisible();
    selection.rowsInserted(first, count);
    if (currentRow >= first)
        currentRow += count;
    flow.rowsInserted(first, count);
    refreshKept(last + 1);
    announcer->rowsInserted(first, last);
    int fresh = 0;
    for (int row = first; row <= last && below && !wasAtEnd; ++row) {
        const RoomRow &shown = model->row(row);
        fresh += shown.kind == RoomRow::Kind::Message && !isOwn(shown, context.decor.ownUserId) ? 1 : 0;
    }
    if (fresh > 0)
        setNewBelow(newBelow + fresh);
    sync();
}

void MessageView::Private::takeRemoved(int first, int last)
{
    const int count = last - first + 1;
    const bool selected = !selection.isEmpty();
    selection.rowsRemoved(first, count);
    const int before = currentRow;
    if (currentRow > last)
        currentRow -= count;
    else if (currentRow >= first)
        currentRow = -1;
    flow.rowsRemoved(first, count);
    announcer->rowsRemoved(first, last);
    sync();
    if (selected && selection.isEmpty())
        Q_EMIT q->selectionChanged();
    if (before >= 0 && currentRow < 0)
        Q_EMIT q->currentRowChanged(-1);
}

void MessageView::Private::takeMoved(int from, int to)
{
    selection.rowsRemoved(from, 1);
    selection.rowsInserted(to, 1);
    if (currentRow == from)
        currentRow = to;
    else if (currentRow > from && currentRow <= to)
        --currentRow;
    else if (currentRow < from && currentRow >= to)
        ++currentRow;
    flow.rowMoved(from, to);
    announcer->rowsMoved();
    sync();
}

void MessageView::Private::takeChanged(int first, int last)
{
    // The text of a gap may have become a message's.
    const bool touches =
        !selection.isEmpty() && selection.last().row >= first && selection.first().row <= last;
    flow.rowsChanged(first, last);
    refreshKept(last + 1);
    announcer->rowsChanged(first, last);
    sync();
    if (touches)
        Q_EMIT q->selectionChanged();
}

void MessageView::Private::takeReset()
{
    const bool selected = !selection.isEmpty();
    const bool hadCurrent = currentRow >= 0;
    selection.clear();
    dragging = false;
    autoScrollTimer.stop();
    currentRow = -1;
    forgetComparison();
    toldAtEnd = false;
    toldLastRow = -1;
    unreadSeen = false;
    found = QPersistentModelIndex();
    flow.reset(model ? model->rowCount() : 0);
    announcer->reset();
    setNewBelow(0);
    sync();
    if (selected)
        Q_EMIT q->selectionChanged();
    if (hadCurrent)
        Q_EMIT q->currentRowChanged(-1);
}

void MessageView::Private::refreshKept(int first)
{
    std::vector<int> stale;
    flow.eachKept([&](int row, const RowLayout &layout) {
        if (row < first)
            return;
        const bool quote = layout.content.replyTo && layout.content.replyHeld != (answered(row) >= 0);
        if (quote || layout.content.timeline != timelineOf(*model, row))
            stale.push_back(row);
    });
    for (const int row : stale)
        flow.rowsChanged(row, row);
}

int MessageView::Private::windowHeight() const
{
    return q->viewport()->height();
}

void MessageView::Private::remeasure(bool estimatesToo)
{
    metrics = RowMetrics(q->viewport()->width(), fontScale, context.density);
    placeParts();
    metrics = RowMetrics(q->viewport()->width(), fontScale, context.density);
    if (estimatesToo)
        flow.estimateAnew();
    else
        flow.forgetLayouts();
    sync();
}

void MessageView::Private::placeParts()
{
    heads->present(metrics, painter.theme());
    const int headHeight = metrics.showsHeads() ? heads->neededHeight() : 0;
    if (q->viewportMargins().top() != headHeight)
        q->setViewportMargins(0, headHeight, 0, 0);
    const QRect area = q->viewport()->geometry();
    heads->setGeometry(area.left(), area.top() - headHeight, area.width(), headHeight);
    bar->setGeometry(area.right() + 1 - OverlayScrollBar::Breadth, area.top(), OverlayScrollBar::Breadth,
                     area.height());
}

void MessageView::Private::sync()
{
    {
        const QScopedValueRollback<bool> guard(syncing, true);
        QScrollBar *scroll = q->verticalScrollBar();
        scroll->setPageStep(windowHeight());
        scroll->setSingleStep(static_cast<int>(metrics.line));
        scroll->setRange(0, static_cast<int>(std::min<qint64>(flow.maximumTop(), INT_MAX)));
        scroll->setValue(static_cast<int>(std::min<qint64>(flow.top(), INT_MAX)));
    }
    if (flow.isAtEnd())
        setNewBelow(0);
    presentPills();
    q->viewport()->update();
    tellTimer.start();
}

/// What leads out of a place: to the newest message, and to the first unread one.
void MessageView::Private::presentPills()
{
    const bool far = flow.maximumTop() - flow.top() > windowHeight();
    QString words;
    if (newBelow > 0)
        words = MessageView::tr("↓ %n new", nullptr, newBelow);
    else if (far && !flow.isAtEnd())
        words = MessageView::tr("↓ Back to newest");
    pill->present(words, newBelow > 0, metrics, painter.theme());
    const QRect area = q->viewport()->geometry();
    pill->move(area.center().x() - pill->width() / 2, area.bottom() - pill->height() - 10);
    const qint64 count = unreadIsAbove() ? model->lastSeq() - context.decor.unreadAfter : 0;
    unreadPill->present(count > 0 ? MessageView::tr("↑ First of %1 new").arg(QLocale().toString(count))
                                  : QString(),
                        true, metrics, painter.theme());
    unreadPill->move(area.center().x() - unreadPill->width() / 2, area.top() + 10);
}

bool MessageView::Private::unreadIsAbove()
{
    const qint64 after = context.decor.unreadAfter;
    const int first = flow.firstVisible();
    if (!model || after <= 0 || first < 0)
        return false;
    for (int row = first; row <= flow.lastVisible() && !unreadSeen; ++row)
        unreadSeen = flow.layout(row).content.decor.unreadLine;
    const RoomRow &top = model->row(first);
    return !unreadSeen && (top.kind == RoomRow::Kind::Gap ? top.gapTo : top.message.seq) > after;
}

LookedAt MessageView::Private::lookedAt() const
{
    return {flow.firstVisible(), flow.lastVisible(), flow.isUpward()};
}

void MessageView::Private::tellOthers()
{
    if (!model || !q->isVisible())
        return;
    const qint64 lastRow = flow.count() - 1;
    const bool atEnd = flow.isAtEnd() && lastRow >= 0;
    if (atEnd && (!toldAtEnd || toldLastRow != lastRow)) {
        toldAtEnd = true;
        toldLastRow = lastRow;
        Q_EMIT q->endReached();
    }
    if (!atEnd)
        toldAtEnd = false;
    if (flow.count() == 0 || !model)
        return;
    if (const auto wish = historyWish(*model, lookedAt()))
        Q_EMIT q->gapLoadRequested(wish->from, wish->to, wish->end);
}

void MessageView::Private::setNewBelow(int count)
{
    if (count == newBelow)
        return;
    newBelow = count;
    Q_EMIT q->newBelowChanged(count);
}

} // namespace Synchat
