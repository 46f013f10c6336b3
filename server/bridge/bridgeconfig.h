// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/bridge/bridgeaddress.h"

#include <optional>

namespace Synchat {

/// Section [bridge] of the configuration, checked.
struct BridgeConfig
{
    std::optional<BridgeAddress> address; ///< nothing: history goes to SQL alone
    QString user;                         ///< empty: as the address has it
    QString password;                     ///< never printed

    bool isWanted() const { return address.has_value(); }
};

} // namespace Synchat
