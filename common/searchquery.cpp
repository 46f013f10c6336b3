// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchquery.h"

#include "common/searchwords.h"
#include "common/textrules.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::SearchQuery)
};

/// What is divided by spaces or stands between quotes.
struct Piece
{
    enum class Kind { Words, Author, Room };
    Kind kind = Kind::Words;
    QString text;
    bool isPrefix = false;
};

/// Phones like to put these in the place of plain ones.
bool isQuote(QChar unit)
{
    return unit == u'"' || unit == u'\u201C' || unit == u'\u201D' || unit == u'\u201E';
}

class PieceReader
{
public:
    explicit PieceReader(const QString &input)
        : m_input(input)
    {}

    QList<Piece> readAll()
    {
        QList<Piece> pieces;
        for (skipSpaces(); !atEnd(); skipSpaces())
            pieces.append(readPiece());
        return pieces;
    }

private:
    bool atEnd() const { return m_at >= m_input.size(); }
    void skipSpaces()
    {
        while (!atEnd() && m_input[m_at].isSpace())
            ++m_at;
    }
    Piece readPiece()
    {
        Piece piece;
        piece.kind = readKind();
        if (isQuote(m_input[m_at])) {
            piece.text = readQuoted();
            piece.isPrefix = readStars();
            return piece;
        }
        const qsizetype start = m_at;
        while (!atEnd() && !m_input[m_at].isSpace() && !isQuote(m_input[m_at]))
            ++m_at;
        piece.text = m_input.sliced(start, m_at - start);
        piece.isPrefix = piece.text.endsWith(u'*');
        return piece;
    }
    Piece::Kind readKind()
    {
        if (skipKey("from:"_L1))
            return Piece::Kind::Author;
        return skipKey("room:"_L1) ? Piece::Kind::Room : Piece::Kind::Words;
    }
    /// Only where a value follows.
    bool skipKey(QLatin1StringView key)
    {
        const qsizetype after = m_at + key.size();
        const bool isHere = QStringView(m_input).sliced(m_at).startsWith(key, Qt::CaseInsensitive);
        if (!isHere || after >= m_input.size() || m_input[after].isSpace())
            return false;
        m_at = after;
        return true;
    }
    /// A quote that is never closed ends with the input: it is still being typed.
    QString readQuoted()
    {
        const qsizetype start = ++m_at;
        while (!atEnd() && !isQuote(m_input[m_at]))
            ++m_at;
        return m_input.sliced(start, m_at++ - start);
    }
    bool readStars()
    {
        const qsizetype start = m_at;
        while (!atEnd() && m_input[m_at] == u'*')
            ++m_at;
        return m_at > start;
    }

    const QString &m_input;
    qsizetype m_at = 0;
};

/// A word that stands alone (Han, Kana) is never longer.
bool canGoOn(const QString &word)
{
    const QStringList longer = searchTokens(word + u'a');
    return longer.size() == 1;
}

qsizetype lettersOf(const QString &word)
{
    return word.toUcs4().size();
}

Result<UserName, QString> authorFrom(const QString &text)
{
    const auto name = UserName::parse(text);
    if (!name)
        return Failure(Text::tr("The author to search for makes no sense: %1").arg(explain(name.error())));
    return *name;
}

std::optional<QString> tooMuch(const QList<SearchQuery::Phrase> &phrases)
{
    qsizetype words = 0;
    qsizetype prefixes = 0;
    for (const SearchQuery::Phrase &phrase : phrases) {
        words += phrase.words.size();
        prefixes += phrase.lastIsPrefix ? 1 : 0;
    }
    if (words > SearchQuery::MaxWords)
        return Text::tr("The search holds more than %1 words.").arg(SearchQuery::MaxWords);
    if (prefixes > SearchQuery::MaxPrefixes)
        return Text::tr("The search holds more than %1 beginnings of words.").arg(SearchQuery::MaxPrefixes);
    return std::nullopt;
}

bool isWord(const QString &word, const SearchQuery::Phrase &phrase, qsizetype index)
{
    const bool isPrefix = phrase.lastIsPrefix && index == phrase.words.size() - 1;
    return isPrefix ? word.startsWith(phrase.words[index]) : word == phrase.words[index];
}

/// `wordAt(i)`: the text's words, `count` of them.
template <typename WordAt>
bool standsAt(const SearchQuery::Phrase &phrase, qsizetype at, qsizetype count, WordAt wordAt)
{
    if (at + phrase.words.size() > count)
        return false;
    for (qsizetype i = 0; i < phrase.words.size(); ++i) {
        if (!isWord(wordAt(at + i), phrase, i))
            return false;
    }
    return true;
}

bool isIn(const SearchQuery::Phrase &phrase, const QStringList &words)
{
    const auto wordAt = [&words](qsizetype at) -> const QString & { return words[at]; };
    for (qsizetype at = 0; at < words.size(); ++at) {
        if (standsAt(phrase, at, words.size(), wordAt))
            return true;
    }
    return false;
}

std::optional<qint64> arrivalFrom(const QString &cursor)
{
    bool isNumber = false;
    const qint64 arrival = cursor.toLongLong(&isNumber);
    return isNumber && arrival > 0 && QString::number(arrival) == cursor ? std::optional(arrival)
                                                                         : std::nullopt;
}

