// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/historyplace.h"
#include "client/ui/view/messageview.h"
#include "client/ui/view/rowflow.h"
#include "client/ui/view/rowpainter.h"
#include "client/ui/view/viewannouncer.h"
#include "client/ui/view/viewparts.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>

class QMenu;

namespace Synchat {

/// What the message view is made of. messageview.cpp: what others call; messageviewstate.cpp: rows come and
/// go; messageviewinput.cpp: mouse and keys; messageviewcompare.cpp: two messages beside each other.
struct MessageView::Private
{
    explicit Private(MessageView *view);

    // ---- rows (messageviewstate.cpp)
    std::unique_ptr<RowLayout> layOut(int row) const;
    int estimate(int row) const;
    void connectModel();
    void takeInserted(int first, int last);
    void takeRemoved(int first, int last);
    void takeMoved(int from, int to);
    void takeChanged(int first, int last);
    void takeReset();
    /// Rows from `first` on whose question, cause or predecessor has come meanwhile.
    void refreshKept(int first);
    void remeasure(bool estimatesToo);
    /// After whatever changed: scroll bar, pill, repaint; what others are told follows from the event loop.
    void sync();
    void tellOthers();
    void setNewBelow(int count);
    void placeParts();
    void presentPills();
    bool unreadIsAbove();
    int windowHeight() const;
    LookedAt lookedAt() const;

    // ---- selection, mouse, keys (messageviewinput.cpp)
    struct Spot
    {
        int row = -1;
        QPointF inRow;
    };
    Spot spotAt(QPoint point) const;
    TextPosition positionAt(QPoint point);
    TextSpan spanAround(TextPosition position) const;
    void press(QPoint point, bool extend, bool second = false); ///< `second`: of a double click
    void dragTo(QPoint point);
    void release(QPoint point);
    void hover(QPoint point);
    void selectByClicks();
    void autoScroll();
    void selectionTouched();
    void act(int row, RowAction action);
    void moveCurrent(int row, bool byKey);
    bool scrollKey(int key);
    bool rowKey(int key, Qt::KeyboardModifiers modifiers);
    QMenu *menuFor(int row);
    QString textOf(int row) const;
    void copyText(const QString &text) const;
    // ---- comparing (messageviewcompare.cpp)
    bool isComparable(int row) const;
    void pickForComparison(int row);
    void compareByClick(QPoint point);
    bool isPicked(int row) const;
    void forgetComparison();
    int answered(int row) const; ///< the row that it replies to; -1

    MessageView *q;
    QPointer<RoomModel> model;
    double fontScale = 1.0;
    RowMetrics metrics;
    RowPainter painter;
    ContentContext context;
    RowFlow flow;
    QString emptyTitle, emptyHint;

    TextSelection selection;
    enum class Grain : quint8 { Unit, Word, Row } grain = Grain::Unit;
    TextPosition grainFrom, grainTo; ///< what the double or triple click took
    bool dragging = false;
    bool dragged = false;
    QPoint pressPoint, dragPoint;
    QElapsedTimer sincePress;
    int clicks = 0;
    QBasicTimer autoScrollTimer;
    std::optional<QPoint> hoverPoint;

    QPersistentModelIndex picked, compared;
    int currentRow = -1;
    bool ringWanted = false; ///< the current row was reached by keys
    int newBelow = 0;
    bool toldAtEnd = false;
    qint64 toldLastRow = -1;
    QPersistentModelIndex found; ///< marked for a moment
    QBasicTimer foundTimer;
    bool unreadSeen = false; ///< the unread line was on the screen
    bool syncing = false;
    QTimer tellTimer;

    ColumnHeads *heads = nullptr;
    NewBelowPill *pill = nullptr;
    NewBelowPill *unreadPill = nullptr;
    OverlayScrollBar *bar = nullptr;
    std::unique_ptr<ViewAnnouncer> announcer;
};

} // namespace Synchat
