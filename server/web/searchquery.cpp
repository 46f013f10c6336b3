// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/searchquery.h"

#include "common/searchwords.h"
#include "server/web/queryfields.h"

#include <QCoreApplication>

namespace Synchat {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype LongestName = 256; ///< before it is looked at closer

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SearchQuery)
};

void readWords(QueryFields &fields, WebSearch &search)
{
    search.query = fields.text(u"q"_s, SearchUnits).value_or(QString());
    if (searchTokens(search.query).isEmpty())
        fields.refuse(Words::tr("The parameter q must hold at least one word to search for."));
}

void readRoom(QueryFields &fields, WebSearch &search)
{
    const std::optional<QString> text = fields.text(u"room"_s, LongestName);
    if (!text)
        return;
    const auto room = RoomName::parse(*text);
    if (room)
        search.room = *room;
    else
        fields.refuse(Words::tr("The parameter room is no name of a room: %1").arg(explain(room.error())));
}

void readAuthor(QueryFields &fields, WebSearch &search)
{
    const std::optional<QString> text = fields.text(u"from"_s, LongestName);
    if (!text)
        return;
    const auto name = UserName::parse(*text);
    if (name)
        search.from = name->text();
    else
        fields.refuse(Words::tr("The parameter from is no name: %1").arg(explain(name.error())));
}

void readTimes(QueryFields &fields, WebSearch &search)
{
    const std::optional<Moment> since = fields.moment(u"since"_s);
    const std::optional<Moment> until = fields.moment(u"until"_s);
    if (since)
        search.since = since->first;
    if (until)
        search.until = until->last;
    if (search.since && search.until && *search.since > *search.until)
        fields.refuse(Words::tr("The time since lies after the time until."));
}

} // namespace

Result<WebSearch, QString> parseSearchQuery(const QUrlQuery &query)
{
    QueryFields fields(query);
    WebSearch search;
    readWords(fields, search);
    readRoom(fields, search);
    readAuthor(fields, search);
    readTimes(fields, search);
    if (const auto cursor = fields.count(u"cursor"_s, 1))
        search.cursor = QString::number(*cursor);
    search.limit = fields.limit();
    if (!fields.problem().isEmpty())
        return Failure(fields.problem());
    return search;
}

} // namespace Synchat
