// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/messageview.h"
#include "client/ui/view/tabulartext.h"

#include <QFont>
#include <QRectF>

#include <array>

namespace Synchat {

/// The measures of all rows for one width, text size and density: fonts, margins, lines, clock columns.
/// Made once for all rows; not for what one row holds.
struct RowMetrics
{
    RowMetrics() = default;
    RowMetrics(int width, double scale, Density density);

    int width = 0;
    double scale = 1.0;
    Density density = Density::AllFour;

    QFont body, name, small, smallBold;
    TabularFont reading, loudReading, headerTime;

    double line = 0;      ///< of body text
    double smallLine = 0; ///< of clocks, quotes, remarks
    double margin = 0;    ///< at the left
    double rightMargin = 0;
    double avatar = 0;
    double textX = 0;
    double inset = 0;     ///< of the clocks behind their rule
    double mark = 0;      ///< width of a glyph
    double gap = 0;       ///< the small one: between glyph and words
    double topPad = 0;    ///< above a header
    double bottomPad = 0; ///< below every row
    double separator = 0; ///< height of a day, later or unread line
    double washTail = 0;  ///< how far the wash reaches below its last row

    int columns = 4;                 ///< clocks beside one another
    bool named = false;              ///< each clock carries its name, since there are no heads above
    std::array<double, 4> columnX{}; ///< left edge, inset included
    std::array<double, 4> columnWidth{};
    std::array<double, 4> nameWidth{}; ///< room for the name when `named`

    double textWidth() const { return width - textX - rightMargin; }
    /// What the hairlines and the glyph of an event line take from its width, at least.
    double eventLineSides() const { return scaled(64) + mark + gap; }
    bool showsHeads() const { return density != Density::Compact && !named; }
    double scaled(double pixels) const { return pixels * scale; }
    /// Roughly; for rows that were never laid out.
    int estimatedHeight(const RoomRow &row, bool header) const;

private:
    void placeColumns();
    double averageChar = 7;
};

} // namespace Synchat
