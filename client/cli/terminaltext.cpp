// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminaltext.h"

#include "common/textrules.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr QChar Unshowable(0xFFFD);

QChar harmless(QChar character)
{
    const char16_t unit = character.unicode();
    if (unit == u'\t')
        return u' ';
    if (unit < 0x20)
        return QChar(0x2400 + unit); // the pictures of the control characters
    if (unit == 0x7F)
        return QChar(0x2421);
    return isControl(unit) || isBidiControl(unit) ? Unshowable : character;
}

} // namespace

QString plainLine(QStringView text)
{
    QString line;
    line.reserve(text.size());
    for (const QChar character : text)
        line.append(harmless(character));
    return line;
}

QStringList plainLines(QStringView text)
{
    QString unified = text.toString();
    unified.replace(u"\r\n"_s, u"\n"_s).replace(QChar(0x2028), u'\n').replace(QChar(0x2029), u'\n');
    QStringList lines;
    for (const QStringView line : QStringView(unified).split(u'\n'))
        lines.append(plainLine(line));
    return lines;
}

QByteArray terminalJson(const QByteArray &json)
{
    constexpr char Hex[] = "0123456789abcdef";
    QByteArray out;
    out.reserve(json.size());
    for (qsizetype i = 0; i < json.size(); ++i) {
        const auto byte = static_cast<unsigned char>(json[i]);
        const auto next = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0;
        const bool c1 = byte == 0xC2 && next >= 0x80 && next <= 0x9F;
        if (!c1 && byte != 0x7F) {
            out.append(json[i]);
            continue;
        }
        const unsigned character = c1 ? next : byte;
        out.append("\\u00").append(Hex[character >> 4]).append(Hex[character & 0xF]);
        i += c1 ? 1 : 0;
    }
    return out;
}

} // namespace Synchat
