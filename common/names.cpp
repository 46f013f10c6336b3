// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/names.h"

#include "common/textrules.h"

#include <QCoreApplication>

namespace Synchat {

namespace {

/// What composes to one code point in NFC is at most four in any other form, of at most two units each.
constexpr qsizetype MostUnits = UserName::MaxLength * 4 * 2;

struct NameText
{
    Q_DECLARE_TR_FUNCTIONS(NameText)
};

bool isRoomLetter(QChar letter)
{
    return (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9');
}

} // namespace

QString explain(NameRefusal refusal)
{
    switch (refusal) {
    case NameRefusal::Empty:
        return NameText::tr("The name is empty.");
    case NameRefusal::TooLong:
        return NameText::tr("The name is longer than %1 characters.").arg(UserName::MaxLength);
    case NameRefusal::Control:
        return NameText::tr("The name holds a control character.");
    case NameRefusal::BidiOverride:
        return NameText::tr("The name holds a character that changes the direction of writing.");
    case NameRefusal::LoneSurrogate:
        return NameText::tr("The name is not valid Unicode.");
    case NameRefusal::BadCharacter:
        break;
    }
    return NameText::tr(
        "A room's name is made of the letters a to z, digits and hyphens, and does not start with a hyphen.");
}

Result<UserName, NameRefusal> UserName::parse(const QString &input)
{
    const QStringView trimmed = QStringView(input).trimmed();
    if (trimmed.isEmpty())
        return Failure(NameRefusal::Empty);
    if (trimmed.size() > MostUnits) // before NFC, whose cost is not linear in the number of marks
        return Failure(NameRefusal::TooLong);
    if (hasLoneSurrogate(trimmed))
        return Failure(NameRefusal::LoneSurrogate);

    QString name = trimmed.toString().normalized(QString::NormalizationForm_C);
    const QList<uint> characters = name.toUcs4();
    for (const uint character : characters) {
        if (isControl(character))
            return Failure(NameRefusal::Control);
        if (isBidiControl(character))
            return Failure(NameRefusal::BidiOverride);
    }
    if (isBlank(name))
        return Failure(NameRefusal::Empty);
    if (characters.size() > MaxLength)
        return Failure(NameRefusal::TooLong);
    return UserName(std::move(name));
}

QString UserName::folded() const
{
    return m_text.toCaseFolded().normalized(QString::NormalizationForm_C);
}

Result<RoomName, NameRefusal> RoomName::parse(const QString &input)
{
    if (input.isEmpty())
        return Failure(NameRefusal::Empty);
    if (input.size() > MaxLength)
        return Failure(NameRefusal::TooLong);
    if (!isRoomLetter(input.front()))
        return Failure(NameRefusal::BadCharacter);
    for (const QChar letter : input) {
        if (!isRoomLetter(letter) && letter != u'-')
            return Failure(NameRefusal::BadCharacter);
    }
    return RoomName(input);
}

RoomName RoomName::general()
{
    return RoomName(QStringLiteral("general"));
}

} // namespace Synchat
