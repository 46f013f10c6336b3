// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/searchrules.h"

namespace Synchat {

namespace {

constexpr qsizetype BytesAroundMessages = 1024; // type, cursor and ref

void appendIfAsked(QList<SearchedRoom> &searched, const Search &search, const Room &room)
{
    if (!search.room || search.room->text() == room.name())
        searched.append({room.number(), room.name(), room.lastSeq()});
}

} // namespace

QList<SearchedRoom> searchedRooms(const Search &search, Session &session, Rooms &rooms)
{
    QList<SearchedRoom> searched;
    const QList<qint64> joined = session.rooms();
    for (const qint64 number : joined) {
        if (const Room *const room = rooms.find(number))
            appendIfAsked(searched, search, *room);
    }
    return searched;
}

QList<SearchedRoom> searchedPublicRooms(const Search &search, Rooms &rooms)
{
    QList<SearchedRoom> searched;
    for (const auto &[number, room] : rooms)
        appendIfAsked(searched, search, room);
    return searched;
}

SearchRequest searchRequestFor(const Search &search, const QList<SearchedRoom> &rooms)
{
    return {.query = search.query,
            .from = search.from,
            .rooms = rooms,
            .since = search.since,
            .until = search.until,
            .limit = search.limit,
            .before = search.cursor};
}

FoundFrame foundFrame(const StoredFinds &finds, qsizetype maxBytes)
{
    FoundFrame frame;
    qsizetype bytes = BytesAroundMessages;
    qint64 last = 0;
    for (const FoundMessage &found : finds.finds) {
        bytes += encodeServerFrame(found.message).size() + 1;
        if (bytes > maxBytes && !frame.messages.isEmpty()) {
            frame.cursor = searchCursor(last);
            return frame;
        }
        frame.messages.append(found.message);
        last = found.arrival;
    }
    if (finds.next)
        frame.cursor = searchCursor(*finds.next);
    return frame;
}

} // namespace Synchat
