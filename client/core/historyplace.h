// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"

namespace Synchat {

/// Of a page (ascending seq): the first message that is not earlier than `time`, else the last one; nothing
/// of an empty page.
std::optional<qint64> seqAt(const QList<Message> &page, WireMicros time);
/// The message with this seq, or the one nearest to it.
std::optional<qint64> seqNearest(const QList<Message> &page, qint64 seq);

/// What of a room's history should be asked for now, so that it is there before the reader comes to it.
struct HistoryWish
{
    qint64 from = 0; ///< the gap
    qint64 to = 0;
    GapEnd end = GapEnd::Older;

    friend bool operator==(const HistoryWish &, const HistoryWish &) = default;
};

/// Which rows are on the screen, and which way the reader goes.
struct LookedAt
{
    int first = -1; ///< row; -1: none
    int last = -1;
    bool upward = false;
};

/// How far one looks ahead for gaps: two screens of rows, at least 20, at most 80.
int rowsAhead(const LookedAt &rows);
/// The nearest gap on the reader's way, else the nearest on the way back; from the side that joins what is
/// being read. Gaps that are loading, failed or gone are left alone.
std::optional<HistoryWish> historyWish(const RoomModel &model, const LookedAt &rows);
/// From which side a gap that a person chose is filled: so that the rows that they look at stay.
GapEnd endToFill(int gapRow, const LookedAt &rows);

} // namespace Synchat
