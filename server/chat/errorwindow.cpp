// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/errorwindow.h"

namespace Synchat {

bool countsAgainstClient(ErrorCode code)
{
    return code != ErrorCode::RateLimited && code != ErrorCode::Busy;
}

bool ErrorWindow::add(ErrorCode code, MonoTime now)
{
    if (!countsAgainstClient(code))
        return false;
    while (!m_moments.isEmpty() && now - m_moments.first() >= std::chrono::minutes(1))
        m_moments.removeFirst();
    m_moments.append(now);
    if (m_moments.size() < Limits::ErrorsPerMinute)
        return false;
    m_moments.clear();
    return true;
}

} // namespace Synchat
