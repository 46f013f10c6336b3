// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace Synchat {

/// Says when too much waits for the bridge, or for too long: once when it begins, once when it is over, which
/// it is only well below the limits, so that it does not come and go at their edge. Pure.
class LagAlarm
{
public:
    enum class Turn { None, Raised, Over };

    LagAlarm(qint64 rows, std::chrono::seconds age)
        : m_rows(rows)
        , m_age(age)
    {}
    /// How many messages wait, and for how long the oldest.
    Turn judge(qint64 rows, std::chrono::seconds age);
    bool isRaised() const { return m_isRaised; }

private:
    const qint64 m_rows;
    const std::chrono::seconds m_age;
    bool m_isRaised = false;
};

} // namespace Synchat
