// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"

#include <QCoreApplication>

namespace Synchat {

/// How loudly the window says that this machine's clock is off.
enum class ClockAlarm : quint8 { None, Notice, Loud };

/// Decides when the banner about the own clock stands, and what it says. Pure; remembers only which alarm
/// stands, so that a skew that trembles at the threshold does not make it flicker.
class ClockBannerRule
{
    Q_DECLARE_TR_FUNCTIONS(ClockBannerRule)
public:
    /// Off by more than 1 s beyond doubt: notice. By more than 60 s: loud. Falls back at four fifths of
    /// those.
    ClockAlarm judge(const ClockStatus &status);
    ClockAlarm alarm() const { return m_alarm; }

    /// "Your clock is 1.80 s behind ± 9 ms. ..." Only for a measured clock. Says so when it is wrong on
    /// purpose, and when what it is compared with is not worth much.
    static QString sentence(const ClockStatus &status);

private:
    static QString doubt(const ClockStatus &status);

    ClockAlarm m_alarm = ClockAlarm::None;
};

} // namespace Synchat
