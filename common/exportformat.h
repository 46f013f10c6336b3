// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace Synchat {

/// How a history is written for people and other programs (common/EXPORT.md). The bundle that proves
/// something is a format of its own (common/EVIDENCE.md).
enum class ExportFormat : quint8 {
    JsonLines, ///< one `message` object a line, as on the wire
    Csv,       ///< RFC 4180, one message a record
    Html,      ///< one self-contained file
};
QString exportFormatName(ExportFormat format); ///< `jsonl`, `csv`, `html`: also what a file's name ends with
std::optional<ExportFormat> exportFormatFromName(const QString &name);
QStringList exportFormatNames();

/// What a CSV file holds where a program of tables would take the text for a formula.
enum class CsvCells : quint8 {
    Exact,           ///< the text as it was posted
    ForSpreadsheets, ///< an apostrophe before what makes a formula where a cell may begin
};

struct ExportHeading
{
    QString room;
    QString title;  ///< empty: none
    QString origin; ///< where it comes from, for people: a server's address, a data folder; empty: unsaid
    WireMicros madeAt = 0; ///< when the export was begun
    CsvCells cells = CsvCells::Exact;
};

/// Writes one room's messages, piece by piece, and remembers nothing but the last seq: a file of any length
/// takes no more memory than its longest message. header(), then row() in ascending seq, then footer(). Pure:
/// bytes come out, whoever asked puts them somewhere.
class ExportWriter
{
public:
    ExportWriter(ExportFormat format, ExportHeading heading);

    QByteArray header() const;
    QByteArray row(const Message &message);
    QByteArray footer() const;

    qint64 rows() const { return m_rows; }

private:
    ExportFormat m_format;
    ExportHeading m_heading;
    qint64 m_lastSeq = 0;
    qint64 m_rows = 0;
};

} // namespace Synchat
