// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/referencejump.h"

#include "common/messageorder.h"
#include "common/microsmath.h"

namespace Synchat {

namespace {

/// What reading and slewing may explain.
constexpr WireMicros Explained = 5000;

bool isBeyond(WireMicros later, WireMicros earlier)
{
    const OptionalMicros least = sumOf(earlier, Explained);
    return least && later > *least;
}

} // namespace

bool showsThatReferenceWasSet(const Message &message, WireMicros latestNow, bool isOurs)
{
    const auto taken = takenRange(message);
    if (!taken)
        return false;
    if (isBeyond(taken->earliest, latestNow))
        return true;
    const auto written = writtenRange(message);
    return isOurs && written && isBeyond(written->earliest, taken->latest);
}

} // namespace Synchat
