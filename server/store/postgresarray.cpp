// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgresarray.h"

using namespace Qt::StringLiterals;

namespace Synchat {

void PostgresArray::append(qint64 number)
{
    appendElement(QString::number(number));
}

void PostgresArray::append(const std::optional<qint64> &number)
{
    appendElement(number ? QString::number(*number) : u"NULL"_s);
}

void PostgresArray::append(const QString &text)
{
    Q_ASSERT(!text.contains(QChar(u'\0')));
    appendQuoted(text);
}

void PostgresArray::append(const QByteArray &bytes)
{
    appendQuoted(u"\\x"_s + QString::fromLatin1(bytes.toHex()));
}

QString PostgresArray::literal() const
{
    return u'{' + m_elements + u'}';
}

void PostgresArray::appendElement(const QString &element)
{
    if (!m_elements.isEmpty())
        m_elements += u',';
    m_elements += element;
}

/// In quotes everything stands for itself but the quote and the backslash.
void PostgresArray::appendQuoted(const QString &text)
{
    appendElement(u"\""_s);
    m_elements.reserve(m_elements.size() + text.size() + 2);
    for (const QChar unit : text) {
        if (unit == u'"' || unit == u'\\')
            m_elements += u'\\';
        m_elements += unit;
    }
    m_elements += u'"';
}

} // namespace Synchat
