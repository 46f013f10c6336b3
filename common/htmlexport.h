// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/exportformat.h"

namespace Synchat {

// A history as one HTML file that needs nothing else: no script, nothing loaded, light or dark as the
// reader's system is. What people wrote stands in it as text only.

QByteArray htmlHeader(const ExportHeading &heading);
/// `missing`: so many messages lie between this one and the one before that are not in the export.
QByteArray htmlRow(const Message &message, qint64 missing);
QByteArray htmlFooter(qint64 rows);

} // namespace Synchat
