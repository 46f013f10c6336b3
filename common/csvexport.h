// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/exportformat.h"

namespace Synchat {

// Messages as records of RFC 4180: UTF-8, lines end with CRLF, a header first. Columns: common/EXPORT.md.

/// The names of the columns. For spreadsheets with a byte order mark, by which they know UTF-8.
QByteArray csvHeader(CsvCells cells);
QByteArray csvRow(const Message &message, CsvCells cells);
/// One field, quoted where RFC 4180 §2 wants it, or where a reader might trim spaces.
QByteArray csvField(const QString &text, CsvCells cells);

} // namespace Synchat
