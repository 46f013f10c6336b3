// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace Synchat {

/// Section [bridge] of the configuration, as far as shipping and taking back go by it; checked.
struct ShippingConfig
{
    qint64 alarmRows = 100000;                  ///< so many messages that wait are an alarm
    std::chrono::seconds alarmAge{300};         ///< and so old a one
    std::chrono::milliseconds pause{60000};     ///< after what gets no better by itself
    std::chrono::milliseconds lookAround{5000}; ///< for alarms, and for what another program lets wait
    bool takesBack = true;                      ///< an empty history is filled from the bridge
    /// For how long a start asks a bridge that does not answer.
    std::chrono::milliseconds takeBackPatience{60000};
};

} // namespace Synchat
