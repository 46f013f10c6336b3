// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/messageview_p.h"
#include "common/linkfinder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>
#include <QStyleHints>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// An address as a menu shows it: no mnemonics out of it, and not wider than a screen.
QString menuWords(const QUrl &url)
{
    constexpr qsizetype Longest = 60;
    QString words = url.toDisplayString();
    if (words.size() > Longest)
        words = words.left(Longest - 1) + u'…';
    return words.replace(u'&', u"&&"_s);
}

} // namespace

MessageView::Private::Spot MessageView::Private::spotAt(QPoint point) const
{
    const int row = flow.rowAt(point.y());
    return {row, row < 0 ? QPointF() : QPointF(point.x(), point.y() - flow.rowTop(row))};
}

TextPosition MessageView::Private::positionAt(QPoint point)
{
    const Spot spot = spotAt(point);
    return spot.row < 0 ? TextPosition{} : TextPosition{spot.row, flow.layout(spot.row).offsetAt(spot.inRow)};
}

TextSpan MessageView::Private::spanAround(TextPosition position) const
{
    const QString text = textOf(position.row);
    switch (grain) {
    case Grain::Word:
        return wordAt(text, position.offset);
    case Grain::Row:
        return {0, text.size()};
    case Grain::Unit:
        break;
    }
    return {position.offset, 0};
}

void MessageView::Private::press(QPoint point, bool extend, bool second)
{
    const bool repeated = sincePress.isValid() &&
                          sincePress.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval() &&
                          (point - pressPoint).manhattanLength() < 6;
    if (second)
        clicks = 2;
    else
        clicks = repeated && !extend ? std::min(clicks + 1, 3) : 1;
    sincePress.start();
    pressPoint = dragPoint = point;
    dragged = clicks > 1;
    const Spot spot = spotAt(point);
    if (spot.row < 0)
        return;
    moveCurrent(spot.row, false);
    if (flow.layout(spot.row).hotAt(spot.inRow) && clicks == 1 && !extend)
        return;
    dragging = true;
    if (extend) {
        grain = Grain::Unit;
        dragged = true;
        selection.extendTo(positionAt(point));
        selectionTouched();
        return;
    }
    selectByClicks();
}

void MessageView::Private::selectByClicks()
{
    grain = clicks == 2 ? Grain::Word : clicks == 3 ? Grain::Row : Grain::Unit;
    const TextPosition at = positionAt(pressPoint);
    const TextSpan span = spanAround(at);
    grainFrom = {at.row, span.start};
    grainTo = {at.row, span.start + span.length};
    selection.select(grainFrom, grainTo);
    selectionTouched();
}

void MessageView::Private::dragTo(QPoint point)
{
    dragPoint = point;
    if ((point - pressPoint).manhattanLength() >= 3)
        dragged = true;
    const QRect window(0, 0, q->viewport()->width(), windowHeight());
    const bool outside = point.y() < window.top() || point.y() > window.bottom();
    if (outside && !autoScrollTimer.isActive())
        autoScrollTimer.start(30, q);
    if (!outside)
        autoScrollTimer.stop();
    if (!dragged)
        return;
    const TextPosition at =
        positionAt(QPoint(point.x(), std::clamp(point.y(), window.top(), window.bottom())));
    if (at.row < 0)
        return;
    if (grain == Grain::Unit) {
        selection.extendTo(at);
    } else {
        const TextSpan span = spanAround(at);
        const TextPosition from{at.row, span.start};
        const TextPosition to{at.row, span.start + span.length};
        if (from < grainFrom)
            selection.select(grainTo, from);
        else
            selection.select(grainFrom, std::max(to, grainTo));
    }
    selectionTouched();
}

void MessageView::Private::autoScroll()
{
    const int beyond = dragPoint.y() < 0 ? dragPoint.y() : dragPoint.y() - windowHeight() + 1;
    if (!dragging || beyond == 0) {
        autoScrollTimer.stop();
        return;
    }
    QScrollBar *scroll = q->verticalScrollBar();
    scroll->setValue(scroll->value() + std::clamp(beyond, -120, 120));
    dragTo(dragPoint);
}

