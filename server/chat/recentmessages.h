// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QList>

#include <optional>

namespace Synchat {

/// What was announced in a room while somebody catches up there. Without it, a member who reads pages while
/// others post at full speed is always a few messages behind; with it, the last page reaches the present.
/// Bounded: the oldest are forgotten, and are then read from the history like all others.
class RecentMessages
{
public:
    static constexpr qsizetype MaxMessages = 1000;
    static constexpr qsizetype MaxTextUnits = 512 * 1024;

    /// Whatever follows `lastSeq` is kept from now on. Does nothing when open.
    void open(qint64 lastSeq);
    void close();
    /// In the order of seq, without holes. Does nothing when closed.
    void append(const Message &message);
    /// Everything announced after `seq`. Nothing: not all of it is here.
    std::optional<QList<Message>> after(qint64 seq) const;
    qsizetype size() const { return m_messages.size(); }

private:
    bool m_open = false;
    qint64 m_after = 0; // all that follows this seq is here
    qsizetype m_textUnits = 0;
    QList<Message> m_messages;
};

} // namespace Synchat
