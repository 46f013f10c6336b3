// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/messagedocument.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// Rooms and messages with all that the history knows of them, for comparing. Errors are whole sentences.
class RoomMessages
{
public:
    explicit RoomMessages(const StoreConnection &connection);

    /// With cutSeq and cutChain, and lastSeq of the room.
    Result<QList<ShippedRoom>, QString> rooms();
    /// The first `most` behind this seq.
    Result<QList<ShippedMessage>, QString> read(const StoredRoom &room, qint64 afterSeq, int most);
    /// Whether it waits in the outbox, or why it never left it.
    enum class Fate { Sent, Waits, Dead };
    Result<Fate, QString> fateOf(qint64 arrival);

private:
    const StoreConnection &m_connection;
    QSqlQuery m_page;
};

} // namespace Synchat
