// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/look.h"

#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::array TextScales{0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};

const QString styleTemplate = uR"(
QMainWindow, QDialog, #windowBody, #roomPanel, #peoplePanel, #clockStrip, #statusLine { background: @panel; }
#roomPage, #roomHeader, #composer { background: @background; }
#clockStrip { border-bottom: 1px solid @hairline; }
QWidget { color: @text; }
#factLine { background: @hairline; }
#statusLine { border-top: 1px solid @hairline; }
#composer { border-top: 1px solid @hairline; }
QMenuBar { background: @panel; color: @text; border-bottom: 1px solid @hairline; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @background; color: @text; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QMenu::indicator { left: 6px; width: 12px; height: 12px; }
QSplitter::handle { background: @hairline; }
QListView, QTableView { background: transparent; border: none; outline: none; selection-background-color: @selection;
    selection-color: @text; gridline-color: @hairline; alternate-background-color: @panel; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: @muted; border: none; border-bottom: 1px solid @hairline;
    padding: 4px 8px; }
QDialog QListView, QDialog QTableView, QDialog QTextBrowser { background: @background; border: 1px solid @hairline;
    border-radius: 6px; }
QListWidget::item { padding: 5px 8px; border-radius: 4px; }
QListWidget::item:selected { background: @selection; color: @text; }
QLineEdit, QPlainTextEdit { background: @field; color: @text; border: 1px solid @hairline; border-radius: 6px;
    padding: 6px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: @accent; }
QPlainTextEdit { padding: 5px 8px; }
#searchPanel QComboBox, #searchPanel QDateEdit, #exportDialog QComboBox, #dateDialog QTimeEdit {
    background: @field; color: @text; border: 1px solid @hairline; border-radius: 6px; padding: 6px 8px;
    selection-background-color: @accent; selection-color: @onAccent; }
#searchPanel QComboBox:focus, #searchPanel QDateEdit:focus, #exportDialog QComboBox:focus,
#dateDialog QTimeEdit:focus { border-color: @accent; }
#searchPanel QComboBox::drop-down, #searchPanel QDateEdit::drop-down, #exportDialog QComboBox::drop-down {
    border: none; width: 20px; }
#searchPanel QComboBox::down-arrow, #searchPanel QDateEdit::down-arrow, #exportDialog QComboBox::down-arrow {
    image: none; width: 0; height: 0; border-left: 4px solid @field; border-right: 4px solid @field;
    border-top: 5px solid @muted; margin-right: 8px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @panel; }
QCalendarWidget QToolButton { color: @text; font-weight: 600; padding: 4px 8px; }
QCalendarWidget QTableView { background: @background; selection-background-color: @accent;
    selection-color: @onAccent; }
QProgressBar { background: @panel; border: 1px solid @hairline; border-radius: 4px; height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QPushButton { background: @background; color: @text; border: 1px solid @hairline; border-radius: 6px;
    padding: 6px 14px; }
QPushButton:hover { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; background: @panel; }
QPushButton:default, QPushButton#sendButton { background: @accent; color: @onAccent; border-color: @accent;
    font-weight: 600; }
QPushButton:default:hover, QPushButton#sendButton:hover { background: @accentHover; }
QPushButton:default:focus { border: 2px solid @text; padding: 5px 13px; }
QPushButton#sendButton { padding: 9px 18px; }
QPushButton#sendButton:focus { border: 2px solid @text; padding: 8px 17px; }
QPushButton:default:disabled, QPushButton#sendButton:disabled { background: @panel; color: @faint;
    border-color: @hairline; }
QToolButton { background: transparent; color: @muted; border: 1px solid transparent; border-radius: 4px;
    padding: 3px 6px; }
QToolButton:hover { background: @selection; color: @text; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
    width: 0; height: 0; }
QToolTip { background: @background; color: @text; border: 1px solid @hairline; padding: 4px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { background: transparent; }
QLabel[quiet="true"] { color: @muted; }
QLabel[bad="true"] { color: @contradiction; }
QLabel[off="true"] { color: @off; }
QFrame[banner="notice"] { background: @panel; border-bottom: 1px solid @hairline; }
QFrame[banner="warning"] { background: @contradictionWash; border-bottom: 1px solid @hairline; }
QFrame[banner="loud"] { background: @contradictionWash; border: 2px solid @contradiction; }
#faultStrip { background: @contradiction; border: none; }
#faultStrip QLabel { color: @background; }
#faultStrip QPushButton { background: @contradiction; color: @background; border: 1px solid @background;
    border-radius: 4px; padding: 1px 10px; }
