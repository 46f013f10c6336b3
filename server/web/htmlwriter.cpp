// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/htmlwriter.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// What stands for a unit in texts and between double quotes; empty: itself. A lone return would be read as a
/// new line, and NUL is never allowed.
QLatin1StringView replacementFor(char16_t unit)
{
    switch (unit) {
    case u'&':
        return "&amp;"_L1;
    case u'<':
        return "&lt;"_L1;
    case u'>':
        return "&gt;"_L1;
    case u'"':
        return "&quot;"_L1;
    case u'\'':
        return "&#39;"_L1;
    case u'\r':
        return "&#13;"_L1;
    case u'\0':
        return "&#65533;"_L1;
    default:
        return {};
    }
}

} // namespace

void HtmlWriter::doctype()
{
    m_out += "<!DOCTYPE html>\n";
}

void HtmlWriter::open(QLatin1StringView element, const Attributes &attributes)
{
    writeTag(element, attributes);
    m_open.append(element);
}

void HtmlWriter::close()
{
    Q_ASSERT(!m_open.isEmpty());
    m_out += "</";
    m_out += m_open.takeLast();
    m_out += '>';
}

void HtmlWriter::lone(QLatin1StringView element, const Attributes &attributes)
{
    writeTag(element, attributes);
}

void HtmlWriter::element(QLatin1StringView element, const Attributes &attributes, QStringView text)
{
    open(element, attributes);
    writeEscaped(text);
    close();
}

void HtmlWriter::text(QStringView text)
{
    writeEscaped(text);
}

void HtmlWriter::newLine()
{
    m_out += '\n';
}

QByteArray HtmlWriter::take()
{
    Q_ASSERT(m_open.isEmpty());
    return std::exchange(m_out, {});
}

void HtmlWriter::writeTag(QLatin1StringView element, const Attributes &attributes)
{
    m_out += '<';
    m_out += element;
    for (const auto &[name, value] : attributes) {
        if (value.isNull())
            continue;
        m_out += ' ';
        m_out += name;
        m_out += "=\"";
        writeEscaped(value);
        m_out += '"';
    }
    m_out += '>';
}

void HtmlWriter::writeEscaped(QStringView text)
{
    qsizetype plain = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QLatin1StringView replacement = replacementFor(text[i].unicode());
        if (replacement.isEmpty())
            continue;
        if (i > plain)
            m_out += text.sliced(plain, i - plain).toUtf8();
        m_out += replacement;
        plain = i + 1;
    }
    m_out += text.sliced(plain).toUtf8(); // lone surrogates become question marks
}

} // namespace Synchat
