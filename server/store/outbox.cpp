// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/outbox.h"

namespace Synchat {

void appendRange(QList<ArrivalRange> &ranges, const ArrivalRange &range)
{
    if (!ranges.isEmpty() && ranges.constLast().last + 1 == range.first)
        ranges.last().last = range.last;
    else
        ranges.append(range);
}

void OutboxChange::append(const OutboxChange &later)
{
    for (const ArrivalRange &range : later.taken)
        appendRange(taken, range);
    dead.append(later.dead);
    rooms.append(later.rooms);
}

} // namespace Synchat
