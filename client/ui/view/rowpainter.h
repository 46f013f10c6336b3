// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/rowlayout.h"
#include "client/ui/view/textselection.h"
#include "client/ui/view/theme.h"

#include <QHash>

class QPainter;

namespace Synchat {

/// What of a row changes while it stays laid out as it is.
struct RowPaintState
{
    std::optional<TextSpan> selected;
    const TextLink *hoveredLink = nullptr;
    const RowLayout::Hot *hoveredHot = nullptr;
    bool picked = false; ///< one of two that are compared
    bool found = false;  ///< one was led here a moment ago
    bool ring = false;   ///< the current row, while keys go to the view
};

/// Paints rows in one theme. Keeps the colours of authors; decides nothing.
class RowPainter
{
public:
    void setTheme(const Theme &theme);
    const Theme &theme() const { return m_theme; }

    /// The row's upper left corner is the painter's origin; `clip` in the same coordinates.
    void paint(QPainter &painter, const RowLayout &row, const RowMetrics &metrics, const RowPaintState &state,
               const QRectF &clip);

private:
    void paintWash(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const;
    void paintLine(QPainter &painter, const QRectF &line, const QString &words, const QColor &lineColor,
                   const QColor &textColor, const QFont &font) const;
    void paintLines(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const;
    void paintHeader(QPainter &painter, const RowLayout &row, const RowMetrics &metrics);
    void paintQuote(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                    const RowPaintState &state) const;
    void paintText(QPainter &painter, const RowLayout &row, const RowPaintState &state,
                   const QRectF &clip) const;
    void paintClocks(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const;
    void paintCell(QPainter &painter, const RowLayout::Cell &place, const ClockCell &cell,
                   const RowMetrics &metrics) const;
    void paintContradiction(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const;
    void paintFailure(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                      const RowPaintState &state) const;
    void paintButton(QPainter &painter, const RowLayout::Hot &hot, const RowMetrics &metrics,
                     const RowPaintState &state) const;
    void paintGap(QPainter &painter, const RowLayout &row, const RowMetrics &metrics,
                  const RowPaintState &state) const;
    void paintFound(QPainter &painter, const RowLayout &row, const RowMetrics &metrics) const;
    QColor nameColor(const RowContent &content);
    QColor discColor(const RowContent &content);

    Theme m_theme = Theme::light();
    QHash<QString, QColor> m_nameColors;
    QHash<QString, QColor> m_discColors;
};

} // namespace Synchat
