// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/viewparts.h"

#include "client/ui/view/rowcontent.h"

#include <QEnterEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyleOptionSlider>

#include <algorithm>
#include <cmath>

namespace Synchat {

ColumnHeads::ColumnHeads(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("columnHeads"));
}

void ColumnHeads::present(const RowMetrics &metrics, const Theme &theme)
{
    m_metrics = metrics;
    m_theme = theme;
    setVisible(metrics.showsHeads());
    update();
}

int ColumnHeads::neededHeight() const
{
    return static_cast<int>(std::ceil(m_metrics.smallLine + m_metrics.scaled(10)));
}

void ColumnHeads::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.background);
    painter.setFont(m_metrics.small);
    painter.setPen(m_theme.muted);
    for (int i = 0; i < ClockColumns; ++i) {
        const std::size_t column = static_cast<std::size_t>(i);
        const QRectF place(m_metrics.columnX[column], 0, m_metrics.columnWidth[column],
                           height() - m_metrics.scaled(4));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         ClockCells::columnName(static_cast<ClockColumn>(i)));
    }
    painter.setPen(QPen(m_theme.hairline, 0));
    painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
}

NewBelowPill::NewBelowPill(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("newBelowPill"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    hide();
}

void NewBelowPill::present(const QString &words, bool loud, const RowMetrics &metrics, const Theme &theme)
{
    m_theme = theme;
    m_loud = loud;
    setFont(metrics.smallBold);
    setText(words);
    setAccessibleName(words);
    resize(sizeHint());
    setVisible(!words.isEmpty());
    update();
}

QSize NewBelowPill::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 28, metrics.height() + 14};
}

void NewBelowPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor fill = m_loud ? m_theme.accent : m_theme.background;
    painter.setPen(QPen(m_loud ? m_theme.accent : (underMouse() ? m_theme.accent : m_theme.hairline), 1));
    painter.setBrush(m_loud && underMouse() ? fill.lighter(108) : fill);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    if (hasFocus()) {
        painter.setPen(QPen(m_loud ? m_theme.onAccent : m_theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(pill.adjusted(2.5, 2.5, -2.5, -2.5), pill.height() / 2, pill.height() / 2);
    }
    painter.setFont(font());
    painter.setPen(m_loud ? m_theme.onAccent : m_theme.muted);
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, text());
}

void NewBelowPill::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NewBelowPill::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

OverlayScrollBar::OverlayScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
    setObjectName(QStringLiteral("overlayScrollBar"));
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    setAttribute(Qt::WA_NoSystemBackground);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::ArrowCursor);
}

void OverlayScrollBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void OverlayScrollBar::follow(QScrollBar *bar)
{
    connect(bar, &QScrollBar::rangeChanged, this, [this, &source = *bar](int minimum, int maximum) {
        const QSignalBlocker quiet(this);
        setPageStep(source.pageStep());
        setSingleStep(source.singleStep());
        setRange(minimum, maximum);
        setVisible(maximum > minimum);
    });
    // The value that is told may be out of date: who listens first may scroll on. Ours must not be told back.
    connect(bar, &QScrollBar::valueChanged, this, [this, &source = *bar] {
        const QSignalBlocker quiet(this);
        setValue(source.value());
    });
    connect(this, &QScrollBar::valueChanged, bar, &QScrollBar::setValue);
    setVisible(bar->maximum() > bar->minimum());
}

void OverlayScrollBar::paintEvent(QPaintEvent *)
{
    if (maximum() <= minimum())
        return;
    // The handle as long as the style would let one grab it, never too short for that.
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRectF handle =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this);
    const double breadth = underMouse() || isSliderDown() ? 8 : 6;
    const QRectF slim(width() - breadth - 2, handle.top() + 2, breadth, std::max(12.0, handle.height() - 4));
    QColor color = m_theme.faint;
    color.setAlphaF(underMouse() || isSliderDown() ? 0.9F : 0.5F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(slim, breadth / 2, breadth / 2);
}

void paintEmptyRoom(QPainter &painter, const QRect &area, const QString &title, const QString &hint,
                    const RowMetrics &metrics, const Theme &theme)
{
    QFont large = metrics.name;
    large.setPointSizeF(large.pointSizeF() * 1.3);
    const QRectF room = QRectF(area).adjusted(metrics.margin, 0, -metrics.margin, 0);
    const double middle = room.center().y();
    painter.setFont(large);
    painter.setPen(theme.text);
    painter.drawText(QRectF(room.left(), room.top(), room.width(), middle - room.top() - 4),
                     Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, title);
    painter.setFont(metrics.body);
    painter.setPen(theme.muted);
    painter.drawText(QRectF(room.left(), middle + 4, room.width(), room.bottom() - middle - 4),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, hint);
}

} // namespace Synchat
