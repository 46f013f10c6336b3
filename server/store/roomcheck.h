// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/roomrows.h"

#include <QBitArray>

#include <functional>

namespace Synchat {

/// Whether a number was there before; for numbers without many holes, a bit for each.
class SeenNumbers
{
public:
    /// Those up to `most` are remembered; there are histories that no memory holds.
    explicit SeenNumbers(qint64 most);
    /// True: it was there before.
    bool insert(qint64 number);

private:
    static constexpr qint64 MostNumbers = qint64(1) << 32; // 512 MiB
    QBitArray m_seen;
};

struct RoomFindings
{
    qint64 firstSeq = 0; ///< 0: empty
    qint64 lastSeq = 0;  ///< the last that was looked at
    qint64 messages = 0;
    std::optional<RoomFault> fault; ///< the first; what is behind it was not looked at
};

/// Reads one room whole, in steps that let a daemon go on meanwhile: seq without hole, chain hashes, arrivals
/// that no other message has. What is posted while it runs is not looked at. `read` is told the number of
/// messages after each step. The error: the history cannot be read there, a whole sentence that names the
/// place.
Result<RoomFindings, QString> checkRoom(const StoreConnection &connection, const StoredRoom &room,
                                        SeenNumbers &arrivals, const std::function<void(qint64)> &read);

/// Messages that belong to no room, and ranges of the outbox that cannot be. Nothing: fine.
std::optional<QString> problemOfRest(const StoreConnection &connection, const QList<StoredRoom> &rooms);

} // namespace Synchat
