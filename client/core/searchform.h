// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "common/searchquery.h"

#include <QDate>
#include <QTimeZone>

namespace Synchat {

/// What a person filled in to search the history by.
struct SearchForm
{
    enum class Period : quint8 { Any, Today, LastWeek, LastMonth, Between };
    QString words;
    QString author;
    QString room; ///< empty: all rooms that the person may read
    Period period = Period::Any;
    QDate from; ///< between: first day
    QDate to;   ///< between: last day
};

/// As a frame, or why not, a whole sentence. Days are those of `zone`; `now` is a wall clock.
Result<SearchFrame, QString> searchFrame(const SearchForm &form, const QTimeZone &zone, WireMicros now);
/// Nothing was filled in that could be searched by.
bool isBlank(const SearchForm &form);

/// One line of a message for a list of results: about its first match, without line breaks.
struct SearchSnippet
{
    QString text;
    QList<TextRange> marks; ///< in `text`
};
SearchSnippet searchSnippet(const QString &text, const SearchQuery &query);

} // namespace Synchat
