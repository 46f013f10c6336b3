// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QHashFunctions>
#include <QString>

namespace Synchat {

enum class NameRefusal { Empty, TooLong, Control, BidiOverride, LoneSurrogate, BadCharacter };

/// A whole sentence for people.
QString explain(NameRefusal refusal);

/// A person's name that was checked once, at the border: trimmed, NFC, 1 to 32 code points, without control
/// characters, lone surrogates or bidirectional overrides and isolates. Who holds one need not check it
/// again.
class UserName
{
public:
    static constexpr qsizetype MaxLength = 32; ///< code points
    static Result<UserName, NameRefusal> parse(const QString &input);
    const QString &text() const { return m_text; }
    /// Two names that people would take for one another by case alone are the same name (`Ana`, `ana`).
    QString folded() const;

    friend bool operator==(const UserName &, const UserName &) = default;

private:
    explicit UserName(QString text)
        : m_text(std::move(text))
    {}
    QString m_text;
};

/// `[a-z0-9][a-z0-9-]{0,31}`, exactly as written (nothing is trimmed or folded).
class RoomName
{
public:
    static constexpr qsizetype MaxLength = 32;
    static Result<RoomName, NameRefusal> parse(const QString &input);
    /// The room that always exists.
    static RoomName general();
    const QString &text() const { return m_text; }

    friend bool operator==(const RoomName &, const RoomName &) = default;
    friend size_t qHash(const RoomName &name, size_t seed = 0) { return ::qHash(name.m_text, seed); }

private:
    explicit RoomName(QString text)
        : m_text(std::move(text))
    {}
    QString m_text;
};

} // namespace Synchat
