// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/queryfields.h"

#include "common/limits.h"
#include "common/textrules.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(QueryFields)
};

std::optional<qint64> parseCount(const QString &text)
{
    const bool onlyDigits = !text.isEmpty() && std::all_of(text.begin(), text.end(),
                                                           [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    return onlyDigits && fits ? std::optional(value) : std::nullopt;
}

bool holdsControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return isControl(c.unicode()); });
}

} // namespace

void QueryFields::refuse(const QString &sentence)
{
    if (m_problem.isEmpty())
        m_problem = sentence;
}

std::optional<QString> QueryFields::only(const QString &name)
{
    const QStringList values = m_query.allQueryItemValues(name, QUrl::FullyEncoded);
    if (values.isEmpty())
        return std::nullopt;
    if (values.size() > 1) {
        refuse(Words::tr("The parameter %1 is given more than once.").arg(name));
        return std::nullopt;
    }
    return QUrl::fromPercentEncoding(values.constFirst().toUtf8().replace('+', ' '));
}

std::optional<qint64> QueryFields::count(const QString &name, qint64 least)
{
    const std::optional<QString> text = only(name);
    if (!text)
        return std::nullopt;
    const std::optional<qint64> value = parseCount(*text);
    if (value && *value >= least)
        return value;
    refuse(Words::tr("The parameter %1 must be a whole number from %2 on.").arg(name).arg(least));
    return std::nullopt;
}

std::optional<Moment> QueryFields::moment(const QString &name)
{
    const std::optional<QString> text = only(name);
    if (!text)
        return std::nullopt;
    const std::optional<Moment> moment = Moment::parse(*text);
    if (!moment)
        refuse(Words::tr("The parameter %1 must be a time: whole microseconds since 1970, or a date such as "
                         "2026-11-23 or 2026-11-23T14:03 in UTC.")
                   .arg(name));
    return moment;
}

std::optional<QString> QueryFields::text(const QString &name, qsizetype longest)
{
    const std::optional<QString> text = only(name);
    if (!text)
        return std::nullopt;
    if (text->size() > longest) {
        refuse(Words::tr("The parameter %1 must not be longer than %2 characters.").arg(name).arg(longest));
        return std::nullopt;
    }
    if (hasLoneSurrogate(*text) || holdsControl(*text)) {
        refuse(Words::tr("The parameter %1 holds characters that no text has.").arg(name));
        return std::nullopt;
    }
    return text;
}

int QueryFields::limit()
{
    const qint64 limit = count(u"limit"_s, 1).value_or(Limits::DefaultPage);
    return static_cast<int>(std::min<qint64>(limit, Limits::MaxPage));
}

} // namespace Synchat
