// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/stamptext.h"

#include <QColor>
#include <QFont>
#include <QPalette>

namespace Synchat {

/// The colours of one theme (light or dark); the window and the message view both paint from it.
/// Every text colour has a contrast of at least 4.5:1 against its background; tested.
struct Theme
{
    bool dark = false;
    QColor background, panel, hairline;
    QColor text, muted, faint;
    QColor accent, onAccent, selection, ownWash;
    QColor fine, off, contradiction, contradictionWash;

    static Theme light();
    static Theme darkTheme();
    /// By the lightness of the palette's window colour (the system's own choice).
    static Theme forPalette(const QPalette &palette);

    /// A palette for the standard widgets in the same hand.
    QPalette palette() const;
    QColor markColor(Mark mark) const;
    /// XEP-0392 hue of the user id, lightness adapted for 4.5:1 against `background`.
    QColor authorColor(const QString &userId) const;

    friend bool operator==(const Theme &, const Theme &) = default;
};

/// The system's own font with tabular digits, in points.
QFont interfaceFont(double points, int weight = QFont::Normal);

} // namespace Synchat
