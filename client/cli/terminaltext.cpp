// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminaltext.h"

#include "common/textrules.h"

#include <algorithm>
#include <array>
#include <numeric>

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

struct Block
{
    char32_t first;
    char32_t last;
};
constexpr std::array WideBlocks{
    Block{0x1100, 0x115F},   Block{0x2E80, 0x303E},   Block{0x3041, 0x4DBF},   Block{0x4E00, 0xA4CF},
    Block{0xA960, 0xA97F},   Block{0xAC00, 0xD7A3},   Block{0xF900, 0xFAFF},   Block{0xFE30, 0xFE6F},
    Block{0xFF01, 0xFF60},   Block{0xFFE0, 0xFFE6},   Block{0x1F300, 0x1F64F}, Block{0x1F680, 0x1F6FF},
    Block{0x1F900, 0x1F9FF}, Block{0x20000, 0x3FFFD},
};

int columnsOfCharacter(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    const bool isWide = std::any_of(WideBlocks.begin(), WideBlocks.end(), [character](const Block &block) {
        return character >= block.first && character <= block.last;
    });
    return isWide ? 2 : 1;
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

qsizetype columnsOf(QStringView text)
{
    const QList<uint> characters = text.toUcs4();
    return std::accumulate(
        characters.begin(), characters.end(), qsizetype(0),
        [](qsizetype columns, char32_t character) { return columns + columnsOfCharacter(character); });
}

qsizetype unitsWithin(QStringView text, qsizetype columns)
{
    const QList<uint> characters = text.toUcs4();
    qsizetype units = 0;
    for (const char32_t character : characters) {
        columns -= columnsOfCharacter(character);
        if (columns < 0)
            break;
        units += QChar::requiresSurrogates(character) ? 2 : 1;
    }
    return units;
}

} // namespace Synchat
