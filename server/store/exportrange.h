// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// The messages of a room that an export takes: all from the first to the last whose time (the reference's,
/// else the daemon's own clock's) lies in what was asked for. Order is seq, so where a clock jumped some
/// between them may not.
struct ExportRange
{
    qint64 first = 0; ///< seq; 0: there are none
    qint64 last = 0;
    QByteArray previous; ///< the chain hash before the first

    bool isEmpty() const { return first == 0; }
};

/// `from` inclusive, `to` exclusive; nothing: the end on that side. Of one moment; with a time it looks at
/// every message up to the first that fits, since times are not in order. The error is a whole sentence.
Result<ExportRange, QString> findExportRange(const StoreConnection &connection, const StoredRoom &room,
                                             OptionalMicros from, OptionalMicros to);

} // namespace Synchat
