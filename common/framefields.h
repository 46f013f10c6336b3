// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <limits>
#include <optional>

namespace Synchat {

/// JSON numbers hold integers exactly up to here.
constexpr qint64 LargestExactInteger = qint64(1) << 53;
/// Nothing: not a number, a fraction, or beyond what JSON numbers hold exactly.
std::optional<qint64> exactInteger(const QJsonValue &value);

/// The fields of one frame, read one after the other. The first that is wrong decides the refusal; what is
/// read after that is not to be used. `null` in an optional field counts as absent. Unknown fields are not
/// looked at.
class FrameFields
{
public:
    explicit FrameFields(const QJsonObject &object)
        : m_object(object)
    {}

    QString text(QLatin1StringView key);
    std::optional<QString> optionalText(QLatin1StringView key);
    qint64 number(QLatin1StringView key, qint64 least = -LargestExactInteger);
    std::optional<qint64> optionalNumber(QLatin1StringView key, qint64 least = -LargestExactInteger);
    bool boolean(QLatin1StringView key);
    QJsonObject object(QLatin1StringView key);
    QJsonArray array(QLatin1StringView key);
    bool has(QLatin1StringView key) const;
    const QJsonObject &whole() const { return m_object; }
    QJsonValue value(QLatin1StringView key) const { return m_object.value(key); }
    /// Nothing: refused.
    std::optional<RoomName> room(QLatin1StringView key);

    /// Kept only when nothing was refused before.
    void refuse(ErrorCode code, const QString &message);
    void refuseField(QLatin1StringView key, const QString &expected);
    bool isRefused() const { return m_refused; }
    ErrorCode code() const { return m_code; }
    const QString &message() const { return m_message; }

private:
    QString checkedText(QLatin1StringView key, const QJsonValue &value);
    qint64 checkedNumber(QLatin1StringView key, const QJsonValue &value, qint64 least);

    const QJsonObject &m_object;
    bool m_refused = false;
    ErrorCode m_code = ErrorCode::BadField;
    QString m_message;
};

} // namespace Synchat
