// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPointF>
#include <QRawFont>
#include <QString>

class QPainter;

namespace Synchat {

/// Draws short texts (times, amounts) so that every digit takes the same room, also with a font whose own
/// digits do not: Qt before 6.7 cannot ask a font for its tabular ones. For left-to-right text without marks.
class TabularFont
{
public:
    TabularFont() = default;
    explicit TabularFont(const QFont &font);

    const QFont &font() const { return m_font; }
    double width(const QString &text) const;
    /// With the painter's pen; leaves the painter's font as it was.
    void draw(QPainter &painter, QPointF baseline, const QString &text) const;

private:
    QFont m_font;
    QRawFont m_raw;
    double m_digitWidth = 0.0;
    bool m_tabular = false; ///< the font's own digits are of one width
};

/// For those who draw one text now and then.
void drawTabular(QPainter &painter, QPointF baseline, const QString &text, const QFont &font);
double tabularWidth(const QString &text, const QFont &font);

} // namespace Synchat
