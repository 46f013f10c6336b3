// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyrequest.h"

#include "server/web/pagequery.h"
#include "server/web/queryfields.h"
#include "server/web/websearch.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype LongestField = 256;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HistoryRequest)
};

QUrlQuery withoutEmptyOnes(const QUrlQuery &query)
{
    QList<std::pair<QString, QString>> filled = query.queryItems(QUrl::FullyEncoded);
    filled.removeIf([](const std::pair<QString, QString> &item) { return item.second.isEmpty(); });
    QUrlQuery result;
    result.setQueryItems(filled);
    return result;
}

bool hasOneOf(const QUrlQuery &query, const QStringList &names)
{
    return std::any_of(names.cbegin(), names.cend(),
                       [&query](const QString &name) { return query.hasQueryItem(name); });
}

/// Nothing: fine.
std::optional<QString> readSearch(const QUrlQuery &query, HistoryRequest &request)
{
    if (hasOneOf(query, {u"before"_s, u"after"_s, u"around"_s, u"at"_s}))
        return Words::tr("A search and a place in the history cannot be asked for together.");
    const Result<Search, QString> search = parseWebSearch(query);
    if (!search)
        return search.error();
    request.search = *search;
    request.search->limit = HistoryRequest::ResultsLength;
    request.everywhere = !search->room;
    return std::nullopt;
}

std::optional<QString> readPlace(const QUrlQuery &query, HistoryRequest &request)
{
    const Result<PageQuery, QString> page = PageQuery::parse(query);
    if (!page)
        return page.error();
    request.anchor = page->anchor;
    request.value = page->value;
    return std::nullopt;
}

} // namespace

Result<HistoryRequest, QString> HistoryRequest::parse(const QUrlQuery &query)
{
    const QUrlQuery filled = withoutEmptyOnes(query);
    QueryFields fields(filled);
    HistoryRequest request;
    request.room = fields.text(u"room"_s, LongestField).value_or(request.room);
    request.words = fields.text(u"q"_s, SearchQuery::MaxUnits).value_or(QString());
    request.from = fields.text(u"from"_s, LongestField).value_or(QString());
    request.since = fields.text(u"since"_s, LongestField).value_or(QString());
    request.until = fields.text(u"until"_s, LongestField).value_or(QString());
    if (!fields.problem().isEmpty())
        return Failure(fields.problem());
    const bool searches = hasOneOf(filled, {u"q"_s, u"from"_s, u"since"_s, u"until"_s});
    const auto problem = searches ? readSearch(filled, request) : readPlace(filled, request);
    if (problem)
        return Failure(*problem);
    return request;
}

QString historyAddress(const QList<std::pair<QString, QString>> &parameters, const QString &fragment)
{
    QString address = u"/history"_s;
    QChar separator = u'?';
    for (const auto &[name, value] : parameters) {
        if (value.isEmpty())
            continue;
        address += separator + name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value));
        separator = u'&';
    }
    return fragment.isEmpty() ? address : address + u'#' + fragment;
}

QString messageAddress(const QString &room, qint64 seq)
{
    return historyAddress({{u"room"_s, room}, {u"around"_s, QString::number(seq)}}, u"m%1"_s.arg(seq));
}

} // namespace Synchat
