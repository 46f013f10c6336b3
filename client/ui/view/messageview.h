// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"
#include "client/ui/view/theme.h"

#include <QAbstractScrollArea>
#include <QTimeZone>

#include <memory>

namespace Synchat {

enum class Density : quint8 { Compact, Deltas, AllFour };

/// The messages of one room over a RoomModel: each with author, text and four stamps; groups by author, day
/// separators, the unread line, gap, pending and failed rows. Only what is visible is laid out exactly;
/// heights of the rest are estimated and corrected without moving what is on the screen. Text can be selected
/// with the mouse across rows; every row is an accessible item. Not for the chat's rules, and it stores
/// nothing: it shows a model and says what was asked of it.
class MessageView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit MessageView(QWidget *parent = nullptr);
    ~MessageView() override;

    void setModel(RoomModel *model); ///< null: empty
    RoomModel *model() const;
    void setTheme(const Theme &theme);
    void setDensity(Density density);
    Density density() const;
    void setTimeZone(const QTimeZone &zone);
    void setFontScale(double scale); ///< 1.0 is 10 pt
    void setOwnUserId(const QString &userId);
    /// The unread line stands behind this seq; 0: none. While it is out of sight above, a button leads there.
    void setUnreadAfter(qint64 seq);
    qint64 unreadAfter() const;
    /// What an empty room says.
    void setEmptyText(const QString &title, const QString &hint);

    bool isAtEnd() const;
    void scrollToEnd();
    void scrollToSeq(qint64 seq);
    /// Scrolls there, makes it the current row and marks it for a moment.
    void showSeq(qint64 seq);
    /// What gapLoadRequested() asked for may not have come, since there was no link: says it again where a
    /// gap is near.
    void wishAgain();
    /// Highest seq that is wholly on the screen; 0: none.
    qint64 lastVisibleSeq() const;
    /// -1: none. The row that keys and the context menu act on.
    int currentRow() const;
    void setCurrentRow(int row);
    /// Where a row stands in the viewport; null when it is not on the screen.
    QRect rowRect(int row) const;
    /// The row under a point of the viewport; -1: none.
    int rowAt(QPoint point) const;
    /// Since the beginning: how many rows were laid out. What a paint costs is bounded by it.
    qint64 layoutsMade() const;

    QString selectedText() const; ///< "ana, 14:03:25: text" a line for several rows, the bare text inside one
    bool hasSelection() const;
    void clearSelection();

public Q_SLOTS:
    /// Picks the current row for a comparison; the second one that is picked asks for it, the same one again
    /// gives it up.
    void compareCurrent();
    void clearComparison();
    void copySelection(); ///< without a selection: the current row's text
    void copyCurrentAsJson();
    void selectAll();

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    void replyRequested(qint64 seq);
    void detailsRequested(int row);
    void comparisonPicked(int row);
    void compareRequested(int first, int second); ///< rows, in the order in which they were picked
    void comparisonCleared();
    void retryRequested(const QUuid &id);
    void discardRequested(const QUuid &id);
    /// A person wants it, or it is near what they look at. The side is the one from which what they look at
    /// need not move.
    void gapLoadRequested(qint64 from, qint64 to, Synchat::GapEnd end);
    /// The first unread message, which may not be held.
    void unreadWanted(qint64 seq);
    void endReached();               ///< the newest row is wholly visible
    void newBelowChanged(int count); ///< messages that came while scrolled up
    void selectionChanged();
    void currentRowChanged(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
