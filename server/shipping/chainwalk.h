// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/messagedocument.h"

#include <optional>

namespace Synchat {

/// Walks along a room's messages in the order of seq, computes the chain anew from what is in them, and says
/// where it breaks. Pure.
class ChainWalk
{
public:
    /// From the begin of the room's history.
    ChainWalk(const QString &room, const QString &epoch);
    /// From behind this message, whose hash this is.
    ChainWalk(qint64 lastSeq, const QByteArray &chain)
        : m_lastSeq(lastSeq)
        , m_chain(chain)
    {}

    /// The next message. Nothing: it follows from the one before; else what is wrong, a whole sentence, and
    /// the walk stays where it was.
    std::optional<QString> step(const ShippedMessage &next);
    qint64 lastSeq() const { return m_lastSeq; }
    QByteArray chain() const { return m_chain; }

private:
    qint64 m_lastSeq = 0;
    QByteArray m_chain;
};

} // namespace Synchat
