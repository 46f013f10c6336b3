// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowlayout.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

QString displayText(const QString &text)
{
    QString shown = text;
    for (QChar &c : shown) {
        if (c == u'\n')
            c = QChar::LineSeparator;
        else if (c == u'\r')
            c = QChar(0x200B);
        else if (c != u'\t' && c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    return shown;
}

namespace {

double wrappedHeight(const QFont &font, double width, const QString &text)
{
    return std::ceil(
        QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10'000), Qt::TextWordWrap, text).height());
}

} // namespace

RowLayout::RowLayout(RowContent words, const RowMetrics &metrics)
    : content(std::move(words))
{
    placeLines(metrics);
    if (content.isGap()) {
        placeGap(metrics);
    } else {
        if (content.decor.header)
            placeHeader(metrics);
        placeQuote(metrics);
        placeText(metrics);
        placeClocks(metrics);
        placeContradiction(metrics);
        placeNotes(metrics);
        placeFailure(metrics);
        if (content.decor.header)
            m_y = std::max(m_y, avatar.bottom());
        m_y += metrics.bottomPad;
    }
    height = static_cast<int>(std::ceil(m_y));
}

void RowLayout::placeLines(const RowMetrics &metrics)
{
    const auto place = [&](QRectF &line) {
        line = QRectF(metrics.margin, m_y, metrics.width - metrics.margin - metrics.rightMargin,
                      metrics.separator);
        m_y += metrics.separator;
    };
    if (content.decor.day)
        place(dayLine);
    if (content.decor.laterBy)
        place(laterLine);
    placeEventLines(metrics);
    if (content.decor.unreadLine)
        place(unreadLine);
    bodyTop = m_y;
}

void RowLayout::placeEventLines(const RowMetrics &metrics)
{
    const double left = metrics.margin;
    const double width = metrics.width - left - metrics.rightMargin;
    // A hairline of some length at both sides, and the glyph.
    const double room = std::max(metrics.scaled(40), width - metrics.eventLineSides());
    for (const EventText &line : content.lines) {
        const double high = wrappedHeight(metrics.small, room, line.text);
        const double pad = metrics.separator - metrics.smallLine;
        eventLines.append(QRectF(left, m_y, width, std::max(metrics.smallLine, high) + pad));
        m_y = eventLines.last().bottom();
    }
}

void RowLayout::placeHeader(const RowMetrics &metrics)
{
    m_y += content.decor.hasLine() ? metrics.scaled(4) : metrics.topPad;
    avatar = QRectF(metrics.margin, m_y, metrics.avatar, metrics.avatar);
    const double space = metrics.scaled(10);
    const double end = metrics.width - metrics.rightMargin;
    const QString when = content.note.isEmpty() ? content.time : content.note;
    const double timeWidth = metrics.headerTime.width(when);
    const QFontMetricsF names(metrics.name);
    const double room = std::max(0.0, end - metrics.textX - timeWidth - space);
    nameRect = QRectF(metrics.textX, m_y,
                      std::min(std::ceil(names.horizontalAdvance(content.name)) + 1, room), metrics.line);
    timeRect = QRectF(nameRect.right() + space, m_y, timeWidth, metrics.line);
    if (!content.remark.isEmpty()) {
        const double x = timeRect.right() + space;
        const bool loud = content.remarkMark == Mark::Off || content.remarkMark == Mark::Contradiction;
        const QFontMetricsF remarks(loud ? metrics.smallBold : metrics.small);
        const double width =
            metrics.mark + metrics.gap + std::ceil(remarks.horizontalAdvance(content.remark)) + 1;
        remarkRect = QRectF(x, m_y, std::max(0.0, std::min(width, end - x)), metrics.line);
    }
    m_y += metrics.line;
}

void RowLayout::placeQuote(const RowMetrics &metrics)
{
    if (!content.replyTo)
        return;
    m_y += metrics.scaled(1);
    quoteRect = QRectF(metrics.textX, m_y, metrics.textWidth(), metrics.smallLine + metrics.scaled(2));
    m_y = quoteRect.bottom() + metrics.scaled(2);
    if (content.replyHeld)
        hots.append({quoteRect, RowAction::ShowQuoted, {}});
}

void RowLayout::placeText(const RowMetrics &metrics)
{
    m_text.setText(displayText(content.text));
    m_text.setFont(metrics.body);
    m_text.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setTabStopDistance(metrics.scaled(32));
    m_text.setTextOption(option);
    textOrigin = QPointF(metrics.textX, m_y);
    double y = 0;
    m_text.beginLayout();
    for (QTextLine line = m_text.createLine(); line.isValid(); line = m_text.createLine()) {
        line.setLineWidth(std::max(metrics.scaled(40), metrics.textWidth()));
        const double lineHeight = std::max(metrics.line, std::ceil(line.height()));
        line.setPosition(QPointF(0, y + (lineHeight - line.height()) / 2.0));
        y += lineHeight;
    }
    m_text.endLayout();
    m_y += y;
}

void RowLayout::placeClocks(const RowMetrics &metrics)
{
    if (content.clocks.isEmpty())
        return;
    m_y += metrics.scaled(2);
    const double top = m_y;
    for (qsizetype i = 0; i < content.clocks.size(); ++i) {
        const std::size_t column = static_cast<std::size_t>(i % metrics.columns);
        if (i > 0 && column == 0)
            m_y += metrics.smallLine;
        cells.append({QRectF(metrics.columnX[column], m_y, metrics.columnWidth[column], metrics.smallLine),
                      metrics.named ? metrics.nameWidth[column] : 0.0});
    }
    m_y += metrics.smallLine;
    clockRule = QRectF(metrics.textX, top, 1.0, m_y - top);
}

void RowLayout::placeContradiction(const RowMetrics &metrics)
{
    if (content.contradiction.isEmpty())
        return;
    m_y += metrics.scaled(5);
    const QFontMetricsF words(metrics.small);
    const double pad = metrics.scaled(7);
    const double around = 2 * pad + metrics.mark + metrics.gap;
    const double room = std::max(metrics.scaled(40), metrics.textWidth() - around);
    const QRectF bounds = words.boundingRect(QRectF(0, 0, room, 10'000), Qt::TextWordWrap | Qt::AlignLeft,
                                             content.contradiction);
    contradictionRect = QRectF(metrics.textX, m_y, std::ceil(std::min(room, bounds.width() + 2)) + around,
                               std::max(metrics.smallLine, bounds.height()) + metrics.scaled(2));
    m_y = contradictionRect.bottom() + metrics.scaled(3);
}

void RowLayout::placeNotes(const RowMetrics &metrics)
{
    const double indent = metrics.mark + metrics.gap;
    const double room = std::max(metrics.scaled(40), metrics.textWidth() - indent);
    for (const EventText &note : content.notes) {
        const double high = wrappedHeight(metrics.small, room, note.text);
        noteRects.append(QRectF(metrics.textX, m_y + metrics.scaled(2), metrics.textWidth(),
                                std::max(metrics.smallLine, high)));
        m_y = noteRects.last().bottom();
    }
}

void RowLayout::placeFailure(const RowMetrics &metrics)
{
    if (content.kind != RoomRow::Kind::Failed)
        return;
    m_y += metrics.scaled(4);
    const QFontMetricsF words(metrics.smallBold);
    const QFontMetricsF reason(metrics.small);
    const double indent = metrics.mark + metrics.gap;
    const double room = std::max(metrics.scaled(40), metrics.textWidth() - indent);
    const QRectF bounds = reason.boundingRect(QRectF(0, 0, room, 10'000), Qt::TextWordWrap, content.failure);
    failureRect = QRectF(metrics.textX, m_y, metrics.textWidth(),
                         std::max(metrics.smallLine, std::ceil(bounds.height())));
    m_y = failureRect.bottom() + metrics.scaled(3);
    double x = metrics.textX;
    const double buttonHeight = metrics.smallLine + metrics.scaled(6);
    for (const auto &[action, label] : {std::pair(RowAction::Retry, RowContentWriter::tr("Retry")),
                                        std::pair(RowAction::Discard, RowContentWriter::tr("Discard"))}) {
        const double width = std::ceil(words.horizontalAdvance(label)) + metrics.scaled(20);
        hots.append({QRectF(x, m_y, width, buttonHeight), action, label});
        x += width + metrics.scaled(8);
    }
    m_y += buttonHeight + metrics.scaled(2);
}

void RowLayout::placeGap(const RowMetrics &metrics)
{
    gapRect = QRectF(metrics.margin, m_y, metrics.width - metrics.margin - metrics.rightMargin,
                     metrics.separator + metrics.scaled(8));
    m_y = gapRect.bottom();
    const double pad = content.gapAction.isEmpty() ? 0 : metrics.scaled(10);
    const double action =
        pad > 0 ? std::ceil(QFontMetricsF(metrics.smallBold).horizontalAdvance(content.gapAction)) + 2 * pad
                : 0.0;
    // On the same line, so that a failure moves nothing.
    const QString whole =
        content.failure.isEmpty() ? content.gapText : content.gapText + u" · ✖ "_s + content.failure;
    const double words = std::min(std::ceil(QFontMetricsF(metrics.small).horizontalAdvance(whole)) + 4,
                                  std::max(0.0, gapRect.width() - action - pad));
    gapWords =
        QRectF(gapRect.center().x() - (words + pad + action) / 2.0, gapRect.top(), words, gapRect.height());
    if (action > 0) {
        const double high = metrics.smallLine + metrics.scaled(4);
        hots.append({QRectF(gapWords.right() + pad, gapRect.center().y() - high / 2.0, action, high),
                     RowAction::LoadGap, content.gapAction});
    }
}

qsizetype RowLayout::offsetAt(QPointF point) const
{
    const QPointF inText = point - textOrigin;
    if (m_text.lineCount() == 0 || inText.y() < 0)
        return 0;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        const bool last = i + 1 == m_text.lineCount();
        const double bottom = last ? line.rect().bottom() : m_text.lineAt(i + 1).y();
        if (inText.y() < bottom)
            return line.xToCursor(inText.x());
    }
    return content.text.size();
}

bool RowLayout::isOverText(QPointF point) const
{
    const QPointF inText = point - textOrigin;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        if (m_text.lineAt(i).naturalTextRect().adjusted(-2, -3, 2, 3).contains(inText))
            return true;
    }
    return false;
}

const TextLink *RowLayout::linkAt(QPointF point) const
{
    if (content.links.isEmpty() || !isOverText(point))
        return nullptr;
    const QPointF inText = point - textOrigin;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (!line.naturalTextRect().adjusted(0, -3, 0, 3).contains(inText))
            continue;
        const qsizetype unit = line.xToCursor(inText.x(), QTextLine::CursorOnCharacter);
        const auto found =
            std::find_if(content.links.begin(), content.links.end(), [&](const TextLink &link) {
                return unit >= link.start && unit < link.start + link.length;
            });
        return found == content.links.end() ? nullptr : &*found;
    }
    return nullptr;
}

const RowLayout::Hot *RowLayout::hotAt(QPointF point) const
{
    const auto found =
        std::find_if(hots.begin(), hots.end(), [&](const Hot &hot) { return hot.rect.contains(point); });
    return found == hots.end() ? nullptr : &*found;
}

QString RowLayout::toolTipAt(QPointF point) const
{
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (cells.at(i).rect.contains(point))
            return content.clocks.at(i).toolTip;
    }
    if (timeRect.contains(point))
        return content.timeToolTip;
    if (content.isGap() && gapWords.contains(point))
        return content.failure;
    const TextLink *link = linkAt(point);
    return link ? link->url.toDisplayString() : QString();
}

} // namespace Synchat
