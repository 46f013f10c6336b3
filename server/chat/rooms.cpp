// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/rooms.h"

namespace Synchat {

Room &Rooms::add(const StoredRoom &stored)
{
    m_numbers.insert(stored.name, stored.number);
    return m_rooms.try_emplace(stored.number, stored).first->second;
}

Room *Rooms::find(qint64 number)
{
    const auto found = m_rooms.find(number);
    return found == m_rooms.end() ? nullptr : &found->second;
}

Room *Rooms::find(const QString &name)
{
    const auto number = m_numbers.constFind(name);
    return number == m_numbers.cend() ? nullptr : find(*number);
}

const Room *Rooms::find(const QString &name) const
{
    const auto number = m_numbers.constFind(name);
    return number == m_numbers.cend() ? nullptr : &m_rooms.at(*number);
}

QList<RoomInfo> Rooms::infos() const
{
    QList<RoomInfo> infos;
    for (const auto &[number, room] : m_rooms)
        infos.append(room.info());
    return infos;
}

} // namespace Synchat