void MessageView::Private::release(QPoint point)
{
    autoScrollTimer.stop();
    const bool wasDragging = dragging;
    dragging = false;
    if (wasDragging && !selection.isEmpty()) {
        QClipboard *clipboard = QGuiApplication::clipboard();
        if (clipboard->supportsSelection())
            clipboard->setText(q->selectedText(), QClipboard::Selection);
    }
    if (dragged || clicks != 1)
        return;
    const Spot from = spotAt(pressPoint);
    const Spot to = spotAt(point);
    if (from.row < 0 || from.row != to.row)
        return;
    const RowLayout &layout = flow.layout(to.row);
    const TextLink *link = layout.linkAt(to.inRow);
    if (link && link == layout.linkAt(from.inRow)) {
        const QUrl url = link->url; // who listens may change the rows
        Q_EMIT q->linkActivated(url);
        return;
    }
    const RowLayout::Hot *hot = layout.hotAt(to.inRow);
    if (hot && hot == layout.hotAt(from.inRow))
        act(to.row, hot->action);
}

void MessageView::Private::act(int row, RowAction action)
{
    const RoomRow &shown = model->row(row);
    switch (action) {
    case RowAction::LoadGap:
        if (shown.isGap())
            Q_EMIT q->gapLoadRequested(shown.gapFrom, shown.gapTo, endToFill(row, lookedAt()));
        return;
    case RowAction::Retry:
        Q_EMIT q->retryRequested(QUuid(shown.message.id));
        return;
    case RowAction::Discard:
        Q_EMIT q->discardRequested(QUuid(shown.message.id));
        return;
    case RowAction::ShowQuoted:
        if (shown.message.replyTo)
            q->scrollToSeq(*shown.message.replyTo);
        return;
    }
}

void MessageView::Private::hover(QPoint point)
{
    hoverPoint = point;
    const Spot spot = spotAt(point);
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (spot.row >= 0) {
        const RowLayout &layout = flow.layout(spot.row);
        if (layout.linkAt(spot.inRow) || layout.hotAt(spot.inRow))
            shape = Qt::PointingHandCursor;
        else if (layout.isOverText(spot.inRow))
            shape = Qt::IBeamCursor;
    }
    if (q->viewport()->cursor().shape() != shape || shape == Qt::PointingHandCursor)
        q->viewport()->update();
    q->viewport()->setCursor(shape);
}

void MessageView::Private::selectionTouched()
{
    q->viewport()->update();
    Q_EMIT q->selectionChanged();
}

void MessageView::Private::copyText(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

void MessageView::Private::moveCurrent(int row, bool byKey)
{
    row = std::clamp(row, -1, flow.count() - 1);
    const bool changed = row != currentRow;
    currentRow = row;
    ringWanted = byKey;
    if (byKey && row >= 0) {
        flow.scrollToShow(row);
        sync();
    }
    q->viewport()->update();
    if (!changed)
        return;
    announcer->currentRowChanged(row);
    Q_EMIT q->currentRowChanged(row);
}

bool MessageView::Private::scrollKey(int key)
{
    if (flow.count() == 0)
        return false;
    QScrollBar *scroll = q->verticalScrollBar();
    const int page = std::max(1, windowHeight() - static_cast<int>(2 * metrics.line));
    switch (key) {
    case Qt::Key_Home:
        scroll->setValue(0);
        moveCurrent(0, true);
        return true;
    case Qt::Key_End:
        q->scrollToEnd();
        moveCurrent(flow.count() - 1, true);
        return true;
    case Qt::Key_PageUp:
        scroll->setValue(scroll->value() - page);
        moveCurrent(flow.firstVisible(), true);
        return true;
    case Qt::Key_PageDown:
        scroll->setValue(scroll->value() + page);
        moveCurrent(flow.lastVisible(), true);
        return true;
    case Qt::Key_Up:
        moveCurrent(currentRow < 0 ? flow.lastVisible() : std::max(0, currentRow - 1), true);
        return true;
    case Qt::Key_Down:
        moveCurrent(currentRow < 0 ? flow.lastVisible() : currentRow + 1, true);
        return true;
    default:
        return false;
    }
}

bool MessageView::Private::rowKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (!model || currentRow < 0)
        return false;
    const RoomRow &shown = model->row(currentRow);
    const bool plain = modifiers == Qt::NoModifier || modifiers == Qt::KeypadModifier;
    const bool enter = plain && (key == Qt::Key_Return || key == Qt::Key_Enter);
    if (enter && shown.kind == RoomRow::Kind::Gap) {
        act(currentRow, RowAction::LoadGap);
        return true;
    }
    if (enter || (key == Qt::Key_I && modifiers == Qt::ControlModifier)) {
        Q_EMIT q->detailsRequested(currentRow);
        return true;
    }
    if (key == Qt::Key_R && plain && shown.kind == RoomRow::Kind::Message) {
        Q_EMIT q->replyRequested(shown.message.seq);
        return true;
    }
    return false;
}

