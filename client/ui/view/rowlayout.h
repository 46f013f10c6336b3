// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/rowcontent.h"
#include "client/ui/view/rowmetrics.h"

#include <QRectF>
#include <QTextLayout>

namespace Synchat {

enum class RowAction : quint8 { LoadGap, Retry, Discard, ShowQuoted };

/// Where everything of one row stands, in coordinates of the row. Colours are the painter's affair, so that a
/// change of theme needs no new layout. Not for how a row is told apart from others or where it is on the
/// screen.
class RowLayout
{
public:
    struct Hot
    {
        QRectF rect;
        RowAction action;
        QString words;
    };
    struct Cell
    {
        QRectF rect;
        double nameWidth = 0;
    };

    RowLayout(RowContent words, const RowMetrics &metrics);

    const RowContent content;
    int height = 0;
    double bodyTop = 0; ///< below the lines that stand above the row: where its wash begins

    QRectF dayLine, laterLine, unreadLine; ///< null when there is none
    QList<QRectF> eventLines;              ///< one for each of content.lines
    QRectF avatar;
    QRectF nameRect, timeRect, remarkRect;
    QRectF quoteRect;
    QPointF textOrigin;
    QList<Cell> cells;
    QRectF clockRule; ///< the thin line at the left of the clocks
    QRectF contradictionRect;
    QList<QRectF> noteRects; ///< one for each of content.notes
    QRectF failureRect;
    QRectF gapRect;
    QRectF gapWords;
    QList<Hot> hots;

    QTextLayout &text() { return m_text; }
    const QTextLayout &text() const { return m_text; }
    QRectF textRect() const { return m_text.boundingRect().translated(textOrigin); }

    /// The place in the text that is nearest.
    qsizetype offsetAt(QPointF point) const;
    bool isOverText(QPointF point) const;
    const TextLink *linkAt(QPointF point) const;
    const Hot *hotAt(QPointF point) const;
    QString toolTipAt(QPointF point) const;

private:
    void placeLines(const RowMetrics &metrics);
    void placeEventLines(const RowMetrics &metrics);
    void placeHeader(const RowMetrics &metrics);
    void placeQuote(const RowMetrics &metrics);
    void placeText(const RowMetrics &metrics);
    void placeClocks(const RowMetrics &metrics);
    void placeContradiction(const RowMetrics &metrics);
    void placeNotes(const RowMetrics &metrics);
    void placeFailure(const RowMetrics &metrics);
    void placeGap(const RowMetrics &metrics);

    QTextLayout m_text;
    double m_y = 0; ///< while placing: how far down
};

/// The text as it is laid out: unit for unit the same length, with line breaks and without control
/// characters.
QString displayText(const QString &text);

} // namespace Synchat
