// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/pagequery.h"

#include "server/web/queryfields.h"

#include <QCoreApplication>

namespace Synchat {
namespace {

using namespace Qt::StringLiterals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PageQuery)
};

} // namespace

Result<PageQuery, QString> PageQuery::parse(const QUrlQuery &query)
{
    QueryFields fields(query);
    PageQuery page;
    const auto take = [&](HistoryAnchor anchor, std::optional<qint64> value) {
        if (!value)
            return;
        if (page.anchor != HistoryAnchor::Newest)
            fields.refuse(Words::tr("Only one of the parameters before, after, around and at can be given."));
        page.anchor = anchor;
        page.value = *value;
    };
    take(HistoryAnchor::Before, fields.count(u"before"_s, 1));
    take(HistoryAnchor::After, fields.count(u"after"_s, 0));
    take(HistoryAnchor::Around, fields.count(u"around"_s, 0));
    const std::optional<Moment> at = fields.moment(u"at"_s);
    take(HistoryAnchor::At, at ? std::optional(at->begin) : std::nullopt);
    page.limit = fields.limit();
    if (!fields.problem().isEmpty())
        return Failure(fields.problem());
    return page;
}

} // namespace Synchat
