// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/framefields.h"

#include "common/frametext.h"
#include "common/textrules.h"

#include <QJsonArray>

namespace Synchat {

std::optional<qint64> exactInteger(const QJsonValue &value)
{
    constexpr qint64 NotAnInteger = std::numeric_limits<qint64>::min();
    if (!value.isDouble())
        return std::nullopt;
    const qint64 number = value.toInteger(NotAnInteger);
    if (number < -LargestExactInteger || number > LargestExactInteger)
        return std::nullopt;
    return number;
}

bool FrameFields::has(QLatin1StringView key) const
{
    const QJsonValue found = value(key);
    return !found.isUndefined() && !found.isNull();
}

QString FrameFields::text(QLatin1StringView key)
{
    return checkedText(key, value(key));
}

std::optional<QString> FrameFields::optionalText(QLatin1StringView key)
{
    if (!has(key))
        return std::nullopt;
    return checkedText(key, value(key));
}

qint64 FrameFields::number(QLatin1StringView key, qint64 least)
{
    return checkedNumber(key, value(key), least);
}

std::optional<qint64> FrameFields::optionalNumber(QLatin1StringView key, qint64 least)
{
    if (!has(key))
        return std::nullopt;
    return checkedNumber(key, value(key), least);
}

bool FrameFields::boolean(QLatin1StringView key)
{
    const QJsonValue found = value(key);
    if (!found.isBool())
        refuseField(key, FrameText::tr("true or false"));
    return found.toBool();
}

QJsonObject FrameFields::object(QLatin1StringView key)
{
    const QJsonValue found = value(key);
    if (!found.isObject())
        refuseField(key, FrameText::tr("an object"));
    return found.toObject();
}

QJsonArray FrameFields::array(QLatin1StringView key)
{
    const QJsonValue found = value(key);
    if (!found.isArray())
        refuseField(key, FrameText::tr("a list"));
    return found.toArray();
}

std::optional<RoomName> FrameFields::room(QLatin1StringView key)
{
    const QJsonValue found = value(key);
    if (!found.isString()) {
        refuseField(key, FrameText::tr("the name of a room"));
        return std::nullopt;
    }
    auto name = RoomName::parse(found.toString());
    if (!name) {
        refuse(ErrorCode::BadName, explain(name.error()));
        return std::nullopt;
    }
    return *std::move(name);
}

void FrameFields::refuse(ErrorCode code, const QString &message)
{
    if (m_refused)
        return;
    m_refused = true;
    m_code = code;
    m_message = message;
}

void FrameFields::refuseField(QLatin1StringView key, const QString &expected)
{
    refuse(ErrorCode::BadField, FrameText::tr("The field \"%1\" must be %2.").arg(key, expected));
}

QString FrameFields::checkedText(QLatin1StringView key, const QJsonValue &value)
{
    if (!value.isString())
        refuseField(key, FrameText::tr("a string"));
    QString text = value.toString();
    if (hasLoneSurrogate(text))
        refuseField(key, FrameText::tr("valid Unicode"));
    return text;
}

qint64 FrameFields::checkedNumber(QLatin1StringView key, const QJsonValue &value, qint64 least)
{
    const std::optional<qint64> number = exactInteger(value);
    if (!number)
        refuseField(key, FrameText::tr("an integer"));
    else if (*number < least)
        refuseField(key, FrameText::tr("at least %1").arg(least));
    return number.value_or(0);
}

} // namespace Synchat