QList<TextRange> joined(QList<TextRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const TextRange &a, const TextRange &b) { return a.start < b.start; });
    QList<TextRange> apart;
    for (const TextRange &range : std::as_const(ranges)) {
        if (apart.isEmpty() || range.start > apart.constLast().start + apart.constLast().length) {
            apart.append(range);
            continue;
        }
        TextRange &last = apart.last();
        last.length = std::max(last.length, range.start + range.length - last.start);
    }
    return apart;
}

} // namespace

Result<SearchQuery, QString> SearchQuery::parse(const QString &input)
{
    if (input.size() > MaxUnits)
        return Failure(Text::tr("A search may be %1 characters long.").arg(MaxUnits));
    SearchQuery query;
    const QList<Piece> pieces = PieceReader(input).readAll();
    for (const Piece &piece : pieces) {
        const auto problem = piece.kind == Piece::Kind::Author ? query.takeAuthor(piece.text)
                             : piece.kind == Piece::Kind::Room ? query.takeRoom(piece.text)
                                                               : query.takeWords(piece.text, piece.isPrefix);
        if (problem)
            return Failure(*problem);
    }
    const bool isEmpty = query.m_phrases.isEmpty() && query.m_from.isEmpty() && !query.m_room;
    if (isEmpty && !pieces.isEmpty())
        return Failure(Text::tr("The search holds no word: signs and pictures alone are not looked for."));
    if (const auto problem = tooMuch(query.m_phrases))
        return Failure(*problem);
    return query;
}

std::optional<QString> SearchQuery::takeAuthor(const QString &name)
{
    if (!m_from.isEmpty())
        return Text::tr("The search names an author twice.");
    const auto author = authorFrom(name);
    if (!author)
        return author.error();
    m_from = author->text();
    return std::nullopt;
}

std::optional<QString> SearchQuery::takeRoom(const QString &name)
{
    if (m_room)
        return Text::tr("The search names a room twice.");
    const auto room = RoomName::parse(name);
    if (!room)
        return Text::tr("The room to search in makes no sense: %1").arg(explain(room.error()));
    m_room = *room;
    return std::nullopt;
}

std::optional<QString> SearchQuery::takeWords(const QString &text, bool lastIsPrefix)
{
    const QStringList words = searchTokens(text);
    if (words.isEmpty())
        return std::nullopt;
    const Phrase phrase{words, lastIsPrefix && canGoOn(words.constLast())};
    if (phrase.lastIsPrefix && lettersOf(words.constLast()) < MinPrefixLetters)
        return Text::tr("The beginning of a word before * needs at least %1 letters.").arg(MinPrefixLetters);
    if (!m_phrases.contains(phrase))
        m_phrases.append(phrase);
    return std::nullopt;
}

bool SearchQuery::needsText() const
{
    return std::any_of(m_phrases.cbegin(), m_phrases.cend(),
                       [](const Phrase &phrase) { return phrase.words.size() > 1; });
}

bool SearchQuery::matches(const QString &text) const
{
    const QStringList words = searchTokens(text);
    return std::all_of(m_phrases.cbegin(), m_phrases.cend(),
                       [&words](const Phrase &phrase) { return isIn(phrase, words); });
}

QList<TextRange> SearchQuery::highlights(const QString &text) const
{
    const QList<PlacedWord> placed = placedTokens(text);
    const auto wordAt = [&placed](qsizetype at) -> const QString & { return placed[at].word; };
    QList<TextRange> ranges;
    for (const Phrase &phrase : m_phrases) {
        for (qsizetype at = 0; at < placed.size(); ++at) {
            if (!standsAt(phrase, at, placed.size(), wordAt))
                continue;
            const qsizetype start = placed[at].start;
            ranges.append({start, placed[at + phrase.words.size() - 1].end - start});
        }
    }
    return joined(std::move(ranges));
}

Result<Search, QString> checkedSearch(const SearchFrame &frame)
{
    const auto query = SearchQuery::parse(frame.query);
    if (!query)
        return Failure(query.error());
    Search search{*query, query->from(), query->room(), frame.since, frame.until, frame.limit, {}};
    if (!frame.from.isEmpty()) {
        const auto author = authorFrom(frame.from);
        if (!author)
            return Failure(author.error());
        if (!search.from.isEmpty())
            return Failure(Text::tr("The search names an author twice."));
        search.from = author->text();
    }
    if (frame.room && search.room && *search.room != *frame.room)
        return Failure(Text::tr("The search names two rooms."));
    if (frame.room)
        search.room = frame.room;
    if (search.since && search.until && *search.since > *search.until)
        return Failure(Text::tr("The search ends before it begins: since is later than until."));
    const bool hasAnything =
        !query->phrases().isEmpty() || !search.from.isEmpty() || search.room || search.since || search.until;
    if (!hasAnything)
        return Failure(Text::tr("Please give a word to search for, or an author, a room or a time."));
    if (frame.cursor.isEmpty())
        return search;
    search.cursor = arrivalFrom(frame.cursor);
    if (!search.cursor)
        return Failure(Text::tr("The search cannot go on from there: the cursor is none of this server's."));
    return search;
}

QString searchCursor(qint64 arrival)
{
    return QString::number(arrival);
}

} // namespace Synchat