#faultStrip QPushButton:hover, #faultStrip QPushButton:focus { background: @background; color: @contradiction; }
QWidget[dockTitle="true"] { background: @panel; border-top: 1px solid @hairline; }
#sourcesPanel, #skewPanel, #searchPanel { background: @panel; }
QMainWindow::separator { background: @hairline; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QTabBar { background: @panel; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 5px 12px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { background: @selection; }
QTableView::indicator { width: 13px; height: 13px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QToolButton:checked { background: @selection; color: @text; }
#replyBar { background: @panel; border-left: 3px solid @accent; }
)"_s;

QString colorName(const QColor &color)
{
    return color.name(QColor::HexRgb);
}

} // namespace

QString themeChoiceName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::System:
        break;
    }
    return u"system"_s;
}

ThemeChoice themeChoiceFromName(const QString &name)
{
    if (name == "light"_L1)
        return ThemeChoice::Light;
    if (name == "dark"_L1)
        return ThemeChoice::Dark;
    return ThemeChoice::System;
}

int Look::grid(int pixels) const
{
    return std::max(4, static_cast<int>(std::lround(pixels * scale / 4.0)) * 4);
}

Theme themeFor(ThemeChoice choice, const QPalette &system)
{
    switch (choice) {
    case ThemeChoice::Light:
        return Theme::light();
    case ThemeChoice::Dark:
        return Theme::darkTheme();
    case ThemeChoice::System:
        break;
    }
    return Theme::forPalette(system);
}

QString styleSheetFor(const Theme &theme)
{
    const QColor field = theme.dark ? theme.background.lighter(112) : theme.background;
    const QColor handle = theme.dark ? theme.hairline.lighter(130) : theme.hairline.darker(112);
    const QColor accentHover = theme.dark ? theme.accent.lighter(108) : theme.accent.darker(110);
    // Longer names first, so that @accent does not eat the head of @accentHover.
    const std::array<std::pair<QLatin1StringView, QColor>, 15> colors{{
        {"@contradictionWash"_L1, theme.contradictionWash},
        {"@contradiction"_L1, theme.contradiction},
        {"@background"_L1, theme.background},
        {"@accentHover"_L1, accentHover},
        {"@selection"_L1, theme.selection},
        {"@hairline"_L1, theme.hairline},
        {"@onAccent"_L1, theme.onAccent},
        {"@accent"_L1, theme.accent},
        {"@handle"_L1, handle},
        {"@panel"_L1, theme.panel},
        {"@muted"_L1, theme.muted},
        {"@faint"_L1, theme.faint},
        {"@field"_L1, field},
        {"@off"_L1, theme.off},
        {"@text"_L1, theme.text},
    }};
    QString sheet = styleTemplate;
    for (const auto &[name, color] : colors)
        sheet.replace(name, colorName(color));
    return sheet;
}

double boundedTextScale(double scale)
{
    if (!std::isfinite(scale))
        return 1.0;
    return std::clamp(scale, TextScales.front(), TextScales.back());
}

double nextTextScale(double scale, int direction)
{
    constexpr double Same = 0.001;
    if (direction > 0) {
        const auto *above = std::find_if(TextScales.begin(), TextScales.end(),
                                         [scale](double step) { return step > scale + Same; });
        return above == TextScales.end() ? TextScales.back() : *above;
    }
    for (std::size_t i = TextScales.size(); i-- > 0;) {
        if (TextScales[i] < scale - Same)
            return TextScales[i];
    }
    return TextScales.front();
}

void dressFields(QWidget &dialog, const QPalette &palette)
{
    dialog.setPalette(palette);
    QPalette fields = palette;
    // The style takes the outlines from it, and makes them darker: on a dark ground they would not be seen.
    if (palette.color(QPalette::Window).lightness() < 128)
        fields.setColor(QPalette::Window, palette.color(QPalette::PlaceholderText));
    const QList<QWidget *> parts = dialog.findChildren<QWidget *>();
    for (QWidget *part : parts)
        part->setPalette(fields);
}

QString coloured(const QString &text, const QColor &color, bool bold)
{
    return u"<span style=\"color:%1;%2\">%3</span>"_s.arg(
        colorName(color), bold ? u"font-weight:600;"_s : QString(), text.toHtmlEscaped());
}

} // namespace Synchat
