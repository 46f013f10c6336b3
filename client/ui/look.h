// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/theme.h"

#include <QString>

class QWidget;

namespace Synchat {

/// What the person chose; `System` goes by the lightness of the system's palette.
enum class ThemeChoice : quint8 { System, Light, Dark };
QString themeChoiceName(ThemeChoice choice); ///< `system`, `light`, `dark`, for the settings
ThemeChoice themeChoiceFromName(const QString &name);

/// How everything looks at one moment: handed to every part of the window, which keeps its own copy.
struct Look
{
    Theme theme = Theme::light();
    double scale = 1.0; ///< of all text; 1.0 is 10 pt

    /// `step` is relative to the text of messages, in points at scale 1.
    QFont font(double points, int weight = QFont::Normal) const
    {
        return interfaceFont(points * scale, weight);
    }
    /// Pixels that grow with the text, on the grid of 4.
    int grid(int pixels) const;
};

Theme themeFor(ThemeChoice choice, const QPalette &system);

/// The window's one style sheet, from the colours of the theme. Fonts are not set by it.
QString styleSheetFor(const Theme &theme);

/// The next size on the ladder from 0.8 to 3.0; `direction` is -1 or +1.
double nextTextScale(double scale, int direction);
double boundedTextScale(double scale);

/// Under a style sheet a palette does not reach what is in a dialog, and fields that the sheet does not draw
/// would stay as the system has them.
void dressFields(QWidget &dialog, const QPalette &palette);

/// A glyph in the colour of its mark, a word beside it: for rich-text labels. `text` is escaped.
QString coloured(const QString &text, const QColor &color, bool bold = false);

} // namespace Synchat
