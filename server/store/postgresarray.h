// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Synchat {

/// The literal of an array as PostgreSQL reads it (postgresql.org/docs/15/arrays.html#ARRAYS-IO), to be bound
/// as a text and cast there: `?::bigint[]`, `?::text[]`, `?::bytea[]`. Elements are of one kind.
class PostgresArray
{
public:
    void append(qint64 number);
    void append(const std::optional<qint64> &number); ///< nothing: NULL
    /// Any text without U+0000, which PostgreSQL cannot hold. A null string is an empty one.
    void append(const QString &text);
    void append(const QByteArray &bytes);

    QString literal() const;

private:
    void appendElement(const QString &element);
    void appendQuoted(const QString &text);
    QString m_elements;
};

} // namespace Synchat
