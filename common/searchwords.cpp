// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchwords.h"

#include <QCryptographicHash>

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

class Splitter
{
public:
    void take(char32_t character)
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
        if (m_word.size() < MaxWordUnits)
            m_word.append(QChar::fromUcs4(character));
        if (alone)
            endWord();
    }
    QStringList finish()
    {
        endWord();
        return std::move(m_words);
    }

private:
    void endWord()
    {
        if (!m_word.isEmpty())
            m_words.append(std::exchange(m_word, {}));
    }
    QString m_word;
    QStringList m_words;
};

} // namespace

QStringList searchTokens(const QString &text)
{
    const QString plain = folded(text);
    Splitter splitter;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar unit = plain[i];
        const bool isPair = unit.isHighSurrogate() && i + 1 < plain.size() && plain[i + 1].isLowSurrogate();
        splitter.take(isPair ? QChar::surrogateToUcs4(unit, plain[i + 1]) : unit.unicode());
        i += isPair ? 1 : 0;
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
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha1).first(8).toHex();
    return QChar(ScopeMark) + u'a' + QString::fromLatin1(hash);
}

} // namespace Synchat
