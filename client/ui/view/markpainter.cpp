// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/markpainter.h"

#include "client/ui/view/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Synchat {

namespace {

void paintTriangle(QPainter &painter, QPointF center, double size, const QColor &color)
{
    QPainterPath path;
    path.moveTo(center + QPointF(0.0, -size * 0.48));
    path.lineTo(center + QPointF(size * 0.54, size * 0.46));
    path.lineTo(center + QPointF(-size * 0.54, size * 0.46));
    path.closeSubpath();
    painter.fillPath(path, color);
}

void paintCross(QPainter &painter, QPointF center, double size, const QColor &color)
{
    const double arm = size * 0.32;
    painter.setPen(QPen(color, size * 0.24, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(center + QPointF(-arm, -arm), center + QPointF(arm, arm));
    painter.drawLine(center + QPointF(-arm, arm), center + QPointF(arm, -arm));
}

void paintQuestion(QPainter &painter, const QRectF &box, double size, const QColor &color)
{
    QFont font = painter.font();
    font.setPixelSize(std::max(6, qRound(size * 1.2)));
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(box.adjusted(0, -size, size, size), Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral("?"));
}

void paintDottedRing(QPainter &painter, QPointF center, double size, const QColor &color)
{
    QPen pen(color, size * 0.14, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({1.5, 1.3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(center, size * 0.42, size * 0.42);
}

} // namespace

void paintMark(QPainter &painter, const QRectF &box, Mark mark, const QColor &color)
{
    const double size = std::min(box.width(), box.height());
    const QPointF center = box.center();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (mark) {
    case Mark::Fine:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(center, size * 0.46, size * 0.46);
        break;
    case Mark::Off:
        paintTriangle(painter, center, size, color);
        break;
    case Mark::Contradiction:
        paintCross(painter, center, size, color);
        break;
    case Mark::Unknown:
        paintQuestion(painter, box, size, color);
        break;
    case Mark::HeldOver:
        paintDottedRing(painter, center, size, color);
        break;
    }
    painter.restore();
}

} // namespace Synchat
