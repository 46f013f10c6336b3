// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/eventpainter.h"

#include "client/ui/view/markpainter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Synchat {

namespace {

using Kind = TimeEvent::Kind;

void paintRound(QPainter &painter, QPointF center, double size, const QColor &color)
{
    const double radius = size * 0.38;
    const QRectF circle(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
    painter.setPen(QPen(color, size * 0.13, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(circle, 60 * 16, 280 * 16);
    QPainterPath head;
    const QPointF tip(center.x() + radius * 0.94, center.y() - radius * 0.35);
    head.moveTo(tip + QPointF(size * 0.06, size * 0.12));
    head.lineTo(tip + QPointF(-size * 0.34, -size * 0.04));
    head.lineTo(tip + QPointF(size * 0.1, -size * 0.32));
    head.closeSubpath();
    painter.fillPath(head, color);
}

void paintStair(QPainter &painter, QPointF center, double size, const QColor &color)
{
    const double arm = size * 0.42;
    painter.setPen(QPen(color, size * 0.16, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF({center + QPointF(-arm, arm * 0.8), center + QPointF(0, arm * 0.8),
                                    center + QPointF(0, -arm * 0.8), center + QPointF(arm, -arm * 0.8)}));
}

void paintBolt(QPainter &painter, QPointF center, double size, const QColor &color)
{
    QPainterPath path;
    path.moveTo(center + QPointF(size * 0.14, -size * 0.5));
    path.lineTo(center + QPointF(-size * 0.32, size * 0.1));
    path.lineTo(center + QPointF(-size * 0.02, size * 0.1));
    path.lineTo(center + QPointF(-size * 0.14, size * 0.5));
    path.lineTo(center + QPointF(size * 0.32, -size * 0.1));
    path.lineTo(center + QPointF(size * 0.02, -size * 0.1));
    path.closeSubpath();
    painter.fillPath(path, color);
}

void paintHourglass(QPainter &painter, QPointF center, double size, const QColor &color)
{
    const double arm = size * 0.36;
    QPainterPath path;
    path.moveTo(center + QPointF(-arm, -size * 0.46));
    path.lineTo(center + QPointF(arm, -size * 0.46));
    path.lineTo(center + QPointF(-arm, size * 0.46));
    path.lineTo(center + QPointF(arm, size * 0.46));
    path.closeSubpath();
    painter.fillPath(path, color);
}

void paintLine(QPainter &painter, const QRectF &line, const EventText &event, const RowMetrics &metrics,
               const Theme &theme)
{
    const double glyph = metrics.mark + metrics.gap;
    const double room = std::max(metrics.scaled(40), line.width() - metrics.eventLineSides());
    const QRectF words = QFontMetricsF(metrics.small)
                             .boundingRect(QRectF(0, 0, room, line.height()), Qt::TextWordWrap, event.text);
    const double left = line.center().x() - (glyph + words.width()) / 2.0;
    const double y = line.center().y();
    const double right = left + glyph + words.width() + 1;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.hairline, 0));
    painter.drawLine(QPointF(line.left(), y), QPointF(left - 12, y));
    painter.drawLine(QPointF(right + 12, y), QPointF(line.right(), y));
    const double top = y - words.height() / 2.0;
    const double oneLine = QFontMetricsF(metrics.small).height();
    paintEventShape(painter, QRectF(left, top + (oneLine - metrics.mark) / 2.0, metrics.mark, metrics.mark),
                    event.kind, eventColor(theme, event.kind));
    painter.setFont(metrics.small);
    painter.setPen(theme.muted);
    painter.drawText(QRectF(left + glyph, top, words.width() + 1, words.height() + 1),
                     Qt::AlignHCenter | Qt::TextWordWrap, event.text);
}

void paintNote(QPainter &painter, const QRectF &rect, const EventText &event, const RowMetrics &metrics,
               const Theme &theme)
{
    const QRectF firstLine(rect.left(), rect.top(), metrics.mark, metrics.smallLine);
    paintEventShape(
        painter,
        QRectF(firstLine.left(), firstLine.center().y() - metrics.mark / 2.0, metrics.mark, metrics.mark),
        event.kind, eventColor(theme, event.kind));
    painter.setFont(metrics.small);
    painter.setPen(theme.muted);
    painter.drawText(rect.adjusted(metrics.mark + metrics.gap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, event.text);
}

} // namespace

void paintEventShape(QPainter &painter, const QRectF &box, TimeEvent::Kind kind, const QColor &color)
{
    const double size = std::min(box.width(), box.height());
    const QPointF center = box.center();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (kind) {
    case Kind::DaemonRestarted:
        paintRound(painter, center, size, color);
        break;
    case Kind::DaemonClockSet:
    case Kind::AuthorClockSet:
        paintStair(painter, center, size, color);
        break;
    case Kind::DaemonFaultBegan:
    case Kind::DaemonFaultEnded:
    case Kind::AuthorFaultBegan:
    case Kind::AuthorFaultEnded:
        paintBolt(painter, center, size, color);
        break;
    case Kind::Waited:
        paintHourglass(painter, center, size, color);
        break;
    case Kind::ReferenceHeld:
    case Kind::ReferenceLost:
        paintMark(painter, box, Mark::HeldOver, color);
        break;
    case Kind::ReferenceDisputed:
        paintMark(painter, box, Mark::Contradiction, color);
        break;
    case Kind::ReferenceBack:
        paintMark(painter, box, Mark::Fine, color);
        break;
    }
    painter.restore();
}

QColor eventColor(const Theme &theme, TimeEvent::Kind kind)
{
    switch (kind) {
    case Kind::DaemonClockSet:
    case Kind::AuthorClockSet:
    case Kind::DaemonFaultBegan:
    case Kind::AuthorFaultBegan:
    case Kind::ReferenceLost:
        return theme.off;
    case Kind::ReferenceDisputed:
        return theme.contradiction;
    case Kind::ReferenceBack:
        return theme.fine;
    case Kind::DaemonRestarted:
    case Kind::DaemonFaultEnded:
    case Kind::AuthorFaultEnded:
    case Kind::ReferenceHeld:
    case Kind::Waited:
        break;
    }
    return theme.muted;
}

void paintEvents(QPainter &painter, const RowLayout &row, const RowMetrics &metrics, const Theme &theme)
{
    for (qsizetype i = 0; i < row.eventLines.size(); ++i)
        paintLine(painter, row.eventLines.at(i), row.content.lines.at(i), metrics, theme);
    for (qsizetype i = 0; i < row.noteRects.size(); ++i)
        paintNote(painter, row.noteRects.at(i), row.content.notes.at(i), metrics, theme);
}

} // namespace Synchat
