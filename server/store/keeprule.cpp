// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keeprule.h"

namespace Synchat {

namespace {

constexpr WireMicros MicrosOfDay = WireMicros(24) * 3600 * 1'000'000;

} // namespace

std::optional<WireMicros> oldestKept(const KeepRule &rule, const std::optional<WireMicros> &now)
{
    if (rule.days <= 0 || !now)
        return std::nullopt;
    return *now - rule.days * MicrosOfDay;
}

FrontCut frontToCut(const QList<FrontMessage> &front, qint64 lastSeq, const KeepLimits &limits)
{
    FrontCut cut;
    for (const FrontMessage &message : front) {
        const bool isTooMany = limits.messages > 0 && message.seq <= lastSeq - limits.messages;
        const bool isUndated = message.time <= 0; // goes with the next one that goes
        const bool isTooOld = !isUndated && limits.olderThan && message.time < *limits.olderThan;
        const bool mayGo = isTooMany || isTooOld || (isUndated && limits.olderThan);
        if (!mayGo || message.seq >= lastSeq)
            break;
        if (limits.firstToBeShipped && message.arrival >= *limits.firstToBeShipped) {
            cut.waitsForBridge = true;
            break;
        }
        if (isTooMany || isTooOld)
            cut.upTo = message.seq;
    }
    return cut;
}

} // namespace Synchat
