// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/recentmessages.h"

namespace Synchat {

void RecentMessages::open(qint64 lastSeq)
{
    if (m_open)
        return;
    m_open = true;
    m_after = lastSeq;
}

void RecentMessages::close()
{
    *this = {};
}

void RecentMessages::append(const Message &message)
{
    if (!m_open)
        return;
    m_messages.append(message);
    m_textUnits += message.text.size();
    while (m_messages.size() > MaxMessages || m_textUnits > MaxTextUnits) {
        m_textUnits -= m_messages.first().text.size();
        m_after = m_messages.first().seq;
        m_messages.removeFirst();
    }
}

std::optional<QList<Message>> RecentMessages::after(qint64 seq) const
{
    if (!m_open || seq < m_after)
        return std::nullopt;
    QList<Message> found;
    for (const Message &message : m_messages) {
        if (message.seq > seq)
            found.append(message);
    }
    return found;
}

} // namespace Synchat
