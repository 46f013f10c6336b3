// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "common/result.h"

#include <QList>
#include <QStringList>

namespace Synchat {

/// A part of a text, in UTF-16 units.
struct TextRange
{
    qsizetype start = 0;
    qsizetype length = 0;

    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// What a person typed to search by: all of it must be in a message's text, in any order.
/// `disk alarm` two words; `ala*` words that begin so (at least two letters); `"disk alarm"` words side by
/// side, as are those of one piece without spaces (`db-2`, Han and Kana); `from:ana` or `from:"ana lee"` the
/// author; `room:ops` the room. Case, accents and punctuation don't count (common/searchwords.h).
class SearchQuery
{
public:
    static constexpr qsizetype MaxUnits = 256; ///< UTF-16 units of the whole query
    static constexpr qsizetype MaxWords = 64;
    static constexpr qsizetype MaxPrefixes = 4; ///< each reads much of the index
    static constexpr qsizetype MinPrefixLetters = 2;

    /// Words side by side; of the last one the beginning alone may be given.
    struct Phrase
    {
        QStringList words; ///< as searchTokens() gives them, never empty
        bool lastIsPrefix = false;

        friend bool operator==(const Phrase &, const Phrase &) = default;
    };

    /// An empty query finds everything. The error is a whole sentence.
    static Result<SearchQuery, QString> parse(const QString &input);

    const QList<Phrase> &phrases() const { return m_phrases; }
    const QString &from() const { return m_from; } ///< empty: not given
    const std::optional<RoomName> &room() const { return m_room; }
    /// An index of single words finds too much: what it found has to be seen by matches().
    bool needsText() const;

    /// Author and room apart.
    bool matches(const QString &text) const;
    /// Whole words to mark in a text: ascending, apart from one another. Of a text that does not match, what
    /// is there of the query.
    QList<TextRange> highlights(const QString &text) const;

private:
    std::optional<QString> takeAuthor(const QString &name);
    std::optional<QString> takeRoom(const QString &name);
    std::optional<QString> takeWords(const QString &text, bool lastIsPrefix);

    QList<Phrase> m_phrases;
    QString m_from;
    std::optional<RoomName> m_room;
};

/// A `search` frame, or a request of the API like it, that makes sense.
struct Search
{
    SearchQuery query;
    QString from;                 ///< author's name; empty: anybody
    std::optional<RoomName> room; ///< nothing: all that the person may read
    OptionalMicros since;         ///< the first time that counts
    OptionalMicros until;         ///< the last time that counts
    int limit = Limits::DefaultPage;
    std::optional<qint64> cursor; ///< only messages that arrived before this one
};
/// What the query says of author and room joined with the frame's fields. The error is a whole sentence.
Result<Search, QString> checkedSearch(const SearchFrame &frame);

/// The cursor of `found` that goes on after the message with this arrival.
QString searchCursor(qint64 arrival);

} // namespace Synchat
