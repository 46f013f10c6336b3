// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/searchquery.h"
#include "server/chat/rooms.h"
#include "server/chat/session.h"
#include "server/store/history.h"

namespace Synchat {

/// Where a member may search: the room that is named, else all that the connection has joined, each as far as
/// the room has announced its messages. Empty: it is not a member.
QList<SearchedRoom> searchedRooms(const Search &search, Session &session, Rooms &rooms);
/// Where anybody may search: the public room that is named, else all of them.
QList<SearchedRoom> searchedPublicRooms(const Search &search, Rooms &rooms);

SearchRequest searchRequestFor(const Search &search, const QList<SearchedRoom> &rooms);

/// Cut to fit into one frame; the cursor goes on after what is left. At least one message is kept.
FoundFrame foundFrame(const StoredFinds &finds, qsizetype maxBytes = Limits::ServerFrameBytes);

} // namespace Synchat
