// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/room.h"

#include <QHash>

#include <map>

namespace Synchat {

/// All rooms, by number and by name. A room, once here, stays where it is.
class Rooms
{
public:
    Room &add(const StoredRoom &stored);
    /// Null: no such room.
    Room *find(qint64 number);
    Room *find(const QString &name);
    const Room *find(const QString &name) const;
    qsizetype size() const { return static_cast<qsizetype>(m_rooms.size()); }
    QList<RoomInfo> infos() const; ///< in the order in which the rooms were made

    auto begin() { return m_rooms.begin(); }
    auto end() { return m_rooms.end(); }

private:
    std::map<qint64, Room> m_rooms;
    QHash<QString, qint64> m_numbers;
};

} // namespace Synchat
