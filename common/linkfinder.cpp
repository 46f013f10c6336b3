// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/linkfinder.h"

#include <QStringView>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

bool endsAddress(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
           c == u'<' || c == u'>' || c == u'"' || c == u'`' || c == QChar::ObjectReplacementCharacter;
}

bool isWordUnit(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

qsizetype withoutTrailingPunctuation(QStringView address)
{
    constexpr QStringView loose = u".,;:!?'*_~";
    qsizetype length = address.size();
    while (length > 0) {
        const QChar last = address.at(length - 1);
        const QStringView rest = address.first(length);
        const bool strayRound = last == u')' && rest.count(u')') > rest.count(u'(');
        const bool straySquare = last == u']' && rest.count(u']') > rest.count(u'[');
        const bool strayCurly = last == u'}' && rest.count(u'}') > rest.count(u'{');
        if (!loose.contains(last) && !strayRound && !straySquare && !strayCurly)
            break;
        --length;
    }
    return length;
}

} // namespace

QList<TextLink> findLinks(const QString &text)
{
    QList<TextLink> links;
    qsizetype from = 0;
    while ((from = text.indexOf("http"_L1, from, Qt::CaseInsensitive)) >= 0) {
        const QStringView rest = QStringView(text).sliced(from);
        const bool plain = rest.startsWith("http://"_L1, Qt::CaseInsensitive);
        const bool secure = rest.startsWith("https://"_L1, Qt::CaseInsensitive);
        if ((!plain && !secure) || (from > 0 && isWordUnit(text.at(from - 1)))) {
            from += 4;
            continue;
        }
        qsizetype length = 0;
        while (length < rest.size() && !endsAddress(rest.at(length)))
            ++length;
        length = withoutTrailingPunctuation(rest.first(length));
        const QUrl url(rest.first(length).toString(), QUrl::TolerantMode);
        if (url.isValid() && !url.host().isEmpty())
            links.append({from, length, url});
        from += qMax(length, qsizetype(4));
    }
    return links;
}

} // namespace Synchat
