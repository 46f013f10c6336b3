// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowpainter.h"

#include "client/ui/view/eventpainter.h"
#include "client/ui/view/markpainter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int OneLine = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine;

/// Where text of this font begins so that it stands in the middle of the line.
double baselineIn(const QRectF &line, const QFont &font)
{
    const QFontMetricsF metrics(font);
    return line.center().y() + (metrics.ascent() - metrics.descent()) / 2.0;
}

QColor mixed(const QColor &one, const QColor &other, float share)
{
    return QColor::fromRgbF(one.redF() * (1 - share) + other.redF() * share,
                            one.greenF() * (1 - share) + other.greenF() * share,
                            one.blueF() * (1 - share) + other.blueF() * share);
}

/// A question mark is narrower than the shapes.
double markWidth(Mark mark, double size)
{
    return mark == Mark::Unknown ? size * 0.65 : size;
}

QRectF markBox(double x, const QRectF &line, double size)
{
    return {x, line.center().y() - size / 2.0, size, size};
}

} // namespace

void RowPainter::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_nameColors.clear();
    m_discColors.clear();
}

void RowPainter::paint(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                       const RowPaintState &state, const QRectF &clip)
{
    paintWash(painter, row, metrics);
    if (state.found)
        painter.fillRect(QRectF(0, row.bodyTop, metrics.width, row.height - row.bodyTop), m_theme.ownWash);
    paintLines(painter, row, metrics);
    paintEvents(painter, row, metrics, m_theme);
    if (row.content.isGap()) {
        paintGap(painter, row, metrics, state);
    } else {
        paintHeader(painter, row, metrics);
        paintQuote(painter, row, metrics, state);
        paintText(painter, row, state, clip);
        paintClocks(painter, row, metrics);
        paintContradiction(painter, row, metrics);
        paintFailure(painter, row, metrics, state);
    }
    if (state.found)
        paintFound(painter, row, metrics);
    if (state.picked)
        painter.fillRect(QRectF(0, row.bodyTop, metrics.scaled(4), row.height - row.bodyTop), m_theme.accent);
    if (!state.ring)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(3, row.bodyTop + 1, metrics.width - 6, row.height - row.bodyTop - 2), 6,
                            6);
}

void RowPainter::paintWash(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const
{
    if (row.content.decor.afterOwnWash)
        painter.fillRect(QRectF(0, 0, metrics.width, metrics.washTail), m_theme.ownWash);
    if (row.content.own)
        painter.fillRect(QRectF(0, row.bodyTop, metrics.width, row.height - row.bodyTop), m_theme.ownWash);
}

void RowPainter::paintLine(QPainter &painter, const QRectF &line, const QString &words,
                           const QColor &lineColor, const QColor &textColor, const QFont &font) const
{
    const double y = line.center().y();
    const double half = QFontMetricsF(font).horizontalAdvance(words) / 2.0 + 12;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(lineColor, 0));
    painter.drawLine(QPointF(line.left(), y), QPointF(line.center().x() - half, y));
    painter.drawLine(QPointF(line.center().x() + half, y), QPointF(line.right(), y));
    painter.setFont(font);
    painter.setPen(textColor);
    painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine, words);
}

