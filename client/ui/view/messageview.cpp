// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview_p.h"

#include "client/ui/view/accessiblemessageview.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace Synchat {

namespace {

constexpr int FoundMs = 2500;

} // namespace

MessageView::MessageView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , d(std::make_unique<Private>(this))
{
    installMessageViewAccessibility();
    setObjectName(QStringLiteral("messageView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Messages"));
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    d->heads = new ColumnHeads(this);
    d->unreadPill = new NewBelowPill(this);
    d->unreadPill->setObjectName(QStringLiteral("unreadPill"));
    connect(d->unreadPill, &QAbstractButton::clicked, this,
            [this] { Q_EMIT unreadWanted(d->context.decor.unreadAfter + 1); });
    d->pill = new NewBelowPill(this);
    d->bar = new OverlayScrollBar(this);
    d->bar->follow(verticalScrollBar());
    connect(d->pill, &QAbstractButton::clicked, this, &MessageView::scrollToEnd);
    d->remeasure(true);
}

MessageView::~MessageView() = default;

void MessageView::setModel(RoomModel *model)
{
    if (d->model == model)
        return;
    if (d->model)
        d->model->disconnect(this);
    d->model = model;
    if (model)
        d->connectModel();
    d->takeReset();
}

RoomModel *MessageView::model() const
{
    return d->model;
}

void MessageView::setTheme(const Theme &theme)
{
    d->painter.setTheme(theme);
    d->bar->setTheme(theme);
    d->placeParts();
    d->sync();
}

void MessageView::setDensity(Density density)
{
    if (density == d->context.density)
        return;
    d->context.density = density;
    d->remeasure(true);
}

Density MessageView::density() const
{
    return d->context.density;
}

void MessageView::setTimeZone(const QTimeZone &zone)
{
    if (zone == d->context.decor.zone)
        return;
    d->context.decor.zone = zone;
    d->remeasure(false);
}

void MessageView::setFontScale(double scale)
{
    scale = std::clamp(scale, 0.5, 4.0);
    if (qFuzzyCompare(scale, d->fontScale))
        return;
    d->fontScale = scale;
    d->remeasure(true);
}

void MessageView::setOwnUserId(const QString &userId)
{
    if (userId == d->context.decor.ownUserId)
        return;
    d->context.decor.ownUserId = userId;
    d->remeasure(false);
}

void MessageView::setUnreadAfter(qint64 seq)
{
    if (seq == d->context.decor.unreadAfter)
        return;
    d->context.decor.unreadAfter = seq;
    d->unreadSeen = false;
    d->remeasure(false);
}

qint64 MessageView::unreadAfter() const
{
    return d->context.decor.unreadAfter;
}

void MessageView::setEmptyText(const QString &title, const QString &hint)
{
    d->emptyTitle = title;
    d->emptyHint = hint;
    viewport()->update();
}

bool MessageView::isAtEnd() const
{
    return d->flow.isAtEnd();
}

void MessageView::scrollToEnd()
{
    d->flow.scrollToEnd();
    d->sync();
}

void MessageView::scrollToSeq(qint64 seq)
{
    const int row = d->model ? d->model->rowOfSeq(seq) : -1;
    if (row < 0)
        return;
    d->flow.scrollToTopOf(row, d->windowHeight() / 4);
    d->sync();
}

void MessageView::showSeq(qint64 seq)
{
    const int row = d->model ? d->model->rowOfSeq(seq) : -1;
    if (row < 0)
        return;
    scrollToSeq(seq);
    d->found = QPersistentModelIndex(d->model->index(row));
    d->foundTimer.start(FoundMs, this);
    d->moveCurrent(row, true);
}

void MessageView::wishAgain()
{
    d->tellTimer.start();
}

qint64 MessageView::lastVisibleSeq() const
{
    if (!d->model)
        return 0;
    for (int row = d->flow.lastVisible(); row >= std::max(0, d->flow.firstVisible()); --row) {
        const RoomRow &candidate = d->model->row(row);
        const bool whole = d->flow.rowTop(row) + d->flow.rowHeight(row) <= d->windowHeight();
        if (whole && candidate.kind == RoomRow::Kind::Message)
            return candidate.message.seq;
    }
    return 0;
}

