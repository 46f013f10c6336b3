// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/pagequery.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace Synchat {
namespace {

using namespace Qt::StringLiterals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PageQuery)
};

/// Digits only: no sign, no spaces, no exponent; nothing that qint64 cannot hold.
std::optional<qint64> parseCount(const QString &text)
{
    const bool onlyDigits = !text.isEmpty() && std::all_of(text.begin(), text.end(),
                                                           [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    return onlyDigits && fits ? std::optional(value) : std::nullopt;
}

/// Nothing in `value`: the parameter is not there.
struct Parameter
{
    std::optional<qint64> value;
    QString problem;
};

Parameter readParameter(const QUrlQuery &query, const QString &name, qint64 least)
{
    const QStringList values = query.allQueryItemValues(name, QUrl::FullyDecoded);
    if (values.isEmpty())
        return {};
    if (values.size() > 1)
        return {{}, Words::tr("The parameter %1 is given more than once.").arg(name)};
    const std::optional<qint64> value = parseCount(values.first());
    if (!value || *value < least)
        return {{}, Words::tr("The parameter %1 must be a whole number from %2 on.").arg(name).arg(least)};
    return {value, {}};
}

} // namespace

Result<PageQuery, QString> PageQuery::parse(const QUrlQuery &query)
{
    const Parameter before = readParameter(query, u"before"_s, 1);
    const Parameter after = readParameter(query, u"after"_s, 0);
    const Parameter limit = readParameter(query, u"limit"_s, 1);
    for (const Parameter &parameter : {before, after, limit}) {
        if (!parameter.problem.isEmpty())
            return Failure(parameter.problem);
    }
    if (before.value && after.value)
        return Failure(Words::tr("Only one of the parameters before and after can be given."));
    PageQuery page;
    if (before.value) {
        page.anchor = HistoryAnchor::Before;
        page.value = *before.value;
    } else if (after.value) {
        page.anchor = HistoryAnchor::After;
        page.value = *after.value;
    }
    if (limit.value)
        page.limit = static_cast<int>(std::min<qint64>(*limit.value, Limits::MaxPage));
    return page;
}

} // namespace Synchat