void RowPainter::paintLines(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const
{
    if (!row.dayLine.isNull())
        paintLine(painter, row.dayLine, row.content.dayText, m_theme.hairline, m_theme.muted, metrics.small);
    if (!row.laterLine.isNull())
        paintLine(painter, row.laterLine, row.content.laterText, m_theme.hairline, m_theme.muted,
                  metrics.small);
    if (!row.unreadLine.isNull())
        paintLine(painter, row.unreadLine, RowContentWriter::tr("new"), m_theme.accent, m_theme.accent,
                  metrics.smallBold);
}

QColor RowPainter::nameColor(const RowContent &content)
{
    if (content.own)
        return m_theme.accent;
    QColor &color = m_nameColors[content.authorId];
    if (!color.isValid())
        color = m_theme.authorColor(content.authorId);
    return color;
}

QColor RowPainter::discColor(const RowContent &content)
{
    // White letters stand on it in both themes, so it is the one that reads on white.
    if (content.own)
        return Theme::light().accent;
    QColor &color = m_discColors[content.authorId];
    if (!color.isValid())
        color = Theme::light().authorColor(content.authorId);
    return color;
}

void RowPainter::paintHeader(QPainter &painter, const RowLayout &row, const RowMetrics &metrics)
{
    const RowContent &content = row.content;
    if (!content.decor.header)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(discColor(content));
    painter.drawEllipse(row.avatar);
    painter.setFont(metrics.name);
    painter.setPen(Qt::white);
    painter.drawText(row.avatar, Qt::AlignCenter | Qt::TextSingleLine, content.initial);

    painter.setPen(nameColor(content));
    painter.drawText(
        row.nameRect, OneLine,
        QFontMetricsF(metrics.name).elidedText(content.name, Qt::ElideRight, row.nameRect.width()));
    const bool failed = content.kind == RoomRow::Kind::Failed;
    painter.setPen(failed ? m_theme.contradiction : m_theme.muted);
    const double base = baselineIn(row.timeRect, metrics.name);
    metrics.headerTime.draw(painter, QPointF(row.timeRect.left(), base),
                            content.note.isEmpty() ? content.time : content.note);
    if (row.remarkRect.width() <= metrics.mark)
        return;
    const bool loud = content.remarkMark == Mark::Off || content.remarkMark == Mark::Contradiction;
    const QFont &font = loud ? metrics.smallBold : metrics.small;
    const QColor color = m_theme.markColor(content.remarkMark);
    painter.setFont(font);
    paintMark(painter, markBox(row.remarkRect.left(), row.remarkRect, metrics.mark), content.remarkMark,
              color);
    painter.setPen(color);
    const double x = row.remarkRect.left() + markWidth(content.remarkMark, metrics.mark) + metrics.gap;
    painter.drawText(QPointF(x, base), QFontMetricsF(font).elidedText(content.remark, Qt::ElideRight,
                                                                      row.remarkRect.right() - x));
}

void RowPainter::paintQuote(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                            const RowPaintState &state) const
{
    if (row.quoteRect.isNull())
        return;
    const bool hovered = state.hoveredHot && state.hoveredHot->action == RowAction::ShowQuoted;
    const QRectF bar(row.quoteRect.left(), row.quoteRect.top(), metrics.scaled(2), row.quoteRect.height());
    painter.fillRect(bar, hovered ? m_theme.accent : m_theme.faint);
    painter.setPen(m_theme.muted);
    QRectF rest = row.quoteRect.adjusted(metrics.inset, 0, 0, 0);
    if (!row.content.quoteName.isEmpty()) {
        const QFontMetricsF names(metrics.smallBold);
        painter.setFont(metrics.smallBold);
        const QString name = names.elidedText(row.content.quoteName, Qt::ElideRight, rest.width() / 2.0);
        painter.drawText(rest, OneLine, name);
        rest.setLeft(rest.left() + names.horizontalAdvance(name) + metrics.gap);
    }
    painter.setFont(metrics.small);
    painter.drawText(
        rest, OneLine,
        QFontMetricsF(metrics.small).elidedText(row.content.quoteText, Qt::ElideRight, rest.width()));
}

void RowPainter::paintText(QPainter &painter, const RowLayout &row, const RowPaintState &state,
                           const QRectF &clip) const
{
    QList<QTextLayout::FormatRange> formats;
    for (const TextLink &link : row.content.links) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(link.start);
        range.length = static_cast<int>(link.length);
        range.format.setForeground(m_theme.accent);
        range.format.setFontUnderline(&link == state.hoveredLink);
        formats.append(range);
    }
    if (state.selected && state.selected->length > 0) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(state.selected->start);
        range.length = static_cast<int>(state.selected->length);
        range.format.setBackground(m_theme.selection);
        formats.append(range);
    }
    const bool dimmed = row.content.kind == RoomRow::Kind::Pending;
    painter.setPen(dimmed ? mixed(m_theme.muted, m_theme.faint, 0.5F) : m_theme.text);
    row.text().draw(&painter, row.textOrigin, formats, clip);
}

void RowPainter::paintCell(QPainter &painter, const RowLayout::Cell &place, const ClockCell &cell,
                           const RowMetrics &metrics) const
{
    const double base = baselineIn(place.rect, metrics.small);
    double x = place.rect.left();
    if (place.nameWidth > 0) {
        painter.setFont(metrics.small);
        painter.setPen(m_theme.muted);
        painter.drawText(QPointF(x, base), cell.name);
        x += place.nameWidth;
    }
    if (!cell.reading.isEmpty()) {
        painter.setPen(cell.hasMark ? m_theme.text : m_theme.faint);
        metrics.reading.draw(painter, QPointF(x, base), cell.reading);
        x += metrics.reading.width(cell.reading) + metrics.gap;
    }
    if (!cell.hasMark)
        return;
    const QColor color = m_theme.markColor(cell.mark);
    painter.setFont(metrics.small);
    paintMark(painter, markBox(x, place.rect, metrics.mark), cell.mark, color);
    x += markWidth(cell.mark, metrics.mark) + metrics.gap;
    painter.setPen(color);
    const TabularFont &font = cell.loud() ? metrics.loudReading : metrics.reading;
    font.draw(painter, QPointF(x, base),
              QFontMetricsF(font.font()).elidedText(cell.value, Qt::ElideRight, place.rect.right() + 8 - x));
}

