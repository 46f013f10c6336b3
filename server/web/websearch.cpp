// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/websearch.h"

#include "server/web/queryfields.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {
namespace {

constexpr qsizetype LongestWord = 256; ///< of a name or a cursor, before it is looked at closer

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WebSearch)
};

std::optional<RoomName> readRoom(QueryFields &fields)
{
    const std::optional<QString> text = fields.text(u"room"_s, LongestWord);
    if (!text)
        return std::nullopt;
    const auto room = RoomName::parse(*text);
    if (room)
        return *room;
    fields.refuse(Words::tr("The parameter room is no name of a room: %1").arg(explain(room.error())));
    return std::nullopt;
}

} // namespace

Result<Search, QString> parseWebSearch(const QUrlQuery &query)
{
    QueryFields fields(query);
    SearchFrame search;
    search.query = fields.text(u"q"_s, SearchQuery::MaxUnits).value_or(QString());
    search.room = readRoom(fields);
    search.from = fields.text(u"from"_s, LongestWord).value_or(QString());
    if (const auto since = fields.moment(u"since"_s))
        search.since = since->begin;
    if (const auto until = fields.moment(u"until"_s))
        search.until = until->last;
    search.cursor = fields.text(u"cursor"_s, LongestWord).value_or(QString());
    search.limit = fields.limit();
    if (!fields.problem().isEmpty())
        return Failure(fields.problem());
    return checkedSearch(search);
}

} // namespace Synchat
