// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/lagalarm.h"

namespace Synchat {

LagAlarm::Turn LagAlarm::judge(qint64 rows, std::chrono::seconds age)
{
    const bool isTooMuch = rows >= m_rows || (rows > 0 && age >= m_age);
    const bool isWellBelow = rows * 2 < m_rows && (rows == 0 || age * 2 < m_age);
    if (!m_isRaised && isTooMuch) {
        m_isRaised = true;
        return Turn::Raised;
    }
    if (m_isRaised && isWellBelow) {
        m_isRaised = false;
        return Turn::Over;
    }
    return Turn::None;
}

} // namespace Synchat
