// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"

namespace Synchat {

/// What the full-text index is asked for: it holds the tokens of common/searchwords.h, those of room and
/// author among them.
struct IndexTerms
{
    QStringList words;    ///< each of these
    QStringList prefixes; ///< and a word that begins like each of these
    QStringList rooms;    ///< and one of these, when there are any

    bool isEmpty() const { return words.isEmpty() && prefixes.isEmpty() && rooms.isEmpty(); }
    /// What can be read in order of arrival without reading all of a word's messages first.
    IndexTerms withoutPrefixes() const { return {words, {}, rooms}; }
};

/// More rooms than this are looked at message by message.
constexpr qsizetype MaxRoomTerms = 32;
IndexTerms indexTerms(const SearchRequest &request);

/// For SQLite's FTS5 (sqlite.org/fts5.html §3): no term can be taken for anything but a word. Not for no
/// terms.
QString ftsMatch(const IndexTerms &terms);
/// The same for PostgreSQL (postgresql.org/docs/15/datatype-textsearch.html), as the text of a tsquery.
QString tsQuery(const IndexTerms &terms);

/// Whether a person of that name is the one who is looked for: case, accents and signs beside words don't
/// count.
bool isAuthor(const QString &name, const QString &lookedFor);

} // namespace Synchat
