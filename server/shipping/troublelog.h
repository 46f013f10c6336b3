// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QString>

#include <optional>

namespace Synchat {

/// Trouble with the bridge, in the log: what comes and goes must not fill it.
class TroubleLog
{
public:
    explicit TroubleLog(const Clock &clock)
        : m_clock(clock)
    {}

    void failed(const QString &reason);
    void worked();

private:
    const Clock &m_clock;
    std::optional<MonoTime> m_lastTold;
    QString m_reason; ///< empty: none was told since it worked
};

} // namespace Synchat
