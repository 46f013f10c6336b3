// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/pagespan.h"

#include <algorithm>

namespace Synchat {

namespace {

PageSpan endingAt(qint64 hi, int limit, const SeqRange &room)
{
    return {.lo = std::max(room.first, hi - limit + 1), .hi = hi};
}

PageSpan startingAt(qint64 lo, int limit, const SeqRange &room)
{
    return {.lo = lo, .hi = std::min(room.last, lo + limit - 1)};
}

PageSpan around(qint64 middle, int limit, const SeqRange &room)
{
    const qint64 newestStart = std::max(room.first, room.last - limit + 1);
    return startingAt(std::clamp(middle - limit / 2, room.first, newestStart), limit, room);
}

PageSpan spanInRoom(HistoryAnchor anchor, qint64 value, int limit, const SeqRange &room)
{
    switch (anchor) {
    case HistoryAnchor::Newest:
        return endingAt(room.last, limit, room);
    case HistoryAnchor::Before:
        return endingAt(std::clamp(value, room.first, room.last + 1) - 1, limit, room);
    case HistoryAnchor::After:
        return startingAt(std::clamp(value, room.first - 1, room.last) + 1, limit, room);
    case HistoryAnchor::Around:
    case HistoryAnchor::At:
        return around(std::clamp(value, room.first, room.last), limit, room);
    }
    return {};
}

} // namespace

PageSpan pageSpan(HistoryAnchor anchor, qint64 value, int limit, const SeqRange &room)
{
    if (room.isEmpty())
        return {};
    PageSpan span = spanInRoom(anchor, value, std::clamp(limit, 1, Limits::MaxPage), room);
    span.reachesFirst = span.lo <= room.first;
    span.reachesLast = span.hi >= room.last;
    return span;
}

} // namespace Synchat
