// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowdecor.h"

namespace Synchat {

namespace {

qint64 firstSeqOf(const RoomRow &row)
{
    return row.kind == RoomRow::Kind::Gap ? row.gapFrom : row.message.seq;
}

qint64 lastSeqOf(const RoomRow &row)
{
    return row.kind == RoomRow::Kind::Gap ? row.gapTo : row.message.seq;
}

bool isFinal(const RoomRow &row)
{
    return row.kind == RoomRow::Kind::Message || row.kind == RoomRow::Kind::Gap;
}

bool unreadLineBetween(const RoomRow *above, const RoomRow &row, qint64 unreadAfter)
{
    if (unreadAfter <= 0 || !isFinal(row) || lastSeqOf(row) <= unreadAfter)
        return false;
    if (!above)
        return firstSeqOf(row) == unreadAfter + 1;
    return isFinal(*above) && lastSeqOf(*above) <= unreadAfter;
}

void addTimeLines(const RoomRow *above, const RoomRow &row, const QTimeZone &zone, RowDecor &decor)
{
    // A row that has no place yet makes no lines: its time is only what its author's clock says.
    if (row.kind != RoomRow::Kind::Message)
        return;
    const OptionalMicros now = shownTime(row.message);
    const std::optional<QDate> day = now ? dayOf(*now, zone) : std::nullopt;
    if (!day)
        return;
    const OptionalMicros before =
        above && above->kind == RoomRow::Kind::Message ? shownTime(above->message) : OptionalMicros();
    const std::optional<QDate> dayBefore = before ? dayOf(*before, zone) : std::nullopt;
    if (day != dayBefore)
        decor.day = day;
    else if (*now - *before >= LaterBreak)
        decor.laterBy = *now - *before;
}

bool sameGroup(const RoomRow &above, const RoomRow &row)
{
    return above.kind == row.kind && row.kind != RoomRow::Kind::Gap &&
           continuesGroup(above.message, row.message);
}

} // namespace

bool isOwn(const RoomRow &row, const QString &ownUserId)
{
    if (row.kind == RoomRow::Kind::Pending || row.kind == RoomRow::Kind::Failed)
        return true;
    return row.kind == RoomRow::Kind::Message && !ownUserId.isEmpty() && row.message.from.id == ownUserId;
}

RowDecor decorBetween(const RoomRow *above, const RoomRow &row, const DecorContext &context,
                      const RoomRow *beforeGap)
{
    RowDecor decor;
    const bool behindGap = above && above->kind == RoomRow::Kind::Gap;
    addTimeLines(behindGap ? beforeGap : above, row, context.zone, decor);
    decor.unreadLine = unreadLineBetween(above, row, context.unreadAfter);
    decor.header = row.kind != RoomRow::Kind::Gap && (!above || decor.hasLine() || !sameGroup(*above, row));
    decor.afterOwnWash = above && isOwn(*above, context.ownUserId);
    return decor;
}

} // namespace Synchat
