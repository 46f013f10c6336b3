// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchwords.h"

#include <algorithm>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

constexpr char16_t ScopeMark = 0xE000;

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar unit) { return unit.unicode() < 0x80; });
}

QString folded(const QString &text)
{
    if (isAscii(text))
        return text.toLower();
    // Folded on both sides: some compatibility forms (U+1E9E, U+210C) become capitals or are taken apart only
    // then.
    QString plain = text.toCaseFolded().normalized(QString::NormalizationForm_KD).toCaseFolded();
    return plain.replace(u"\u00DF"_s, u"ss"_s); // Qt folds one character to one
}

bool isAsciiWordUnit(char16_t unit)
{
    return (unit >= u'a' && unit <= u'z') || (unit >= u'0' && unit <= u'9');
}

/// Of what was folded: the way of nearly every text, a run at a time.
QStringList asciiWords(const QString &plain)
{
    QStringList words;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= plain.size(); ++i) {
        if (i < plain.size() && isAsciiWordUnit(plain[i].unicode()))
            continue;
        if (i > start)
            words.append(plain.mid(start, std::min(i - start, MaxWordUnits)));
        start = i + 1;
    }
    return words;
}

/// FNV-1a with 64 bits (RFC 9923): a name for a name. Who finds by it compares the names themselves.
quint64 hashOf(const QByteArray &bytes)
{
    quint64 hash = 0xcbf29ce484222325u;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
    return hash;
}

bool isAccent(char32_t character)
{
    return character >= 0x300 && character <= 0x36F;
}

bool isWordCharacter(char32_t character)
{
    return QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

bool standsAlone(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return true;
    default:
        return false;
    }
}

char32_t characterAt(const QString &text, qsizetype at)
{
    const QChar unit = text[at];
    const bool isPair = unit.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(unit, text[at + 1]) : unit.unicode();
}

qsizetype unitsOf(char32_t character)
{
    return QChar::requiresSurrogates(character) ? 2 : 1;
}

/// Where in the text before folding something stood.
struct Place
{
    qsizetype start = 0;
    qsizetype end = 0;
};

class Splitter
{
public:
    void take(const QString &plain, Place place)
    {
        for (qsizetype i = 0; i < plain.size();) {
            const char32_t character = characterAt(plain, i);
            take(character, place);
            i += unitsOf(character);
        }
    }
    QList<PlacedWord> finish()
    {
        endWord();
        return std::move(m_words);
    }

private:
    void take(char32_t character, Place place)
    {
        if (isAccent(character))
            return;
        if (!isWordCharacter(character)) {
            endWord();
            return;
        }
        const bool alone = standsAlone(character);
        if (alone)
            endWord();
        if (m_word.word.isEmpty())
            m_word.start = place.start;
        m_word.end = place.end;
        if (m_word.word.size() < MaxWordUnits)
            m_word.word.append(QChar::fromUcs4(character));
        if (alone)
            endWord();
    }
    void endWord()
    {
        if (!m_word.word.isEmpty())
            m_words.append(std::exchange(m_word, {}));
    }
    PlacedWord m_word;
    QList<PlacedWord> m_words;
};

/// Folding never moves anything across this character: it is folded to what begins with no combining mark.
bool startsAnew(char32_t character)
{
    if (character < 0x80)
        return true;
    const QString plain = folded(QString::fromUcs4(&character, 1));
    return plain.isEmpty() || QChar::combiningClass(characterAt(plain, 0)) == 0;
}

qsizetype endOfCluster(const QString &text, qsizetype start)
{
    qsizetype end = start + unitsOf(characterAt(text, start));
    while (end < text.size() && !startsAnew(characterAt(text, end)))
        end += unitsOf(characterAt(text, end));
    return end;
}

} // namespace

QStringList searchTokens(const QString &text)
{
    const QString plain = folded(text);
    if (isAscii(plain))
        return asciiWords(plain);
    Splitter splitter;
    splitter.take(plain, {});
    QStringList words;
    for (PlacedWord &placed : splitter.finish())
        words.append(std::move(placed.word));
    return words;
}

QList<PlacedWord> placedTokens(const QString &text)
{
    Splitter splitter;
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = endOfCluster(text, start);
        splitter.take(folded(text.sliced(start, end - start)), {start, end});
        start = end;
    }
    return splitter.finish();
}

QString roomToken(qint64 roomNumber)
{
    return QChar(ScopeMark) + u"r%1"_s.arg(roomNumber);
}

QString authorToken(const QString &authorName)
{
    const QByteArray name = searchTokens(authorName).join(u' ').toUtf8();
    return QChar(ScopeMark) + u'a' + QString::number(hashOf(name), 16);
}

} // namespace Synchat
