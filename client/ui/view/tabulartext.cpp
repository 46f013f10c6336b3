// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/tabulartext.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

TabularFont::TabularFont(const QFont &font)
    : m_font(font)
    , m_raw(QRawFont::fromFont(font))
{
    const QFontMetricsF metrics(font);
    double least = metrics.horizontalAdvance(u'0');
    m_digitWidth = least;
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        const double advance = metrics.horizontalAdvance(QChar(digit));
        least = std::min(least, advance);
        m_digitWidth = std::max(m_digitWidth, advance);
    }
    m_tabular = m_digitWidth - least < 0.01;
}

double TabularFont::width(const QString &text) const
{
    const QFontMetricsF metrics(m_font);
    if (m_tabular)
        return metrics.horizontalAdvance(text);
    double width = 0.0;
    for (const QChar c : text)
        width += isDigit(c) ? m_digitWidth : metrics.horizontalAdvance(c);
    return width;
}

void TabularFont::draw(QPainter &painter, QPointF baseline, const QString &text) const
{
    const QFont before = painter.font();
    const QList<quint32> glyphs = m_tabular ? QList<quint32>() : m_raw.glyphIndexesForString(text);
    if (m_tabular || glyphs.size() != text.size() || glyphs.contains(0U)) {
        painter.setFont(m_font);
        painter.drawText(baseline, text);
        painter.setFont(before);
        return;
    }
    const QFontMetricsF metrics(m_font);
    QList<QPointF> places;
    places.reserve(glyphs.size());
    double x = 0.0;
    for (const QChar c : text) {
        const double advance = metrics.horizontalAdvance(c);
        const double room = isDigit(c) ? m_digitWidth : advance;
        places.append(QPointF(x + (room - advance) / 2.0, 0.0));
        x += room;
    }
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    painter.drawGlyphRun(baseline, run);
}

void drawTabular(QPainter &painter, QPointF baseline, const QString &text, const QFont &font)
{
    TabularFont(font).draw(painter, baseline, text);
}

double tabularWidth(const QString &text, const QFont &font)
{
    return TabularFont(font).width(text);
}

} // namespace Synchat
