// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/lastpages.h"

#include "server/store/roomrows.h"

#include <QCoreApplication>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::LastPages)
};

/// A page of the file holds four or five usual messages.
constexpr int MessagesOfLastPage = 8;

Result<std::optional<RoomFault>, QSqlError> faultInLastPage(RoomRows &rows, const StoredRoom &room)
{
    const auto last = rows.readLast(room, MessagesOfLastPage + 1);
    if (!last)
        return Failure(last.error());
    if (last->isEmpty())
        return room.lastSeq == 0 ? std::optional<RoomFault>() : RoomFault{room.lastSeq, missingText()};
    // Where they are not all, the first only says what the others go on from.
    const bool areAll = last->size() <= MessagesOfLastPage;
    RoomFront front{last->constFirst().message.seq, last->constFirst().chain};
    if (areAll) {
        const auto found = rows.front(room);
        if (!found)
            return Failure(found.error());
        front = *found;
    }
    ChainCheck check(front.seq, front.chain);
    for (qsizetype i = areAll ? 0 : 1; i < last->size(); ++i) {
        if (const auto fault = check.take(last->at(i)))
            return fault;
    }
    if (check.lastSeq() < room.lastSeq)
        return std::optional(RoomFault{check.lastSeq() + 1, missingText()});
    return std::optional<RoomFault>();
}

} // namespace

std::optional<QString> problemOfLastPages(const StoreConnection &connection, const QList<StoredRoom> &rooms)
{
    RoomRows reader(connection);
    for (const StoredRoom &room : rooms) {
        const auto fault = faultInLastPage(reader, room);
        if (!fault)
            return Text::tr("Room %1: %2").arg(room.name, explainSqlError(fault.error()));
        if (*fault)
            return Text::tr("The history is damaged. %1").arg(faultText(room.name, **fault));
    }
    return std::nullopt;
}

QString faultText(const QString &room, const RoomFault &fault)
{
    return Text::tr("Room %1, message %2: %3").arg(room).arg(fault.seq).arg(fault.what);
}

} // namespace Synchat
