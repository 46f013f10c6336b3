// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inifile.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

#include <optional>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::IniFile)
};

bool isName(const QString &text)
{
    static const QRegularExpression name(u"\\A[a-z][a-z0-9_]*\\z"_s);
    return name.match(text).hasMatch();
}

QString unquoted(const QString &value)
{
    if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
        return value.sliced(1, value.size() - 2);
    return value;
}

class IniParser
{
public:
    /// Nothing: fine.
    std::optional<QString> readLine(const QString &line, int number)
    {
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            return std::nullopt;
        if (line.startsWith(u'['))
            return openSection(line);
        return readEntry(line, number);
    }
    QList<IniEntry> takeEntries() { return std::move(m_entries); }

private:
    std::optional<QString> openSection(const QString &line)
    {
        const QString name = line.size() < 2 ? QString() : line.sliced(1, line.size() - 2).trimmed();
        if (!line.endsWith(u']') || !isName(name))
            return Text::tr("A section is written as [name], in lower case.");
        m_section = name;
        return std::nullopt;
    }

    std::optional<QString> readEntry(const QString &line, int number)
    {
        const qsizetype equals = line.indexOf(u'=');
        const QString key = line.first(qMax(qsizetype(0), equals)).trimmed();
        if (equals < 0 || !isName(key))
            return Text::tr("A setting is written as key = value, its key in lower case.");
        if (m_section.isEmpty())
            return Text::tr("The key \"%1\" stands before the first [section].").arg(key);
        const QString name = m_section + u'/' + key;
        if (m_seen.contains(name))
            return Text::tr("The key \"%1\" is given twice.").arg(key);
        m_seen.insert(name);
        m_entries.append({m_section, key, unquoted(line.sliced(equals + 1).trimmed()), number});
        return std::nullopt;
    }

    QString m_section;
    QSet<QString> m_seen;
    QList<IniEntry> m_entries;
};

} // namespace

Result<QList<IniEntry>, IniProblem> parseIni(const QByteArray &content)
{
    QStringDecoder decode(QStringDecoder::Utf8); // takes a byte order mark away
    const QString text = decode(content);
    if (decode.hasError() || text.contains(u'\0'))
        return Failure(IniProblem{1, Text::tr("The file is not text in UTF-8.")});

    IniParser parser;
    int number = 0;
    for (const QString &line : text.split(u'\n')) {
        ++number;
        if (const auto reason = parser.readLine(line.trimmed(), number))
            return Failure(IniProblem{number, *reason});
    }
    return parser.takeEntries();
}

} // namespace Synchat
