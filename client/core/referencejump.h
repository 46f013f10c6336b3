// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

namespace Synchat {

/// A message that came just now was taken at a time which the daemon's reference could not have, by what was
/// measured of it: the reference was set since (a daemon without sources follows every jump of its own
/// clock). `latestNow`: the latest that the reference can be, microseconds since 1970. `isOurs`: we wrote it
/// on this connection, so that it cannot have been written after it was taken. Pure.
bool showsThatReferenceWasSet(const Message &message, WireMicros latestNow, bool isOurs);

} // namespace Synchat
