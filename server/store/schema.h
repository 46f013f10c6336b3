// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <optional>

namespace Synchat {

// The tables of the history and their versions.
//
// A message's key is its `position`: the room's number times 2^40 plus its seq. One integer that is the
// table's own order keeps a room's messages side by side on disk (a page of history is one range) without a
// second index, leaves large rows whole (a WITHOUT ROWID table spills rows above 1 kB), and is the rowid that
// another table can point to. `room` and `seq` are there for people, computed from it.
//
// `arrival` counts the messages of all rooms in the order in which they were committed: what is searched and
// what is shipped goes by it. `chain` is the message's hash in the chain of its room (common/messagechain.h).
//
// `message_time` tells what is of another time without reading the message.
//
// `message_words` is the full-text index, by arrival. It is fed with the tokens of common/searchwords.h and
// keeps neither the text nor places of words. `outbox` holds ranges of arrivals that the bridge to MongoDB
// has not taken yet, one row for each transaction; `outbox_dead` what it refuses for good. `room.cut_seq` and
// `cut_chain` are of the last message that was deleted from a room's front. `room.shipped`: the bridge knows
// the room itself.

constexpr int SchemaVersion = 2;
constexpr qint32 SchemaApplicationId = 0x53796e43; ///< "SynC"
constexpr int SeqBits = 40;
constexpr qint64 MaxSeq = (qint64(1) << SeqBits) - 1;
constexpr qint64 MaxRoomNumber = (qint64(1) << (63 - SeqBits)) - 1;

constexpr qint64 positionOf(qint64 room, qint64 seq)
{
    return (room << SeqBits) | seq;
}
constexpr qint64 seqOf(qint64 position)
{
    return position & MaxSeq;
}

/// How every connection that writes is set up: what it commits is on disk. Nothing: fine; else a whole
/// sentence.
std::optional<QString> prepareForWriting(const StoreConnection &connection);

/// Which version a database has, 0 for an empty one. Refuses one that is not ours and one that a newer
/// program has made. Changes nothing.
Result<int, QString> schemaVersionOf(const StoreConnection &connection);

/// What is said of a version that this program does not know.
QString newerSchemaText(int version);

/// Makes the tables, or brings older ones up to date, each step in a transaction of its own.
/// Refuses what schemaVersionOf() does.
std::optional<QString> bringSchemaUpToDate(const StoreConnection &connection);

} // namespace Synchat
