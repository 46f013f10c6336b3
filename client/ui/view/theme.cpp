// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/theme.h"

#include "client/ui/view/consistentcolor.h"

#include <QFontDatabase>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr double AuthorSaturation = 78.0;

QString preferredFamily()
{
    static const QString family = QFontDatabase::hasFamily(u"Inter"_s) ? u"Inter"_s : QString();
    return family;
}

} // namespace

Theme Theme::light()
{
    Theme theme;
    theme.background = QColor(0xff, 0xff, 0xff);
    theme.panel = QColor(0xf4, 0xf5, 0xf7);
    theme.hairline = QColor(0xdf, 0xe2, 0xe7);
    theme.text = QColor(0x1d, 0x23, 0x30);
    theme.muted = QColor(0x69, 0x71, 0x7f);
    theme.faint = QColor(0x9a, 0xa1, 0xad);
    theme.accent = QColor(0x0b, 0x63, 0xce);
    theme.onAccent = QColor(0xff, 0xff, 0xff);
    theme.selection = QColor(0xe3, 0xec, 0xf9);
    theme.ownWash = QColor(0xf2, 0xf7, 0xfe);
    theme.fine = QColor(0x00, 0x73, 0x5a);
    theme.off = QColor(0xad, 0x58, 0x00);
    theme.contradiction = QColor(0xc4, 0x3d, 0x00);
    theme.contradictionWash = QColor(0xff, 0xf4, 0xe5);
    return theme;
}

Theme Theme::darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.background = QColor(0x1b, 0x1e, 0x24);
    theme.panel = QColor(0x15, 0x18, 0x1d);
    theme.hairline = QColor(0x2c, 0x31, 0x3a);
    theme.text = QColor(0xe4, 0xe7, 0xec);
    theme.muted = QColor(0x98, 0xa1, 0xb0);
    theme.faint = QColor(0x6d, 0x75, 0x83);
    theme.accent = QColor(0x6a, 0xa9, 0xff);
    theme.onAccent = QColor(0x15, 0x18, 0x1d);
    theme.selection = QColor(0x24, 0x34, 0x4d);
    theme.ownWash = QColor(0x1d, 0x27, 0x34);
    theme.fine = QColor(0x4c, 0xc3, 0xa0);
    theme.off = QColor(0xe9, 0xa2, 0x3b);
    theme.contradiction = QColor(0xff, 0x8a, 0x5c);
    theme.contradictionWash = QColor(0x33, 0x29, 0x1a);
    return theme;
}

Theme Theme::forPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

QPalette Theme::palette() const
{
    QPalette result;
    result.setColor(QPalette::Window, panel);
    result.setColor(QPalette::WindowText, text);
    result.setColor(QPalette::Base, background);
    result.setColor(QPalette::AlternateBase, panel);
    result.setColor(QPalette::Text, text);
    result.setColor(QPalette::PlaceholderText, faint);
    result.setColor(QPalette::Button, panel);
    result.setColor(QPalette::ButtonText, text);
    result.setColor(QPalette::BrightText, contradiction);
    result.setColor(QPalette::ToolTipBase, background);
    result.setColor(QPalette::ToolTipText, text);
    result.setColor(QPalette::Highlight, accent);
    result.setColor(QPalette::HighlightedText, onAccent);
    result.setColor(QPalette::Link, accent);
    result.setColor(QPalette::LinkVisited, accent);
    result.setColor(QPalette::Light, dark ? hairline.lighter(130) : background);
    result.setColor(QPalette::Midlight, hairline);
    result.setColor(QPalette::Mid, hairline);
    result.setColor(QPalette::Dark, dark ? panel.darker(130) : hairline.darker(130));
    result.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : hairline.darker(180));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, faint);
    return result;
}

QColor Theme::markColor(Mark mark) const
{
    switch (mark) {
    case Mark::Fine:
        return fine;
    case Mark::Off:
        return off;
    case Mark::Contradiction:
        return contradiction;
    case Mark::Unknown:
    case Mark::HeldOver:
        return muted;
    }
    return muted;
}

QColor Theme::authorColor(const QString &userId) const
{
    return readableColor(consistentHue(userId), AuthorSaturation, background);
}

QFont interfaceFont(double points, int weight)
{
    QFont font = QGuiApplication::font();
    if (!preferredFamily().isEmpty())
        font.setFamily(preferredFamily());
    font.setPointSizeF(points);
    font.setWeight(static_cast<QFont::Weight>(weight));
    return font;
}

} // namespace Synchat
