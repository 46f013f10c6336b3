// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/textselection.h"

#include <QStringList>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace Synchat {

TextPosition TextSelection::first() const
{
    return std::min(*m_anchor, *m_cursor);
}

TextPosition TextSelection::last() const
{
    return std::max(*m_anchor, *m_cursor);
}

void TextSelection::clear()
{
    m_anchor.reset();
    m_cursor.reset();
}

void TextSelection::begin(TextPosition at)
{
    select(at, at);
}

void TextSelection::extendTo(TextPosition to)
{
    if (!m_anchor)
        m_anchor = to;
    m_cursor = to;
}

void TextSelection::select(TextPosition from, TextPosition to)
{
    m_anchor = from;
    m_cursor = to;
}

std::optional<TextSpan> TextSelection::spanIn(int row, qsizetype length) const
{
    if (isEmpty() || row < first().row || row > last().row)
        return std::nullopt;
    const qsizetype start = row == first().row ? std::min(first().offset, length) : 0;
    const qsizetype end = row == last().row ? std::min(last().offset, length) : length;
    return TextSpan{start, std::max<qsizetype>(0, end - start)};
}

void TextSelection::rowsInserted(int firstRow, int count)
{
    for (std::optional<TextPosition> *end : {&m_anchor, &m_cursor}) {
        if (*end && (*end)->row >= firstRow)
            (*end)->row += count;
    }
}

void TextSelection::rowsRemoved(int firstRow, int count)
{
    for (std::optional<TextPosition> *end : {&m_anchor, &m_cursor}) {
        if (!*end || (*end)->row < firstRow)
            continue;
        if ((*end)->row < firstRow + count) {
            clear();
            return;
        }
        (*end)->row -= count;
    }
}

QString TextSelection::text(const std::function<QString(int)> &textOf,
                            const std::function<QString(int, const QString &)> &lineOf) const
{
    if (isEmpty())
        return {};
    QStringList lines;
    for (int row = first().row; row <= last().row; ++row) {
        const QString whole = textOf(row);
        const TextSpan span = spanIn(row, whole.size()).value_or(TextSpan{});
        const QString part = whole.sliced(span.start, span.length);
        if (!spansRows())
            return part;
        // An end that only touches a row does not take it along.
        const bool touched = span.length == 0 && !whole.isEmpty();
        if (!touched)
            lines.append(lineOf(row, part));
    }
    return lines.join(QLatin1Char('\n'));
}

TextSpan wordAt(const QString &text, qsizetype offset)
{
    if (text.isEmpty())
        return {};
    offset = std::clamp<qsizetype>(offset, 0, text.size() - 1);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(offset);
    const qsizetype start = finder.isAtBoundary() ? offset : finder.toPreviousBoundary();
    finder.setPosition(offset);
    const qsizetype end = finder.toNextBoundary();
    const qsizetype from = std::max<qsizetype>(0, start);
    const qsizetype to = end < 0 ? text.size() : end;
    return {from, to - from};
}

} // namespace Synchat
