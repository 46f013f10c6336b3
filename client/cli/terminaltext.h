// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Synchat {

// What others wrote, made harmless for a terminal: no control character, nothing that changes the direction
// of writing, reaches it; and how much room it takes there. Pure.

/// One line. Tabs become spaces, other control characters are shown as pictures (`␛`) or U+FFFD.
QString plainLine(QStringView text);
/// As plainLine, but the text's own line ends (LF, CRLF, U+2028, U+2029) are kept as lines.
QStringList plainLines(QStringView text);
/// JSON text whose remaining control characters (DEL, C1) are escaped; it means the same.
QByteArray terminalJson(const QByteArray &json);

/// The columns that a terminal gives the text: two to an ideograph, a syllable of Hangul, a kana or an emoji
/// (UAX #11, W and F, by whole blocks), none to a mark that combines or a format character, else one.
qsizetype columnsOf(QStringView text);
/// The UTF-16 units from the text's start that fit into so many columns; no character is cut in two.
qsizetype unitsWithin(QStringView text, qsizetype columns);

} // namespace Synchat
