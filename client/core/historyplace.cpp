// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/historyplace.h"

#include "common/messagegroup.h"

#include <algorithm>

namespace Synchat {

namespace {

/// Walks from one row to another, both included.
std::optional<HistoryWish> firstGap(const RoomModel &model, int from, int to, const LookedAt &rows)
{
    const int step = from <= to ? 1 : -1;
    for (int row = from; row != to + step; row += step) {
        const RoomRow &shown = model.row(row);
        if (shown.isGap() && shown.gapState == RoomRow::GapState::Missing)
            return HistoryWish{shown.gapFrom, shown.gapTo, endToFill(row, rows)};
    }
    return std::nullopt;
}

} // namespace

std::optional<qint64> seqAt(const QList<Message> &page, WireMicros time)
{
    if (page.isEmpty())
        return std::nullopt;
    const auto found = std::find_if(page.begin(), page.end(), [time](const Message &message) {
        const OptionalMicros shown = shownTime(message);
        return shown && *shown >= time;
    });
    return found == page.end() ? page.last().seq : found->seq;
}

std::optional<qint64> seqNearest(const QList<Message> &page, qint64 seq)
{
    if (page.isEmpty())
        return std::nullopt;
    const auto nearest = std::min_element(page.begin(), page.end(), [seq](const auto &a, const auto &b) {
        return qAbs(a.seq - seq) < qAbs(b.seq - seq);
    });
    return nearest->seq;
}

int rowsAhead(const LookedAt &rows)
{
    return std::clamp(2 * (rows.last - rows.first + 1), 20, 80);
}

std::optional<HistoryWish> historyWish(const RoomModel &model, const LookedAt &rows)
{
    if (rows.first < 0 || rows.last < rows.first || rows.last >= model.rowCount())
        return std::nullopt;
    const int top = std::max(0, rows.first - rowsAhead(rows));
    const int bottom = std::min(model.rowCount() - 1, rows.last + rowsAhead(rows));
    const auto onTheWay =
        rows.upward ? firstGap(model, rows.last, top, rows) : firstGap(model, rows.first, bottom, rows);
    if (onTheWay)
        return onTheWay;
    return rows.upward ? firstGap(model, rows.last, bottom, rows) : firstGap(model, rows.first, top, rows);
}

GapEnd endToFill(int gapRow, const LookedAt &rows)
{
    if (gapRow == 0)
        return GapEnd::Newer; // nothing is held above it
    if (gapRow <= rows.first)
        return GapEnd::Newer;
    return gapRow <= rows.last && rows.upward ? GapEnd::Newer : GapEnd::Older;
}

} // namespace Synchat
