// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/parcelsource.h"

namespace Synchat {

ParcelSource::ParcelSource(StoreAddress database)
    : m_database(std::move(database))
{}

template <typename Work>
auto ParcelSource::read(Work work) -> decltype(work(std::declval<OutboxReader &>()))
{
    if (!m_reader) {
        auto reader = OutboxReader::open(m_database);
        if (!reader)
            return Failure(reader.error());
        m_reader = std::move(*reader);
    }
    auto result = work(*m_reader);
    if (!result)
        close();
    return result;
}

Result<bool, QString> ParcelSource::readOn(Parcel &parcel, qint64 most)
{
    const auto part = read([&](OutboxReader &reader) { return reader.read(m_readTo, most); });
    if (!part)
        return Failure(part.error());
    if (part->isEmpty())
        return false;
    m_readTo = part->ranges.constLast().last;
    parcel.add(*part);
    return true;
}

void ParcelSource::close()
{
    m_reader.reset();
    startOver();
}

Result<QList<RoomLetter>, QString> ParcelSource::roomsToShip(WireMicros now, int most)
{
    const int mostRead = most + int(m_takenRooms.size());
    auto rooms = read([=](OutboxReader &reader) { return reader.roomsToShip(now, mostRead); });
    if (!rooms)
        return rooms;
    rooms->removeIf([this](const RoomLetter &room) { return m_takenRooms.contains(room.number); });
    return rooms->first(qMin(rooms->size(), qsizetype(most)));
}

void ParcelSource::settled(quint64 ticket)
{
    const auto isSettled = [ticket](const auto &room) { return room.value() <= ticket; };
    m_takenRooms.removeIf(isSettled);
    m_refusedRooms.removeIf(isSettled);
}

Result<QSet<qint64>, QString> ParcelSource::roomsWithDeadLetters()
{
    auto rooms = read([](OutboxReader &reader) { return reader.roomsWithDeadLetters(); });
    if (!rooms)
        return rooms;
    for (auto room = m_refusedRooms.keyBegin(); room != m_refusedRooms.keyEnd(); ++room)
        rooms->insert(*room);
    return rooms;
}

Result<std::optional<RoomLetter>, QString> ParcelSource::someRoom(WireMicros now)
{
    return read([=](OutboxReader &reader) { return reader.someRoom(now); });
}

Result<OutboxState, QString> ParcelSource::state()
{
    return read([](OutboxReader &reader) { return reader.state(); });
}

Result<qint64, QString> ParcelSource::lastArrival()
{
    return read([](OutboxReader &reader) { return reader.lastArrival(); });
}

} // namespace Synchat
