// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QByteArray>

#include <optional>

namespace Synchat {

/// A message with what the history keeps beside it.
struct ChainedMessage
{
    Message message;
    qint64 arrival = 0;
    QByteArray chain;
};

/// Where the history of a room is not as it should be.
struct RoomFault
{
    qint64 seq = 0;
    QString what; ///< a whole sentence without the place

    friend bool operator==(const RoomFault &, const RoomFault &) = default;
};

QString missingText();

/// Whether the messages of one room follow each other: seq without a hole, arrivals upwards, each chain hash
/// made of the one before and the message. Pure.
class ChainCheck
{
public:
    /// `seq` and `chain` of what stands before the first message that is taken.
    ChainCheck(qint64 seq, QByteArray chain);

    /// The next message. Nothing: it follows.
    std::optional<RoomFault> take(const ChainedMessage &next);
    qint64 lastSeq() const { return m_seq; }
    /// What is looked at goes on behind another message (the ones between were deleted meanwhile).
    void continueBehind(qint64 seq, const QByteArray &chain);

private:
    qint64 m_seq;
    qint64 m_arrival = 0;
    QByteArray m_chain;
};

} // namespace Synchat
