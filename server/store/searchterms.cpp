// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/searchterms.h"

#include "common/searchwords.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString quoted(const QString &term)
{
    QString text = term;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

QString quotedLexeme(const QString &term)
{
    QString text = term;
    return u'\'' + text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"''"_s) + u'\'';
}

/// How an index wants its queries written.
struct Spelling
{
    QString (*quote)(const QString &);
    QString beginning; ///< what stands behind the beginning of a word
    QString conjunction;
    QString disjunction;
};

QString spelled(const IndexTerms &terms, const Spelling &spelling)
{
    QStringList parts;
    for (const QString &word : terms.words)
        parts.append(spelling.quote(word));
    for (const QString &prefix : terms.prefixes)
        parts.append(spelling.quote(prefix) + spelling.beginning);
    QStringList rooms;
    for (const QString &room : terms.rooms)
        rooms.append(spelling.quote(room));
    if (!rooms.isEmpty())
        parts.append(u'(' + rooms.join(spelling.disjunction) + u')');
    return parts.join(spelling.conjunction);
}

} // namespace

IndexTerms indexTerms(const SearchRequest &request)
{
    IndexTerms terms;
    for (const SearchQuery::Phrase &phrase : request.query.phrases()) {
        terms.words.append(phrase.words);
        if (phrase.lastIsPrefix)
            terms.prefixes.append(terms.words.takeLast());
    }
    if (!request.from.isEmpty())
        terms.words.append(authorToken(request.from));
    if (request.rooms.size() <= MaxRoomTerms) {
        for (const SearchedRoom &room : request.rooms)
            terms.rooms.append(roomToken(room.number));
    }
    terms.words.removeDuplicates();
    terms.prefixes.removeDuplicates();
    return terms;
}

QString ftsMatch(const IndexTerms &terms)
{
    return spelled(terms, {quoted, u" *"_s, u" AND "_s, u" OR "_s});
}

QString tsQuery(const IndexTerms &terms)
{
    return spelled(terms, {quotedLexeme, u":*"_s, u" & "_s, u" | "_s});
}

bool isAuthor(const QString &name, const QString &lookedFor)
{
    const QStringList words = searchTokens(name);
    if (words != searchTokens(lookedFor))
        return false;
    return !words.isEmpty() || name.toCaseFolded() == lookedFor.toCaseFolded();
}

} // namespace Synchat
