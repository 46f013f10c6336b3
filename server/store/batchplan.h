// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"

#include <QHash>
#include <QSet>

namespace Synchat {

// Which numbers the messages of a transaction get. Pure: the database only says which posts it holds already.

/// How far a room has come.
struct RoomEnd
{
    QString name;
    qint64 lastSeq = 0;
    QByteArray chain; ///< of the last message, or what stands before the first
};

/// What a transaction changes of what the session knows, once it holds.
struct BatchProgress
{
    QHash<qint64, RoomEnd> rooms; ///< by number, those that got messages
    qint64 lastArrival = 0;
};

/// A message with its seq and arrival, and its hash in the chain of its room.
struct NumberedMessage
{
    CommittedMessage item;
    QByteArray chain;
};

/// Gives a message the next numbers, and moves the ends on.
NumberedMessage numberMessage(const CommittedMessage &item, RoomEnd &room, qint64 &lastArrival);

/// What makes two posts the same.
struct PostKey
{
    qint64 room = 0;
    QString author;
    QUuid id;
    friend bool operator==(const PostKey &, const PostKey &) = default;
};
size_t qHash(const PostKey &key, size_t seed = 0);
PostKey postKeyOf(const CommittedMessage &item);

struct BatchPlan
{
    QList<NumberedMessage> messages; ///< to be inserted, in order
    QList<CommittedMessage> repeats; ///< posts that are stored, or stand in this batch before
    QList<quint64> unknownRoom;      ///< tickets
    BatchProgress progress;
};

/// Numbers a batch. `stored`: posts of it that the history is known to hold.
BatchPlan planBatch(const QList<CommittedMessage> &batch, const QHash<qint64, RoomEnd> &rooms,
                    qint64 lastArrival, const QSet<PostKey> &stored);

} // namespace Synchat
