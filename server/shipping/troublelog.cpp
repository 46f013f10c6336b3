// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/troublelog.h"

#include "common/logging.h"

using namespace std::chrono_literals;

namespace Synchat {

namespace {

constexpr auto TellEvery = 60s;

} // namespace

void TroubleLog::failed(const QString &reason)
{
    const MonoTime now = m_clock.monotonic();
    if (reason == m_reason || (m_lastTold && now - *m_lastTold < TellEvery))
        return;
    m_lastTold = now;
    m_reason = reason;
    qCWarning(logStore, "the bridge: %ls", qUtf16Printable(reason));
}

void TroubleLog::worked()
{
    if (!std::exchange(m_reason, {}).isEmpty())
        qCInfo(logStore, "the bridge takes messages again");
}

} // namespace Synchat
