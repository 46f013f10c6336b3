// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httpsourceentry.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::HttpSourceEntry)
};

constexpr qint64 LargestErrorMillis = 60'000;

struct FormatName
{
    const char16_t *name;
    HttpTimeFormat format;
};
constexpr std::array FormatNames{
    FormatName{u"iso", HttpTimeFormat::Iso},
    FormatName{u"unix", HttpTimeFormat::UnixSeconds},
    FormatName{u"unix-ms", HttpTimeFormat::UnixMillis},
    FormatName{u"unix-us", HttpTimeFormat::UnixMicros},
    FormatName{u"unix-ns", HttpTimeFormat::UnixNanos},
};

/// Nothing: fine. Else what is wrong, to go on from the entry's name.
using Problem = std::optional<QString>;

Problem setPointer(HttpSourceEntry &entry, const QString &pointer)
{
    static const QRegularExpression form(u"\\A(?:/(?:[^~/]|~[01])*)+\\z"_s);
    if (!form.match(pointer).hasMatch())
        return Text::tr("\"%1\" is no place in JSON, such as /data/time").arg(pointer);
    entry.reading = HttpSourceEntry::Reading::Pointer;
    entry.pointer = pointer.sliced(1).split(u'/');
    for (QString &step : entry.pointer)
        step.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
    return std::nullopt;
}

Problem setFormat(HttpSourceEntry &entry, const QString &name)
{
    for (const FormatName &known : FormatNames) {
        if (name == QStringView(known.name)) {
            entry.format = known.format;
            return std::nullopt;
        }
    }
    return Text::tr("a format is one of iso, unix, unix-ms, unix-us and unix-ns, not \"%1\"").arg(name);
}

Problem setError(HttpSourceEntry &entry, const QString &text)
{
    static const QRegularExpression form(u"\\A(\\d{1,5})ms\\z"_s);
    const auto match = form.match(text);
    const qint64 millis = match.captured(1).toLongLong();
    if (!match.hasMatch() || millis > LargestErrorMillis)
        return Text::tr("an error is written as 0ms to 60000ms, not \"%1\"").arg(text);
    entry.error = std::chrono::milliseconds(millis);
    return std::nullopt;
}

Problem setAddress(HttpSourceEntry &entry, const QString &text)
{
    entry.url = QUrl(text, QUrl::StrictMode);
    const bool isWeb = entry.url.scheme() == u"http"_s || entry.url.scheme() == u"https"_s;
    if (!entry.url.isValid() || !isWeb || entry.url.host().isEmpty())
        return Text::tr("\"%1\" is not a web address that could tell the time").arg(text);
    entry.name = entry.url.host().contains(u':') ? u'[' + entry.url.host() + u']' : entry.url.host();
    if (entry.url.port() > 0)
        entry.name += u':' + QString::number(entry.url.port());
    return std::nullopt;
}

Problem setWord(HttpSourceEntry &entry, const QString &word)
{
    if (word == u"date"_s) {
        entry.reading = HttpSourceEntry::Reading::DateHeader;
        return std::nullopt;
    }
    const QString key = word.section(u'=', 0, 0);
    const QString value = word.section(u'=', 1);
    if (key == u"json"_s)
        return setPointer(entry, value);
    if (key == u"format"_s)
        return setFormat(entry, value);
    if (key == u"error"_s)
        return setError(entry, value);
    return Text::tr("\"%1\" is none of json=, format=, error= and date").arg(word);
}

/// Words that mean nothing together.
Problem contradictionIn(const QStringList &words)
{
    const auto count = [&words](const QString &start) {
        return std::count_if(words.cbegin(), words.cend(),
                             [&start](const QString &word) { return word.startsWith(start); });
    };
    const bool isTwice = count(u"json="_s) > 1 || count(u"format="_s) > 1 || count(u"error="_s) > 1;
    if (isTwice || words.count(u"date"_s) > 1)
        return Text::tr("one of its words is given twice");
    if (words.contains(u"date"_s) && count(u"json="_s) + count(u"format="_s) > 0)
        return Text::tr("either the Date header is read or its JSON, not both");
    if (count(u"format="_s) > 0 && count(u"json="_s) == 0)
        return Text::tr("a format needs a place, such as json=/data/time");
    return std::nullopt;
}

} // namespace

Result<HttpSourceEntry, QString> HttpSourceEntry::parse(const QString &text)
{
    HttpSourceEntry entry;
    QStringList words = text.simplified().split(u' ');
    const auto refused = [&text](const QString &problem) {
        return Failure(Text::tr("The HTTP source \"%1\" makes no sense: %2.").arg(text, problem));
    };
    if (const Problem problem = setAddress(entry, words.takeFirst()))
        return refused(*problem);
    for (const QString &word : words) {
        if (const Problem problem = setWord(entry, word))
            return refused(*problem);
    }
    if (const Problem problem = contradictionIn(words))
        return refused(*problem);
    return entry;
}

void HttpSourceEntry::distinguish(QList<HttpSourceEntry> &entries)
{
    QStringList names;
    for (const HttpSourceEntry &entry : std::as_const(entries))
        names.append(entry.name);
    for (HttpSourceEntry &entry : entries) {
        if (names.count(entry.name) > 1)
            entry.name += entry.url.path();
    }
}

} // namespace Synchat