void RowPainter::paintClocks(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const
{
    if (row.cells.isEmpty())
        return;
    painter.fillRect(row.clockRule, m_theme.hairline);
    for (qsizetype i = 0; i < row.cells.size(); ++i)
        paintCell(painter, row.cells.at(i), row.content.clocks.at(i), metrics);
}

void RowPainter::paintContradiction(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const
{
    const QRectF &box = row.contradictionRect;
    if (box.isNull())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.contradictionWash);
    painter.drawRoundedRect(box, 4, 4);
    const double pad = metrics.scaled(7);
    painter.setFont(metrics.small);
    const QRectF firstLine(box.left(), box.top(), box.width(), metrics.smallLine + metrics.scaled(2));
    paintMark(painter, markBox(box.left() + pad, firstLine, metrics.mark), Mark::Contradiction,
              m_theme.contradiction);
    painter.setPen(m_theme.contradiction);
    painter.drawText(box.adjusted(pad + metrics.mark + metrics.gap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.content.contradiction);
}

void RowPainter::paintFailure(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                              const RowPaintState &state) const
{
    if (row.failureRect.isNull())
        return;
    painter.setFont(metrics.small);
    const QRectF firstLine(row.failureRect.topLeft(), QSizeF(row.failureRect.width(), metrics.smallLine));
    paintMark(painter, markBox(firstLine.left(), firstLine, metrics.mark), Mark::Contradiction,
              m_theme.contradiction);
    painter.setPen(m_theme.contradiction);
    painter.drawText(row.failureRect.adjusted(metrics.mark + metrics.gap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.content.failure);
    for (const RowLayout::Hot &hot : row.hots) {
        if (hot.action == RowAction::Retry || hot.action == RowAction::Discard)
            paintButton(painter, hot, metrics, state);
    }
}

void RowPainter::paintButton(QPainter &painter, const RowLayout::Hot &hot, const RowMetrics &metrics,
                             const RowPaintState &state) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(metrics.smallBold);
    painter.setPen(QPen(&hot == state.hoveredHot ? m_theme.accent : m_theme.hairline, 1));
    painter.setBrush(m_theme.background);
    painter.drawRoundedRect(hot.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(hot.action == RowAction::Discard ? m_theme.text : m_theme.accent);
    painter.drawText(hot.rect, Qt::AlignCenter | Qt::TextSingleLine, hot.words);
}

void RowPainter::paintGap(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                          const RowPaintState &state) const
{
    const double y = row.gapWords.center().y();
    const double right = row.hots.isEmpty() ? row.gapWords.right() : row.hots.first().rect.right();
    QPen dashes(m_theme.faint, 1, Qt::CustomDashLine);
    dashes.setDashPattern({3, 3});
    painter.setPen(dashes);
    painter.drawLine(QPointF(row.gapRect.left(), y), QPointF(row.gapWords.left() - 12, y));
    painter.drawLine(QPointF(right + 12, y), QPointF(row.gapRect.right(), y));
    painter.setFont(metrics.small);
    painter.setPen(m_theme.muted);
    const QFontMetricsF words(metrics.small);
    painter.drawText(row.gapWords, OneLine,
                     words.elidedText(row.content.gapText, Qt::ElideRight, row.gapWords.width()));
    if (!row.content.failure.isEmpty()) {
        const QRectF rest = row.gapWords.adjusted(words.horizontalAdvance(row.content.gapText), 0, 0, 0);
        painter.setPen(m_theme.contradiction);
        painter.drawText(rest, OneLine,
                         words.elidedText(u" · ✖ "_s + row.content.failure, Qt::ElideRight, rest.width()));
    }
    for (const RowLayout::Hot &hot : row.hots)
        paintButton(painter, hot, metrics, state);
}

/// Outlined, not washed over: every text keeps its contrast.
void RowPainter::paintFound(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(3, row.bodyTop + 1, metrics.width - 6, row.height - row.bodyTop - 2), 6,
                            6);
    painter.fillRect(QRectF(0, row.bodyTop, metrics.scaled(4), row.height - row.bodyTop), m_theme.accent);
}

} // namespace Synchat
