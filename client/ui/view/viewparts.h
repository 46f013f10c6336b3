// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/rowmetrics.h"
#include "client/ui/view/theme.h"

#include <QAbstractButton>
#include <QScrollBar>
#include <QWidget>

namespace Synchat {

/// The names of the four clock columns, once above all messages.
class ColumnHeads : public QWidget
{
    Q_OBJECT
public:
    explicit ColumnHeads(QWidget *parent);
    void present(const RowMetrics &metrics, const Theme &theme);
    int neededHeight() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RowMetrics m_metrics;
    Theme m_theme = Theme::light();
};

/// The floating button that leads to the newest message: "↓ 5 new".
class NewBelowPill : public QAbstractButton
{
    Q_OBJECT
public:
    explicit NewBelowPill(QWidget *parent);
    void present(const QString &words, bool loud, const RowMetrics &metrics, const Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Theme m_theme = Theme::light();
    bool m_loud = false;
};

/// A slim scroll bar that lies over the messages and takes no room from them; invisible while nothing can
/// scroll.
class OverlayScrollBar : public QScrollBar
{
    Q_OBJECT
public:
    static constexpr int Breadth = 12;
    explicit OverlayScrollBar(QWidget *parent);
    void setTheme(const Theme &theme);
    /// Follows the bar that the view scrolls by, and moves it.
    void follow(QScrollBar *bar);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme = Theme::light();
};

/// What a room without messages says, in the middle.
void paintEmptyRoom(QPainter &painter, const QRect &area, const QString &title, const QString &hint,
                    const RowMetrics &metrics, const Theme &theme);

} // namespace Synchat
