// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Synchat {

/// Makes lines of the bytes of an input, however they come in pieces. Holds no more than one line that could
/// be a message; a longer one is thrown away up to its end and reported once. Pure.
class LineSplitter
{
public:
    /// More than this many bytes of UTF-8 cannot be a text of the allowed length.
    static constexpr qsizetype MaxBytes = 3 * 4096;

    enum class Fault { None, TooLong, NotUtf8 };
    struct Line
    {
        qint64 number = 0; ///< from 1
        QString text;      ///< without its end, LF or CRLF; empty with a fault
        Fault fault = Fault::None;

        friend bool operator==(const Line &, const Line &) = default;
    };

    QList<Line> feed(QByteArrayView bytes);
    /// The input has ended: what stands after the last line end is a line too.
    std::optional<Line> finish();

private:
    Line takeLine();
    void append(QByteArrayView bytes);

    QByteArray m_pending;
    qint64 m_number = 0;
    bool m_overflown = false;
};

} // namespace Synchat