QMenu *MessageView::Private::menuFor(int row)
{
    auto *menu = new QMenu(q);
    menu->setObjectName(u"messageMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QPersistentModelIndex index(model->index(row));
    const RoomRow::Kind kind = model->row(row).kind;
    const auto add = [&](const QString &name, const QString &words, auto &&what) {
        QAction *action = menu->addAction(words);
        action->setObjectName(name);
        QObject::connect(action, &QAction::triggered, q, [index, what] {
            if (index.isValid())
                what(index.row());
        });
        return action;
    };
    if (q->hasSelection())
        add(u"copySelection"_s, MessageView::tr("Copy selection"), [this](int) { q->copySelection(); });
    if (kind == RoomRow::Kind::Gap) {
        QAction *load = add(u"loadGap"_s, MessageView::tr("Load missing messages"),
                            [this](int at) { act(at, RowAction::LoadGap); });
        load->setEnabled(model->row(row).gapState != RoomRow::GapState::Gone);
        return menu;
    }
    add(u"copyText"_s, MessageView::tr("Copy text"), [this](int at) { copyText(textOf(at)); });
    add(u"copyWithTime"_s, MessageView::tr("Copy with time"), [this](int at) {
        const Message &message = model->row(at).message;
        const OptionalMicros time = shownTime(message);
        copyText((time ? isoUtc(*time) + u' ' : QString()) + message.from.name + u": "_s + message.text);
    });
    add(u"copyJson"_s, MessageView::tr("Copy as JSON"), [this](int at) {
        copyText(QString::fromUtf8(model->data(model->index(at), RoomModel::JsonRole).toByteArray()));
    });
    menu->addSeparator();
    if (kind == RoomRow::Kind::Message)
        add(u"reply"_s, MessageView::tr("Reply"),
            [this](int at) { Q_EMIT q->replyRequested(model->row(at).message.seq); });
    const bool second = picked.isValid() && !compared.isValid() && picked.row() != row;
    add(u"compare"_s,
        second ? MessageView::tr("Compare with the picked message")
               : MessageView::tr("Compare with another message…"),
        [this](int at) { pickForComparison(at); });
    add(u"details"_s, MessageView::tr("Details"), [this](int at) { Q_EMIT q->detailsRequested(at); });
    const QList<TextLink> links = findLinks(textOf(row));
    for (const TextLink &link : links) {
        add(u"openLink"_s, MessageView::tr("Open %1").arg(menuWords(link.url)),
            [this, url = link.url](int) { Q_EMIT q->linkActivated(url); });
    }
    if (kind == RoomRow::Kind::Failed)
        add(u"retry"_s, MessageView::tr("Retry"), [this](int at) { act(at, RowAction::Retry); });
    if (kind == RoomRow::Kind::Failed || kind == RoomRow::Kind::Pending)
        add(u"discard"_s, MessageView::tr("Discard"), [this](int at) { act(at, RowAction::Discard); });
    return menu;
}

} // namespace Synchat
