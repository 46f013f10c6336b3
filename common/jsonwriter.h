// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Synchat {

/// Appends JSON text, fields in the order of the calls. For frames, which are built on the way of every
/// message; it allocates once where QJsonDocument does so for each value. Not for reading, and it does not
/// check that begins and ends match.
class JsonWriter
{
public:
    explicit JsonWriter(qsizetype expectedBytes = 256) { m_out.reserve(expectedBytes); }

    void beginObject();
    void beginObject(QLatin1StringView key);
    void endObject();
    void beginArray(QLatin1StringView key);
    void endArray();

    /// Lone surrogates become question marks.
    void text(QLatin1StringView key, QStringView value);
    void text(QLatin1StringView key, QLatin1StringView value); ///< ASCII that needs no escape
    void textOrNull(QLatin1StringView key, QStringView value); ///< empty: null
    void number(QLatin1StringView key, qint64 value);
    void number(QLatin1StringView key, std::optional<qint64> value); ///< nothing: null
    void real(QLatin1StringView key, double value);                  ///< not finite: null
    void boolean(QLatin1StringView key, bool value);
    void null(QLatin1StringView key);
    /// One value of the array that is open, as JSON text.
    void raw(QByteArrayView json);

    const QByteArray &bytes() const { return m_out; }
    QByteArray take() { return std::move(m_out); }

private:
    void separate();
    void key(QLatin1StringView name);
    void quoted(QByteArrayView utf8);

    QByteArray m_out;
    bool m_wantsComma = false;
};

} // namespace Synchat
