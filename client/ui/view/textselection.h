// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace Synchat {

/// A place in the text of a row: before the UTF-16 unit `offset`.
struct TextPosition
{
    int row = -1;
    qsizetype offset = 0;

    // NOLINTNEXTLINE(modernize-use-nullptr): takes the 0 that <=> is compared with for a pointer
    friend auto operator<=>(const TextPosition &, const TextPosition &) = default;
};

/// A part of one row's text.
struct TextSpan
{
    qsizetype start = 0;
    qsizetype length = 0;

    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

/// A selection that may run over several rows: from where it began (anchor) to where it was drawn (cursor).
/// Follows its rows when others come or go. Knows positions only; not how the text is painted or copied.
class TextSelection
{
public:
    bool isEmpty() const { return !m_anchor || !m_cursor || *m_anchor == *m_cursor; }
    bool hasAnchor() const { return m_anchor.has_value(); }
    bool spansRows() const { return !isEmpty() && m_anchor->row != m_cursor->row; }
    /// Only when not empty.
    TextPosition first() const;
    TextPosition last() const;

    void clear();
    void begin(TextPosition at);
    void extendTo(TextPosition to);
    void select(TextPosition from, TextPosition to);

    /// What of a row with this many units is selected; nothing when the row lies outside.
    std::optional<TextSpan> spanIn(int row, qsizetype length) const;

    void rowsInserted(int first, int count);
    /// A selection that loses one of its ends is cleared.
    void rowsRemoved(int first, int count);

    /// The selected text: bare inside one row, else a line for each row as `lineOf` writes it.
    QString text(const std::function<QString(int row)> &textOf,
                 const std::function<QString(int row, const QString &part)> &lineOf) const;

private:
    std::optional<TextPosition> m_anchor;
    std::optional<TextPosition> m_cursor;
};

/// The word (or the run of blanks, or the single sign) around a place in a text.
TextSpan wordAt(const QString &text, qsizetype offset);

} // namespace Synchat
