// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/textrules.h"

#include <QChar>
#include <QList>

#include <algorithm>

namespace Synchat {

namespace {

/// Letters and marks by category that show nothing all the same.
bool isFiller(char32_t character)
{
    switch (character) {
    case 0x034F: // combining grapheme joiner
    case 0x115F: // hangul fillers
    case 0x1160:
    case 0x3164:
    case 0xFFA0:
    case 0x17B4: // khmer inherent vowels
    case 0x17B5:
    case 0x2800: // braille blank
        return true;
    default:
        break;
    }
    return (character >= 0x180B && character <= 0x180F) || (character >= 0xFE00 && character <= 0xFE0F) ||
           (character >= 0xE0100 && character <= 0xE01EF);
}

bool isInvisible(char32_t character)
{
    return QChar::isSpace(character) || QChar::category(character) == QChar::Other_Format ||
           isControl(character) || isFiller(character);
}

} // namespace

bool hasLoneSurrogate(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (!text[i].isHighSurrogate() || i + 1 >= text.size() || !text[i + 1].isLowSurrogate())
            return true;
        ++i;
    }
    return false;
}

bool isBlank(QStringView text)
{
    const QList<uint> characters = text.toUcs4();
    return std::all_of(characters.begin(), characters.end(), isInvisible);
}

bool isControl(char32_t character)
{
    return QChar::category(character) == QChar::Other_Control || character == 0x2028 || character == 0x2029;
}

bool isBidiControl(char32_t character)
{
    return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

} // namespace Synchat
