// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/jsonwriter.h"

#include <array>
#include <charconv>
#include <cmath>

namespace Synchat {

namespace {

template <typename Number>
void appendNumber(QByteArray &out, Number value)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end - digits.data());
}

bool needsEscape(char byte)
{
    return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
}

void appendEscaped(QByteArray &out, char byte)
{
    constexpr char Hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        out.append("\\\"");
        return;
    case '\\':
        out.append("\\\\");
        return;
    case '\b':
        out.append("\\b");
        return;
    case '\f':
        out.append("\\f");
        return;
    case '\n':
        out.append("\\n");
        return;
    case '\r':
        out.append("\\r");
        return;
    case '\t':
        out.append("\\t");
        return;
    default:
        out.append("\\u00").append(Hex[(byte >> 4) & 0xF]).append(Hex[byte & 0xF]);
    }
}

} // namespace

void JsonWriter::beginObject()
{
    separate();
    m_out.append('{');
    m_wantsComma = false;
}

void JsonWriter::beginObject(QLatin1StringView name)
{
    key(name);
    beginObject();
}

void JsonWriter::endObject()
{
    m_out.append('}');
    m_wantsComma = true;
}

void JsonWriter::beginArray(QLatin1StringView name)
{
    key(name);
    m_out.append('[');
    m_wantsComma = false;
}

void JsonWriter::endArray()
{
    m_out.append(']');
    m_wantsComma = true;
}

void JsonWriter::text(QLatin1StringView name, QStringView value)
{
    key(name);
    quoted(value.toUtf8());
    m_wantsComma = true;
}

void JsonWriter::text(QLatin1StringView name, QLatin1StringView value)
{
    key(name);
    m_out.append('"').append(value.data(), value.size()).append('"');
    m_wantsComma = true;
}

void JsonWriter::textOrNull(QLatin1StringView name, QStringView value)
{
    if (value.isEmpty())
        null(name);
    else
        text(name, value);
}

void JsonWriter::number(QLatin1StringView name, qint64 value)
{
    key(name);
    appendNumber(m_out, value);
    m_wantsComma = true;
}

void JsonWriter::number(QLatin1StringView name, std::optional<qint64> value)
{
    if (value)
        number(name, *value);
    else
        null(name);
}

void JsonWriter::real(QLatin1StringView name, double value)
{
    if (!std::isfinite(value)) {
        null(name);
        return;
    }
    key(name);
    appendNumber(m_out, value);
    m_wantsComma = true;
}

void JsonWriter::boolean(QLatin1StringView name, bool value)
{
    key(name);
    m_out.append(value ? "true" : "false");
    m_wantsComma = true;
}

void JsonWriter::null(QLatin1StringView name)
{
    key(name);
    m_out.append("null");
    m_wantsComma = true;
}

void JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_out.append(json);
    m_wantsComma = true;
}

void JsonWriter::separate()
{
    if (m_wantsComma)
        m_out.append(',');
}

void JsonWriter::key(QLatin1StringView name)
{
    separate();
    m_out.append('"').append(name.data(), name.size()).append("\":");
    m_wantsComma = false;
}

void JsonWriter::quoted(QByteArrayView utf8)
{
    m_out.append('"');
    qsizetype runStart = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (!needsEscape(utf8[i]))
            continue;
        m_out.append(utf8.sliced(runStart, i - runStart));
        appendEscaped(m_out, utf8[i]);
        runStart = i + 1;
    }
    m_out.append(utf8.sliced(runStart));
    m_out.append('"');
}

} // namespace Synchat
