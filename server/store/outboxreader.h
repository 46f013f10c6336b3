// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/outbox.h"
#include "server/store/storeconnection.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

namespace Synchat {

/// A message on its way to the bridge.
struct Letter
{
    qint64 arrival = 0;
    qint64 room = 0;     ///< its number
    QByteArray document; ///< text of a JSON object (messagedocument.h)
};

/// Some of what waits, in the order of arrival.
struct OutboxPart
{
    QList<Letter> letters;
    /// What it covers of the outbox. Where a message was deleted meanwhile there is no letter.
    QList<ArrivalRange> ranges;

    bool isEmpty() const { return ranges.isEmpty(); }
};

/// The document of a room that the bridge does not hold yet.
struct RoomLetter
{
    qint64 number = 0;
    QByteArray document;
};

/// Reads what waits for the bridge, on a connection of its own that cannot write. No thread of its own.
class OutboxReader
{
public:
    /// Errors are whole sentences.
    static Result<std::unique_ptr<OutboxReader>, QString> open(const StoreAddress &address);

    /// At most `most` arrivals, the first that wait after this one.
    Result<OutboxPart, QString> read(qint64 after, qint64 most);
    /// `now`: what the documents say of when they were made.
    Result<QList<RoomLetter>, QString> roomsToShip(WireMicros now, int most);
    /// Any room, shipped or not, to try with whether the bridge takes anything. Nothing: there is none.
    Result<std::optional<RoomLetter>, QString> someRoom(WireMicros now);
    Result<OutboxState, QString> state();
    /// Numbers of the rooms that hold a message which the bridge refuses for good.
    Result<QSet<qint64>, QString> roomsWithDeadLetters();
    /// Of the message that was committed last.
    Result<qint64, QString> lastArrival();

private:
    struct Room
    {
        QString name;
        QString epoch;
    };
    explicit OutboxReader(std::unique_ptr<StoreConnection> connection);
    Result<QList<ArrivalRange>, QSqlError> readRanges(qint64 after, qint64 most);
    std::optional<QSqlError> readLetters(const ArrivalRange &range, QList<Letter> &letters);
    Result<Room, QSqlError> room(qint64 number);
    Result<QList<RoomLetter>, QString> readRooms(const QString &where, WireMicros now, int most);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QSqlQuery m_ranges;
    QSqlQuery m_messages;
    QHash<qint64, Room> m_rooms;
};

} // namespace Synchat
