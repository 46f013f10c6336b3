// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Synchat {

// Which words a text is found by. One way for every database and for whoever marks what was found, so that
// all of them agree. A change of these rules needs every index to be made anew.

/// The words of a text in their order, repeated where they are: runs of letters, digits and marks,
/// compatibility forms folded (NFKD), case folded, accents of Latin, Greek and Cyrillic (U+0300 to U+036F)
/// left out. Each Han and Kana character is a word of its own, since nothing divides them. Longer words than
/// MaxWordUnits are cut.
QStringList searchTokens(const QString &text);
constexpr qsizetype MaxWordUnits = 64;

/// A word and where in the text it stands, accents that were left out and what was cut off included, in
/// UTF-16 units. Two words that one character is folded to (U+00BD) have one place.
struct PlacedWord
{
    QString word;
    qsizetype start = 0;
    qsizetype end = 0; ///< one after the last
};
/// The same words as searchTokens() gives. Slower: for a text that is shown.
QList<PlacedWord> placedTokens(const QString &text);

/// What stands beside the words in an index, to find a room's or an author's messages by: begins with a
/// private-use character, which no word holds.
QString roomToken(qint64 roomNumber);
QString authorToken(const QString &authorName); ///< names that differ only in case or accents have one

} // namespace Synchat
