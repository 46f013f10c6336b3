// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/searchform.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype UnitsBefore = 12; ///< of the text before its first match
constexpr qsizetype SnippetUnits = 400;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::SearchForm)
};

WireMicros startOf(const QDate &day, const QTimeZone &zone)
{
    return day.startOfDay(zone).toMSecsSinceEpoch() * 1000;
}

/// First and last day; not valid: no limit.
std::pair<QDate, QDate> daysOf(const SearchForm &form, const QDate &today)
{
    switch (form.period) {
    case SearchForm::Period::Any:
        break;
    case SearchForm::Period::Today:
        return {today, {}};
    case SearchForm::Period::LastWeek:
        return {today.addDays(-6), {}};
    case SearchForm::Period::LastMonth:
        return {today.addDays(-29), {}};
    case SearchForm::Period::Between:
        return {form.from, form.to};
    }
    return {};
}

/// Where the piece that is shown begins: at a word, not far before the first match.
qsizetype snippetStart(const QString &line, const QList<TextRange> &marks)
{
    if (marks.isEmpty() || marks.constFirst().start <= 2 * UnitsBefore)
        return 0;
    const qsizetype first = marks.constFirst().start;
    qsizetype start = first - UnitsBefore;
    while (start < first && !line.at(start - 1).isSpace())
        ++start;
    return start;
}

} // namespace

bool isBlank(const SearchForm &form)
{
    return form.words.trimmed().isEmpty() && form.author.trimmed().isEmpty() &&
           form.period == SearchForm::Period::Any;
}

Result<SearchFrame, QString> searchFrame(const SearchForm &form, const QTimeZone &zone, WireMicros now)
{
    if (isBlank(form))
        return Failure(Text::tr("Say what to look for: words, an author, or a time."));
    SearchFrame frame;
    frame.query = form.words.trimmed();
    frame.from = form.author.trimmed();
    if (const auto room = RoomName::parse(form.room); room && !form.room.isEmpty())
        frame.room = *room;
    const QDate today = QDateTime::fromMSecsSinceEpoch(now / 1000, zone).date();
    const auto [first, last] = daysOf(form, today);
    if (first.isValid() && last.isValid() && first > last)
        return Failure(Text::tr("The first day is later than the last one."));
    if (first.isValid())
        frame.since = startOf(first, zone);
    if (last.isValid())
        frame.until = startOf(last.addDays(1), zone);
    if (const auto checked = checkedSearch(frame); !checked)
        return Failure(checked.error());
    return frame;
}

SearchSnippet searchSnippet(const QString &text, const SearchQuery &query)
{
    QString line = text;
    for (QChar &unit : line) {
        if (unit.isSpace() || unit.category() == QChar::Other_Control)
            unit = u' ';
    }
    const QList<TextRange> marks = query.highlights(text);
    const qsizetype start = snippetStart(line, marks);
    const QString lead = start > 0 ? u"…"_s : QString();
    SearchSnippet snippet{lead + line.sliced(start, std::min(line.size() - start, SnippetUnits)), {}};
    for (const TextRange &mark : marks) {
        const qsizetype at = mark.start - start + lead.size();
        if (at >= lead.size() && at < snippet.text.size())
            snippet.marks.append({at, std::min(mark.length, snippet.text.size() - at)});
    }
    return snippet;
}

} // namespace Synchat
