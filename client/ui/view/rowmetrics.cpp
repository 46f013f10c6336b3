// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowmetrics.h"

#include "client/ui/view/rowcontent.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr double LineFactor = 1.45;

double lineOf(const QFont &font)
{
    return std::ceil(std::max(QFontInfo(font).pixelSize() * LineFactor, QFontMetricsF(font).height()) - 0.5);
}

} // namespace

RowMetrics::RowMetrics(int viewWidth, double textScale, Density shown)
    : width(viewWidth)
    , scale(textScale)
    , density(shown)
    , body(interfaceFont(10.0 * textScale))
    , name(interfaceFont(10.0 * textScale, QFont::DemiBold))
    , small(interfaceFont(9.0 * textScale))
    , smallBold(interfaceFont(9.0 * textScale, QFont::DemiBold))
    , reading(interfaceFont(9.0 * textScale))
    , loudReading(interfaceFont(9.0 * textScale, QFont::DemiBold))
    , headerTime(interfaceFont(9.0 * textScale))
{
    line = lineOf(body);
    smallLine = lineOf(small);
    margin = scaled(18);
    rightMargin = scaled(18);
    avatar = scaled(34);
    textX = margin + avatar + scaled(11);
    inset = scaled(11);
    mark = scaled(10);
    gap = scaled(4);
    topPad = scaled(9);
    bottomPad = scaled(4);
    separator = scaled(36);
    washTail = scaled(5);
    averageChar = std::max(1.0, QFontMetricsF(body).averageCharWidth());
    placeColumns();
}

void RowMetrics::placeColumns()
{
    const bool withReading = density == Density::AllFour;
    const double readingWidth = withReading ? reading.width(u"00:00:00.000"_s) + gap : 0.0;
    const double valueWidth = loudReading.width(u"−000 ms"_s);
    const double least = readingWidth + mark + gap + valueWidth + scaled(10);
    const double area = textWidth() - inset;

    columns = 4;
    named = density == Density::Compact || area < 4 * least;
    if (!named) {
        for (std::size_t i = 0; i < 4; ++i) {
            // The rule stands at textX; the columns share the whole width to the right of it.
            const double share = textWidth() / 4.0;
            columnX[i] = textX + share * static_cast<double>(i) + inset;
            columnWidth[i] = share - scaled(8);
        }
        return;
    }
    const QFontMetricsF metrics(small);
    std::array<double, 4> widths{};
    for (int i = 0; i < ClockColumns; ++i)
        widths[static_cast<std::size_t>(i)] =
            metrics.horizontalAdvance(ClockCells::shortColumnName(static_cast<ClockColumn>(i))) + scaled(8);
    const double left = std::max(widths[0], widths[2]);
    const double right = std::max(widths[1], widths[3]);
    columns = area >= left + right + 2 * least ? 2 : 1;
    const double onlyName = std::max(left, right);
    const double share = columns == 2 ? (area - left - right) / 2.0 : 0.0;
    columnX = {textX + inset, textX + inset + left + share, 0, 0};
    nameWidth =
        columns == 2 ? std::array<double, 4>{left, right, 0, 0} : std::array<double, 4>{onlyName, 0, 0, 0};
    columnWidth = columns == 2
                      ? std::array<double, 4>{left + share - scaled(8), right + share - scaled(8), 0, 0}
                      : std::array<double, 4>{area, 0, 0, 0};
}

int RowMetrics::estimatedHeight(const RoomRow &row, bool header) const
{
    if (row.kind == RoomRow::Kind::Gap)
        return static_cast<int>(std::ceil(separator + scaled(8)));
    const double perLine = std::max(8.0, textWidth() / averageChar);
    const double lines = std::floor(static_cast<double>(row.message.text.size()) / perLine) + 1;
    double height = bottomPad + lines * line + (header ? topPad + line : 0.0);
    if (row.message.replyTo)
        height += smallLine + gap;
    const int stampLines = 4 / columns;
    if (density != Density::Compact)
        height += gap / 2 + smallLine * stampLines;
    return static_cast<int>(std::ceil(height));
}

} // namespace Synchat
