// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The gaps of a RoomModel: where they are, what becomes of them.
#include "client/core/roommodel.h"

#include "common/limits.h"

#include <algorithm>

namespace Synchat {

RoomModel::RowPointer RoomModel::makeGap(qint64 from, qint64 to)
{
    auto gap = std::make_unique<RoomRow>();
    gap->kind = RoomRow::Kind::Gap;
    gap->gapFrom = from;
    gap->gapTo = to;
    return gap;
}

void RoomModel::setServerRange(qint64 firstSeq, qint64 lastSeq)
{
    const bool moved = firstSeq != m_serverFirst;
    m_serverFirst = firstSeq;
    m_serverLast = lastSeq;
    refreshEdge();
    if (moved)
        refreshGone();
}

bool RoomModel::hasOlder() const
{
    if (m_serverLast <= 0)
        return false;
    return m_finalCount == 0 || firstSeq() > std::max<qint64>(m_serverFirst, 1);
}

int RoomModel::gapRowOf(qint64 seq) const
{
    const int row = placeOf(seq) - 1;
    if (row < 0 || !m_rows[indexOf(row)]->isGap() || m_rows[indexOf(row)]->gapTo < seq)
        return -1;
    return row;
}

void RoomModel::setGapState(qint64 seq, RoomRow::GapState state, const QString &failure)
{
    const int row = gapRowOf(seq);
    if (row < 0)
        return;
    RoomRow &gap = *m_rows[indexOf(row)];
    if (gap.gapState == RoomRow::GapState::Gone || (gap.gapState == state && gap.failure == failure))
        return;
    gap.gapState = state;
    gap.failure = failure;
    announceChange(row);
}

void RoomModel::forgiveGaps()
{
    for (int row = 0; row < m_finalCount; ++row) {
        const RoomRow &gap = *m_rows[indexOf(row)];
        if (gap.isGap())
            setGapState(gap.gapFrom, RoomRow::GapState::Missing);
    }
}

void RoomModel::forgetFarFrom(qint64 seq, int most)
{
    if (m_finalCount <= most)
        return;
    const int count = m_finalCount - most + most / 10;
    const int newest = m_finalCount - Limits::MaxPage; // stays
    if (placeOf(seq) > m_finalCount / 2)
        forget(0, std::min(count, newest) - 1);
    else
        forget(std::max(newest - count, 0), newest - 1);
}

/// These rows and the gaps beside them become one gap.
void RoomModel::forget(int first, int last)
{
    if (first > 0 && m_rows[indexOf(first - 1)]->isGap())
        --first;
    if (last + 1 < m_finalCount && m_rows[indexOf(last + 1)]->isGap())
        ++last;
    if (first > last || last >= m_finalCount - 1)
        return;
    const qint64 from = keyOf(*m_rows[indexOf(first)]);
    const qint64 to = keyOf(*m_rows[indexOf(last + 1)]) - 1;
    beginRemoveRows({}, first, last);
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    m_finalCount -= last - first + 1;
    endRemoveRows();
    if (first > 0) {
        Rows gap;
        gap.push_back(makeGap(from, to));
        insertFinalRows(first, std::move(gap));
    }
    refreshEdge();
    refreshGone();
}

/// What lies before the first message held, as a gap of its own.
void RoomModel::refreshEdge()
{
    if (m_finalCount == 0)
        return;
    const bool stands = m_rows.front()->isGap();
    const qint64 from = std::max<qint64>(m_serverFirst, 1);
    const bool needed = m_serverFirst > 0 && from < firstSeq();
    if (stands && !needed) {
        --m_finalCount;
        removeRowAt(0);
    } else if (!stands && needed) {
        Rows edge;
        edge.push_back(makeGap(from, firstSeq() - 1));
        insertFinalRows(0, std::move(edge));
    } else if (stands && m_rows.front()->gapFrom != from) {
        m_rows.front()->gapFrom = from;
        announceChange(0);
    }
}

/// Retention may have taken what was missing.
void RoomModel::refreshGone()
{
    for (int row = 0; row < m_finalCount && keyOf(*m_rows[indexOf(row)]) < m_serverFirst; ++row) {
        const RoomRow &gap = *m_rows[indexOf(row)];
        if (gap.isGap() && gap.gapTo < m_serverFirst)
            setGapState(gap.gapFrom, RoomRow::GapState::Gone);
    }
}

/// The gap row stays where a hole is left, so that a view anchored on it keeps its place; a gap that closes
/// becomes the first message that was missing.
void RoomModel::fillGap(int gap, const Run &run)
{
    RoomRow &hole = *m_rows[indexOf(gap)];
    const qint64 from = hole.gapFrom;
    const qint64 to = hole.gapTo;
    const qint64 first = run.front()->seq;
    const qint64 last = run.back()->seq;
    Rows rows = rowsFor(run);
    if (last < to) {
        if (first > from)
            rows.insert(rows.begin(), makeGap(from, first - 1));
        const int count = static_cast<int>(rows.size());
        hole.gapState = RoomRow::GapState::Missing;
        hole.failure.clear();
        hole.gapFrom = last + 1;
        insertFinalRows(gap, std::move(rows));
        announceChange(gap + count);
        return;
    }
    if (first > from) {
        hole.gapState = RoomRow::GapState::Missing;
        hole.failure.clear();
        hole.gapTo = first - 1;
    } else {
        hole = std::move(*rows.front());
        rows.erase(rows.begin());
    }
    insertFinalRows(gap + 1, std::move(rows));
    announceChange(gap);
}

} // namespace Synchat
