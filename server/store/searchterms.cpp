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
    QStringList parts;
    for (const QString &word : terms.words)
        parts.append(quoted(word));
    for (const QString &prefix : terms.prefixes)
        parts.append(quoted(prefix) + u" *"_s);
    QStringList rooms;
    for (const QString &room : terms.rooms)
        rooms.append(quoted(room));
    if (!rooms.isEmpty())
        parts.append(u'(' + rooms.join(u" OR "_s) + u')');
    return parts.join(u" AND "_s);
}

QString tsQuery(const IndexTerms &terms)
{
    QStringList parts;
    for (const QString &word : terms.words)
        parts.append(quotedLexeme(word));
    for (const QString &prefix : terms.prefixes)
        parts.append(quotedLexeme(prefix) + u":*"_s);
    QStringList rooms;
    for (const QString &room : terms.rooms)
        rooms.append(quotedLexeme(room));
    if (!rooms.isEmpty())
        parts.append(u'(' + rooms.join(u" | "_s) + u')');
    return parts.join(u" & "_s);
}

bool isAuthor(const QString &name, const QString &lookedFor)
{
    const QStringList words = searchTokens(name);
    if (words != searchTokens(lookedFor))
        return false;
    return !words.isEmpty() || name.toCaseFolded() == lookedFor.toCaseFolded();
}

} // namespace Synchat
