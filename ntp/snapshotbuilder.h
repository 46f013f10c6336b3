// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

#include <vector>

namespace Synchat {

/// One source as it is before anybody has compared it with the others.
struct SourceReport
{
    SourceStatus status;
    int leap = 0;            ///< of an NTP server
    quint32 referenceId = 0; ///< of an NTP server
};

/// Combines the sources (sourceselection.h) and fills in what follows from it: the reference, its state, what
/// the NTP server serves, and which source is shown as `api` and as `ntp`. Pure. `base` brings the moment,
/// the boot, the local stratum and whether sources are configured. `lastKnown`: when there last was a
/// reference, so that one lost to a sleep of this machine can be told.
ReferenceSnapshot buildSnapshot(ReferenceSnapshot base, const std::vector<SourceReport> &reports,
                                const std::optional<ClockReading> &lastKnown = std::nullopt);

} // namespace Synchat