int MessageView::currentRow() const
{
    return d->currentRow;
}

void MessageView::setCurrentRow(int row)
{
    d->moveCurrent(row, true);
}

QRect MessageView::rowRect(int row) const
{
    if (row < 0 || row >= d->flow.count() || !d->flow.isVisible(row))
        return {};
    return {0, d->flow.rowTop(row), viewport()->width(), d->flow.rowHeight(row)};
}

int MessageView::rowAt(QPoint point) const
{
    const int row = viewport()->rect().contains(point) ? d->flow.rowAt(point.y()) : -1;
    return row >= 0 && rowRect(row).contains(point) ? row : -1;
}

qint64 MessageView::layoutsMade() const
{
    return d->flow.layoutsMade();
}

QString MessageView::selectedText() const
{
    if (!d->model)
        return {};
    const QTimeZone &zone = d->context.decor.zone;
    return d->selection.text([this](int row) { return d->textOf(row); },
                             [this, &zone](int row, const QString &part) {
                                 return RowContentWriter::copyLine(d->model->row(row), part, zone,
                                                                   timelineOf(*d->model, row));
                             });
}

bool MessageView::hasSelection() const
{
    return !d->selection.isEmpty();
}

void MessageView::clearSelection()
{
    if (!d->selection.hasAnchor())
        return;
    d->selection.clear();
    d->selectionTouched();
}

void MessageView::selectAll()
{
    if (d->flow.count() == 0)
        return;
    const int last = d->flow.count() - 1;
    d->selection.select({0, 0}, {last, d->textOf(last).size()});
    d->selectionTouched();
}

void MessageView::copySelection()
{
    if (hasSelection())
        d->copyText(selectedText());
    else if (d->model && d->currentRow >= 0)
        d->copyText(d->textOf(d->currentRow));
}

void MessageView::copyCurrentAsJson()
{
    if (d->model && d->currentRow >= 0)
        d->copyText(QString::fromUtf8(
            d->model->data(d->model->index(d->currentRow), RoomModel::JsonRole).toByteArray()));
}

void MessageView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::TextAntialiasing);
    const Theme &theme = d->painter.theme();
    painter.fillRect(event->rect(), theme.background);
    if (d->flow.count() == 0) {
        paintEmptyRoom(painter, viewport()->rect(), d->emptyTitle, d->emptyHint, d->metrics, theme);
        return;
    }
    const int last = d->flow.lastVisible();
    for (int row = d->flow.firstVisible(); row <= last; ++row) {
        const RowLayout &layout = d->flow.layout(row);
        const int y = d->flow.rowTop(row);
        RowPaintState state;
        state.selected = d->selection.spanIn(row, layout.content.text.size());
        state.picked = d->isPicked(row);
        state.found = d->found.isValid() && d->found.row() == row;
        state.ring = row == d->currentRow && d->ringWanted && hasFocus();
        if (d->hoverPoint && d->flow.rowAt(d->hoverPoint->y()) == row) {
            const QPointF inRow(d->hoverPoint->x(), d->hoverPoint->y() - y);
            state.hoveredLink = layout.linkAt(inRow);
            state.hoveredHot = layout.hotAt(inRow);
        }
        painter.save();
        painter.translate(0, y);
        d->painter.paint(painter, layout, d->metrics, state, QRectF(event->rect()).translated(0, -y));
        painter.restore();
    }
    if (last == d->flow.count() - 1 && d->flow.layout(last).content.own) {
        const int bottom = d->flow.rowTop(last) + d->flow.rowHeight(last);
        painter.fillRect(QRectF(0, bottom, viewport()->width(), d->metrics.washTail), theme.ownWash);
    }
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (viewport()->width() != d->metrics.width)
        d->remeasure(false);
    d->flow.setWindow(d->windowHeight(), static_cast<int>(d->metrics.scaled(8)));
    d->sync();
}

void MessageView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    d->toldAtEnd = false;
    d->sync();
}

void MessageView::scrollContentsBy(int, int)
{
    if (d->syncing)
        return;
    d->flow.scrollTo(verticalScrollBar()->value());
    d->sync();
}

} // namespace Synchat
