// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/postledger.h"

namespace Synchat {

void PostLedger::failed(const QUuid &id)
{
    m_anyFailed = true;
    m_open.remove(id);
}

void PostLedger::joined(qint64 historyUpTo)
{
    m_joined = true;
    m_historyUpTo = historyUpTo;
}

void PostLedger::printed(qint64 seq)
{
    if (seq >= m_historyUpTo)
        m_historyUpTo = 0;
}

} // namespace Synchat
