// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockface.h"

#include "client/ui/view/tabulartext.h"

#include <QEvent>
#include <QPainter>

#include <cmath>

namespace Synchat {

ClockFace::ClockFace(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ClockFace::setText(const QString &text)
{
    if (text == m_text)
        return;
    const QSize before = sizeHint();
    m_text = text;
    setAccessibleName(tr("Your live clock: %1").arg(text));
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void ClockFace::setColor(const QColor &color)
{
    m_color = color;
    update();
}

QSize ClockFace::sizeHint() const
{
    return {static_cast<int>(std::ceil(tabularWidth(m_text, font()))) + 1, fontMetrics().height()};
}

void ClockFace::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_color.isValid() ? m_color : palette().color(QPalette::WindowText));
    const int baseline = (height() - fontMetrics().height()) / 2 + fontMetrics().ascent();
    drawTabular(painter, QPointF(0, baseline), m_text, font());
}

void ClockFace::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace Synchat
