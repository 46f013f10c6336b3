// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/shipping/parcel.h"
#include "server/store/storeaddress.h"

#include <memory>

namespace Synchat {

/// Where parcels come from: what waits in the outbox, read from its beginning to its end, and the rooms. The
/// database is opened by whatever is asked first, and again after a failure, which begins at the beginning:
/// what is sent once more replaces itself.
/// No thread of its own. Errors are whole sentences.
class ParcelSource
{
public:
    explicit ParcelSource(StoreAddress database);

    /// Adds the next messages, at most so many arrivals. False: nothing more waits.
    Result<bool, QString> readOn(Parcel &parcel, qint64 most);
    /// Reads from the beginning from now on.
    void startOver() { m_readTo = 0; }
    void close();

    Result<QList<RoomLetter>, QString> roomsToShip(WireMicros now, int most);
    /// This room was taken, which is written down once this ticket is settled: until then it is left out,
    /// however often the database names it.
    void roomTaken(qint64 room, quint64 ticket) { m_takenRooms.insert(room, ticket); }
    /// A message of this room is refused for good, which is written down once this ticket is settled.
    void letterRefused(qint64 room, quint64 ticket) { m_refusedRooms.insert(room, ticket); }
    void settled(quint64 ticket);
    /// Also what is not written down yet.
    Result<QSet<qint64>, QString> roomsWithDeadLetters();

    // As in outboxreader.h.
    Result<std::optional<RoomLetter>, QString> someRoom(WireMicros now);
    Result<OutboxState, QString> state();
    Result<qint64, QString> lastArrival();

private:
    template <typename Work>
    auto read(Work work) -> decltype(work(std::declval<OutboxReader &>()));

    const StoreAddress m_database;
    std::unique_ptr<OutboxReader> m_reader; ///< null: not opened yet, or it failed
    qint64 m_readTo = 0;                    ///< arrival
    // With the tickets of what is not written down yet.
    QHash<qint64, quint64> m_takenRooms;
    QHash<qint64, quint64> m_refusedRooms;
};

} // namespace Synchat
