// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

namespace Synchat {

/// The seqs that a room's history holds: without holes, 0 and 0 when there are none.
struct SeqRange
{
    qint64 first = 0;
    qint64 last = 0;

    bool isEmpty() const { return last == 0; }
    friend bool operator==(const SeqRange &, const SeqRange &) = default;
};

/// The seqs of one page, both ends included; empty when `hi < lo`.
struct PageSpan
{
    qint64 lo = 1;
    qint64 hi = 0;
    bool reachesFirst = true; ///< nothing older is beyond the page
    bool reachesLast = true;  ///< nothing newer is beyond the page

    bool isEmpty() const { return hi < lo; }
    friend bool operator==(const PageSpan &, const PageSpan &) = default;
};

/// Which messages a page holds. `value` is a seq for every anchor (with `At`: the first one at or after that
/// time), and may be any number. `Around` and `At` put the anchor in the middle, with one more older than
/// newer ones when `limit` is even, and fill the page from the other side at an end of the room.
PageSpan pageSpan(HistoryAnchor anchor, qint64 value, int limit, const SeqRange &room);

} // namespace Synchat
