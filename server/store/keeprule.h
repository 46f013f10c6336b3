// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QList>

#include <optional>

namespace Synchat {

/// What retention leaves of each room; 0: no limit.
struct KeepRule
{
    int days = 0;
    qint64 messages = 0;

    bool isOn() const { return days > 0 || messages > 0; }
};

/// The same at one moment.
struct KeepLimits
{
    std::optional<WireMicros> olderThan;    ///< what was written before may go
    qint64 messages = 0;                    ///< of a room; 0: no limit
    std::optional<qint64> firstToBeShipped; ///< arrival: this and later ones wait for a bridge
};

/// A message at the front of a room.
struct FrontMessage
{
    qint64 seq = 0;
    qint64 arrival = 0;
    WireMicros time = 0; ///< 0: not known
};

/// How far the front of a room may be deleted.
struct FrontCut
{
    qint64 upTo = 0;             ///< seq; 0: nothing
    bool waitsForBridge = false; ///< more would go, were it not for the bridge
};

/// `now`: nothing, while the time is not known; then nothing is too old.
std::optional<WireMicros> oldestKept(const KeepRule &rule, const std::optional<WireMicros> &now);

/// Decides about the oldest messages of a room (ascending, without a hole). Only what is at the front goes:
/// behind a message that must stay everything stays, whatever its clock said. The newest message of a room
/// (`lastSeq`) always stays, so that numbers and chain go on from it.
FrontCut frontToCut(const QList<FrontMessage> &front, qint64 lastSeq, const KeepLimits &limits);

} // namespace Synchat
